//! What the tray holds, and what it refuses.

use serde::{Deserialize, Serialize};
use shared::names::RepositoryName;
use shared::promotion::{MOST_VERSIONS, VersionChoice};

use crate::ui::count;

/// What the tray holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// Where the versions stand; none while the tray is empty.
    pub from: Option<RepositoryName>,
    /// The versions, in the order they were chosen.
    pub versions: Vec<VersionChoice>,
}

impl Contents {
    /// It holds this version of this repository.
    pub fn holds(&self, from: &RepositoryName, choice: &VersionChoice) -> bool {
        self.from.as_ref() == Some(from) && self.versions.contains(choice)
    }

    /// Why nothing of this repository can be put in; none if it can.
    pub fn refusal(&self, from: &RepositoryName) -> Option<String> {
        match &self.from {
            Some(source) if source != from => Some(format!(
                "The tray holds {} of {source}, and a promotion has one source. Promote them or clear the tray first.",
                count(self.versions.len(), "version")
            )),
            _ if self.versions.len() >= MOST_VERSIONS => Some(format!(
                "The tray is full: a promotion takes at most {MOST_VERSIONS} versions. Promote these first."
            )),
            _ => None,
        }
    }

    /// Puts a version in, once. Does nothing where it is refused.
    pub fn put(&mut self, from: &RepositoryName, choice: VersionChoice) {
        if self.refusal(from).is_none() && !self.versions.contains(&choice) {
            self.from = Some(from.clone());
            self.versions.push(choice);
        }
    }

    /// Takes a version out. The source is free again once nothing is left.
    pub fn take(&mut self, choice: &VersionChoice) {
        self.versions.retain(|held| held != choice);
        if self.versions.is_empty() {
            self.from = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::format::PackageFormat;
    use shared::package::PackageKey;

    fn choice(version: &str) -> VersionChoice {
        let package = PackageKey { format: PackageFormat::Npm, namespace: None, name: "ui".parse().unwrap() };
        VersionChoice { package, version: version.parse().unwrap() }
    }

    fn repository(name: &str) -> RepositoryName {
        name.parse().unwrap()
    }

    #[test]
    fn a_version_is_held_once() {
        let mut contents = Contents::default();
        contents.put(&repository("team-dev"), choice("1.0.0"));
        contents.put(&repository("team-dev"), choice("1.0.0"));
        assert_eq!(contents.versions.len(), 1);
        assert!(contents.holds(&repository("team-dev"), &choice("1.0.0")));
    }

    #[test]
    fn a_second_source_is_refused_and_nothing_is_lost() {
        let mut contents = Contents::default();
        contents.put(&repository("team-dev"), choice("1.0.0"));
        contents.put(&repository("team-data"), choice("2.0.0"));
        assert_eq!(contents.versions, [choice("1.0.0")]);
        let refusal = contents.refusal(&repository("team-data")).unwrap();
        assert!(refusal.contains("1 version of team-dev"), "{refusal}");
    }

    #[test]
    fn an_emptied_tray_takes_any_source() {
        let mut contents = Contents::default();
        contents.put(&repository("team-dev"), choice("1.0.0"));
        contents.take(&choice("1.0.0"));
        assert_eq!(contents, Contents::default());
        assert_eq!(contents.refusal(&repository("team-data")), None);
    }

    #[test]
    fn a_full_tray_says_how_many_it_takes() {
        let mut contents = Contents::default();
        for number in 0..=MOST_VERSIONS {
            contents.put(&repository("team-dev"), choice(&format!("1.0.{number}")));
        }
        assert_eq!(contents.versions.len(), MOST_VERSIONS);
        assert!(contents.refusal(&repository("team-dev")).unwrap().contains("at most 500"));
    }
}
