//! Reading lists to their end, without trusting that there is one.

use std::collections::HashSet;

use crate::error::{Error, Kind, Result};

/// The largest page that CodeArtifact gives (service model, `maxResults`).
pub const PAGE: i32 = 1000;

/// More pages than any list can have: ten million entries.
const MOST_PAGES: usize = 10_000;

/// The entries of all pages. `read` reads the page after a token.
///
/// # Errors
/// What `read` answers; `Faulty` when a token comes twice or there is no end.
pub async fn all<T, F>(mut read: impl FnMut(Option<String>) -> F) -> Result<Vec<T>>
where
    F: Future<Output = Result<(Vec<T>, Option<String>)>>,
{
    let mut entries = Vec::new();
    let mut seen = HashSet::new();
    let mut token = None;
    for _ in 0..MOST_PAGES {
        let (page, next) = read(token).await?;
        entries.extend(page);
        let Some(next) = next.filter(|next| !next.is_empty()) else { return Ok(entries) };
        if !seen.insert(next.clone()) {
            return Err(Error::new(Kind::Faulty, "AWS told the same page twice. The list cannot be read to its end."));
        }
        token = Some(next);
    }
    Err(Error::new(Kind::Faulty, format!("The list did not end within {MOST_PAGES} pages.")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn pages_are_read_in_order_to_the_last_one() {
        let entries = all(|token| async move {
            let number: u32 = token.map_or(0, |token| token.parse().unwrap());
            Ok((vec![number], (number < 3).then(|| (number + 1).to_string())))
        });
        assert_eq!(entries.await.unwrap(), [0, 1, 2, 3]);
    }

    #[tokio::test]
    async fn a_repeated_token_ends_the_reading() {
        let mut calls = 0;
        let error = all(|_| {
            calls += 1;
            async { Ok((vec![()], Some("again".to_owned()))) }
        });
        assert!(error.await.unwrap_err().message.contains("same page twice"));
        assert_eq!(calls, 2);
    }

    #[tokio::test]
    async fn a_list_without_end_is_given_up() {
        let mut calls = 0;
        let error = all(|_| {
            calls += 1;
            let next = calls.to_string();
            async { Ok((Vec::<()>::new(), Some(next))) }
        });
        assert!(error.await.unwrap_err().message.contains("10000 pages"));
    }
}
