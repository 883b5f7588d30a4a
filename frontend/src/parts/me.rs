//! Who is signed in, and what their roles leave out. The server refuses in any case; this only says so beforehand.

use leptos::prelude::*;
use shared::api::GetSession;
use shared::person::{Role, missing};
use shared::session::SessionInfo;

use crate::api::{Reading, Reads, Request};

/// Who is signed in. A context of every page.
#[derive(Clone, Copy)]
pub struct Me {
    reading: Reading<SessionInfo>,
}

impl Me {
    /// Reads it.
    pub fn read(reads: Reads) -> Self {
        Self { reading: reads.reading::<GetSession>(|| Some(Request::of::<GetSession>(&(), &(), &()))) }
    }

    /// Their name and roles, where several people can sign in. Tracked.
    pub fn named(self) -> Option<(String, String)> {
        let info = self.reading.get().filter(|info| !info.alone)?;
        let roles: Vec<_> = info.who.roles.iter().map(|role| role.as_str()).collect();
        Some((info.who.person.name.clone(), roles.join(", ")))
    }

    /// Why they may not do what needs this role; none if they may, or while it is not known. Tracked.
    pub fn lacks(self, role: Role) -> Option<String> {
        let info = self.reading.get()?;
        (!info.who.roles.contains(&role)).then(|| missing(&[role]))
    }

    /// Why they may not ask an endpoint; none if they may, or while it is not known. Tracked.
    pub fn refusal(self, endpoint: &str) -> Option<String> {
        self.reading.get()?.who.refusal(endpoint)
    }

    /// A refusal that their roles come before.
    pub fn unless(self, role: Role, refusal: Signal<Option<String>>) -> Signal<Option<String>> {
        Signal::derive(move || self.lacks(role).or_else(|| refusal.get()))
    }
}
