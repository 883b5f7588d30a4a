//! Handlers: each takes what it was asked, does it, and answers. One file per noun.

use std::time::SystemTime;

use shared::names::{ConnectionKey, DomainName, RepositoryName};

pub mod connections;
pub mod domains;
pub mod packages;
pub mod promotions;
pub mod reports;
pub mod repositories;
pub mod session;
pub mod versions;

/// Epoch seconds.
fn now() -> f64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0.0, |time| time.as_secs_f64())
}

/// The key of what is kept about a repository.
fn repository_key(
    connection: &ConnectionKey,
    domain: &DomainName,
    repository: &RepositoryName,
) -> crate::cache::RepositoryKey {
    (connection.clone(), domain.clone(), repository.clone())
}
