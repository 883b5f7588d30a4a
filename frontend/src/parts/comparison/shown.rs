//! Which lines of a comparison are shown.

use std::collections::HashSet;
use std::sync::Arc;

use leptos::prelude::*;
use shared::package::PackageKey;

use super::listing::Entry;
use crate::place::{ComparisonFilter, ComparisonSort};

/// A line: a package, or a version of an opened one.
#[derive(Debug, Clone)]
pub enum Line {
    /// A package.
    Package(Arc<Entry>),
    /// One of its versions, by its index.
    Version(Arc<Entry>, usize),
}

impl Line {
    fn place(&self) -> (*const Entry, Option<usize>) {
        match self {
            Self::Package(entry) => (Arc::as_ptr(entry), None),
            Self::Version(entry, index) => (Arc::as_ptr(entry), Some(*index)),
        }
    }
}

// Entries are never changed: another one is another pointer.
impl PartialEq for Line {
    fn eq(&self, other: &Self) -> bool {
        self.place() == other.place()
    }
}

/// The lines that a filter lets through.
#[derive(Clone, Copy)]
pub struct ShownLines {
    /// Packages that pass, in their order.
    pub packages: Memo<Vec<Shown>>,
    /// The same, with the versions of opened ones after each.
    pub lines: Memo<Vec<Line>>,
    opened: RwSignal<HashSet<PackageKey>>,
}

/// A package that is shown; another pointer is another package.
#[derive(Debug, Clone)]
pub struct Shown(pub Arc<Entry>);

impl PartialEq for Shown {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl ShownLines {
    /// Of these entries, what the filter lets through.
    pub fn of(entries: RwSignal<Vec<Arc<Entry>>>, filter: Memo<ComparisonFilter>) -> Self {
        let opened = RwSignal::new(HashSet::new());
        let packages = Memo::new(move |_| passing(&entries.read(), &filter.read()));
        let lines = Memo::new(move |_| {
            let opened = opened.read();
            let with_versions = |shown: &Shown| {
                let open = opened.contains(&shown.0.compared.package);
                let versions = if open { shown.0.compared.versions.len() } else { 0 };
                let version = {
                    let entry = Arc::clone(&shown.0);
                    move |index| Line::Version(Arc::clone(&entry), index)
                };
                std::iter::once(Line::Package(Arc::clone(&shown.0))).chain((0..versions).map(version))
            };
            packages.read().iter().flat_map(with_versions).collect()
        });
        Self { packages, lines, opened }
    }

    /// The versions of a package are shown. Tracked.
    pub fn is_open(self, package: &PackageKey) -> bool {
        self.opened.read().contains(package)
    }

    /// Shows or hides the versions of a package.
    pub fn turn(self, package: &PackageKey) {
        self.opened.update(|opened| {
            if !opened.remove(package) {
                opened.insert(package.clone());
            }
        });
    }
}

/// The entries that a filter lets through, in its order.
fn passing(entries: &[Arc<Entry>], filter: &ComparisonFilter) -> Vec<Shown> {
    let text = filter.text.trim().to_lowercase();
    let passes = |entry: &&Arc<Entry>| {
        filter.kind.is_none_or(|kind| entry.is_of(kind))
            && filter.format.is_none_or(|format| format == entry.compared.package.format)
            && (text.is_empty() || entry.name.to_lowercase().contains(&text))
    };
    let mut passing: Vec<Shown> = entries.iter().filter(passes).cloned().map(Shown).collect();
    // Stable: within a kind, and among equally many versions, the names keep their order.
    match filter.sort {
        ComparisonSort::Name => {}
        ComparisonSort::Kind => passing.sort_by_key(|shown| shown.0.kind),
        ComparisonSort::Versions => passing.sort_by_key(|shown| std::cmp::Reverse(shown.0.unlike)),
    }
    passing
}

#[cfg(test)]
mod tests {
    use shared::comparison::{ComparedPackage, PackageKind};
    use shared::format::PackageFormat;

    use super::*;

    fn entry(name: &str, kind: PackageKind, unlike: usize) -> Arc<Entry> {
        let package = PackageKey { format: PackageFormat::Npm, namespace: None, name: name.parse().unwrap() };
        let compared = ComparedPackage { package, versions: Vec::new(), unread: Vec::new() };
        Arc::new(Entry { compared, kind, name: name.to_owned(), unlike, differing: unlike / 5 })
    }

    fn names(filter: ComparisonFilter) -> Vec<String> {
        let entries = [
            entry("Buttons", PackageKind::Same, 0),
            entry("forms", PackageKind::OnlyLeft, 2),
            entry("tables", PackageKind::Same, 5),
        ];
        passing(&entries, &filter).into_iter().map(|shown| shown.0.name.clone()).collect()
    }

    #[test]
    fn packages_are_narrowed_by_kind_and_by_any_part_of_the_name() {
        let of = |text: &str| names(ComparisonFilter { text: text.into(), ..ComparisonFilter::default() });
        assert_eq!(of(""), ["Buttons", "forms", "tables"]);
        assert_eq!(of(" BUTT "), ["Buttons"]);
        assert_eq!(names(ComparisonFilter { kind: Some(PackageKind::OnlyLeft), ..Default::default() }), ["forms"]);
        let other_revision = ComparisonFilter { kind: Some(PackageKind::Differs), ..Default::default() };
        assert_eq!(names(other_revision), ["tables"], "wherever there is one");
        assert!(names(ComparisonFilter { format: Some(PackageFormat::Maven), ..Default::default() }).is_empty());
    }

    #[test]
    fn packages_stand_in_the_order_asked_for() {
        let by = |sort| names(ComparisonFilter { sort, ..ComparisonFilter::default() });
        assert_eq!(by(ComparisonSort::Kind), ["forms", "Buttons", "tables"]);
        assert_eq!(by(ComparisonSort::Versions), ["tables", "forms", "Buttons"]);
    }
}
