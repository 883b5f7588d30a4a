//! Commands about the permissions policies of domains and repositories.

use super::{finish, quote};
use crate::names::{DomainName, PolicyDocument, PolicyRevision, RepositoryName};

/// The `aws` command that gives a repository, or without one its domain, a permissions policy. With a revision, it is
/// refused when another one is there by then.
pub fn put_policy(
    domain: &DomainName,
    repository: Option<&RepositoryName>,
    document: &PolicyDocument,
    revision: Option<&PolicyRevision>,
    options: &[String],
) -> String {
    let mut lines = on("put", domain, repository);
    lines.extend(revision.map(revision_option));
    lines.push(format!("--policy-document {}", quote(document.as_str())));
    finish(lines, options)
}

/// The `aws` command that deletes the permissions policy of a repository, or without one that of its domain.
pub fn delete_policy(
    domain: &DomainName,
    repository: Option<&RepositoryName>,
    revision: Option<&PolicyRevision>,
    options: &[String],
) -> String {
    let mut lines = on("delete", domain, repository);
    lines.extend(revision.map(revision_option));
    finish(lines, options)
}

fn on(verb: &str, domain: &DomainName, repository: Option<&RepositoryName>) -> Vec<String> {
    let of = if repository.is_some() { "repository" } else { "domain" };
    let mut lines = vec![format!("aws codeartifact {verb}-{of}-permissions-policy"), format!("--domain {domain}")];
    lines.extend(repository.map(|repository| format!("--repository {repository}")));
    lines
}

fn revision_option(revision: &PolicyRevision) -> String {
    format!("--policy-revision {}", quote(revision.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_is_put_as_one_word_with_the_revision_that_was_seen() {
        let (domain, repository) = ("acme".parse().unwrap(), "tools".parse().unwrap());
        let document = "{\n  \"Sid\": \"it's\"\n}".parse().unwrap();
        assert_eq!(
            put_policy(&domain, Some(&repository), &document, Some(&"a+/=".parse().unwrap()), &[]),
            "aws codeartifact put-repository-permissions-policy \\\n  --domain acme \\\n  --repository tools \\\n  --policy-revision a+/= \\\n  --policy-document '{\n  \"Sid\": \"it'\\''s\"\n}'"
        );
        assert_eq!(
            put_policy(&domain, None, &"{}".parse().unwrap(), None, &["--profile".into(), "prod".into()]),
            "aws codeartifact put-domain-permissions-policy \\\n  --domain acme \\\n  --policy-document '{}' \\\n  --profile prod"
        );
    }

    #[test]
    fn a_policy_is_deleted_only_as_it_was_seen() {
        let domain = "acme".parse().unwrap();
        assert_eq!(
            delete_policy(&domain, None, Some(&"r=".parse().unwrap()), &[]),
            "aws codeartifact delete-domain-permissions-policy \\\n  --domain acme \\\n  --policy-revision r="
        );
    }
}
