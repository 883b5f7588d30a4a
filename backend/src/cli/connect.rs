//! The command line of `headwater connect`.

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use shared::connect::{Client, Way};
use shared::names::{ConnectionKey, DomainName, NameError, RepositoryName};

use super::ConnectionArgs;

pub(super) const HELP: &str = "\
Examples:
  headwater connect --domain acme --repository team-dev --client pip
  headwater connect --domain acme --repository team-dev --client npm --way hand --profile prod
  headwater connect --domain acme --repository team-dev --client uv --json";

/// `headwater connect`
#[derive(Debug, Args)]
pub struct Connect {
    /// The domain.
    #[arg(long)]
    pub domain: DomainName,
    /// The repository.
    #[arg(long)]
    pub repository: RepositoryName,
    /// The package manager.
    #[arg(long, value_parser = client())]
    pub client: Client,
    /// By `aws codeartifact login`, where it knows the client, or by hand.
    #[arg(long, value_parser = way(), default_value = "login")]
    pub way: Way,
    /// As JSON, for programs.
    #[arg(long)]
    pub json: bool,
    /// Which connection of the file, where it has several.
    #[arg(long = "connection", value_parser = key, value_name = "KEY", requires = "config")]
    pub key: Option<ConnectionKey>,
    /// Which CodeArtifact.
    #[command(flatten)]
    pub connection: ConnectionArgs,
}

fn client() -> impl TypedValueParser<Value = Client> {
    PossibleValuesParser::new(Client::ALL.map(Client::as_str)).try_map(|word| word.parse::<Client>())
}

fn way() -> impl TypedValueParser<Value = Way> {
    PossibleValuesParser::new([Way::Login.as_str(), Way::Hand.as_str()]).try_map(|word| word.parse::<Way>())
}

fn key(text: &str) -> Result<ConnectionKey, NameError> {
    text.parse()
}
