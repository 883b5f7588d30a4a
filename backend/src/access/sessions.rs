//! Sessions: a bearer token of 256 bits that lives for eight hours.

use std::time::{Duration, Instant};

use shared::session::Session;
use subtle::ConstantTimeEq;

use super::link::hash;
use crate::random;

/// How long a session lives, whether it is used or not.
pub const LIFETIME: Duration = Duration::from_secs(8 * 60 * 60);

/// How many sessions there may be; one more ends the oldest.
pub const MOST: usize = 64;

/// The live sessions, oldest first, as hashes of their tokens.
#[derive(Debug, Default)]
pub struct Sessions {
    live: Vec<([u8; 32], Instant)>,
}

impl Sessions {
    /// Starts a session.
    pub fn start(&mut self, now: Instant) -> Session {
        self.live.retain(|(_, ends)| *ends > now);
        if self.live.len() >= MOST {
            self.live.remove(0);
        }
        let token = random::secret();
        self.live.push((hash(&token), now + LIFETIME));
        Session { token, expires_in: LIFETIME.as_secs() }
    }

    /// Whether this is the token of a live session.
    pub fn holds(&self, token: &str, now: Instant) -> bool {
        let wanted = hash(token);
        // Every entry is compared, whichever matches.
        self.live.iter().fold(false, |found, (hash, ends)| found | (bool::from(hash.ct_eq(&wanted)) && *ends > now))
    }

    /// Ends the session with this token, if there is one.
    pub fn end(&mut self, token: &str) {
        let ended = hash(token);
        self.live.retain(|(hash, _)| !bool::from(hash.ct_eq(&ended)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_lives_for_eight_hours_and_no_longer() {
        let now = Instant::now();
        let mut sessions = Sessions::default();
        let session = sessions.start(now);
        assert!(sessions.holds(&session.token, now + LIFETIME - Duration::from_secs(1)));
        assert!(!sessions.holds(&session.token, now + LIFETIME));
        assert!(!sessions.holds("", now) && !sessions.holds("another", now));
    }

    #[test]
    fn an_ended_session_is_gone_and_the_others_are_not() {
        let now = Instant::now();
        let mut sessions = Sessions::default();
        let (one, two) = (sessions.start(now), sessions.start(now));
        sessions.end(&one.token);
        assert!(!sessions.holds(&one.token, now) && sessions.holds(&two.token, now));
    }

    #[test]
    fn one_session_too_many_ends_the_oldest() {
        let now = Instant::now();
        let mut sessions = Sessions::default();
        let first = sessions.start(now);
        let rest: Vec<_> = (0..MOST).map(|_| sessions.start(now)).collect();
        assert!(!sessions.holds(&first.token, now));
        assert!(rest.iter().all(|session| sessions.holds(&session.token, now)));
    }
}
