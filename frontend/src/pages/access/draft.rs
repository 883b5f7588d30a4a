//! A policy while it is edited: what it began with, what is there now, and what is typed.

use leptos::prelude::*;
use shared::permission::{NewPolicy, Policy, SeenPolicy};

use super::layout::for_editing;

/// The three texts of one edit.
#[derive(Clone, Copy)]
pub struct Draft {
    /// The policy that the typed text began with. A save is refused when another one is there by then.
    pub seen: RwSignal<Option<Policy>>,
    /// The policy that is there, as last read.
    pub there: RwSignal<Option<Policy>>,
    /// What is typed.
    pub text: RwSignal<String>,
    /// What was typed before it was left for another text.
    pub aside: RwSignal<Option<String>>,
}

/// What a policy read anew means for what is typed.
#[derive(Debug, PartialEq, Eq)]
enum News {
    /// It says what the edit began with, or what is typed: the edit goes on from it.
    Same,
    /// Nothing was typed yet: the edit begins with it.
    Untouched,
    /// Somebody changed it, and something else is typed.
    Conflict,
}

fn news(seen: Option<&Policy>, now: Option<&Policy>, text: &str) -> News {
    let document = |policy: Option<&Policy>| policy.map(|policy| policy.document.clone());
    let says_what_is_typed = now.is_some_and(|now| now.document == text) || (now.is_some() && shown(now) == text);
    if document(seen) == document(now) || says_what_is_typed {
        News::Same
    } else if shown(seen) == text {
        News::Untouched
    } else {
        News::Conflict
    }
}

/// The text that stands for a policy in the editor; empty for none.
pub fn shown(policy: Option<&Policy>) -> String {
    policy.map(|policy| for_editing(&policy.document)).unwrap_or_default()
}

impl Draft {
    /// Begins with a policy, or with none.
    pub fn of(policy: Option<Policy>) -> Self {
        let text = RwSignal::new(shown(policy.as_ref()));
        Self { seen: RwSignal::new(policy.clone()), there: RwSignal::new(policy), text, aside: RwSignal::new(None) }
    }

    /// Another text is typed than the one it began with, tracked.
    pub fn is_changed(self) -> bool {
        *self.text.read() != shown(self.seen.read().as_ref())
    }

    /// Somebody saved or deleted meanwhile, and it is not decided what becomes of that. Tracked.
    pub fn is_conflict(self) -> bool {
        let (seen, there) = (self.seen.read(), self.there.read());
        seen.as_ref().map(|policy| &policy.document) != there.as_ref().map(|policy| &policy.document)
    }

    /// Takes note of the policy as it was read anew.
    pub fn follow(self, now: Option<Policy>) {
        if *self.there.read_untracked() == now {
            return;
        }
        self.there.set(now.clone());
        // Read to the end first: what is being read cannot be set.
        let news = news(self.seen.read_untracked().as_ref(), now.as_ref(), &self.text.read_untracked());
        match news {
            News::Same => self.seen.set(now),
            News::Untouched => self.begin_with_theirs(),
            News::Conflict => {}
        }
    }

    fn begin_with_theirs(self) {
        let there = self.there.get_untracked();
        self.text.set(shown(there.as_ref()));
        self.seen.set(there);
    }

    /// Begins anew with what is there. What was typed is put aside.
    pub fn take_theirs(self) {
        let typed = self.text.get_untracked();
        self.begin_with_theirs();
        self.put_aside(typed);
    }

    /// What is typed is to take the place of what is there.
    pub fn keep_mine(self) {
        self.seen.set(self.there.get_untracked());
    }

    /// Types another text. What was typed is put aside.
    pub fn write(self, text: String) {
        let typed = self.text.get_untracked();
        self.text.set(text);
        self.put_aside(typed);
    }

    fn put_aside(self, typed: String) {
        let worth_keeping = !typed.trim().is_empty()
            && typed != *self.text.read_untracked()
            && typed != shown(self.seen.read_untracked().as_ref());
        if worth_keeping {
            self.aside.set(Some(typed));
        }
    }

    /// Goes back to what was put aside.
    pub fn bring_back(self) {
        if let Some(text) = self.aside.get_untracked() {
            self.aside.set(None);
            self.text.set(text);
        }
    }

    /// The policy to be saved; none while what is typed breaks CodeArtifact's rule for its length.
    pub fn new_policy(self) -> Option<NewPolicy> {
        let document = self.text.read_untracked().parse().ok()?;
        Some(NewPolicy { seen: self.seen.read_untracked().as_ref().map(SeenPolicy::from), document })
    }

    /// It was saved. What has been typed since then stays.
    pub fn saved(self, policy: Policy) {
        let untouched = self.text.try_with_untracked(|text| *text == policy.document);
        if untouched == Some(true) {
            self.text.set(for_editing(&policy.document));
        }
        self.seen.try_set(Some(policy.clone()));
        self.there.try_set(Some(policy));
    }

    /// It was deleted. What was typed over it stays.
    pub fn deleted(self) {
        let untouched = self.text.try_with_untracked(|text| *text == shown(self.seen.read_untracked().as_ref()));
        if untouched == Some(true) {
            self.text.set(String::new());
        }
        self.seen.try_set(None);
        self.there.try_set(None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(document: &str, revision: &str) -> Policy {
        Policy { document: document.into(), revision: Some(revision.parse().unwrap()), arn: String::new() }
    }

    fn told(seen: Option<&str>, now: Option<&str>, text: &str) -> News {
        let (seen, now) = (seen.map(|text| policy(text, "1")), now.map(|text| policy(text, "2")));
        news(seen.as_ref(), now.as_ref(), text)
    }

    #[test]
    fn only_a_change_of_somebody_else_under_ones_own_is_a_conflict() {
        assert_eq!(told(Some("{\n}"), Some("{\n}"), "{\n\"a\":1}"), News::Same);
        assert_eq!(told(Some("{\n}"), Some("[\n]"), "{\n}"), News::Untouched);
        assert_eq!(told(Some("{\n}"), Some("[\n]"), "[\n]"), News::Same);
        assert_eq!(told(Some("{\n}"), Some("[\n]"), "{\n\"a\":1}"), News::Conflict);
        assert_eq!(told(Some("{\n}"), None, "{\n}"), News::Untouched);
        assert_eq!(told(Some("{\n}"), None, "{\n\"a\":1}"), News::Conflict);
        assert_eq!(told(None, Some("[\n]"), "{\n\"a\":1}"), News::Conflict);
        assert_eq!(told(None, Some("[\n]"), ""), News::Untouched);
    }

    #[test]
    fn a_policy_on_one_line_is_the_same_as_it_is_shown() {
        assert_eq!(told(Some(r#"{"a":1}"#), Some(r#"{"a":2}"#), &for_editing(r#"{"a":1}"#)), News::Untouched);
        assert_eq!(told(Some(r#"{"a":1}"#), Some(r#"{"a":2}"#), &for_editing(r#"{"a":2}"#)), News::Same);
    }
}
