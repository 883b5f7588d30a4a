//! The public registries that CodeArtifact connects a repository to.

use serde::{Deserialize, Serialize};

use crate::format::PackageFormat;

/// An external connection, such as `public:npmjs`. The list is fixed; nobody can add to it
/// (user guide, "Supported external connection repositories").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PublicRegistry(usize);

const KNOWN: [(&str, PackageFormat, &str); 10] = [
    ("public:npmjs", PackageFormat::Npm, "npm public registry"),
    ("public:pypi", PackageFormat::Pypi, "Python Package Index"),
    ("public:maven-central", PackageFormat::Maven, "Maven Central"),
    ("public:maven-googleandroid", PackageFormat::Maven, "Google Android repository"),
    ("public:maven-gradleplugins", PackageFormat::Maven, "Gradle plugins repository"),
    ("public:maven-commonsware", PackageFormat::Maven, "CommonsWare Android repository"),
    ("public:maven-clojars", PackageFormat::Maven, "Clojars"),
    ("public:nuget-org", PackageFormat::Nuget, "NuGet Gallery"),
    ("public:ruby-gems-org", PackageFormat::Ruby, "RubyGems.org"),
    ("public:crates-io", PackageFormat::Cargo, "crates.io"),
];

/// A text that names no public registry that CodeArtifact knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("CodeArtifact has no external connection `{0}`")]
pub struct UnknownRegistry(String);

impl PublicRegistry {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..KNOWN.len()).map(Self)
    }

    /// Its name, such as `public:npmjs`.
    pub fn name(self) -> &'static str {
        KNOWN[self.0].0
    }

    /// The format it brings.
    pub fn format(self) -> PackageFormat {
        KNOWN[self.0].1
    }

    /// What people call it.
    pub fn title(self) -> &'static str {
        KNOWN[self.0].2
    }
}

impl std::str::FromStr for PublicRegistry {
    type Err = UnknownRegistry;

    fn from_str(text: &str) -> Result<Self, UnknownRegistry> {
        Self::all().find(|known| known.name() == text).ok_or_else(|| UnknownRegistry(text.to_owned()))
    }
}

impl TryFrom<String> for PublicRegistry {
    type Error = UnknownRegistry;

    fn try_from(text: String) -> Result<Self, UnknownRegistry> {
        text.parse()
    }
}

impl From<PublicRegistry> for String {
    fn from(registry: PublicRegistry) -> Self {
        registry.name().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_registry_comes_back_by_its_name() {
        for registry in PublicRegistry::all() {
            assert_eq!(registry.name().parse(), Ok(registry));
        }
        assert!("public:conda".parse::<PublicRegistry>().is_err());
    }
}
