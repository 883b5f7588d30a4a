//! Signing in: the one-time secret of the link becomes a bearer that only this tab keeps.

use leptos::prelude::*;
use shared::api::{CreateSession, DeleteSession};
use shared::problem::Problem;
use shared::session::{Session as Opened, SignIn};

use crate::api::{Api, Freshness, Request, unreadable};

/// Where the bearer stands in the tab's session storage.
const KEY: &str = "headwater.session";

/// Whether somebody is signed in. A context of the whole program.
#[derive(Clone, Copy)]
pub struct Session {
    state: RwSignal<SessionState>,
}

/// Whether somebody is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionState {
    /// The link is being exchanged.
    Opening,
    /// There is a bearer; whether it still works, the next request tells.
    SignedIn,
    /// There is none, and why, where a link was refused.
    SignedOut(Option<Problem>),
}

impl Session {
    /// Opens the session of a sign-in link, or goes on with the one that the tab has.
    pub fn open(secret: Option<String>) -> Self {
        let session = Self { state: RwSignal::new(SessionState::Opening) };
        session.enter(secret);
        // A new link opened in the same tab changes only the fragment: the page is not loaded again.
        let _ = window_event_listener(leptos::ev::hashchange, move |_| {
            if let Some(secret) = take_secret() {
                session.enter(Some(secret));
            }
        });
        session
    }

    /// The state, tracked.
    pub fn state(self) -> SessionState {
        self.state.get()
    }

    /// The session has ended: the server said so, or the person did.
    pub fn ended(self) {
        forget();
        self.state.set(SessionState::SignedOut(None));
    }

    /// Ends the session on the server, then here.
    pub fn sign_out(self, api: Api) {
        leptos::task::spawn_local(async move {
            // Whatever the server says, the tab forgets its bearer.
            let _ = api.send::<DeleteSession>(&(), &(), &(), Freshness::Anew).await;
            self.ended();
        });
    }

    fn enter(self, secret: Option<String>) {
        let Some(secret) = secret else {
            self.state.set(if bearer().is_some() { SessionState::SignedIn } else { SessionState::SignedOut(None) });
            return;
        };
        leptos::task::spawn_local(async move {
            match self.sign_in(secret).await {
                Ok(()) => {}
                // A link that was used before does not end the session that the tab has.
                Err(_) if bearer().is_some() => self.state.set(SessionState::SignedIn),
                Err(problem) => self.state.set(SessionState::SignedOut(Some(problem))),
            }
        });
    }

    /// Exchanges the secret of a link, or a person's token, for a bearer.
    ///
    /// # Errors
    /// Why it was refused; nothing has changed then.
    pub async fn sign_in(self, secret: String) -> Result<(), Problem> {
        let request = Request::of::<CreateSession>(&(), &(), &SignIn { secret });
        let answer = request.exchange(None, Freshness::Anew).await?;
        let opened = answer.value::<Opened>().ok_or_else(unreadable)?;
        remember(&opened.token);
        self.state.set(SessionState::SignedIn);
        Ok(())
    }
}

/// Takes the secret of a sign-in link, `#k=…`, and removes it from the address bar and the history.
pub fn take_secret() -> Option<String> {
    let location = window().location();
    let secret = location.hash().ok()?.strip_prefix("#k=")?.to_owned();
    let clean = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&clean));
    }
    (!secret.is_empty()).then_some(secret)
}

/// The bearer of this tab.
pub fn bearer() -> Option<String> {
    storage()?.get_item(KEY).ok().flatten()
}

fn remember(token: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(KEY, token);
    }
}

/// Forgets the bearer. What was chosen in the tray stays: a new link goes on where the session ended.
fn forget() {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(KEY);
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().session_storage().ok().flatten()
}
