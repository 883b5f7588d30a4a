//! The sign-in link: 256 bits, five minutes, one use, five tries.

use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::random;

/// How long a link lives.
pub const LIFETIME: Duration = Duration::from_secs(5 * 60);

/// How many wrong secrets a link survives, and one less.
pub const MOST_TRIES: u32 = 5;

/// An open link. Holds the hash of its secret only.
#[derive(Debug)]
pub struct Link {
    hash: [u8; 32],
    ends: Instant,
    tries_left: u32,
}

/// What came of trying a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tried {
    /// It was the link's secret.
    Right,
    /// It was not; the link lives on.
    Wrong,
    /// The link is too old, or this was the last try.
    Dead,
}

impl Link {
    /// A new link and its secret.
    pub fn new(now: Instant) -> (Self, String) {
        let secret = random::secret();
        (Self { hash: hash(&secret), ends: now + LIFETIME, tries_left: MOST_TRIES }, secret)
    }

    /// Tries a secret. The caller forgets the link unless it answers [`Tried::Wrong`].
    pub fn try_secret(&mut self, secret: &str, now: Instant) -> Tried {
        if now >= self.ends {
            return Tried::Dead;
        }
        if bool::from(hash(secret).ct_eq(&self.hash)) {
            return Tried::Right;
        }
        self.tries_left -= 1;
        if self.tries_left == 0 { Tried::Dead } else { Tried::Wrong }
    }
}

/// SHA-256 of a secret. The secrets have 256 bits, so nothing slower is called for.
pub fn hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_right_secret_is_right_until_the_link_is_too_old() {
        let now = Instant::now();
        let (mut link, secret) = Link::new(now);
        assert_eq!(link.try_secret(&secret, now + LIFETIME - Duration::from_millis(1)), Tried::Right);
        assert_eq!(link.try_secret(&secret, now + LIFETIME), Tried::Dead);
    }

    #[test]
    fn the_fifth_wrong_secret_kills_the_link() {
        let now = Instant::now();
        let (mut link, _) = Link::new(now);
        for _ in 0..4 {
            assert_eq!(link.try_secret("guess", now), Tried::Wrong);
        }
        assert_eq!(link.try_secret("guess", now), Tried::Dead);
    }

    #[test]
    fn a_link_does_not_show_its_secret() {
        let (link, secret) = Link::new(Instant::now());
        assert_eq!(secret.len(), 43);
        assert!(!format!("{link:?}").contains(&secret));
    }
}
