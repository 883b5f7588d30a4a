//! Domains, and the map of one.

use std::sync::Arc;

use futures_util::{StreamExt, TryFutureExt, stream};
use shared::api::{CreateDomain, DeleteDomain, DescribeDomain, DescribeDomainMap, ListDomains};
use shared::domain::{Domain, DomainMap, DomainSummary};
use shared::names::DomainName;
use shared::repository::Repository;

use crate::api::{check_tags, now};
use crate::app::AppState;
use crate::codeartifact::{CodeArtifact, MOST_AT_ONCE};
use crate::error::{Kind, Result};
use crate::extract::Asked;

/// The domains that the connection's account owns.
pub async fn list(app: AppState, asked: Asked<ListDomains>) -> Result<Vec<DomainSummary>> {
    let codeartifact = app.connection(&asked.path.connection)?;
    let domains = app.cache.domains.get(asked.path.connection.clone(), asked.anew, codeartifact.list_domains()).await;
    if matches!(&domains, Err(error) if error.kind == Kind::Credentials) {
        // Who we are is told anew next time, with what mends it.
        app.cache.callers.drop_one(asked.path.connection).await;
    }
    domains
}

/// One domain.
pub async fn describe(app: AppState, asked: Asked<DescribeDomain>) -> Result<Domain> {
    app.connection(&asked.path.connection)?.describe_domain(&asked.path.domain).await
}

/// Makes a domain. The work goes on if the browser goes away.
pub async fn create(app: AppState, asked: Asked<CreateDomain>) -> Result<Domain> {
    check_tags(&asked.body.tags)?;
    let codeartifact = Arc::clone(app.connection(&asked.path.connection)?);
    app.change(async move { codeartifact.create_domain(&asked.body).await }).await
}

/// Deletes a domain that has no repositories. The work goes on if the browser goes away.
pub async fn delete(app: AppState, asked: Asked<DeleteDomain>) -> Result<()> {
    let codeartifact = Arc::clone(app.connection(&asked.path.connection)?);
    app.change(async move { codeartifact.delete_domain(&asked.path.domain).await }).await
}

/// All that the map draws.
pub async fn map(app: AppState, asked: Asked<DescribeDomainMap>) -> Result<DomainMap> {
    let path = &asked.path;
    let codeartifact = app.connection(&path.connection)?;
    let key = (path.connection.clone(), path.domain.clone());
    let map = app.cache.maps.get(key.clone(), asked.anew, read_map(codeartifact, &path.domain)).await?;
    if map.repositories.iter().any(|repository| repository.problem.is_some()) {
        // The next one to ask may have more luck.
        app.cache.maps.drop_one(key).await;
    }
    Ok(map)
}

async fn read_map(codeartifact: &CodeArtifact, name: &DomainName) -> Result<DomainMap> {
    let read_at = now();
    let (domain, repositories) =
        tokio::try_join!(codeartifact.describe_domain(name), codeartifact.list_repositories(name))?;
    let described = stream::iter(repositories).map(|listed| describe_repository(codeartifact, name, listed));
    Ok(DomainMap { domain, repositories: described.buffered(MOST_AT_ONCE).collect().await, read_at })
}

/// The repository in full, or as the list told it, with the reason. One repository does not fail the map.
async fn describe_repository(codeartifact: &CodeArtifact, domain: &DomainName, listed: Repository) -> Repository {
    let read = codeartifact.describe_repository(domain, &listed.name);
    let told = read.map_err(|error| {
        tracing::warn!(%domain, repository = %listed.name, error = ?error.chain(), "a repository could not be described");
        error.problem()
    });
    match told.await {
        Ok(repository) => repository,
        Err(problem) => Repository { problem: Some(problem), ..listed.clone() },
    }
}
