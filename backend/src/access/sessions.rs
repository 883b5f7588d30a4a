//! Sessions: a bearer token of 256 bits that lives for eight hours.

use std::time::{Duration, Instant};

use shared::person::Who;
use shared::session::Session;
use subtle::ConstantTimeEq;

use super::link::hash;
use crate::random;

/// How long a session lives, whether it is used or not.
pub const LIFETIME: Duration = Duration::from_secs(8 * 60 * 60);

/// How many sessions there may be; one more ends the oldest.
pub const MOST: usize = 64;

/// A session.
#[derive(Debug)]
struct Live {
    hash: [u8; 32],
    ends: Instant,
    holder: Holder,
}

/// Whose a session is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The person and their roles.
    pub who: Who,
    /// SHA-256 of what they signed in with.
    pub with: [u8; 32],
}

/// The live sessions, oldest first, as hashes of their tokens.
#[derive(Debug, Default)]
pub struct Sessions {
    live: Vec<Live>,
}

impl Sessions {
    /// Starts somebody's session.
    pub fn start(&mut self, holder: Holder, now: Instant) -> Session {
        self.live.retain(|live| live.ends > now);
        if self.live.len() >= MOST {
            self.live.remove(0);
        }
        let token = random::secret();
        self.live.push(Live { hash: hash(&token), ends: now + LIFETIME, holder });
        Session { token, expires_in: LIFETIME.as_secs() }
    }

    /// Whose token this is; none if it is not that of a live session.
    pub fn holder(&self, token: &str, now: Instant) -> Option<&Holder> {
        let wanted = hash(token);
        // Every entry is compared, whichever matches.
        self.live.iter().fold(None, |found, live| {
            let is_it = bool::from(live.hash.ct_eq(&wanted)) && live.ends > now;
            if is_it { Some(&live.holder) } else { found }
        })
    }

    /// Ends the session with this token, if there is one.
    pub fn end(&mut self, token: &str) {
        let ended = hash(token);
        self.live.retain(|live| !bool::from(live.hash.ct_eq(&ended)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local() -> Holder {
        Holder { who: Who::local(), with: [0; 32] }
    }

    fn holds(sessions: &Sessions, token: &str, now: Instant) -> bool {
        sessions.holder(token, now).is_some()
    }

    #[test]
    fn a_session_lives_for_eight_hours_and_no_longer() {
        let now = Instant::now();
        let mut sessions = Sessions::default();
        let session = sessions.start(local(), now);
        assert!(holds(&sessions, &session.token, now + LIFETIME - Duration::from_secs(1)));
        assert!(!holds(&sessions, &session.token, now + LIFETIME));
        assert!(!holds(&sessions, "", now) && !holds(&sessions, "another", now));
    }

    #[test]
    fn an_ended_session_is_gone_and_the_others_are_not() {
        let now = Instant::now();
        let mut sessions = Sessions::default();
        let (one, two) = (sessions.start(local(), now), sessions.start(local(), now));
        sessions.end(&one.token);
        assert!(!holds(&sessions, &one.token, now) && holds(&sessions, &two.token, now));
    }

    #[test]
    fn one_session_too_many_ends_the_oldest() {
        let now = Instant::now();
        let mut sessions = Sessions::default();
        let first = sessions.start(local(), now);
        let rest: Vec<_> = (0..MOST).map(|_| sessions.start(local(), now)).collect();
        assert!(!holds(&sessions, &first.token, now));
        assert!(rest.iter().all(|session| holds(&sessions, &session.token, now)));
    }
}
