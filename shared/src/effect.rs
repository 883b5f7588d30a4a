//! What a copy brings with it besides the version, and what the target could do without it.
//!
//! The rules are those of the CodeArtifact user guide: "Requesting a package version with upstream repositories" for who
//! answers and what is kept, "Package origin controls" for who may publish and what is fetched.

use serde::{Deserialize, Serialize};

use crate::format::PackageFormat;
use crate::names::{RepositoryName, VersionName};
use crate::package::OriginControl;
use crate::repository::Repository;
use crate::topology::Topology;
use crate::version::{Origin, PackageVersionStatus, VersionSummary};

/// One effect on one row of a promotion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// The target can install this version already, from an upstream. After the copy its own answers.
    Reachable(Reachable),
    /// It is the first version of its package in the target. AWS does not document which origin control the package gets
    /// there; this is the one in the source, where it is told.
    FirstOfPackage(Option<OriginControl>),
    /// The package is in the target with this origin control. A copy leaves it as it is.
    Control(OriginControl),
    /// The target has it, and goes on having it whatever happens to it in the source or in an upstream.
    Kept {
        /// Its files may still grow by what an upstream or a public registry adds.
        grows: bool,
    },
}

/// Where the target gets a version from while it has none of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reachable {
    /// The first repository of the target's search order that has it.
    pub through: RepositoryName,
    /// Whether it is what the source has.
    pub content: Content,
}

/// Whether two repositories have the same content of a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// The same revision, or the same files.
    Same,
    /// Other files.
    Other,
    /// It could not be read.
    Unknown,
}

impl Effect {
    /// In words, for people. `to` is the target.
    pub fn words(&self, to: &RepositoryName) -> String {
        match self {
            Self::Reachable(Reachable { through, content: Content::Same }) => {
                format!("Already reachable through {through}, with the same content.")
            }
            Self::Reachable(Reachable { through, content: Content::Other }) => {
                format!(
                    "Already reachable through {through}, with other content: {to} installs other files than before."
                )
            }
            Self::Reachable(Reachable { through, content: Content::Unknown }) => {
                format!("Already reachable through {through}; whether its content is the same could not be read.")
            }
            Self::FirstOfPackage(None) => {
                format!("First version of this package in {to}. AWS does not document its origin control there.")
            }
            Self::FirstOfPackage(Some(control)) => format!(
                "First version of this package in {to}. AWS does not document its origin control there; in the source {}.",
                control_words(*control)
            ),
            Self::Control(control) => format!("Origin control in {to} stays: {}.", control_words(*control)),
            Self::Kept { grows: false } => format!("{to} keeps it, whatever happens to it elsewhere."),
            Self::Kept { grows: true } => {
                format!("{to} keeps it, whatever happens to it elsewhere; files that upstreams add are added to it.")
            }
        }
    }

    /// In a few words, to stand beside a row.
    pub fn brief(&self) -> String {
        match self {
            Self::Reachable(Reachable { through, content }) => match content {
                Content::Same => format!("already reachable through {through}"),
                Content::Other => format!("reachable through {through} with other content"),
                Content::Unknown => format!("reachable through {through}, content not compared"),
            },
            Self::FirstOfPackage(_) => "first version of its package there".to_owned(),
            Self::Control(control) => match (control.publish, control.upstream) {
                (true, true) => "publishing and upstreams stay allowed".to_owned(),
                (true, false) => "upstreams stay blocked".to_owned(),
                (false, true) => "publishing stays blocked".to_owned(),
                (false, false) => "publishing and upstreams stay blocked".to_owned(),
            },
            Self::Kept { grows: false } => "is kept".to_owned(),
            Self::Kept { grows: true } => "is kept, upstreams may add files".to_owned(),
        }
    }

    /// Whether it is told beside each row. What is the same for nearly every row is told once for all.
    pub fn is_particular(&self) -> bool {
        match self {
            Self::Reachable(_) | Self::FirstOfPackage(_) => true,
            Self::Control(control) => !control.publish || !control.upstream,
            Self::Kept { grows } => *grows,
        }
    }
}

fn control_words(control: OriginControl) -> String {
    let word = |allowed| if allowed { "allowed" } else { "blocked" };
    format!("publishing is {}, fetching from upstreams is {}", word(control.publish), word(control.upstream))
}

/// The repositories, without the upstreams and connections of those that block them for a package.
pub fn opened(repositories: &[Repository], blocks: impl Fn(&RepositoryName) -> bool) -> Vec<Repository> {
    let mut open = repositories.to_vec();
    for repository in open.iter_mut().filter(|repository| blocks(&repository.name)) {
        repository.upstreams.clear();
        repository.external_connections.clear();
    }
    open
}

/// The first repository after the target that has a version, of those that [`opened`] leaves. None where there is none, or
/// where its status there does not let it be fetched.
pub fn answers<'a>(
    open: &[Repository],
    target: &RepositoryName,
    version: &VersionName,
    held: impl Fn(&RepositoryName, &VersionName) -> Option<&'a VersionSummary>,
) -> Option<(RepositoryName, &'a VersionSummary)> {
    let order = Topology::new(open).search_order(target);
    let mut upstreams = order.steps.into_iter().skip(1);
    let (name, found) = upstreams.find_map(|step| Some((step.repository.clone(), held(&step.repository, version)?)))?;
    let fetched = matches!(found.status, Some(PackageVersionStatus::Published | PackageVersionStatus::Unlisted));
    fetched.then_some((name, found))
}

/// Whether the files of a version may still grow where it was kept: of Maven and Python, as long as it came from outside
/// and upstreams are not blocked ("Package version assets added later", "Python packages and upstream repositories").
pub fn grows(format: PackageFormat, origin: &Origin, fed: bool, control: Option<OriginControl>) -> bool {
    let later = matches!(format, PackageFormat::Maven | PackageFormat::Pypi);
    later && fed && matches!(origin, Origin::External(_)) && control.is_none_or(|control| control.upstream)
}

#[cfg(test)]
mod tests;
