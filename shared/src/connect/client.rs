//! Package managers, and the two ways to point one at a repository.

use crate::format::PackageFormat;

/// A package manager, or another client of a repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Client {
    /// npm
    Npm,
    /// Yarn 2 and later, also called berry
    Yarn,
    /// Yarn 1
    YarnClassic,
    /// pnpm
    Pnpm,
    /// Bun
    Bun,
    /// pip
    Pip,
    /// uv
    Uv,
    /// Poetry
    Poetry,
    /// twine
    Twine,
    /// Maven
    Maven,
    /// Gradle
    Gradle,
    /// dotnet, and NuGet
    Dotnet,
    /// The aws CLI, for packages without a package manager
    Generic,
    /// Bundler, and gem
    Bundler,
    /// Swift Package Manager
    Swift,
    /// Cargo
    Cargo,
}

/// How a client is pointed at a repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Way {
    /// By `aws codeartifact login`.
    Login,
    /// By its own settings.
    Hand,
}

impl Client {
    /// All of them, those of a language side by side.
    pub const ALL: [Self; 16] = [
        Self::Npm,
        Self::Yarn,
        Self::YarnClassic,
        Self::Pnpm,
        Self::Bun,
        Self::Pip,
        Self::Uv,
        Self::Poetry,
        Self::Twine,
        Self::Maven,
        Self::Gradle,
        Self::Dotnet,
        Self::Generic,
        Self::Bundler,
        Self::Swift,
        Self::Cargo,
    ];

    /// The word in addresses and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Npm => "npm",
            Self::Yarn => "yarn",
            Self::YarnClassic => "yarn-classic",
            Self::Pnpm => "pnpm",
            Self::Bun => "bun",
            Self::Pip => "pip",
            Self::Uv => "uv",
            Self::Poetry => "poetry",
            Self::Twine => "twine",
            Self::Maven => "maven",
            Self::Gradle => "gradle",
            Self::Dotnet => "dotnet",
            Self::Generic => "generic",
            Self::Bundler => "bundler",
            Self::Swift => "swift",
            Self::Cargo => "cargo",
        }
    }

    /// What people call it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Yarn => "Yarn",
            Self::YarnClassic => "Yarn 1",
            Self::Bun => "Bun",
            Self::Poetry => "Poetry",
            Self::Maven => "Maven",
            Self::Gradle => "Gradle",
            Self::Dotnet => "dotnet, NuGet",
            Self::Generic => "aws CLI",
            Self::Bundler => "Bundler, gem",
            Self::Swift => "Swift",
            Self::Cargo => "Cargo",
            other => other.as_str(),
        }
    }

    /// The format of its packages.
    pub fn format(self) -> PackageFormat {
        match self {
            Self::Npm | Self::Yarn | Self::YarnClassic | Self::Pnpm | Self::Bun => PackageFormat::Npm,
            Self::Pip | Self::Uv | Self::Poetry | Self::Twine => PackageFormat::Pypi,
            Self::Maven | Self::Gradle => PackageFormat::Maven,
            Self::Dotnet => PackageFormat::Nuget,
            Self::Generic => PackageFormat::Generic,
            Self::Bundler => PackageFormat::Ruby,
            Self::Swift => PackageFormat::Swift,
            Self::Cargo => PackageFormat::Cargo,
        }
    }

    /// What `aws codeartifact login --tool` calls it; none where login does not know it.
    pub fn login_tool(self) -> Option<&'static str> {
        match self {
            Self::Npm | Self::Pip | Self::Twine | Self::Dotnet | Self::Swift => Some(self.as_str()),
            Self::Yarn
            | Self::YarnClassic
            | Self::Pnpm
            | Self::Bun
            | Self::Uv
            | Self::Poetry
            | Self::Maven
            | Self::Gradle
            | Self::Generic
            | Self::Bundler
            | Self::Cargo => None,
        }
    }
}

/// A text that names no client.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no client `{0}`")]
pub struct UnknownClient(String);

impl std::str::FromStr for Client {
    type Err = UnknownClient;

    fn from_str(text: &str) -> Result<Self, UnknownClient> {
        Self::ALL.into_iter().find(|client| client.as_str() == text).ok_or_else(|| UnknownClient(text.to_owned()))
    }
}

impl Way {
    /// The word in addresses and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::Hand => "hand",
        }
    }
}

/// A text that names no way.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a way is login or hand")]
pub struct UnknownWay;

impl std::str::FromStr for Way {
    type Err = UnknownWay;

    fn from_str(text: &str) -> Result<Self, UnknownWay> {
        [Self::Login, Self::Hand].into_iter().find(|way| way.as_str() == text).ok_or(UnknownWay)
    }
}
