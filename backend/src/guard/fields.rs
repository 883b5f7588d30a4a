//! A limit for header fields.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::HeaderMap;

use crate::error::{Error, Kind, Result};

/// How many header fields a request may have.
pub const MOST_FIELDS: usize = 64;

/// How many bytes the names and values of all header fields may have together.
pub const MOST_FIELD_BYTES: usize = 32 * 1024;

/// Refuses requests with too many or too long header fields.
pub async fn guard(request: Request, next: Next) -> Result<Response> {
    check(request.headers())?;
    Ok(next.run(request).await)
}

fn check(headers: &HeaderMap) -> Result<()> {
    let bytes: usize = headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    if headers.len() > MOST_FIELDS || bytes > MOST_FIELD_BYTES {
        let message = format!("A request has at most {MOST_FIELDS} header fields with {MOST_FIELD_BYTES} bytes.");
        return Err(Error::new(Kind::HeadersTooLarge, message));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(number: usize, length: usize) -> HeaderMap {
        (0..number)
            .map(|n| {
                let name: http::HeaderName = format!("x-{n}").parse().unwrap();
                (name, "v".repeat(length).parse().unwrap())
            })
            .collect()
    }

    #[test]
    fn the_limits_are_met_exactly() {
        assert!(check(&fields(64, 1)).is_ok());
        assert_eq!(check(&fields(65, 1)).unwrap_err().kind, Kind::HeadersTooLarge);
        assert!(check(&fields(1, MOST_FIELD_BYTES - 3)).is_ok());
        assert_eq!(check(&fields(1, MOST_FIELD_BYTES)).unwrap_err().kind, Kind::HeadersTooLarge);
    }
}
