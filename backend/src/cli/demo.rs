//! `headwater demo`

use std::net::SocketAddr;

use clap::Args;

use super::{DataArgs, EmulatorArgs, PeopleArgs, ServerArgs, Story, loopback, story};

/// `headwater demo`
#[derive(Debug, Args)]
pub struct Demo {
    /// Address of the dashboard; port 0 takes any free one.
    #[arg(long, value_parser = loopback, default_value = "127.0.0.1:4000", value_name = "ADDRESS")]
    pub listen: SocketAddr,
    /// Address of the embedded CodeArtifact; port 0 takes any free one.
    #[arg(long, value_parser = loopback, default_value = "127.0.0.1:0", value_name = "ADDRESS")]
    pub codeartifact_listen: SocketAddr,
    /// What stands in it: empty, acme, company, or company:N with N repositories.
    #[arg(long, default_value = "acme", value_parser = story)]
    pub story: Story,
    /// Settings of the embedded CodeArtifact.
    #[command(flatten)]
    pub emulator: EmulatorArgs,
    /// Where the record is kept; in memory without it.
    #[command(flatten)]
    pub data: DataArgs,
    /// Who may sign in.
    #[command(flatten)]
    pub people: PeopleArgs,
    /// Settings of every server.
    #[command(flatten)]
    pub server: ServerArgs,
}
