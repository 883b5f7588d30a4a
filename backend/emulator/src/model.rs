//! What a CodeArtifact holds: domains, repositories, packages, package versions and their assets.
//!
//! Words and fields are Amazon's. Plain data: the rules over it stand in [`crate::rules`].

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;
use serde_json::Value;

mod group;
pub use group::{PackageGroup, PackageGroups, Restriction, RestrictionMode, RestrictionType};

/// Everything the emulator knows, behind one lock (see [`crate::Emulator`]).
#[derive(Debug, Default)]
pub struct State {
    /// Domains of the one account, by name.
    pub domains: BTreeMap<String, Domain>,
}

/// A domain: the container of repositories, with its own policy and tags.
#[derive(Debug)]
pub struct Domain {
    /// Unique in the account and region.
    pub name: String,
    /// Shown as `createdTime`.
    pub created: SystemTime,
    /// ARN of the KMS key; never used to encrypt anything here.
    pub encryption_key: String,
    /// Tags in key order.
    pub tags: BTreeMap<String, String>,
    /// The domain permissions policy, if one is set.
    pub policy: Option<Policy>,
    /// Repositories by name. Case is kept.
    pub repositories: BTreeMap<String, Repository>,
    /// Package groups, the root included.
    pub package_groups: PackageGroups,
}

/// A repository of a domain.
#[derive(Debug)]
pub struct Repository {
    /// Unique in the domain.
    pub name: String,
    /// Free text, at most 1,000 characters.
    pub description: Option<String>,
    /// Direct upstreams, highest priority first.
    pub upstreams: Vec<String>,
    /// Name of the external connection, such as `public:npmjs`; excludes `upstreams`.
    pub external_connection: Option<String>,
    /// Shown as `createdTime`.
    pub created: SystemTime,
    /// Tags in key order.
    pub tags: BTreeMap<String, String>,
    /// The repository permissions policy, if one is set.
    pub policy: Option<Policy>,
    /// Packages that stand in this very repository.
    pub packages: BTreeMap<PackageKey, Package>,
}

/// A permissions policy with the revision that optimistic locking compares.
#[derive(Debug, Clone)]
pub struct Policy {
    /// The JSON text exactly as it was put.
    pub document: String,
    /// New with each put.
    pub revision: String,
}

/// The eight package formats of the service model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// `npm`
    Npm,
    /// `pypi`
    Pypi,
    /// `maven`
    Maven,
    /// `nuget`
    Nuget,
    /// `generic`
    Generic,
    /// `ruby`
    Ruby,
    /// `swift`
    Swift,
    /// `cargo`
    Cargo,
}

impl Format {
    /// All of them, in the order of the service model.
    pub const ALL: [Self; 8] =
        [Self::Npm, Self::Pypi, Self::Maven, Self::Nuget, Self::Generic, Self::Ruby, Self::Swift, Self::Cargo];

    /// The word on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Npm => "npm",
            Self::Pypi => "pypi",
            Self::Maven => "maven",
            Self::Nuget => "nuget",
            Self::Generic => "generic",
            Self::Ruby => "ruby",
            Self::Swift => "swift",
            Self::Cargo => "cargo",
        }
    }

    /// The format that `word` names on the wire.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == word)
    }
}

/// What names a package inside a repository.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PackageKey {
    /// Package format.
    pub format: Format,
    /// npm scope without `@`, Maven group, Swift scope, generic namespace.
    pub namespace: Option<String>,
    /// Normalised name.
    pub name: String,
}

/// A package of one repository: its origin controls, versions and npm dist-tags.
#[derive(Debug, Clone, Default)]
pub struct Package {
    /// Whether versions may be published here and fetched from upstreams.
    pub origin_control: OriginControl,
    /// Versions by version string.
    pub versions: BTreeMap<String, PackageVersion>,
    /// npm dist-tags of this very repository: tag to version.
    pub dist_tags: BTreeMap<String, String>,
}

/// Package origin control; `true` is `ALLOW`, `false` is `BLOCK`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OriginControl {
    /// Direct publishing.
    pub publish: bool,
    /// Fetching from upstreams and external connections.
    pub upstream: bool,
}

impl Default for OriginControl {
    fn default() -> Self {
        Self { publish: true, upstream: true }
    }
}

/// One version of a package as one repository holds it. The content is shared between repositories that hold the same.
#[derive(Debug, Clone)]
pub struct PackageVersion {
    /// The version string.
    pub version: String,
    /// Where in its life the version is, in this repository.
    pub status: Status,
    /// Shown as `publishedTime`: when it was published here, or kept here first.
    pub published: SystemTime,
    /// npm: when the public registry got the version, as it says (RFC 3339).
    pub released: Option<String>,
    /// Where it first entered the domain; copies keep it.
    pub origin: Origin,
    /// Assets and metadata.
    pub content: Arc<Content>,
}

/// Status of a package version. `Deleted` appears in answers only and is never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Seen by package managers.
    Published,
    /// Still being uploaded (Maven and generic only).
    Unfinished,
    /// Not offered, but downloadable by who knows it.
    Unlisted,
    /// Neither offered nor downloadable.
    Archived,
    /// Assets are gone for good.
    Disposed,
}

impl Status {
    /// The word on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Published => "Published",
            Self::Unfinished => "Unfinished",
            Self::Unlisted => "Unlisted",
            Self::Archived => "Archived",
            Self::Disposed => "Disposed",
        }
    }
}

/// Where a version first entered the domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Published straight into this repository of the domain.
    Internal {
        /// The repository it was published to.
        repository: String,
    },
    /// Ingested from a public registry.
    External {
        /// Such as `public:npmjs`.
        connection: String,
    },
    /// Not known.
    Unknown,
}

impl Origin {
    /// Whether the version was published straight into this repository.
    pub fn is_repository(&self, name: &str) -> bool {
        matches!(self, Self::Internal { repository } if repository == name)
    }
}

/// Assets and metadata of a version: what a package version revision names.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Content {
    /// Assets by name.
    pub assets: BTreeMap<String, Asset>,
    /// What the package says of itself.
    pub metadata: Metadata,
}

/// One file of a package version.
#[derive(Debug, Clone, PartialEq)]
pub struct Asset {
    /// The bytes; cheap to clone.
    pub bytes: Bytes,
    /// Lower-case hex digests of `bytes`.
    pub hashes: Hashes,
    /// PyPI: the file's `Requires-Python`.
    pub requires_python: Option<String>,
    /// PyPI: when the public index got the file, as it says (RFC 3339).
    pub uploaded: Option<String>,
    /// PyPI: why the file was yanked from the public index (may be empty), if it was. Cargo: empty, if it was yanked.
    pub yanked: Option<String>,
}

/// The four digests that CodeArtifact keeps of every asset, lower-case hex.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hashes {
    /// MD5
    pub md5: String,
    /// SHA-1
    pub sha1: String,
    /// SHA-256
    pub sha256: String,
    /// SHA-512
    pub sha512: String,
}

/// What a package says of itself, read from its own manifest.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Metadata {
    /// Spelling to show, where it differs from the normalised name (`@scope/name` for scoped npm).
    pub display_name: Option<String>,
    /// One line.
    pub summary: Option<String>,
    /// Home page, as the package states it. Not checked.
    pub home_page: Option<String>,
    /// Source repository, as the package states it. Not checked.
    pub source_code_repository: Option<String>,
    /// Licences: name and URL.
    pub licenses: Vec<(Option<String>, Option<String>)>,
    /// Direct dependencies.
    pub dependencies: Vec<Dependency>,
    /// Readme text as found.
    pub readme: Option<String>,
    /// npm: the version's manifest as it was published (`versions[v]` of the packument), tarball address left out.
    /// Cargo: its line of the index.
    pub manifest: Option<Value>,
}

/// A direct dependency as the package states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependency {
    /// npm scope or Maven group.
    pub namespace: Option<String>,
    /// Name of the package needed.
    pub package: String,
    /// `regular`, `dev`, `peer`, `optional` for npm; `Requires-Dist` for PyPI.
    pub kind: Option<String>,
    /// Such as `^1.0.0`.
    pub requirement: String,
}
