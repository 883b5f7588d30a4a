//! Packages.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::format::PackageFormat;
use crate::names::{Namespace, PackageName, RepositoryName, VersionName};
use crate::problem::Problem;
use crate::version::{PackageVersionStatus, VersionSummary};

/// What names a package inside a repository.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PackageKey {
    /// Package format.
    pub format: PackageFormat,
    /// npm scope without `@`, Maven group, Swift scope, generic namespace.
    pub namespace: Option<Namespace>,
    /// Name without the namespace.
    pub name: PackageName,
}

impl PackageKey {
    /// The name as the package's users write it, such as `@acme/ui`.
    pub fn full_name(&self) -> String {
        self.format.full_name(self.namespace.as_ref(), &self.name)
    }
}

/// A package as a repository's list tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageSummary {
    /// Which package.
    pub package: PackageKey,
    /// Origin control, where it is told.
    pub origin_control: Option<OriginControl>,
}

/// Package origin control of one package in one repository; `true` is `ALLOW`, `false` is `BLOCK`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OriginControl {
    /// Direct publishing.
    pub publish: bool,
    /// Fetching from upstreams and external connections.
    pub upstream: bool,
}

/// One page of a repository's packages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackagePage {
    /// In the order CodeArtifact tells them.
    pub packages: Vec<PackageSummary>,
    /// Ask for the next page with this; absent on the last page.
    pub next: Option<String>,
}

/// Asks for the versions at a glance of some packages of a repository: what a list shows of the rows in view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GlancePackages {
    /// At most [`GlancePackages::MOST`].
    pub packages: Vec<PackageKey>,
}

impl GlancePackages {
    /// How many packages one request may name.
    pub const MOST: usize = 50;
}

/// A package's versions at a glance, in one repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageGlance {
    /// Which package.
    pub package: PackageKey,
    /// The version CodeArtifact would show: npm's `latest`, else the newest published.
    pub shown: Option<VersionSummary>,
    /// How many versions, by status, of those read.
    pub statuses: BTreeMap<PackageVersionStatus, u32>,
    /// There are more versions than were read.
    pub more: bool,
    /// Why it could not be read, where it could not.
    pub problem: Option<Problem>,
}

/// A package across a domain: its versions against the repositories that hold them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PackageMatrix {
    /// Which package.
    pub package: PackageKey,
    /// Repositories that hold at least one version, by name.
    pub repositories: Vec<RepositoryName>,
    /// Versions, newest first by the format's own order.
    pub versions: Vec<MatrixRow>,
    /// Repositories that could not be asked.
    pub unread: Vec<Unread>,
    /// When it was read from AWS, epoch seconds.
    pub read_at: f64,
}

/// One version across the domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatrixRow {
    /// The version.
    pub version: VersionName,
    /// How each repository that has it holds it.
    pub cells: BTreeMap<RepositoryName, VersionSummary>,
}

/// A repository that could not be asked, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// The repository.
    pub repository: RepositoryName,
    /// Why.
    pub problem: Problem,
}
