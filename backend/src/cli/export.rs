//! `headwater export`

use std::path::PathBuf;

use clap::Args;
use shared::export::{ExportKind, UnknownExportKind};
use shared::names::{ConnectionKey, DomainName, NameError};

use super::ConnectionArgs;

/// What stands below its options.
pub const HELP: &str = "\
Standard output gets the code, standard error what is not in it. When something of the domain could not be read, the \
code says so, and the command ends with 1.

Examples:
  headwater export --domain acme --as cli --profile prod > acme.sh
  headwater export --domain acme --as terraform --out acme-terraform
  headwater export --domain acme --as cloudformation --out as-code --config connections.toml --connection prod";

/// `headwater export`
#[derive(Debug, Args)]
pub struct Export {
    /// The domain.
    #[arg(long, value_parser = domain)]
    pub domain: DomainName,
    /// The language: cli, cloudformation, terraform, cdk-typescript or cdk-python.
    #[arg(long = "as", value_parser = kind, value_name = "LANGUAGE")]
    pub kind: ExportKind,
    /// The folder to write to. It is made if need be; files of the same names are replaced. Without it, a single file
    /// goes to standard output.
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// Which connection of the file, where it has several.
    #[arg(long = "connection", value_parser = key, value_name = "KEY", requires = "config")]
    pub key: Option<ConnectionKey>,
    /// Which CodeArtifact.
    #[command(flatten)]
    pub connection: ConnectionArgs,
}

fn domain(text: &str) -> Result<DomainName, NameError> {
    text.parse()
}

fn kind(text: &str) -> Result<ExportKind, UnknownExportKind> {
    text.parse()
}

fn key(text: &str) -> Result<ConnectionKey, NameError> {
    text.parse()
}
