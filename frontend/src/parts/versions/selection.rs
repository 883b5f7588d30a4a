//! Which versions are chosen.

use std::collections::BTreeSet;

use leptos::prelude::*;
use shared::names::VersionName;
use shared::version::{PackageVersionStatus, VersionSummary};

/// The versions chosen, and which of all are listed to choose from.
#[derive(Clone, Copy)]
pub struct Selection {
    versions: RwSignal<Option<Vec<VersionSummary>>>,
    chosen: RwSignal<BTreeSet<VersionName>>,
    /// Where a range begins: the version pressed last.
    anchor: RwSignal<Option<VersionName>>,
    /// Only versions whose name holds this are listed.
    pub part: RwSignal<String>,
    /// Only versions in this status are listed.
    pub status: RwSignal<Option<PackageVersionStatus>>,
    /// What is listed, newest first.
    pub listed: Memo<Vec<VersionSummary>>,
}

impl Selection {
    /// Nothing chosen, of these versions.
    pub fn of(versions: RwSignal<Option<Vec<VersionSummary>>>) -> Self {
        let (part, status) = (RwSignal::new(String::new()), RwSignal::new(None));
        let listed = Memo::new(move |_| {
            let (versions, part) = (versions.read(), part.read());
            let all = versions.as_deref().unwrap_or_default().iter();
            all.filter(|one| lets_through(one, part.trim(), status.get())).cloned().collect()
        });
        Self { versions, chosen: RwSignal::default(), anchor: RwSignal::new(None), part, status, listed }
    }

    /// Whether a version is chosen, tracked.
    pub fn holds(self, version: &VersionName) -> bool {
        self.chosen.read().contains(version)
    }

    /// The versions that are chosen and there, listed or not; newest first. Tracked.
    pub fn chosen(self) -> Vec<VersionSummary> {
        let (versions, chosen) = (self.versions.read(), self.chosen.read());
        versions.as_deref().unwrap_or_default().iter().filter(|one| chosen.contains(&one.version)).cloned().collect()
    }

    /// Chooses a version, or leaves it.
    pub fn press(self, version: &VersionName) {
        let on = !self.chosen.read_untracked().contains(version);
        self.chosen.update(|chosen| put(chosen, version, on));
        self.anchor.set(Some(version.clone()));
    }

    /// Does with all listed versions from the one pressed last to this one what was done with that one.
    pub fn press_to(self, version: &VersionName) {
        let Some(anchor) = self.anchor.get_untracked().filter(|anchor| anchor != version) else {
            return self.press(version);
        };
        let on = self.chosen.read_untracked().contains(&anchor);
        let listed = self.listed.read_untracked();
        let range = between(&listed, &anchor, version);
        self.chosen.update(|chosen| range.iter().for_each(|one| put(chosen, &one.version, on)));
        self.anchor.set(Some(version.clone()));
    }

    /// Whether all listed versions are chosen, or some of them. Tracked.
    pub fn of_listed(self) -> (bool, bool) {
        let (listed, chosen) = (self.listed.read(), self.chosen.read());
        let number = listed.iter().filter(|one| chosen.contains(&one.version)).count();
        (number > 0 && number == listed.len(), number > 0)
    }

    /// Chooses all listed versions; leaves them where all are chosen.
    pub fn press_all(self) {
        let all = untrack(|| self.of_listed().0);
        let listed = self.listed.read_untracked();
        self.chosen.update(|chosen| listed.iter().for_each(|one| put(chosen, &one.version, !all)));
    }

    /// Chooses exactly these.
    pub fn set(self, versions: impl IntoIterator<Item = VersionName>) {
        self.chosen.set(versions.into_iter().collect());
        self.anchor.set(None);
    }
}

fn put(chosen: &mut BTreeSet<VersionName>, version: &VersionName, on: bool) {
    if on {
        chosen.insert(version.clone());
    } else {
        chosen.remove(version);
    }
}

fn lets_through(one: &VersionSummary, part: &str, status: Option<PackageVersionStatus>) -> bool {
    one.version.as_str().contains(part) && status.is_none_or(|status| one.status == Some(status))
}

/// The versions from one to the other, both with them; the second alone where the first is not listed.
fn between<'v>(listed: &'v [VersionSummary], from: &VersionName, to: &VersionName) -> &'v [VersionSummary] {
    let place = |version: &VersionName| listed.iter().position(|one| one.version == *version);
    let Some(to) = place(to) else { return &[] };
    let from = place(from).unwrap_or(to);
    listed.get(from.min(to)..=from.max(to)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use shared::version::Origin;
    use shared::version::PackageVersionStatus::{Archived, Published};

    use super::*;

    fn version(name: &str) -> VersionName {
        name.parse().unwrap()
    }

    fn summary(name: &str) -> VersionSummary {
        VersionSummary { version: version(name), revision: None, status: Some(Published), origin: Origin::Unknown }
    }

    #[test]
    fn a_range_goes_both_ways_and_holds_both_ends() {
        let listed: Vec<_> = ["4", "3", "2", "1"].iter().map(|name| summary(name)).collect();
        let names = |from: &str, to: &str| {
            between(&listed, &version(from), &version(to)).iter().map(|one| one.version.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(names("3", "1"), ["3", "2", "1"]);
        assert_eq!(names("1", "3"), ["3", "2", "1"]);
        assert_eq!(names("9", "2"), ["2"]);
        assert!(names("1", "9").is_empty());
    }

    #[test]
    fn a_list_can_be_narrowed_by_name_and_status() {
        assert!(lets_through(&summary("1.0.0-beta.1"), "-beta", Some(Published)));
        assert!(!lets_through(&summary("1.0.0"), "-beta", None));
        assert!(!lets_through(&summary("1.0.0"), "", Some(Archived)));
    }
}
