//! A domain as code: what stands in it, written in the languages that people keep such things in.
//!
//! One [`Snapshot`] goes in, files come out. Nothing is asked and nothing depends on the time of day, so that two exports
//! of the same domain are the same text and can be compared.

mod cdk;
mod cdk_python;
mod cdk_typescript;
mod cli;
mod cloudformation;
mod identifiers;
mod package_groups;
mod resources;
mod terraform;
mod value;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::names::{AccountId, DomainName, RepositoryName};
use crate::tag::Tag;

pub use package_groups::{GroupMode, GroupOrigin, GroupRestriction, PackageGroupSnapshot};

/// What a domain is exported as.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExportKind {
    /// A shell script of `aws` commands.
    #[default]
    Cli,
    /// A CloudFormation template in YAML.
    Cloudformation,
    /// A Terraform module.
    Terraform,
    /// A CDK app in TypeScript.
    CdkTypescript,
    /// A CDK app in Python.
    CdkPython,
}

/// A text that names no [`ExportKind`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a domain is exported as {}", ExportKind::ALL.map(ExportKind::as_str).join(", "))]
pub struct UnknownExportKind;

impl ExportKind {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Cli, Self::Cloudformation, Self::Terraform, Self::CdkTypescript, Self::CdkPython];

    /// Its name in addresses and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cli => "cli",
            Self::Cloudformation => "cloudformation",
            Self::Terraform => "terraform",
            Self::CdkTypescript => "cdk-typescript",
            Self::CdkPython => "cdk-python",
        }
    }

    /// What people call it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Cli => "AWS CLI",
            Self::Cloudformation => "CloudFormation",
            Self::Terraform => "Terraform",
            Self::CdkTypescript => "CDK in TypeScript",
            Self::CdkPython => "CDK in Python",
        }
    }

    /// Whether it is several files, which belong in a folder of their own.
    pub fn is_folder(self) -> bool {
        match self {
            Self::Cli | Self::Cloudformation => false,
            Self::Terraform | Self::CdkTypescript | Self::CdkPython => true,
        }
    }
}

impl std::str::FromStr for ExportKind {
    type Err = UnknownExportKind;

    fn from_str(text: &str) -> Result<Self, UnknownExportKind> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(UnknownExportKind)
    }
}

/// A domain as it was at one moment, with all that is exported.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    /// Its name.
    pub domain: DomainName,
    /// The account that owns it.
    pub owner: AccountId,
    /// The region it is in.
    pub region: String,
    /// ARN of the KMS key that encrypts it.
    pub encryption_key: Option<String>,
    /// Its permissions policy, as CodeArtifact tells it.
    pub policy: Option<String>,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// Its repositories, by name.
    pub repositories: Vec<RepositorySnapshot>,
    /// Its package groups, by pattern.
    pub package_groups: Vec<PackageGroupSnapshot>,
    /// What could not be read and is therefore missing: a sentence each.
    pub unread: Vec<String>,
    /// When it was read from AWS, epoch seconds.
    pub read_at: f64,
}

/// A repository of a [`Snapshot`].
#[derive(Debug, Clone, PartialEq)]
pub struct RepositorySnapshot {
    /// Its name.
    pub name: RepositoryName,
    /// Free text; empty when there is none.
    pub description: String,
    /// Direct upstreams, highest priority first.
    pub upstreams: Vec<RepositoryName>,
    /// External connections, such as `public:npmjs`.
    pub external_connections: Vec<String>,
    /// Its permissions policy, as CodeArtifact tells it.
    pub policy: Option<String>,
    /// Its tags.
    pub tags: Vec<Tag>,
}

/// A domain as code.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Export {
    /// Its language.
    pub kind: ExportKind,
    /// One file, or the files of one folder.
    pub files: Vec<ExportFile>,
    /// What could not be read and is therefore missing: a sentence each.
    pub unread: Vec<String>,
    /// What is never exported, or cannot be said in this language: a sentence each.
    pub left_out: Vec<String>,
    /// When the domain was read from AWS, epoch seconds.
    pub read_at: f64,
}

/// A file of an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportFile {
    /// Its name, without folders.
    pub name: String,
    /// What stands in it.
    pub text: String,
}

/// What no kind of export holds.
const NEVER: [&str; 3] = [
    "Packages and their versions: promote or publish them anew.",
    "Policies of users and roles: they belong to IAM, not to the domain.",
    "Origin controls of single packages: they go with the packages.",
];

/// Writes a domain as code.
pub fn write(snapshot: &Snapshot, kind: ExportKind) -> Export {
    let (files, unsayable) = match kind {
        ExportKind::Cli => (cli::write(snapshot), Vec::new()),
        ExportKind::Cloudformation => cloudformation::write(snapshot),
        ExportKind::Terraform => terraform::write(snapshot),
        ExportKind::CdkTypescript => cdk_typescript::write(snapshot),
        ExportKind::CdkPython => cdk_python::write(snapshot),
    };
    let left_out = NEVER.map(str::to_owned).into_iter().chain(unsayable).collect();
    Export { kind, files, unread: snapshot.unread.clone(), left_out, read_at: snapshot.read_at }
}

impl Snapshot {
    /// Its repositories in the order in which they can be made: each behind its upstreams, else by name.
    fn in_order(&self) -> Vec<&RepositorySnapshot> {
        let by_name: BTreeMap<_, _> =
            self.repositories.iter().map(|repository| (&repository.name, repository)).collect();
        let (mut order, mut seen) = (Vec::new(), BTreeSet::new());
        for repository in by_name.values() {
            behind_its_upstreams(repository, &by_name, &mut seen, &mut order);
        }
        order
    }

    /// Which domain it is, for the head of a file.
    fn title(&self) -> String {
        format!("The CodeArtifact domain {} (account {}, {})", self.domain, self.owner, self.region)
    }

    /// What is missing because it could not be read, as lines of comment; none when nothing is.
    fn missing(&self, comment: &str) -> String {
        // Words of AWS may stand in it: they must not leave the comment.
        let line = |what: &String| format!("{comment} NOT COMPLETE: {}\n", what.replace(char::is_control, " "));
        self.unread.iter().map(line).collect()
    }
}

/// Walks depth first. `seen` also ends a circle, which CodeArtifact should never tell.
fn behind_its_upstreams<'s>(
    repository: &'s RepositorySnapshot,
    by_name: &BTreeMap<&RepositoryName, &'s RepositorySnapshot>,
    seen: &mut BTreeSet<&'s RepositoryName>,
    order: &mut Vec<&'s RepositorySnapshot>,
) {
    if !seen.insert(&repository.name) {
        return;
    }
    for upstream in repository.upstreams.iter().filter_map(|name| by_name.get(name)) {
        behind_its_upstreams(upstream, by_name, seen, order);
    }
    order.push(repository);
}

#[cfg(test)]
mod tests;
