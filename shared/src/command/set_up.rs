//! Commands of the set-up recipe that have no button of their own.

use super::{copying, finish, quote};
use crate::names::{DomainName, RepositoryName, VersionName};
use crate::package::PackageKey;

/// The `aws` command that copies one version, whatever its content is by then.
pub fn copy_version(
    domain: &DomainName,
    from: &RepositoryName,
    to: &RepositoryName,
    package: &PackageKey,
    version: &VersionName,
    options: &[String],
) -> String {
    let mut lines = copying(domain, from, to, package);
    lines.push(format!("--versions {}", quote(version.as_str())));
    finish(lines, options)
}

/// An `aws` command that only asks.
pub fn ask(operation: &str, more: &[String], options: &[String]) -> String {
    let mut lines = vec![format!("aws codeartifact {operation}")];
    lines.extend(more.iter().cloned());
    finish(lines, options)
}
