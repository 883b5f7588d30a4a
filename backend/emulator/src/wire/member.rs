//! The members that requests carry in the query string: name on the wire, name in the model, shape.

use crate::rules::constraint::{self, Constraint};
use crate::wire::fault::Fault;

/// One string member.
#[derive(Debug)]
pub(crate) struct Member {
    /// Name in the query string. Mostly kebab-case; five names stay camelCase.
    pub(crate) wire: &'static str,
    /// Name in the service model, which error messages use.
    pub(crate) name: &'static str,
    /// What its values look like.
    pub(crate) shape: &'static Constraint,
}

const fn member(wire: &'static str, name: &'static str, shape: &'static Constraint) -> Member {
    Member { wire, name, shape }
}

pub(crate) const ADMINISTRATOR_ACCOUNT: Member =
    member("administrator-account", "administratorAccount", &constraint::ACCOUNT_ID);
pub(crate) const ASSET: Member = member("asset", "asset", &constraint::ASSET_NAME);
pub(crate) const DESTINATION: Member =
    member("destination-repository", "destinationRepository", &constraint::REPOSITORY_NAME);
pub(crate) const DOMAIN: Member = member("domain", "domain", &constraint::DOMAIN_NAME);
pub(crate) const DOMAIN_OWNER: Member = member("domain-owner", "domainOwner", &constraint::ACCOUNT_ID);
pub(crate) const EXTERNAL_CONNECTION: Member =
    member("external-connection", "externalConnection", &constraint::EXTERNAL_CONNECTION_NAME);
pub(crate) const NAMESPACE: Member = member("namespace", "namespace", &constraint::PACKAGE_WORD);
pub(crate) const PACKAGE: Member = member("package", "package", &constraint::PACKAGE_WORD);
pub(crate) const PACKAGE_GROUP: Member = member("package-group", "packageGroup", &constraint::PACKAGE_GROUP_PATTERN);
pub(crate) const PACKAGE_GROUP_PREFIX: Member = member("prefix", "prefix", &constraint::PACKAGE_GROUP_PREFIX);
pub(crate) const PACKAGE_PREFIX: Member = member("package-prefix", "packagePrefix", &constraint::PACKAGE_WORD);
pub(crate) const POLICY_REVISION: Member = member("policy-revision", "policyRevision", &constraint::POLICY_REVISION);
pub(crate) const REPOSITORY: Member = member("repository", "repository", &constraint::REPOSITORY_NAME);
pub(crate) const REPOSITORY_PREFIX: Member =
    member("repository-prefix", "repositoryPrefix", &constraint::REPOSITORY_PREFIX);
pub(crate) const RESOURCE_ARN: Member = member("resourceArn", "resourceArn", &constraint::ARN);
pub(crate) const REVISION: Member = member("revision", "packageVersionRevision", &constraint::VERSION_REVISION);
pub(crate) const SOURCE: Member = member("source-repository", "sourceRepository", &constraint::REPOSITORY_NAME);
pub(crate) const VERSION: Member = member("version", "packageVersion", &constraint::PACKAGE_WORD);

/// How much of a wrong value an error repeats, in characters.
const QUOTED: usize = 256;

/// The fault for a member whose value breaks a constraint, in the words that AWS uses everywhere.
pub(crate) fn violation(value: Option<&str>, name: &str, constraint: &str) -> Fault {
    let value = match value {
        None => "null".to_owned(),
        Some(value) if value.chars().count() > QUOTED => {
            format!("'{}…'", value.chars().take(QUOTED).collect::<String>())
        }
        Some(value) => format!("'{value}'"),
    };
    Fault::invalid(format!(
        "1 validation error detected: Value {value} at '{name}' failed to satisfy constraint: {constraint}"
    ))
}

/// The fault for a required member that is not there.
pub(crate) fn missing(name: &str) -> Fault {
    violation(None, name, "Member must not be null")
}

/// `value` as it is, when its shape is right.
pub(crate) fn checked<'v>(value: &'v str, name: &str, shape: &Constraint) -> Result<&'v str, Fault> {
    match shape.broken_by(value) {
        None => Ok(value),
        Some(broken) => Err(violation(Some(value), name, &broken)),
    }
}

/// The value of an enum member.
pub(crate) fn one_of<T>(
    value: &str,
    name: &str,
    known: &[&str],
    parse: impl FnOnce(&str) -> Option<T>,
) -> Result<T, Fault> {
    parse(value).ok_or_else(|| {
        violation(Some(value), name, &format!("Member must satisfy enum value set: [{}]", known.join(", ")))
    })
}
