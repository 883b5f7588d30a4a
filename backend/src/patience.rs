//! Calls that change something, sent again only while AWS asks to wait: throttled calls have done nothing.

use std::time::Duration;

use crate::error::{Error, Kind};

/// How often a throttled call is sent again.
const MOST_WAITS: u32 = 4;

/// The longest wait that AWS may ask for.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// The patience for one call.
#[derive(Debug, Default)]
pub struct Patience {
    waits: u32,
}

impl Patience {
    /// Waits as long as AWS asks, after a throttled call. Whether the call may be sent again then.
    pub async fn waits(&mut self, error: &Error) -> bool {
        let Kind::Throttled(told) = error.kind else { return false };
        let wait = told.map_or(Duration::from_millis(500) * 2_u32.pow(self.waits), Duration::from_secs);
        if self.waits == MOST_WAITS || wait > LONGEST_WAIT {
            return false;
        }
        self.waits += 1;
        tokio::time::sleep(wait).await;
        true
    }
}
