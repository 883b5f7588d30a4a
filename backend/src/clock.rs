//! What time it is.

use std::time::{Duration, SystemTime};

/// Time since the epoch. A clock before the epoch is taken to stand at it.
fn now() -> Duration {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()
}

/// Epoch seconds.
pub fn seconds() -> f64 {
    now().as_secs_f64()
}

/// Epoch milliseconds.
pub fn millis() -> i64 {
    i64::try_from(now().as_millis()).unwrap_or(i64::MAX)
}
