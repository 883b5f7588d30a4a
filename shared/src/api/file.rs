//! What the queries hold where the body is a file.

use serde::{Deserialize, Serialize};

use super::place::{PackageQuery, Query};
use crate::format::PackageFormat;
use crate::names::{AssetName, DistTag, Namespace, PackageName, Sha256, VersionName};
use crate::package::PackageKey;
use crate::publishing::Then;

/// Which file of which generic version.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssetQuery {
    /// Generic packages always have one.
    pub namespace: Namespace,
    /// Name without the namespace.
    pub package: PackageName,
    /// The version.
    pub version: VersionName,
    /// The file's name in the version.
    pub asset: AssetName,
    /// Of its content: what does not fit is not published.
    pub sha256: Sha256,
    /// What the version is to be afterwards.
    pub then: Then,
}

impl AssetQuery {
    /// The package that it belongs to.
    pub fn key(&self) -> PackageKey {
        PackageKey {
            format: PackageFormat::Generic,
            namespace: Some(self.namespace.clone()),
            name: self.package.clone(),
        }
    }
}

impl Query for AssetQuery {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        vec![
            ("namespace", self.namespace.to_string()),
            ("package", self.package.to_string()),
            ("version", self.version.to_string()),
            ("asset", self.asset.to_string()),
            ("sha256", self.sha256.to_string()),
            ("then", self.then.as_str().to_owned()),
        ]
    }
}

/// An archive, and which version of which package it must be.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArchiveQuery {
    /// Its file name.
    pub file: AssetName,
    /// Of its content.
    pub sha256: Sha256,
    /// npm or PyPI.
    pub format: PackageFormat,
    /// The npm scope.
    pub namespace: Option<Namespace>,
    /// Name without the namespace, as CodeArtifact keeps it.
    pub package: PackageName,
    /// The version.
    pub version: VersionName,
    /// The dist-tag that npm publishes it with; none for PyPI.
    pub tag: Option<DistTag>,
}

impl ArchiveQuery {
    /// The package that it must be.
    pub fn key(&self) -> PackageKey {
        PackageKey { format: self.format, namespace: self.namespace.clone(), name: self.package.clone() }
    }
}

impl Query for ArchiveQuery {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = PackageQuery::from(&self.key()).pairs();
        pairs.push(("version", self.version.to_string()));
        pairs.push(("file", self.file.to_string()));
        pairs.push(("sha256", self.sha256.to_string()));
        pairs.extend(self.tag.iter().map(|tag| ("tag", tag.to_string())));
        pairs
    }
}
