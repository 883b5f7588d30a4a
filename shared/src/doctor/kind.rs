//! What a pasted text is: which file, or whose log.

use crate::format::PackageFormat;

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// npm's and pnpm's `.npmrc`.
    Npmrc,
    /// Yarn's `.yarnrc.yml`.
    Yarnrc,
    /// pip's `pip.conf` or `pip.ini`.
    PipConf,
    /// twine's `.pypirc`.
    Pypirc,
    /// Maven's `settings.xml`, or a `pom.xml` with repositories.
    MavenSettings,
    /// NuGet's `nuget.config`.
    NugetConfig,
    /// Cargo's `config.toml`.
    CargoConfig,
    /// A `pyproject.toml` or `uv.toml` with indexes.
    Pyproject,
    /// What a client printed.
    Log(Client),
}

/// Who printed a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Client {
    /// npm
    Npm,
    /// pnpm
    Pnpm,
    /// Yarn
    Yarn,
    /// pip
    Pip,
    /// uv
    Uv,
    /// twine
    Twine,
    /// Maven
    Maven,
    /// Gradle
    Gradle,
    /// Cargo
    Cargo,
    /// NuGet and dotnet
    Nuget,
    /// the aws CLI
    Aws,
    /// nobody that is known
    Unknown,
}

/// Words that a text of a kind holds, in small letters, and how much each tells.
const TELLING: &[(Kind, u32, &[&str])] = &[
    (
        Kind::Log(Client::Npm),
        9,
        &["npm err!", "npm error", "npm http fetch", "npm warn", "npm verb", "npm notice", "valid npm option"],
    ),
    (Kind::Log(Client::Pnpm), 9, &["err_pnpm", "[err_pnpm"]),
    (Kind::Log(Client::Yarn), 7, &["yn0", "➤ ", "yarn install v", "info visit https://yarnpkg.com"]),
    (
        Kind::Log(Client::Pip),
        5,
        &[
            "looking in indexes:",
            "error: could not find a version",
            "error: no matching distribution",
            "pip._",
            "pip/_",
            "credentials not correct for",
            "could not fetch url",
            "collecting ",
            "warning: 401 error",
            "warning: retrying (retry(",
        ],
    ),
    (
        Kind::Log(Client::Uv),
        6,
        &[
            "no solution found when resolving",
            "╰─▶",
            "error: failed to fetch",
            "error: failed to download",
            "http status client error",
            "http status server error",
            "package registry",
            "uv sync",
            "uv pip",
            "uv publish",
            "debug uv ",
        ],
    ),
    (Kind::Log(Client::Twine), 7, &["uploading distributions to", "twine upload", "twine.", "httperror: "]),
    (
        Kind::Log(Client::Maven),
        6,
        &[
            "failed to execute goal",
            "could not transfer artifact",
            "could not transfer metadata",
            "scanning for projects",
            "build failure",
            "could not find artifact",
            "[error] ",
            "dependencyresolutionexception",
        ],
    ),
    (
        Kind::Log(Client::Gradle),
        7,
        &[
            "* what went wrong:",
            "could not resolve all files",
            "build failed in",
            "could not put 'http",
            "could not get 'http",
        ],
    ),
    (
        Kind::Log(Client::Cargo),
        6,
        &[
            "error: failed to get `",
            "failed to query replaced source",
            "unable to update registry",
            "    updating `",
            "no matching package named",
            "error: failed to select a version",
            "failed to publish to registry",
            "sparse registry url",
            "no token found for",
            "cargo:token",
        ],
    ),
    (Kind::Log(Client::Nuget), 6, &["nu1301", "nu1101", "nu1102", "error nu", "package source mapping", "dotnet "]),
    (
        Kind::Log(Client::Aws),
        7,
        &[
            "an error occurred (",
            "unable to locate credentials",
            "aws: error",
            "could not connect to the endpoint url",
            "was not found. please verify installation",
            "sso session",
            "the config profile",
            "aws sso login",
            "partial credentials found",
        ],
    ),
    (Kind::Npmrc, 4, &["registry=", "registry =", ":_authtoken", "always-auth", "_auth=", ":_password", ":_auth "]),
    (
        Kind::Yarnrc,
        6,
        &["npmregistryserver", "npmscopes", "npmregistries", "npmauthtoken", "npmalwaysauth", "npmauthident"],
    ),
    (Kind::PipConf, 4, &["[global]", "[install]", "index-url =", "index-url=", "trusted-host"]),
    (
        Kind::Pypirc,
        5,
        &["[distutils]", "index-servers", "repository =", "repository:", "repository=", "[codeartifact]"],
    ),
    (
        Kind::MavenSettings,
        6,
        &["<settings", "<servers>", "<server>", "<mirror>", "<mirrors>", "<distributionmanagement", "<repositories>"],
    ),
    (Kind::NugetConfig, 9, &["<packagesources", "<packagesourcecredentials", "cleartextpassword", "<apikeys"]),
    (
        Kind::CargoConfig,
        6,
        &["[registries.", "[registries]", "[registry]", "[source.", "credential-provider", "\"sparse+"],
    ),
    (
        Kind::Pyproject,
        8,
        &[
            "[[tool.uv.index]]",
            "[[index]]",
            "[tool.uv",
            "[[tool.poetry.source]]",
            "[project]",
            "publish-url",
            "[pip]",
            "[tool.poetry",
        ],
    ),
];

/// How many lines of a text may count for a kind: a long log must not outweigh everything by its length.
const MOST_LINES: usize = 6;

/// What a text most likely is; a log of nobody known where nothing tells. Takes the lines in small letters.
pub fn recognise<'a>(lines: impl Iterator<Item = &'a str> + Clone) -> Kind {
    let mut best = (Kind::Log(Client::Unknown), 0);
    for (kind, weight, words) in TELLING {
        let telling = lines.clone().filter(|line| words.iter().any(|word| line.contains(word)));
        let told: u32 = telling.take(MOST_LINES).map(|_| weight).sum();
        if told > best.1 {
            best = (*kind, told);
        }
    }
    best.0
}

impl Kind {
    /// What it is called, with its article.
    pub fn title(self) -> &'static str {
        match self {
            Self::Npmrc => "an .npmrc",
            Self::Yarnrc => "a .yarnrc.yml",
            Self::PipConf => "a pip.conf",
            Self::Pypirc => "a .pypirc",
            Self::MavenSettings => "a Maven settings.xml",
            Self::NugetConfig => "a nuget.config",
            Self::CargoConfig => "a Cargo config.toml",
            Self::Pyproject => "a pyproject.toml or uv.toml",
            Self::Log(Client::Npm) => "a log of npm",
            Self::Log(Client::Pnpm) => "a log of pnpm",
            Self::Log(Client::Yarn) => "a log of Yarn",
            Self::Log(Client::Pip) => "a log of pip",
            Self::Log(Client::Uv) => "a log of uv",
            Self::Log(Client::Twine) => "a log of twine",
            Self::Log(Client::Maven) => "a log of Maven",
            Self::Log(Client::Gradle) => "a log of Gradle",
            Self::Log(Client::Cargo) => "a log of Cargo",
            Self::Log(Client::Nuget) => "a log of NuGet",
            Self::Log(Client::Aws) => "a log of the aws CLI",
            Self::Log(Client::Unknown) => "a text of no kind that is known",
        }
    }

    /// The format whose endpoint belongs there; none where any may.
    pub fn format(self) -> Option<PackageFormat> {
        match self {
            Self::Npmrc | Self::Yarnrc | Self::Log(Client::Npm | Client::Pnpm | Client::Yarn) => {
                Some(PackageFormat::Npm)
            }
            Self::PipConf | Self::Pypirc | Self::Pyproject | Self::Log(Client::Pip | Client::Uv | Client::Twine) => {
                Some(PackageFormat::Pypi)
            }
            Self::MavenSettings | Self::Log(Client::Maven | Client::Gradle) => Some(PackageFormat::Maven),
            Self::NugetConfig | Self::Log(Client::Nuget) => Some(PackageFormat::Nuget),
            Self::CargoConfig | Self::Log(Client::Cargo) => Some(PackageFormat::Cargo),
            Self::Log(Client::Aws | Client::Unknown) => None,
        }
    }

    /// The word that `aws codeartifact login --tool` knows it by; none where it knows none.
    pub fn login_tool(self) -> Option<&'static str> {
        match self {
            Self::Npmrc | Self::Log(Client::Npm | Client::Pnpm) => Some("npm"),
            Self::PipConf | Self::Log(Client::Pip) => Some("pip"),
            Self::Pypirc | Self::Log(Client::Twine) => Some("twine"),
            Self::NugetConfig | Self::Log(Client::Nuget) => Some("dotnet"),
            Self::Yarnrc
            | Self::MavenSettings
            | Self::CargoConfig
            | Self::Pyproject
            | Self::Log(
                Client::Yarn
                | Client::Uv
                | Client::Maven
                | Client::Gradle
                | Client::Cargo
                | Client::Aws
                | Client::Unknown,
            ) => None,
        }
    }
}
