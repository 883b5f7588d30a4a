//! The tray: versions chosen for a promotion. They all stand in one source repository, as a promotion has one.

use leptos::prelude::*;
use shared::api::DomainPath;
use shared::names::RepositoryName;
use shared::promotion::VersionChoice;

mod bar;
mod choose;
mod contents;
mod other_source;
pub use bar::TrayBar;
pub use choose::ChooseBox;
pub use contents::Contents;
pub use other_source::OtherSource;

/// The tray of one domain, kept in the tab's session storage. A context of every page of the domain.
#[derive(Clone, Copy)]
pub struct Tray {
    contents: RwSignal<Contents>,
    /// Why they are promoted, as far as it has been typed. Not kept when the page is loaded anew.
    pub reason: RwSignal<String>,
    key: StoredValue<String>,
}

impl Tray {
    /// The tray of a domain, as this tab left it.
    pub fn of(domain: &DomainPath) -> Self {
        let key = format!("headwater.tray/{}/{}", domain.connection, domain.domain);
        let kept = storage().and_then(|storage| storage.get_item(&key).ok().flatten());
        // What an older version of the program kept, and this one cannot read, is an empty tray.
        let contents = kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        Self { contents: RwSignal::new(contents), reason: RwSignal::new(String::new()), key: StoredValue::new(key) }
    }

    /// What it holds, tracked.
    pub fn contents(self) -> Contents {
        self.contents.get()
    }

    /// What it holds, not tracked.
    pub fn contents_untracked(self) -> Contents {
        self.contents.get_untracked()
    }

    /// It holds this version of this repository. Tracked.
    pub fn holds(self, from: &RepositoryName, choice: &VersionChoice) -> bool {
        self.contents.read().holds(from, choice)
    }

    /// Why nothing of this repository can be put in; none if it can. Tracked.
    pub fn refusal(self, from: &RepositoryName) -> Option<String> {
        self.contents.read().refusal(from)
    }

    /// Puts a version in. Does nothing where it is refused.
    pub fn put(self, from: &RepositoryName, choice: VersionChoice) {
        self.change(|contents| contents.put(from, choice));
    }

    /// Puts several versions in, as many as it takes.
    pub fn put_all(self, from: &RepositoryName, choices: impl Iterator<Item = VersionChoice>) {
        self.change(|contents| choices.for_each(|choice| contents.put(from, choice)));
    }

    /// Takes a version out.
    pub fn take(self, choice: &VersionChoice) {
        self.change(|contents| contents.take(choice));
    }

    /// Takes several versions out.
    pub fn take_all<'a>(self, choices: impl Iterator<Item = &'a VersionChoice>) {
        self.change(|contents| choices.for_each(|choice| contents.take(choice)));
    }

    /// Takes everything out.
    pub fn clear(self) {
        self.change(|contents| *contents = Contents::default());
    }

    fn change(self, change: impl FnOnce(&mut Contents)) {
        self.contents.update(change);
        let (key, contents) = (self.key.get_value(), self.contents.read_untracked());
        if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(&*contents)) {
            // Without storage the tray lasts as long as the page.
            let _ = storage.set_item(&key, &text);
        }
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().session_storage().ok().flatten()
}
