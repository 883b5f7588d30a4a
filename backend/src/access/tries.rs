//! How many wrong tokens are taken: ten a minute, whoever sends them. A token of ours has 256 bits and cannot be
//! guessed; a list may hold the hash of a worse one.

use std::time::{Duration, Instant};

/// How many wrong tokens are taken in a [`MINUTE`].
pub const MOST: u32 = 10;

const MINUTE: Duration = Duration::from_secs(60);

/// The wrong tokens of the last minute.
#[derive(Debug, Default)]
pub struct Tries {
    first: Option<Instant>,
    wrong: u32,
}

impl Tries {
    /// How many seconds nobody can sign in; none while somebody may try.
    pub fn wait(&mut self, now: Instant) -> Option<u64> {
        let ends = self.first? + MINUTE;
        if now >= ends {
            *self = Self::default();
        }
        (self.wrong >= MOST).then(|| ends.saturating_duration_since(now).as_secs() + 1)
    }

    /// Counts a wrong token.
    pub fn wrong(&mut self, now: Instant) {
        self.first.get_or_insert(now);
        self.wrong += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_wrong_tokens_close_the_door_for_the_rest_of_the_minute() {
        let now = Instant::now();
        let mut tries = Tries::default();
        for _ in 0..MOST {
            assert_eq!(tries.wait(now), None);
            tries.wrong(now);
        }
        assert_eq!(tries.wait(now + Duration::from_secs(50)), Some(11));
        assert_eq!(tries.wait(now + MINUTE), None);
        tries.wrong(now + MINUTE);
        assert_eq!(tries.wait(now + MINUTE), None);
    }
}
