//! What a repository reaches.

use std::collections::BTreeSet;

use futures_util::{StreamExt, TryStreamExt, stream};
use shared::names::{DomainName, RepositoryName};
use shared::repository::Repository;

use crate::codeartifact::{CodeArtifact, MOST_AT_ONCE};
use crate::error::Result;

/// Upstreams of upstreams are read so far. CodeArtifact searches 25 of them.
const MOST_REPOSITORIES: usize = 250;

/// A repository and all that it reaches.
///
/// # Errors
/// When one of them does not exist or may not be seen.
pub async fn reached(
    codeartifact: &CodeArtifact,
    domain: &DomainName,
    repository: &RepositoryName,
) -> Result<Vec<Repository>> {
    let (mut found, mut seen) = (Vec::<Repository>::new(), BTreeSet::from([repository.clone()]));
    let mut waiting = vec![repository.clone()];
    while !waiting.is_empty() && found.len() < MOST_REPOSITORIES {
        let names = stream::iter(std::mem::take(&mut waiting));
        let reads = names.map(|name| async move { codeartifact.describe_repository(domain, &name).await });
        let read: Vec<Repository> = reads.buffered(MOST_AT_ONCE).try_collect().await?;
        for upstream in read.iter().flat_map(|repository| &repository.upstreams) {
            if seen.insert(upstream.clone()) {
                waiting.push(upstream.clone());
            }
        }
        found.extend(read);
    }
    Ok(found)
}
