//! Who is asking. A one-time sign-in link, or a person's token where there is a list of people, is exchanged for a
//! session of the browser tab.
//!
//! No cookie: cookies are shared by all ports of a host, so any other server on this machine could collect them.
//! Only hashes of secrets are kept.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderMap, header};
use shared::person::{Person, Role, Who};
use shared::session::{Session, SignInWay};

use crate::app::AppState;
use crate::error::{Error, Kind, Result};

pub mod link;
mod listed;
pub mod people;
pub mod sessions;
mod tries;

use link::{Link, Tried};
pub use listed::Listed;
use people::People;
use sessions::{Holder, Sessions};
use tries::Tries;

/// How people come in, and the sessions of those who did.
#[derive(Debug, Default)]
pub struct Access {
    door: Door,
    sessions: Mutex<Sessions>,
}

/// How people come in.
#[derive(Debug)]
enum Door {
    /// Whoever runs the program is alone, and opens the link that it prints.
    Link(Mutex<Option<Link>>),
    /// Those who stand in a list have a token each.
    People(Mutex<Listed>, Mutex<Tries>),
}

impl Default for Door {
    fn default() -> Self {
        Self::Link(Mutex::default())
    }
}

impl Access {
    /// For the people of a list.
    pub fn of(people: impl Into<Listed>) -> Self {
        Self { door: Door::People(Mutex::new(people.into()), Mutex::default()), sessions: Mutex::default() }
    }

    /// Whether whoever runs the program is the only one who can sign in.
    pub fn is_alone(&self) -> bool {
        matches!(self.door, Door::Link(_))
    }

    /// Who has a role now; nothing where one person is alone.
    pub fn with_role(&self, role: Role) -> Option<Vec<Person>> {
        match &self.door {
            Door::Link(_) => None,
            Door::People(people, _) => Some(lock(people).now().with_role(role)),
        }
    }

    /// How people come in.
    pub fn way(&self) -> SignInWay {
        if self.is_alone() { SignInWay::Link } else { SignInWay::Token }
    }

    /// Makes a new link and forgets the one before. Returns its secret, which is kept nowhere. Where there is a list
    /// of people, no link opens anything.
    pub fn new_link(&self) -> String {
        let (link, secret) = Link::new(Instant::now());
        if let Door::Link(open) = &self.door {
            *lock(open) = Some(link);
        }
        secret
    }

    /// Exchanges the secret of the open link, or a person's token, for a session.
    ///
    /// # Errors
    /// `NotSignedIn` when there is no open link, or the secret is not its secret, or nobody's token. One answer for all
    /// of these. `Throttled` after too many wrong tokens.
    pub fn sign_in(&self, secret: &str) -> Result<(Who, Session)> {
        let now = Instant::now();
        let holder = match &self.door {
            Door::Link(open) => by_link(open, secret, now),
            Door::People(people, tries) => by_token(lock(people).now(), tries, secret, now),
        };
        match holder {
            Ok(holder) => {
                tracing::info!(person = holder.who.person.id, "signed in");
                Ok((holder.who.clone(), lock(&self.sessions).start(holder, now)))
            }
            Err(error) => {
                tracing::warn!("a sign-in was refused");
                Err(error)
            }
        }
    }

    /// Whose session the request carries the token of.
    ///
    /// # Errors
    /// `NotSignedIn` when it carries none, or its holder has left the list of people or has other roles there now.
    pub fn check(&self, headers: &HeaderMap) -> Result<Who> {
        let token = bearer(headers).unwrap_or_default();
        let mut sessions = lock(&self.sessions);
        let holder = sessions.holder(token, Instant::now()).cloned();
        match (&self.door, holder) {
            (Door::Link(_), Some(holder)) => Ok(holder.who),
            (Door::People(people, _), Some(holder)) if lock(people).now().has(&holder) => Ok(holder.who),
            (Door::People(..), found) => {
                if found.is_some() {
                    sessions.end(token);
                }
                Err(Error::new(Kind::NotSignedIn, "You are not signed in. Sign in with your token."))
            }
            (Door::Link(_), None) => Err(Error::new(
                Kind::NotSignedIn,
                "You are not signed in. Press Enter in the terminal where headwater runs to get a new sign-in link.",
            )),
        }
    }

    /// Ends the session whose token the request carries.
    pub fn sign_out(&self, headers: &HeaderMap) {
        lock(&self.sessions).end(bearer(headers).unwrap_or_default());
        tracing::info!("signed out");
    }
}

fn by_link(open: &Mutex<Option<Link>>, secret: &str, now: Instant) -> Result<Holder> {
    let mut open = lock(open);
    let tried = open.as_mut().map_or(Tried::Dead, |link| link.try_secret(secret, now));
    if tried != Tried::Wrong {
        *open = None;
    }
    if tried == Tried::Right {
        return Ok(Holder { who: Who::local(), with: link::hash(secret) });
    }
    Err(Error::new(
        Kind::NotSignedIn,
        "This sign-in link has been used, is too old, or is not right. Press Enter in the terminal where headwater runs \
         to get a new one.",
    ))
}

fn by_token(people: &People, tries: &Mutex<Tries>, token: &str, now: Instant) -> Result<Holder> {
    let mut tries = lock(tries);
    if let Some(seconds) = tries.wait(now) {
        return Err(Error::new(
            Kind::Throttled(Some(seconds)),
            format!("There were too many wrong tokens. Try again in {seconds} s."),
        ));
    }
    let found = people.find(token).cloned();
    found.ok_or_else(|| {
        tries.wrong(now);
        Error::new(
            Kind::NotSignedIn,
            "This token is nobody's. Check that it is whole, or ask whoever runs Headwater for a new one.",
        )
    })
}

/// Lets through what carries the token of a session, and tells who it is.
pub async fn guard(State(app): State<AppState>, mut request: Request, next: Next) -> Result<Response> {
    let who = app.access.check(request.headers())?;
    request.extensions_mut().insert(who);
    Ok(next.run(request).await)
}

/// Lets through who has a role that the endpoint needs.
pub async fn allow(endpoint: &'static str, request: Request, next: Next) -> Result<Response> {
    let nobody = Who::nobody();
    let who = request.extensions().get::<Who>().unwrap_or(&nobody);
    if let Some(why) = who.refusal(endpoint) {
        tracing::warn!(person = who.person.id, endpoint, "refused: the role is missing");
        return Err(Error::new(Kind::Forbidden, why));
    }
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
