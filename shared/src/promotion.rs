//! The words of promoting: copying package versions from one repository into another of the same domain.

use serde::{Deserialize, Serialize};

use crate::effect::Effect;
use crate::names::{RepositoryName, Revision, VersionName};
use crate::package::PackageKey;
use crate::problem::Problem;

/// How many versions one request may name.
pub const MOST_VERSIONS: usize = 500;

/// How long a reason may be, in characters.
pub const LONGEST_REASON: usize = 500;

/// One version of one package.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VersionChoice {
    /// Which package.
    pub package: PackageKey,
    /// Which version.
    pub version: VersionName,
}

/// Asks what a promotion would do. Changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PreviewRequest {
    /// Source repository.
    pub from: RepositoryName,
    /// Target repository.
    pub to: RepositoryName,
    /// At most [`MOST_VERSIONS`].
    pub versions: Vec<VersionChoice>,
}

/// What a promotion would do, row by row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Preview {
    /// Source repository.
    pub from: RepositoryName,
    /// Target repository.
    pub to: RepositoryName,
    /// In the order asked.
    pub rows: Vec<PreviewRow>,
    /// When it was read from AWS, epoch seconds.
    pub read_at: f64,
}

/// What a promotion would do with one version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewRow {
    /// Which version.
    pub choice: VersionChoice,
    /// The content seen in the source; the promotion copies this or nothing.
    pub revision: Option<Revision>,
    /// The version that the target shows now: npm's `latest`, else the newest published.
    pub in_target: Option<VersionName>,
    /// What would happen.
    pub verdict: Verdict,
    /// npm dist-tags that the copy would set in the target.
    pub tags: Vec<TagMove>,
    /// Why dist-tags could not be read, where they could not: moves may then be missing.
    pub tags_problem: Option<Problem>,
    /// What it brings with it besides. Plans that were saved before these were told have none.
    #[serde(default)]
    pub effects: Vec<Effect>,
    /// Why effects could not be read, where they could not: some may then be missing.
    #[serde(default)]
    pub effects_problem: Option<Problem>,
}

/// What would happen to one version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The target does not have it: it will be copied.
    New,
    /// The target has the same content: nothing to do.
    Same,
    /// The target has this version with other content. It is left alone; nothing is overwritten.
    Different(Vec<FileDifference>),
    /// It cannot be promoted.
    Blocked(Blocked),
}

impl Verdict {
    /// Whether promoting would copy this row.
    pub fn copies(&self) -> bool {
        matches!(self, Self::New)
    }
}

/// One file that differs between source and target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileDifference {
    /// File name.
    pub name: String,
    /// How it differs.
    pub kind: DifferenceKind,
    /// The file in the source, where it has it.
    pub source: Option<FileFacts>,
    /// The file in the target, where it has it.
    pub target: Option<FileFacts>,
}

/// What CodeArtifact tells of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileFacts {
    /// Bytes.
    pub size: u64,
    /// Lower-case hex; absent where it is not told.
    pub sha256: Option<String>,
}

/// How a file differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceKind {
    /// Both have it, with other bytes.
    Changed,
    /// Only the source has it.
    OnlyInSource,
    /// Only the target has it.
    OnlyInTarget,
}

/// Why a version cannot be promoted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blocked {
    /// What kind of reason.
    pub reason: BlockedReason,
    /// In plain words, with what would have to be different.
    pub explanation: String,
}

/// Kinds of reasons why a version cannot be promoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockedReason {
    /// The source does not have it.
    NotInSource,
    /// Its status in the source does not allow it.
    Status,
    /// A policy of the domain or of a repository denies the copy.
    Policy,
    /// Somebody blocked it from promotion.
    ByTeam,
    /// Source or target could not be read.
    Unreadable,
}

/// An npm dist-tag that the copy would set in the target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagMove {
    /// Such as `latest`.
    pub tag: String,
    /// Where the target's tag points now; absent where the target has no such tag.
    pub from: Option<VersionName>,
    /// Where it will point.
    pub to: VersionName,
}

/// A version pinned to the content that was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PinnedVersion {
    /// Which package.
    pub package: PackageKey,
    /// Which version.
    pub version: VersionName,
    /// The content seen in the preview. CodeArtifact refuses when the source has other content by now.
    pub revision: Revision,
}

/// What came of one version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CopyResult {
    /// Copied.
    Copied,
    /// The target had the same content already; CodeArtifact leaves such versions out of its answer, so it was confirmed by reading.
    AlreadySame,
    /// Refused, with CodeArtifact's code and words. Nothing was copied for this row.
    Refused {
        /// CodeArtifact's code, such as `MISMATCHED_REVISION`.
        code: String,
        /// What happened and what to do.
        message: String,
    },
    /// The call failed and nothing was copied for this row.
    Failed(Problem),
    /// The call failed in a way that leaves open whether the copy happened, and reading the target did not settle it.
    Unknown(Problem),
}
