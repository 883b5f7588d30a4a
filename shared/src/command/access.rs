//! Commands that get a client to its repository: tokens, endpoints, who one is.

use super::{NOTE, finish, quote};
use crate::connect::TOKEN_VARIABLE;
use crate::format::PackageFormat;
use crate::names::{AccountId, DomainName, RepositoryName};
use crate::package::{OriginControl, PackageKey};

/// The `aws` command that configures a tool for a repository: `npm`, `pip`, `twine`, `nuget`, `dotnet` or `swift`.
pub fn login(
    tool: &str,
    domain: &DomainName,
    owner: Option<&AccountId>,
    repository: &RepositoryName,
    options: &[String],
) -> String {
    let lines = vec![format!("aws codeartifact login --tool {tool}")];
    finish(place(lines, domain, owner, Some(repository)), options)
}

/// The shell line that keeps a new token in a variable.
pub fn export_token(domain: &DomainName, owner: Option<&AccountId>, options: &[String]) -> String {
    let mut lines = place(vec!["aws codeartifact get-authorization-token".to_owned()], domain, owner, None);
    lines.push("--query authorizationToken --output text".to_owned());
    let (notes, options): (Vec<String>, Vec<String>) =
        options.iter().cloned().partition(|option| option.starts_with(NOTE));
    let notes: String = notes.into_iter().map(|note| format!("{note}\n")).collect();
    format!("{notes}export {TOKEN_VARIABLE}=\"$({})\"", finish(lines, &options))
}

/// The `aws` command that tells a repository's endpoint for a format.
pub fn get_repository_endpoint(
    domain: &DomainName,
    owner: Option<&AccountId>,
    repository: &RepositoryName,
    format: PackageFormat,
    options: &[String],
) -> String {
    let lines = vec!["aws codeartifact get-repository-endpoint".to_owned()];
    let mut lines = place(lines, domain, owner, Some(repository));
    lines.push(format!("--format {format} --query repositoryEndpoint --output text"));
    finish(lines, options)
}

/// The `aws` command that tells who is calling.
pub fn get_caller_identity(options: &[String]) -> String {
    finish(vec!["aws sts get-caller-identity".to_owned()], options)
}

/// The `aws` command that lists the domains of the account.
pub fn list_domains(options: &[String]) -> String {
    finish(vec!["aws codeartifact list-domains".to_owned()], options)
}

/// The `aws` command that lists the repositories of a domain.
pub fn list_repositories_in_domain(domain: &DomainName, owner: Option<&AccountId>, options: &[String]) -> String {
    let lines = vec!["aws codeartifact list-repositories-in-domain".to_owned()];
    finish(place(lines, domain, owner, None), options)
}

/// The `aws` command that says how a package may come into a repository.
pub fn put_package_origin_configuration(
    domain: &DomainName,
    repository: &RepositoryName,
    package: &PackageKey,
    control: OriginControl,
    options: &[String],
) -> String {
    let word = |allowed: bool| if allowed { "ALLOW" } else { "BLOCK" };
    let lines = vec!["aws codeartifact put-package-origin-configuration".to_owned()];
    let mut lines = place(lines, domain, None, Some(repository));
    lines.push(format!("--format {}", package.format));
    lines.extend(package.namespace.iter().map(|namespace| format!("--namespace {}", quote(namespace.as_str()))));
    lines.push(format!("--package {}", quote(package.name.as_str())));
    lines.push(format!("--restrictions publish={},upstream={}", word(control.publish), word(control.upstream)));
    finish(lines, options)
}

fn place(
    mut lines: Vec<String>,
    domain: &DomainName,
    owner: Option<&AccountId>,
    repository: Option<&RepositoryName>,
) -> Vec<String> {
    lines.push(format!("--domain {domain}"));
    lines.extend(owner.map(|owner| format!("--domain-owner {owner}")));
    lines.extend(repository.map(|repository| format!("--repository {repository}")));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_kept_in_a_variable_and_remarks_stand_before() {
        let (domain, options) = ("acme".parse().unwrap(), ["# Assume the role first.".to_owned()]);
        assert_eq!(
            export_token(&domain, None, &options),
            "# Assume the role first.\nexport CODEARTIFACT_AUTH_TOKEN=\"$(aws codeartifact get-authorization-token \\\n  --domain acme \\\n  --query authorizationToken --output text)\""
        );
    }

    #[test]
    fn a_login_names_tool_domain_owner_and_repository() {
        let (domain, owner) = ("acme".parse().unwrap(), "111122223333".parse().unwrap());
        assert_eq!(
            login("npm", &domain, Some(&owner), &"team-dev".parse().unwrap(), &[]),
            "aws codeartifact login --tool npm \\\n  --domain acme \\\n  --domain-owner 111122223333 \\\n  --repository team-dev"
        );
    }
}
