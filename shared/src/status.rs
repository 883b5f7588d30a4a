//! Changing the status of a package version: which step may follow, and what each means.

use serde::{Deserialize, Serialize};

mod many;
pub use many::{Batch, MOST_VERSIONS, Plan, SeenVersion, StatusChanges, StatusOutcome, StatusResult, StatusRow};

use crate::names::{Revision, VersionName};
use crate::package::PackageKey;
use crate::version::PackageVersionStatus::{self, Archived, Disposed, Published, Unfinished, Unlisted};

/// What is done to a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Offers it to package managers.
    Publish,
    /// Offers it no longer; who knows it can still download it.
    Unlist,
    /// Neither offers it nor lets it be downloaded.
    Archive,
    /// Deletes its files for good; the version stays taken.
    Dispose,
    /// Deletes it for good; the version can be published again.
    Delete,
}

/// A version whose status is to be changed, as it was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusChange {
    /// Of this package.
    pub package: PackageKey,
    /// This version.
    pub version: VersionName,
    /// The content seen. Deleting cannot be pinned to it: CodeArtifact's operation has no such member.
    pub revision: Option<Revision>,
    /// The status seen.
    pub expected: PackageVersionStatus,
    /// What is done.
    pub step: Step,
}

impl Step {
    /// All of them, mildest first.
    pub const ALL: [Self; 5] = [Self::Publish, Self::Unlist, Self::Archive, Self::Dispose, Self::Delete];

    /// The steps that CodeArtifact documents for a version in this status, mildest first (user guide, "Package version
    /// status"). What it leaves open is not offered.
    pub fn offered(from: PackageVersionStatus) -> &'static [Self] {
        match from {
            Published => &[Self::Unlist, Self::Archive, Self::Dispose, Self::Delete],
            Unlisted => &[Self::Publish, Self::Archive, Self::Dispose, Self::Delete],
            Archived => &[Self::Publish, Self::Unlist, Self::Dispose, Self::Delete],
            Unfinished => &[Self::Publish, Self::Unlist, Self::Delete],
            Disposed => &[Self::Delete],
        }
    }

    /// The status it leads to; none where the version is gone.
    pub fn target(self) -> Option<PackageVersionStatus> {
        match self {
            Self::Publish => Some(Published),
            Self::Unlist => Some(Unlisted),
            Self::Archive => Some(Archived),
            Self::Dispose => Some(Disposed),
            Self::Delete => None,
        }
    }

    /// Nothing brings back what it takes.
    pub fn is_for_good(self) -> bool {
        matches!(self, Self::Dispose | Self::Delete)
    }

    /// On the button.
    pub fn verb(self) -> &'static str {
        match self {
            Self::Publish => "Publish",
            Self::Unlist => "Unlist",
            Self::Archive => "Archive",
            Self::Dispose => "Dispose",
            Self::Delete => "Delete",
        }
    }

    /// What it does, in one sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Publish => "Package managers see it and can install it.",
            Self::Unlist => "New installs no longer pick it; lock files that name it keep working.",
            Self::Archive => "It cannot be downloaded any more. It can be brought back.",
            Self::Dispose => "Its files are deleted for good. The version stays taken until it is deleted.",
            Self::Delete => "It is deleted for good. The same version can be published again, with other content.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_step_leads_to_where_a_version_stands_already() {
        for from in PackageVersionStatus::ALL {
            assert!(Step::offered(from).iter().all(|step| step.target() != Some(from)), "{from:?}");
            assert_eq!(Step::offered(from).last(), Some(&Step::Delete));
        }
    }

    #[test]
    fn nothing_but_deleting_is_left_of_a_disposed_version() {
        assert_eq!(Step::offered(Disposed), [Step::Delete]);
    }
}
