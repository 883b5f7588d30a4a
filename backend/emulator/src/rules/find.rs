//! Looking things up, and what is answered when they are not there.

use crate::model::{Domain, Package, PackageGroup, PackageKey, PackageVersion, Repository, State};
use crate::rules::group::Pattern;
use crate::wire::fault::{Fault, ResourceType};
use crate::wire::place::{DomainAt, PackageAt, RepositoryAt, VersionAt};

/// A domain of the one account. Domains of other accounts do not exist here.
pub(crate) fn domain<'s>(state: &'s State, account: &str, at: &DomainAt) -> Result<&'s Domain, Fault> {
    let own = at.owner == account;
    state.domains.get(&at.name).filter(|_| own).ok_or_else(|| no_domain(at))
}

/// The same, to be changed.
pub(crate) fn domain_mut<'s>(state: &'s mut State, account: &str, at: &DomainAt) -> Result<&'s mut Domain, Fault> {
    let own = at.owner == account;
    state.domains.get_mut(&at.name).filter(|_| own).ok_or_else(|| no_domain(at))
}

/// A repository.
pub(crate) fn repository<'s>(state: &'s State, account: &str, at: &RepositoryAt) -> Result<&'s Repository, Fault> {
    let domain = domain(state, account, &at.domain)?;
    domain.repositories.get(&at.name).ok_or_else(|| no_repository(&at.domain, &at.name))
}

/// The same, to be changed.
pub(crate) fn repository_mut<'s>(
    state: &'s mut State,
    account: &str,
    at: &RepositoryAt,
) -> Result<&'s mut Repository, Fault> {
    let domain = domain_mut(state, account, &at.domain)?;
    domain.repositories.get_mut(&at.name).ok_or_else(|| no_repository(&at.domain, &at.name))
}

/// A package that stands in this very repository; upstreams are not looked at.
pub(crate) fn package<'s>(state: &'s State, account: &str, at: &PackageAt) -> Result<&'s Package, Fault> {
    let repository = repository(state, account, &at.repository)?;
    repository.packages.get(&at.key).ok_or_else(|| no_package(&at.repository.name, &at.key))
}

/// The same, to be changed.
pub(crate) fn package_mut<'s>(state: &'s mut State, account: &str, at: &PackageAt) -> Result<&'s mut Package, Fault> {
    let repository = repository_mut(state, account, &at.repository)?;
    repository.packages.get_mut(&at.key).ok_or_else(|| no_package(&at.repository.name, &at.key))
}

/// A version that stands in this very repository.
pub(crate) fn version<'s>(state: &'s State, account: &str, at: &VersionAt) -> Result<&'s PackageVersion, Fault> {
    let package = package(state, account, &at.package)?;
    package.versions.get(&at.version).ok_or_else(|| no_version(at))
}

/// A package group of a domain.
pub(crate) fn package_group<'d>(domain: &'d Domain, text: &str) -> Result<(&'d Pattern, &'d PackageGroup), Fault> {
    let pattern = Pattern::parse(text).ok();
    let found = pattern.and_then(|pattern| domain.package_groups.by_pattern.get_key_value(&pattern));
    found.ok_or_else(|| no_package_group(&domain.name, text))
}

/// The same, to be changed.
pub(crate) fn package_group_mut<'s>(
    state: &'s mut State,
    account: &str,
    at: &DomainAt,
    text: &str,
) -> Result<&'s mut PackageGroup, Fault> {
    let domain = domain_mut(state, account, at)?;
    let pattern = Pattern::parse(text).ok();
    let found = pattern.and_then(|pattern| domain.package_groups.by_pattern.get_mut(&pattern));
    found.ok_or_else(|| no_package_group(&domain.name, text))
}

/// The model has no resource type for package groups; they belong to the domain.
fn no_package_group(domain: &str, pattern: &str) -> Fault {
    let message = format!("Package group not found. Package group '{pattern}' in domain '{domain}' does not exist");
    Fault::not_found(ResourceType::Domain, pattern, message)
}

fn no_domain(at: &DomainAt) -> Fault {
    let DomainAt { name, owner } = at;
    let message = format!("Domain not found. Domain '{name}' owned by account '{owner}' does not exist");
    Fault::not_found(ResourceType::Domain, name, message)
}

/// The answer for a repository that does not exist.
pub(crate) fn no_repository(at: &DomainAt, repository: &str) -> Fault {
    let DomainAt { name, owner } = at;
    let message = format!(
        "Repository not found. Repository '{repository}' in domain '{name}' owned by account '{owner}' does not exist"
    );
    Fault::not_found(ResourceType::Repository, repository, message)
}

/// The answer for a package that does not stand in the repository.
pub(crate) fn no_package(repository: &str, key: &PackageKey) -> Fault {
    let namespace = key.namespace.as_ref().map(|namespace| format!("namespace={namespace}, ")).unwrap_or_default();
    let message = format!(
        "Package not found in repository. RepoId: {repository}, Package = \
         PackageCoordinate{{packageType={}, {namespace}packageName={}}}",
        key.format.as_str(),
        key.name,
    );
    Fault::not_found(ResourceType::Package, &key.name, message)
}

fn no_version(at: &VersionAt) -> Fault {
    let PackageAt { repository, key } = &at.package;
    let message = format!(
        "Package version not found in repository. RepoId: {}, Package = {}, Version = {}",
        repository.name, key.name, at.version
    );
    Fault::not_found(ResourceType::PackageVersion, &at.version, message)
}
