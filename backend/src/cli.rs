//! The command line.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use codeartifact_emulator::seed::Story;

mod audit;
mod connect;
mod connection;
mod data;
mod demo;
mod doctor;
mod export;
mod people;
mod promote;

pub use audit::{Audit, AuditCommand, AuditFormat};
pub use connect::Connect;
pub use connection::ConnectionArgs;
pub use data::DataArgs;
pub use demo::Demo;
pub use doctor::Doctor;
pub use export::Export;
pub use people::{NewPerson, People, PeopleArgs, PeopleCommand};
pub use promote::{NeedsArgs, NeedsChoice, Plan, Promote, Where};

/// See where your packages come from, and decide what flows on to production.
#[derive(Debug, Parser)]
#[command(name = "headwater", version, about, long_about = LONG_ABOUT, after_help = EXAMPLES)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// How the log on standard error is written.
    #[arg(long, value_enum, default_value_t = LogFormat::Text, global = true)]
    pub log_format: LogFormat,
    /// How much is logged.
    #[arg(long, value_enum, default_value_t = LogLevel::Info, global = true)]
    pub log_level: LogLevel,
}

const LONG_ABOUT: &str = "\
See where your packages come from, and decide what flows on to production.

Headwater is a dashboard for AWS CodeArtifact. It runs on your machine, for you alone, or for the people of a list: it listens on loopback only, \
signs calls with your AWS credentials, and lets in who opens the one-time link that it prints, or who has a token of the list.";

const EXAMPLES: &str = "\
Examples:
  headwater demo                                  try it, without an AWS account
  headwater serve --profile prod                  your CodeArtifact, with the credentials of a profile
  headwater serve --config connections.toml       several accounts and regions
  headwater export --domain acme --as cli         a domain as code
  headwater emulate --story empty                 a CodeArtifact on this machine, for your tests
  headwater connect --domain acme --repository team-dev --client pip
                                                  what pip needs to use a repository";

/// What headwater can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The dashboard on an embedded CodeArtifact with story data. Nothing leaves this machine.
    #[command(after_help = "Examples:\n  headwater demo\n  headwater demo --story company:200 --latency 60ms")]
    Demo(Demo),
    /// The dashboard on real AWS CodeArtifact, with the credentials that the aws CLI would use.
    #[command(after_help = SERVE_HELP)]
    Serve(Serve),
    /// A domain as code: AWS CLI script, CloudFormation, Terraform or CDK.
    #[command(after_help = export::HELP)]
    Export(Export),
    /// What promoting versions would do, kept for a day. Changes nothing at AWS.
    #[command(after_help = promote::PLAN_HELP)]
    Plan(Plan),
    /// Promotes versions, by a plan or at once, through the same journal as the dashboard.
    #[command(after_help = promote::PROMOTE_HELP)]
    Promote(Promote),
    /// The embedded CodeArtifact alone, for anybody's tests: aws CLI, SDKs, npm, pip and twine can use it.
    #[command(after_help = EMULATE_HELP)]
    Emulate(Emulate),
    /// The record of what was changed through Headwater: verified, or exported.
    #[command(after_help = audit::HELP)]
    Audit(Audit),
    /// People who may sign in, for `--people FILE`.
    #[command(after_help = people::HELP)]
    People(People),
    /// Says what is wrong with a settings file or a failing log of npm, pip, Maven and others, secrets hidden.
    #[command(after_help = doctor::HELP)]
    Doctor(Doctor),
    /// What to type and to write so that a package manager uses a repository, and how to undo it. Changes nothing.
    #[command(after_help = connect::HELP)]
    Connect(Connect),
}

const SERVE_HELP: &str = "\
Credentials come from where the aws CLI finds them: environment, profile, SSO, web identity, container. The instance \
metadata service is not asked.

A configuration file for several connections:
  [[connection]]
  key = \"prod\"                  # stands in addresses
  label = \"Production\"
  profile = \"prod\"              # all but key are optional
  region = \"eu-west-1\"
  role_arn = \"arn:aws:iam::111122223333:role/headwater\"
  external_id = \"…\"
  endpoint_url = \"https://…\"

What AWS does not know, such as who promoted what and why, is kept in --data DIR; or in PostgreSQL, when the environment
variable HEADWATER_DATABASE holds its address (postgres://…). It may hold a password and is never logged.

Examples:
  headwater serve
  headwater serve --profile prod --region eu-west-1
  headwater serve --config connections.toml --listen 127.0.0.1:8080";

const EMULATE_HELP: &str = "\
Examples:
  headwater emulate
  headwater emulate --listen 127.0.0.1:0 --ready-file ready.json
  headwater emulate --source public:npmjs=http://127.0.0.1:4873 --source public:pypi=http://127.0.0.1:3141/simple/";

/// `headwater serve`
#[derive(Debug, Args)]
pub struct Serve {
    /// Address of the dashboard; port 0 takes any free one.
    #[arg(long, value_parser = loopback, default_value = "127.0.0.1:4000", value_name = "ADDRESS")]
    pub listen: SocketAddr,
    /// Which CodeArtifact.
    #[command(flatten)]
    pub connection: ConnectionArgs,
    /// Where the record is kept.
    #[command(flatten)]
    pub data: DataArgs,
    /// Who may sign in.
    #[command(flatten)]
    pub people: PeopleArgs,
    /// Settings of every server.
    #[command(flatten)]
    pub server: ServerArgs,
}

/// `headwater emulate`
#[derive(Debug, Args)]
pub struct Emulate {
    /// Address to serve on; port 0 takes any free one.
    #[arg(long, value_parser = loopback, default_value = "127.0.0.1:4001", value_name = "ADDRESS")]
    pub listen: SocketAddr,
    /// What stands in it: empty, acme, company, or company:N with N repositories.
    #[arg(long, default_value = "empty", value_parser = story)]
    pub story: Story,
    /// Settings of the embedded CodeArtifact.
    #[command(flatten)]
    pub emulator: EmulatorArgs,
    /// Settings of every server.
    #[command(flatten)]
    pub server: ServerArgs,
}

/// Settings of the embedded CodeArtifact.
#[derive(Debug, Args)]
pub struct EmulatorArgs {
    /// Where an external connection fetches from: the address that npm or pip would be given, such as
    /// public:npmjs=http://127.0.0.1:4873. Without one, a few packages made by headwater itself stand in.
    #[arg(long = "source", value_parser = source, value_name = "NAME=URL")]
    pub sources: Vec<(String, String)>,
    /// Throttles calls that come more often than an account of AWS may make them.
    #[arg(long, value_enum, default_value_t)]
    pub quotas: QuotasArg,
    /// Calls that are to go wrong, as JSON: see the README. Can be changed while it runs.
    #[arg(long, value_name = "FILE")]
    pub faults: Option<PathBuf>,
    /// Answers every call this much later, such as 60ms.
    #[arg(long, value_parser = duration, value_name = "TIME")]
    pub latency: Option<Duration>,
}

/// Which rates hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum QuotasArg {
    /// No rates.
    #[default]
    None,
    /// Those that an account of AWS has by default, such as 5 copy calls a second.
    Aws,
}

/// Settings of every server.
#[derive(Debug, Args)]
pub struct ServerArgs {
    /// Once everything is served, its addresses are written here as JSON. Only the owner can read the file; it stays.
    #[arg(long, value_name = "FILE")]
    pub ready_file: Option<PathBuf>,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For programs: one JSON object a line.
    Json,
}

/// How much is logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogLevel {
    /// What broke.
    Error,
    /// What may break.
    Warn,
    /// What was refused and what was changed.
    Info,
    /// Every request.
    Debug,
}

/// An address on loopback. Anything wider needs sign-in by person, which this version does not have.
fn loopback(text: &str) -> Result<SocketAddr, String> {
    let spelled = text.strip_prefix("localhost:").map(|port| format!("127.0.0.1:{port}"));
    let address: SocketAddr = spelled
        .as_deref()
        .unwrap_or(text)
        .parse()
        .map_err(|_| "an address is an IP address and a port, such as 127.0.0.1:4000 or [::1]:4000".to_owned())?;
    let ip = address.ip();
    if ip == std::net::Ipv4Addr::LOCALHOST || ip == std::net::Ipv6Addr::LOCALHOST {
        return Ok(address);
    }
    Err(format!(
        "headwater serves 127.0.0.1 and [::1] only, not {ip}: whoever reaches it acts with your AWS credentials. Serving \
         others needs TLS and a sign-in provider, which this version does not have"
    ))
}

fn story(text: &str) -> Result<Story, String> {
    text.parse().map_err(|error| format!("{error}"))
}

fn source(text: &str) -> Result<(String, String), String> {
    let (name, url) = text.split_once('=').ok_or("a source is NAME=URL, such as public:npmjs=http://127.0.0.1:4873")?;
    let uri: http::Uri = url.parse().map_err(|_| format!("{url} is no address"))?;
    let is_web = matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some_and(|host| !host.is_empty());
    if !is_web {
        return Err("a source is NAME=URL, and its URL starts with http:// or https:// and a host".to_owned());
    }
    if !SOURCES.contains(&name) {
        return Err(format!("headwater fetches for {} only", SOURCES.join(" and ")));
    }
    Ok((name.to_owned(), url.to_owned()))
}

/// The external connections that the embedded CodeArtifact can fetch for.
const SOURCES: [&str; 2] = ["public:npmjs", "public:pypi"];

pub(crate) fn region(text: &str) -> Result<String, String> {
    let shape = !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if shape { Ok(text.to_owned()) } else { Err("a region is such as eu-west-1".to_owned()) }
}

pub(crate) fn role(text: &str) -> Result<String, String> {
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    match parts[..] {
        ["arn", partition, "iam", "", account, role]
            if partition.starts_with("aws")
                && account.len() == 12
                && account.bytes().all(|b| b.is_ascii_digit())
                && role.len() > "role/".len()
                && role.starts_with("role/") =>
        {
            Ok(text.to_owned())
        }
        _ => Err("a role is such as arn:aws:iam::111122223333:role/headwater".to_owned()),
    }
}

fn duration(text: &str) -> Result<Duration, String> {
    let parsed = match (text.strip_suffix("ms"), text.strip_suffix('s')) {
        (Some(number), _) => number.parse().ok().map(Duration::from_millis),
        (None, Some(number)) => number.parse().ok().map(Duration::from_secs),
        (None, None) => None,
    };
    parsed
        .filter(|time| *time <= Duration::from_secs(60))
        .ok_or_else(|| "a time is such as 60ms or 2s, at most 60s".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_holds_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn only_loopback_is_served() {
        for good in ["127.0.0.1:0", "[::1]:4000", "localhost:80"] {
            assert!(loopback(good).is_ok(), "{good}");
        }
        for bad in ["0.0.0.0:80", "[::]:80", "192.168.1.2:80", "127.0.0.2:80", "example.com:80", "4000"] {
            assert!(loopback(bad).is_err(), "{bad}");
        }
        assert!(loopback("0.0.0.0:80").unwrap_err().contains("sign-in provider"));
    }

    #[test]
    fn nothing_switches_a_guard_off() {
        let mut command = Cli::command();
        let mut help = command.render_long_help().to_string();
        for subcommand in command.get_subcommands_mut() {
            help.push_str(&subcommand.render_long_help().to_string());
        }
        for word in ["insecure", "disable", "no-auth", "allow-any"] {
            assert!(!help.contains(word), "{word}");
        }
    }

    #[test]
    fn regions_roles_and_sources_are_checked_at_the_door() {
        assert!(region("eu-west-1").is_ok() && region("a b").is_err() && region("").is_err());
        assert!(role("arn:aws-cn:iam::111122223333:role/team/headwater").is_ok());
        for bad in
            ["nonsense", "arn:aws:iam::1:role/x", "arn:aws:iam::111122223333:user/x", "arn:aws:iam::111122223333:role/"]
        {
            assert!(role(bad).is_err(), "{bad}");
        }
        assert!(source("public:npmjs=http://127.0.0.1:4873").is_ok());
        for bad in ["public:foo=http://x", "public:npmjs=http://", "public:npmjs=ftp://x", "public:npmjs"] {
            assert!(source(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn times_have_a_unit() {
        assert_eq!(duration("60ms"), Ok(Duration::from_millis(60)));
        assert_eq!(duration("2s"), Ok(Duration::from_secs(2)));
        for bad in ["60", "ms", "-1ms", "2m", "61s"] {
            assert!(duration(bad).is_err(), "{bad}");
        }
    }
}
