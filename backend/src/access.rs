//! Who is asking: a one-time sign-in link is exchanged for a session of the browser tab.
//!
//! No cookie: cookies are shared by all ports of a host, so any other server on this machine could collect them.
//! Only hashes of secrets are kept.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderMap, header};
use shared::session::Session;

use crate::app::AppState;
use crate::error::{Error, Kind, Result};

pub mod link;
pub mod sessions;

use link::{Link, Tried};
use sessions::Sessions;

/// The open sign-in link and the sessions.
#[derive(Debug, Default)]
pub struct Access {
    link: Mutex<Option<Link>>,
    sessions: Mutex<Sessions>,
}

impl Access {
    /// Makes a new link and forgets the one before. Returns its secret, which is kept nowhere.
    pub fn new_link(&self) -> String {
        let (link, secret) = Link::new(Instant::now());
        *lock(&self.link) = Some(link);
        secret
    }

    /// Exchanges the secret of the open link for a session.
    ///
    /// # Errors
    /// `NotSignedIn` when there is no open link, or the secret is not its secret. One answer for all of these.
    pub fn sign_in(&self, secret: &str) -> Result<Session> {
        let now = Instant::now();
        let mut open = lock(&self.link);
        let tried = open.as_mut().map_or(Tried::Dead, |link| link.try_secret(secret, now));
        if tried != Tried::Wrong {
            *open = None;
        }
        drop(open);
        if tried == Tried::Right {
            tracing::info!("signed in");
            return Ok(lock(&self.sessions).start(now));
        }
        tracing::warn!("a sign-in was refused");
        Err(Error::new(
            Kind::NotSignedIn,
            "This sign-in link has been used, is too old, or is not right. Press Enter in the terminal where headwater \
             runs to get a new one.",
        ))
    }

    /// Whether the request carries the token of a session.
    ///
    /// # Errors
    /// `NotSignedIn` when it does not.
    pub fn check(&self, headers: &HeaderMap) -> Result<()> {
        let token = bearer(headers).unwrap_or_default();
        if lock(&self.sessions).holds(token, Instant::now()) {
            return Ok(());
        }
        Err(Error::new(
            Kind::NotSignedIn,
            "You are not signed in. Press Enter in the terminal where headwater runs to get a new sign-in link.",
        ))
    }

    /// Ends the session whose token the request carries.
    pub fn sign_out(&self, headers: &HeaderMap) {
        lock(&self.sessions).end(bearer(headers).unwrap_or_default());
        tracing::info!("signed out");
    }
}

/// Lets through what carries the token of a session.
pub async fn guard(State(app): State<AppState>, request: Request, next: Next) -> Result<Response> {
    app.access.check(request.headers())?;
    Ok(next.run(request).await)
}

/// Names the session that a request belongs to, without its secret.
pub fn session_of(headers: &HeaderMap) -> [u8; 32] {
    link::hash(bearer(headers).unwrap_or_default())
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(value), None) = (values.next(), values.next()) else { return None };
    value.to_str().ok()?.strip_prefix("Bearer ")
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing in here panics half-way through a change, so what a panic left behind is whole.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
