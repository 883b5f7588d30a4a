//! What people look at when they are through: the answers that the recipe has them ask for.

use serde::{Deserialize, Serialize};

use crate::command::{self, quote};
use crate::format::PackageFormat;
use crate::names::{DomainName, RepositoryName};
use crate::package::PackageKey;
use crate::problem::Problem;
use crate::version::VersionSummary;

use super::Names;

/// One answer, or why there is none. One that fails does not hide the others.
pub type Told<T> = Result<T, Problem>;

/// The answers, all asked for at the same moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Verification {
    /// The domains of the account.
    pub domains: Told<Vec<DomainName>>,
    /// The repositories of the domain.
    pub repositories: Told<Vec<RepositoryName>>,
    /// The packages of the team repository, the first page of them.
    pub packages: Told<Vec<PackageKey>>,
    /// The version of one's own, in the team repository.
    pub version: Told<VersionSummary>,
    /// The team repository's address for npm and for Python.
    pub endpoints: Vec<(PackageFormat, Told<String>)>,
    /// How long a token is that was asked for just now, in characters. The token itself stays in the server.
    pub token_length: Told<usize>,
    /// When all this was asked, epoch seconds.
    pub read_at: f64,
}

/// One of the questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Which domains there are.
    Domains,
    /// Which repositories there are.
    Repositories,
    /// Which packages the team repository holds.
    Packages,
    /// What the version of one's own is.
    Version,
    /// Where package managers find the team repository.
    Endpoints,
    /// Whether a token can be had.
    Token,
}

impl Question {
    /// All of them, in the recipe's order.
    pub const ALL: [Self; 6] =
        [Self::Domains, Self::Repositories, Self::Packages, Self::Version, Self::Token, Self::Endpoints];

    /// The commands that ask the same.
    pub fn command(self, names: &Names, options: &[String]) -> String {
        let (domain, team) = (&names.domain, &names.team);
        match self {
            Self::Domains => command::ask("list-domains", &[], options),
            Self::Repositories => command::ask("list-repositories-in-domain", &[format!("--domain {domain}")], options),
            Self::Packages => {
                command::ask("list-packages", &[format!("--domain {domain}"), format!("--repository {team}")], options)
            }
            Self::Version => {
                let (package, version) = (quote(names.own_package.as_str()), quote(names.own_version.as_str()));
                let more = [
                    format!("--domain {domain}"),
                    format!("--repository {team}"),
                    format!("--format npm --package {package}"),
                    format!("--package-version {version}"),
                ];
                command::ask("describe-package-version", &more, options)
            }
            Self::Endpoints => {
                let of = |format: &str| {
                    let more =
                        [format!("--domain {domain}"), format!("--repository {team}"), format!("--format {format}")];
                    command::ask("get-repository-endpoint", &more, options)
                };
                command::in_turn(["npm", "pypi"].map(of))
            }
            Self::Token => {
                let more =
                    [format!("--domain {domain}"), "--query 'length(authorizationToken)' --output text".to_owned()];
                command::ask("get-authorization-token", &more, options)
            }
        }
    }
}
