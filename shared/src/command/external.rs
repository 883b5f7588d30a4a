//! Commands that make and take away external connections.

use super::{on_repository, quote};
use crate::names::{DomainName, RepositoryName};

/// The `aws` command that gives a repository an external connection, such as `public:npmjs`.
pub fn associate_external_connection(
    domain: &DomainName,
    repository: &RepositoryName,
    connection: &str,
    options: &[String],
) -> String {
    on_repository("associate-external-connection", domain, repository, options, Some(external(connection)))
}

/// The `aws` command that takes an external connection away from a repository.
pub fn disassociate_external_connection(
    domain: &DomainName,
    repository: &RepositoryName,
    connection: &str,
    options: &[String],
) -> String {
    on_repository("disassociate-external-connection", domain, repository, options, Some(external(connection)))
}

fn external(connection: &str) -> String {
    format!("--external-connection {}", quote(connection))
}
