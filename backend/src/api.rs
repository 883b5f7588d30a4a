//! Handlers: each takes what it was asked, does it, and answers. One file per noun.

use std::time::SystemTime;

use shared::names::{ConnectionKey, DomainName, RepositoryName};
use shared::tag::{MOST_TAGS, Tag};

use crate::error::{Error, Result};

pub mod approvals;
pub mod blocks;
pub mod comparisons;
pub mod connections;
pub mod domains;
pub mod exports;
pub mod history;
pub mod packages;
pub mod permissions;
pub mod plans;
pub mod promotions;
pub mod protections;
pub mod publications;
pub mod recipe;
pub mod reports;
pub mod repositories;
pub mod runs;
pub mod session;
pub mod tags;
pub mod tokens;
pub mod versions;

/// Refuses what no list of tags may be.
fn check_tags(tags: &[Tag]) -> Result<()> {
    let mut keys: Vec<_> = tags.iter().map(|tag| &tag.key).collect();
    keys.sort();
    if keys.windows(2).any(|two| two[0] == two[1]) {
        return Err(Error::bad_request("A tag's key stands there twice."));
    }
    if tags.len() > MOST_TAGS {
        return Err(Error::bad_request(format!("A resource has at most {MOST_TAGS} tags.")));
    }
    Ok(())
}

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
