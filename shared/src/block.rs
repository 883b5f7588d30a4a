//! Versions that nobody is to promote any more, and why.
//!
//! A block is of a version by its name, in every repository of a domain. It is Headwater's own rule: AWS knows nothing of
//! it, and what a repository holds already stays there.

use serde::{Deserialize, Serialize};

use crate::names::VersionName;
use crate::package::PackageKey;
use crate::person::Person;
use crate::promotion::{Blocked, BlockedReason, VersionChoice};

/// How many versions of a domain can be blocked at the same time.
pub const MOST_BLOCKS: usize = 2000;

/// Asks to block a version, or to unblock it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlockChange {
    /// Which package.
    pub package: PackageKey,
    /// Which version. No repository needs to hold it.
    pub version: VersionName,
    /// Why; not empty, at most [`crate::promotion::LONGEST_REASON`] characters.
    pub reason: String,
}

/// A version that is blocked from promotion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// Which version.
    pub choice: VersionChoice,
    /// Why.
    pub reason: String,
    /// Who blocked it.
    pub by: Person,
    /// When, epoch seconds.
    pub at: f64,
}

impl Block {
    /// What somebody is told who wants to promote it.
    pub fn words(&self) -> String {
        format!("Blocked from promotion by {}: {}", self.by.name, self.reason)
    }
}

/// The blocked versions of a domain, the last one first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Blocks(pub Vec<Block>);

impl Blocks {
    /// The block of a version.
    pub fn of(&self, package: &PackageKey, version: &VersionName) -> Option<&Block> {
        self.0.iter().find(|block| block.choice.version == *version && block.choice.package == *package)
    }

    /// Those of a package.
    pub fn of_package<'a>(&'a self, package: &'a PackageKey) -> impl Iterator<Item = &'a Block> {
        self.0.iter().filter(move |block| block.choice.package == *package)
    }

    /// The verdict about a version that is blocked.
    pub fn verdict(&self, choice: &VersionChoice) -> Option<Blocked> {
        let block = self.of(&choice.package, &choice.version)?;
        Some(Blocked { reason: BlockedReason::ByTeam, explanation: block.words() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::PackageFormat;

    #[test]
    fn a_block_is_of_one_version_of_one_package() {
        let package =
            |name: &str| PackageKey { format: PackageFormat::Npm, namespace: None, name: name.parse().unwrap() };
        let choice =
            |name: &str, version: &str| VersionChoice { package: package(name), version: version.parse().unwrap() };
        let (by, reason) = (Person { id: "ann".into(), name: "Ann".into() }, "It holds a key.".to_owned());
        let blocks = Blocks(vec![Block { choice: choice("ui", "1.0.0"), reason, by, at: 1.0 }]);
        let told = blocks.verdict(&choice("ui", "1.0.0")).unwrap();
        assert_eq!(told.reason, BlockedReason::ByTeam);
        assert_eq!(told.explanation, "Blocked from promotion by Ann: It holds a key.");
        for (name, version) in [("ui", "1.0.1"), ("core", "1.0.0")] {
            assert_eq!(blocks.verdict(&choice(name, version)), None);
        }
        assert_eq!((blocks.of_package(&package("ui")).count(), blocks.of_package(&package("core")).count()), (1, 0));
    }
}
