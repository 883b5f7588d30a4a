//! `headwater plan` and `headwater promote`

use clap::{Args, ValueEnum};
use shared::format::PackageFormat;
use shared::names::{ConnectionKey, DomainName, NameError, PlanId, RepositoryName};
use shared::package::PackageKey;
use shared::promotion::VersionChoice;

use super::{ConnectionArgs, DataArgs, PeopleArgs};

/// What stands below the options of `headwater plan`.
pub const PLAN_HELP: &str = "\
Reads AWS and changes nothing there. The plan is kept for 24 hours: `headwater promote --plan ID` and the dashboard's \
page, which share the data folder, can run it. Ends with 1 when a version cannot be promoted, or something that the \
versions need is missing and nobody has decided about it. What the protection of the target asks for is told.

Examples:
  headwater plan --domain acme --from team-dev --to production --package npm:@acme/ui@1.4.0 --profile prod
  headwater plan --domain acme --from team-dev --to production --package pypi:billing@1.2.0 --json > plan.json
  headwater plan --domain acme --from team-dev --to release --package npm:@acme/ui@1.4.0 --needs add";

/// What stands below the options of `headwater promote`.
pub const PROMOTE_HELP: &str = "\
Ends with 0 when every version was promoted or had been before, with 1 when something was refused or failed, with 2 when \
the command line is wrong, and with 3 when the target is protected and the plan waits for approvals or its change window: \
nothing was promoted, and the plan is kept. When it is interrupted, the dashboard or the same command goes on with the run.

Examples:
  headwater promote --domain acme --plan 0123456789abcdef0123 --reason \"release 7\"
  headwater promote --domain acme --from team-dev --to production --package npm:@acme/ui@1.4.0 --reason \"release 7\"";

/// What both commands are told.
#[derive(Debug, Args)]
pub struct Where {
    /// The domain.
    #[arg(long, value_parser = domain)]
    pub domain: DomainName,
    /// Which connection of the file, where it has several.
    #[arg(long = "connection", value_parser = key, value_name = "KEY", requires = "config")]
    pub key: Option<ConnectionKey>,
    /// Prints one JSON document instead of lines for people.
    #[arg(long)]
    pub json: bool,
    /// Which CodeArtifact.
    #[command(flatten)]
    pub connection: ConnectionArgs,
    /// Where the journal is.
    #[command(flatten)]
    pub data: DataArgs,
    /// Whose approvals count, where the target asks for some.
    #[command(flatten)]
    pub people: PeopleArgs,
}

/// What to do about what the versions need, and what is not there.
#[derive(Debug, Args)]
pub struct NeedsArgs {
    /// About packages that the versions need and the target does not have: `check` names them and stops there, `add` takes
    /// along what the source has, `leave` goes without them, `skip` does not look.
    #[arg(long, value_enum, default_value_t = NeedsChoice::Check)]
    pub needs: NeedsChoice,
    /// Why needed packages are left; also those that `add` finds nowhere.
    #[arg(long, value_name = "TEXT", required_if_eq("needs", "leave"))]
    pub needs_reason: Option<String>,
}

/// A way to deal with what is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum NeedsChoice {
    /// Nothing is decided.
    Check,
    /// What the source has is added.
    Add,
    /// All is left.
    Leave,
    /// Nobody looks.
    Skip,
}

/// `headwater plan`
#[derive(Debug, Args)]
pub struct Plan {
    /// Source repository.
    #[arg(long, value_parser = repository)]
    pub from: RepositoryName,
    /// Target repository.
    #[arg(long, value_parser = repository)]
    pub to: RepositoryName,
    /// A version, as FORMAT:NAME@VERSION; may be given many times.
    #[arg(long = "package", value_parser = choice, value_name = "PACKAGE", required = true)]
    pub packages: Vec<VersionChoice>,
    /// Why.
    #[arg(long, default_value = "")]
    pub reason: String,
    /// What they need.
    #[command(flatten)]
    pub needs: NeedsArgs,
    /// Where.
    #[command(flatten)]
    pub place: Where,
}

/// `headwater promote`
#[derive(Debug, Args)]
pub struct Promote {
    /// A plan that was made before.
    #[arg(long, value_parser = plan, value_name = "ID", conflicts_with_all = ["from", "to", "packages"])]
    pub plan: Option<PlanId>,
    /// Source repository, where no plan is named.
    #[arg(long, value_parser = repository, required_unless_present = "plan")]
    pub from: Option<RepositoryName>,
    /// Target repository.
    #[arg(long, value_parser = repository, required_unless_present = "plan")]
    pub to: Option<RepositoryName>,
    /// A version, as FORMAT:NAME@VERSION; may be given many times.
    #[arg(long = "package", value_parser = choice, value_name = "PACKAGE", required_unless_present = "plan")]
    pub packages: Vec<VersionChoice>,
    /// Why.
    #[arg(long)]
    pub reason: String,
    /// What they need, where no plan is named.
    #[command(flatten)]
    pub needs: NeedsArgs,
    /// Where.
    #[command(flatten)]
    pub place: Where,
}

fn domain(text: &str) -> Result<DomainName, NameError> {
    text.parse()
}

fn repository(text: &str) -> Result<RepositoryName, NameError> {
    text.parse()
}

fn key(text: &str) -> Result<ConnectionKey, NameError> {
    text.parse()
}

fn plan(text: &str) -> Result<PlanId, NameError> {
    text.parse()
}

/// `npm:@acme/ui@1.4.0`, `maven:com.acme:core@2.0`, `pypi:billing@1.0`: the name as the page shows it.
fn choice(text: &str) -> Result<VersionChoice, String> {
    let rule = "a version is FORMAT:NAME@VERSION, such as npm:@acme/ui@1.4.0 or maven:com.acme:core@2.0";
    let (format, rest) = text.split_once(':').ok_or(rule)?;
    let (name, version) = rest.rsplit_once('@').ok_or(rule)?;
    let format: PackageFormat =
        serde_json::from_value(format.into()).map_err(|_| format!("{format} is no format; {rule}"))?;
    let (namespace, name) = match name.rsplit_once(['/', ':']) {
        Some((namespace, name)) => (Some(namespace.trim_start_matches('@')), name),
        None => (None, name),
    };
    let names = || {
        let namespace = namespace.map(str::parse).transpose()?;
        Ok::<_, NameError>((namespace, name.parse()?, version.parse()?))
    };
    let (namespace, name, version) = names().map_err(|error| error.to_string())?;
    Ok(VersionChoice { package: PackageKey { format, namespace, name }, version })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_written_as_people_write_them() {
        let read = |text: &str| {
            let VersionChoice { package, version } = choice(text).unwrap();
            (package.namespace.map(|namespace| namespace.to_string()), package.name.to_string(), version.to_string())
        };
        assert_eq!(read("npm:@acme/ui@1.4.0"), (Some("acme".into()), "ui".into(), "1.4.0".into()));
        assert_eq!(read("npm:ui@1.4.0-beta.1"), (None, "ui".into(), "1.4.0-beta.1".into()));
        assert_eq!(read("maven:com.acme:core@2.0"), (Some("com.acme".into()), "core".into(), "2.0".into()));
        for bad in ["ui@1", "npm:ui", "conda:ui@1", "npm:@1", "npm:a b@1"] {
            assert!(choice(bad).is_err(), "{bad}");
        }
    }
}
