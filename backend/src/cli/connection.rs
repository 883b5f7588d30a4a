//! Which CodeArtifact a command speaks to.

use std::path::PathBuf;

use clap::Args;

use super::{region, role};

/// One connection by options, or several by a file.
#[derive(Debug, Args)]
pub struct ConnectionArgs {
    /// A file with several connections, instead of the options below.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["profile", "region", "role_arn", "external_id", "endpoint_url"])]
    pub config: Option<PathBuf>,
    /// Profile of the shared AWS configuration.
    #[arg(long)]
    pub profile: Option<String>,
    /// AWS region, such as eu-west-1.
    #[arg(long, value_parser = region)]
    pub region: Option<String>,
    /// A role to assume.
    #[arg(long, value_parser = role, value_name = "ARN")]
    pub role_arn: Option<String>,
    /// The external id that the role asks for.
    #[arg(long, requires = "role_arn", value_name = "ID")]
    pub external_id: Option<String>,
    /// Another address of CodeArtifact; https, or http on loopback.
    #[arg(long, value_name = "URL")]
    pub endpoint_url: Option<String>,
}
