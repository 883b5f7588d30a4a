//! What a comparison says of a package and of a version.

use std::str::FromStr;

use super::{ComparedPackage, ComparedVersion, HeldVersion};
use crate::names::{NameError, VersionName};
use crate::version::PackageVersionStatus;

/// How the two sides hold a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PackageKind {
    /// Only the left side has versions of it.
    OnlyLeft,
    /// The newest version of the left side is newer than the right side's.
    LeftNewer,
    /// The newest version of the right side is newer than the left side's.
    RightNewer,
    /// Only the right side has versions of it.
    OnlyRight,
    /// The same newest version, and at least one version that both hold is not of the same revision.
    Differs,
    /// The same newest version, and one side lacks older ones of the other.
    Gaps,
    /// The same versions of the same revisions.
    Same,
    /// A side could not be read.
    Unread,
}

impl PackageKind {
    /// All of them, in the order in which they are worth looking at.
    pub const ALL: [Self; 8] = [
        Self::OnlyLeft,
        Self::LeftNewer,
        Self::RightNewer,
        Self::OnlyRight,
        Self::Differs,
        Self::Gaps,
        Self::Same,
        Self::Unread,
    ];

    /// The word in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OnlyLeft => "only-left",
            Self::LeftNewer => "left-newer",
            Self::RightNewer => "right-newer",
            Self::OnlyRight => "only-right",
            Self::Differs => "differs",
            Self::Gaps => "gaps",
            Self::Same => "same",
            Self::Unread => "unread",
        }
    }
}

impl FromStr for PackageKind {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(NameError {
            what: "A kind of difference",
            rule: "is one of only-left, left-newer, right-newer, only-right, differs, gaps, same and unread",
        })
    }
}

/// How the two sides hold a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VersionKind {
    /// Only the left side holds it.
    OnlyLeft,
    /// Only the right side holds it.
    OnlyRight,
    /// Both hold it, of the same revision: the same content.
    Same,
    /// Both hold it, not known to be of the same revision. Whether its files differ only their hashes tell.
    Differs,
}

/// Why a version of the left side cannot be promoted to the right side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// The left side does not hold it.
    NotLeft,
    /// The right side holds it with the same content.
    Same,
    /// The right side holds it already, of another revision; nothing is overwritten.
    Differs,
    /// Its status does not allow it; none is one that this program does not know.
    Status(Option<PackageVersionStatus>),
}

impl ComparedVersion {
    /// How the two sides hold it.
    pub fn kind(&self) -> VersionKind {
        match (&self.left, &self.right) {
            (Some(left), Some(right)) if left.revision.is_some() && left.revision == right.revision => {
                VersionKind::Same
            }
            (Some(_), Some(_)) => VersionKind::Differs,
            (Some(_), None) => VersionKind::OnlyLeft,
            (None, _) => VersionKind::OnlyRight,
        }
    }

    /// Why it cannot be promoted from left to right; none if it can.
    pub fn obstacle(&self) -> Option<Obstacle> {
        match self.kind() {
            VersionKind::OnlyRight => Some(Obstacle::NotLeft),
            VersionKind::Same => Some(Obstacle::Same),
            VersionKind::Differs => Some(Obstacle::Differs),
            VersionKind::OnlyLeft => match self.left.as_ref().and_then(|held| held.status) {
                Some(PackageVersionStatus::Published | PackageVersionStatus::Unlisted) => None,
                other => Some(Obstacle::Status(other)),
            },
        }
    }
}

impl ComparedPackage {
    /// How the two sides hold it.
    pub fn kind(&self) -> PackageKind {
        if !self.unread.is_empty() {
            return PackageKind::Unread;
        }
        match (self.newest_at(left), self.newest_at(right)) {
            (None, None) => PackageKind::Same,
            (Some(_), None) => PackageKind::OnlyLeft,
            (None, Some(_)) => PackageKind::OnlyRight,
            // Newest first: the smaller index is the newer version.
            (Some(left), Some(right)) if left < right => PackageKind::LeftNewer,
            (Some(left), Some(right)) if left > right => PackageKind::RightNewer,
            (Some(_), Some(_)) => {
                let has = |wanted: fn(VersionKind) -> bool| self.versions.iter().any(|version| wanted(version.kind()));
                if has(|kind| kind == VersionKind::Differs) {
                    PackageKind::Differs
                } else if has(|kind| kind != VersionKind::Same) {
                    PackageKind::Gaps
                } else {
                    PackageKind::Same
                }
            }
        }
    }

    /// How many of its versions are of a kind.
    pub fn count(&self, kind: VersionKind) -> usize {
        self.versions.iter().filter(|version| version.kind() == kind).count()
    }

    /// The newest version that the left side offers, or holds where it offers none.
    pub fn newest_left(&self) -> Option<&VersionName> {
        self.newest_at(left).map(|at| &self.versions[at].version)
    }

    /// The newest version that the right side offers, or holds where it offers none.
    pub fn newest_right(&self) -> Option<&VersionName> {
        self.newest_at(right).map(|at| &self.versions[at].version)
    }

    /// The versions that can be promoted from left to right, newest first.
    pub fn promotable(&self) -> impl Iterator<Item = &VersionName> {
        let unread = !self.unread.is_empty();
        let can = move |version: &&ComparedVersion| !unread && version.obstacle().is_none();
        self.versions.iter().filter(can).map(|version| &version.version)
    }

    /// Package managers see published versions, so these count, if there are any.
    fn newest_at(&self, side: fn(&ComparedVersion) -> Option<&HeldVersion>) -> Option<usize> {
        let is_published = |held: &HeldVersion| held.status == Some(PackageVersionStatus::Published);
        let published = self.versions.iter().position(|version| side(version).is_some_and(is_published));
        published.or_else(|| self.versions.iter().position(|version| side(version).is_some()))
    }
}

fn left(version: &ComparedVersion) -> Option<&HeldVersion> {
    version.left.as_ref()
}

fn right(version: &ComparedVersion) -> Option<&HeldVersion> {
    version.right.as_ref()
}
