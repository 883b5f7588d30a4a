//! Package formats, and everything particular to one.

use serde::{Deserialize, Serialize};

use crate::names::{Namespace, PackageName};

/// The eight package formats of CodeArtifact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PackageFormat {
    /// npm, Yarn, pnpm
    Npm,
    /// pip, uv, Poetry, twine
    Pypi,
    /// Maven and Gradle
    Maven,
    /// NuGet and dotnet
    Nuget,
    /// Files without a package manager
    Generic,
    /// RubyGems and Bundler
    Ruby,
    /// Swift Package Manager
    Swift,
    /// Cargo
    Cargo,
}

impl PackageFormat {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 8] =
        [Self::Npm, Self::Pypi, Self::Maven, Self::Nuget, Self::Generic, Self::Ruby, Self::Swift, Self::Cargo];

    /// The word on the wire and on the page.
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

    /// The full name as the package's users write it: `@scope/name`, `group:artifact`, `scope.name`, `namespace/name`.
    pub fn full_name(self, namespace: Option<&Namespace>, name: &PackageName) -> String {
        let Some(namespace) = namespace else { return name.to_string() };
        match self {
            Self::Npm => format!("@{namespace}/{name}"),
            Self::Maven => format!("{namespace}:{name}"),
            Self::Swift => format!("{namespace}.{name}"),
            Self::Generic | Self::Pypi | Self::Nuget | Self::Ruby | Self::Cargo => format!("{namespace}/{name}"),
        }
    }
}

impl std::fmt::Display for PackageFormat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for PackageFormat {
    type Err = crate::names::NameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|format| format.as_str() == text).ok_or(crate::names::NameError {
            what: "A package format",
            rule: "is one of npm, pypi, maven, nuget, generic, ruby, swift and cargo",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_survives_its_own_word() {
        for format in PackageFormat::ALL {
            assert_eq!(format.as_str().parse::<PackageFormat>(), Ok(format));
            assert_eq!(serde_json::to_string(&format).unwrap(), format!("\"{format}\""));
        }
    }

    #[test]
    fn full_names_look_as_their_users_write_them() {
        let (acme, ui) = ("acme".parse().unwrap(), "ui".parse().unwrap());
        assert_eq!(PackageFormat::Npm.full_name(Some(&acme), &ui), "@acme/ui");
        assert_eq!(PackageFormat::Maven.full_name(Some(&acme), &ui), "acme:ui");
        assert_eq!(PackageFormat::Npm.full_name(None, &ui), "ui");
    }
}
