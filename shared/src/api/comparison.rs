//! What two repositories are compared about.

use serde::{Deserialize, Serialize};

use super::{Query, VersionQuery};
use crate::comparison::Side;
use crate::format::PackageFormat;
use crate::names::{AssetName, Namespace, PackageName, VersionName};
use crate::package::PackageKey;

/// Which two sides, and which page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComparisonQuery {
    /// The left side.
    pub left: Side,
    /// The right side.
    pub right: Side,
    /// The page, as the page before named it.
    pub next: Option<String>,
}

impl Query for ComparisonQuery {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = vec![("left", self.left.to_string()), ("right", self.right.to_string())];
        pairs.extend(self.next.iter().map(|next| ("next", next.clone())));
        pairs
    }
}

/// Which version, and on which two sides.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VersionComparisonQuery {
    /// The left side.
    pub left: Side,
    /// The right side.
    pub right: Side,
    /// Package format.
    pub format: PackageFormat,
    /// Namespace, where it has one.
    pub namespace: Option<Namespace>,
    /// Name without the namespace.
    pub package: PackageName,
    /// The version.
    pub version: VersionName,
}

impl VersionComparisonQuery {
    /// The package asked for.
    pub fn key(&self) -> PackageKey {
        PackageKey { format: self.format, namespace: self.namespace.clone(), name: self.package.clone() }
    }
}

impl Query for VersionComparisonQuery {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        let PackageKey { format, namespace, name } = self.key();
        let mut pairs = vec![("left", self.left.to_string()), ("right", self.right.to_string())];
        pairs.extend(VersionQuery { format, namespace, package: name, version: self.version.clone() }.pairs());
        pairs
    }
}

/// Which file of which version, and on which two sides.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileComparisonQuery {
    /// The left side.
    pub left: Side,
    /// The right side.
    pub right: Side,
    /// Package format.
    pub format: PackageFormat,
    /// Namespace, where it has one.
    pub namespace: Option<Namespace>,
    /// Name without the namespace.
    pub package: PackageName,
    /// The version.
    pub version: VersionName,
    /// The file's name in the version.
    pub asset: AssetName,
}

impl FileComparisonQuery {
    /// A file of a version.
    pub fn of(version: VersionComparisonQuery, asset: AssetName) -> Self {
        let VersionComparisonQuery { left, right, format, namespace, package, version } = version;
        Self { left, right, format, namespace, package, version, asset }
    }

    /// The package asked for.
    pub fn key(&self) -> PackageKey {
        PackageKey { format: self.format, namespace: self.namespace.clone(), name: self.package.clone() }
    }
}

impl Query for FileComparisonQuery {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        let Self { left, right, format, namespace, package, version, asset } = self.clone();
        let mut pairs = VersionComparisonQuery { left, right, format, namespace, package, version }.pairs();
        pairs.push(("asset", asset.to_string()));
        pairs
    }
}
