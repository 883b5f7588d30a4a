//! What fills the paths and queries of the API.

use serde::{Deserialize, Serialize};

use crate::export::ExportKind;
use crate::format::PackageFormat;
use crate::names::{ConnectionKey, DomainName, Namespace, PackageName, RepositoryName, VersionName};
use crate::package::PackageKey;
use crate::version::PackageVersionStatus;

/// Fills the placeholders of a path.
pub trait Fill {
    /// The path with every placeholder replaced.
    fn fill(&self, template: &str) -> String;
}

/// Turns itself into query pairs; left-out values give no pair.
pub trait Query {
    /// Keys and values, not yet escaped.
    fn pairs(&self) -> Vec<(&'static str, String)>;
}

impl Fill for () {
    fn fill(&self, template: &str) -> String {
        template.to_owned()
    }
}

impl Query for () {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
}

/// A connection.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ConnectionPath {
    /// Its key.
    pub connection: ConnectionKey,
}

/// A domain of a connection.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DomainPath {
    /// The connection's key.
    pub connection: ConnectionKey,
    /// The domain.
    pub domain: DomainName,
}

/// A repository of a domain.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RepositoryPath {
    /// The connection's key.
    pub connection: ConnectionKey,
    /// The domain.
    pub domain: DomainName,
    /// The repository.
    pub repository: RepositoryName,
}

impl RepositoryPath {
    /// The domain it belongs to.
    pub fn domain_path(&self) -> DomainPath {
        DomainPath { connection: self.connection.clone(), domain: self.domain.clone() }
    }
}

// These names hold nothing that a path would have to escape: letters, digits, `.`, `_`, `-`, and never a dot first.
impl Fill for ConnectionPath {
    fn fill(&self, template: &str) -> String {
        template.replace("{connection}", self.connection.as_str())
    }
}

impl Fill for DomainPath {
    fn fill(&self, template: &str) -> String {
        template.replace("{connection}", self.connection.as_str()).replace("{domain}", self.domain.as_str())
    }
}

impl Fill for RepositoryPath {
    fn fill(&self, template: &str) -> String {
        self.domain_path().fill(template).replace("{repository}", self.repository.as_str())
    }
}

/// What a domain is exported as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportQuery {
    /// Its language.
    #[serde(rename = "as")]
    pub kind: ExportKind,
}

impl Query for ExportQuery {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        vec![("as", self.kind.as_str().to_owned())]
    }
}

/// Which package.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackageQuery {
    /// Package format.
    pub format: PackageFormat,
    /// Namespace, where it has one.
    pub namespace: Option<Namespace>,
    /// Name without the namespace.
    pub package: PackageName,
}

impl PackageQuery {
    /// The package asked for.
    pub fn key(&self) -> PackageKey {
        PackageKey { format: self.format, namespace: self.namespace.clone(), name: self.package.clone() }
    }
}

impl From<&PackageKey> for PackageQuery {
    fn from(key: &PackageKey) -> Self {
        Self { format: key.format, namespace: key.namespace.clone(), package: key.name.clone() }
    }
}

impl Query for PackageQuery {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = vec![("format", self.format.to_string())];
        pairs.extend(self.namespace.iter().map(|namespace| ("namespace", namespace.to_string())));
        pairs.push(("package", self.package.to_string()));
        pairs
    }
}

/// Which packages of a repository, and which page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackagesQuery {
    /// Only names that start with this.
    pub prefix: Option<String>,
    /// Only this format.
    pub format: Option<PackageFormat>,
    /// Only packages with at least one version in this status.
    pub status: Option<PackageVersionStatus>,
    /// The page, as the page before named it.
    pub next: Option<String>,
}

impl Query for PackagesQuery {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        pairs.extend(self.prefix.iter().map(|prefix| ("prefix", prefix.clone())));
        pairs.extend(self.format.iter().map(|format| ("format", format.to_string())));
        pairs.extend(self.status.iter().map(|status| ("status", status.as_str().to_owned())));
        pairs.extend(self.next.iter().map(|next| ("next", next.clone())));
        pairs
    }
}

/// Which versions of a package, and which page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VersionsQuery {
    /// Package format.
    pub format: PackageFormat,
    /// Namespace, where it has one.
    pub namespace: Option<Namespace>,
    /// Name without the namespace.
    pub package: PackageName,
    /// Only versions in this status.
    pub status: Option<PackageVersionStatus>,
    /// The page, as the page before named it.
    pub next: Option<String>,
}

impl VersionsQuery {
    /// The package asked for.
    pub fn key(&self) -> PackageKey {
        PackageKey { format: self.format, namespace: self.namespace.clone(), name: self.package.clone() }
    }
}

impl Query for VersionsQuery {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = PackageQuery::from(&self.key()).pairs();
        pairs.extend(self.status.iter().map(|status| ("status", status.as_str().to_owned())));
        pairs.extend(self.next.iter().map(|next| ("next", next.clone())));
        pairs
    }
}

/// Which version of which package.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VersionQuery {
    /// Package format.
    pub format: PackageFormat,
    /// Namespace, where it has one.
    pub namespace: Option<Namespace>,
    /// Name without the namespace.
    pub package: PackageName,
    /// The version.
    pub version: VersionName,
}

impl VersionQuery {
    /// The package asked for.
    pub fn key(&self) -> PackageKey {
        PackageKey { format: self.format, namespace: self.namespace.clone(), name: self.package.clone() }
    }
}

impl Query for VersionQuery {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = PackageQuery::from(&self.key()).pairs();
        pairs.push(("version", self.version.to_string()));
        pairs
    }
}

/// Percent-encodes everything but the unreserved characters of RFC 3986, 2.3.
pub fn escape(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut escaped, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
        escaped
    })
}

#[cfg(test)]
mod tests;
