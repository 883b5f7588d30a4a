//! Reports of browsers about the page's security policy.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use axum::body::Body;

use crate::error::Result;
use crate::extract::read_bytes;

const MOST_BYTES: usize = 16 * 1024;

/// How many characters of a report are logged.
const MOST_LOGGED: usize = 2000;

/// Reports come from anybody and in any number, so at most one a second is logged.
static LAST: Mutex<Option<Instant>> = Mutex::new(None);

/// Logs a report, control characters escaped. Nothing is made of its content.
pub async fn take(body: Body) -> Result<()> {
    let bytes = read_bytes(body, MOST_BYTES).await?;
    if is_due(Instant::now()) {
        let report: String = String::from_utf8_lossy(&bytes).chars().take(MOST_LOGGED).collect();
        tracing::warn!(?report, "a browser reports a breach of the page's security policy");
    }
    Ok(())
}

fn is_due(now: Instant) -> bool {
    let mut last = LAST.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let due = last.is_none_or(|last| now.duration_since(last) >= Duration::from_secs(1));
    if due {
        *last = Some(now);
    }
    due
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_report_a_second_is_logged() {
        let start = Instant::now();
        let due: Vec<bool> = [0, 1, 999, 1000, 1999, 2001].map(|ms| is_due(start + Duration::from_millis(ms))).into();
        assert_eq!(due, [true, false, false, true, false, true]);
    }
}
