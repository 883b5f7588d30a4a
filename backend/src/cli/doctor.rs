//! The options of `headwater doctor`.

use std::path::PathBuf;

use clap::Args;
use shared::names::{AccountId, DomainName, RepositoryName};

pub(super) const HELP: &str = "\
It reads, and asks nobody: the text goes nowhere. What it compares the text with is what the options say.

Examples:
  npm install 2>&1 | headwater doctor
  headwater doctor ~/.npmrc --domain acme --owner 111122223333 --region eu-west-1";

/// `headwater doctor`
#[derive(Debug, Args)]
pub struct Doctor {
    /// The settings file or log; standard input without one.
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// The domain that it should be about.
    #[arg(long)]
    pub domain: Option<DomainName>,
    /// The account that owns the domain, 12 digits.
    #[arg(long)]
    pub owner: Option<AccountId>,
    /// The region of the domain.
    #[arg(long, value_parser = super::region)]
    pub region: Option<String>,
    /// A repository that the domain has; once for each.
    #[arg(long = "repository", value_name = "NAME")]
    pub repositories: Vec<RepositoryName>,
    /// Another address of CodeArtifact, such as that of `headwater emulate`.
    #[arg(long, value_name = "URL")]
    pub endpoint_url: Option<String>,
}
