//! Repositories.

use std::sync::Arc;

use futures_util::{StreamExt, stream};
use shared::api::{
    CountRepositoryPackages, CreateRepository, DeleteRepository, DomainPath, GetRepositoryEndpoints, SetConnection,
    SetUpstreams, UpdateRepository,
};
use shared::connect::RepositoryEndpoints;
use shared::feeding::{Connect, MOST_UPSTREAMS};
use shared::names::RepositoryName;
use shared::repository::{CountPackages, PackageCounts, Repository};

use crate::api::{check_tags, repository_key};
use crate::app::AppState;
use crate::codeartifact::{CodeArtifact, MOST_AT_ONCE};
use crate::error::{Error, Kind, Result};
use crate::extract::Asked;

/// Makes a repository. The work goes on if the browser goes away.
pub async fn create(app: AppState, asked: Asked<CreateRepository>) -> Result<Repository> {
    check_tags(&asked.body.tags)?;
    let codeartifact = Arc::clone(app.connection(&asked.path.connection)?);
    app.change(async move { codeartifact.create_repository(&asked.path.domain, &asked.body).await }).await
}

/// Describes a repository anew, in words. The work goes on if the browser goes away.
pub async fn update(app: AppState, asked: Asked<UpdateRepository>) -> Result<Repository> {
    let codeartifact = Arc::clone(app.connection(&asked.path.connection)?);
    let work = async move {
        codeartifact.set_description(&asked.path.domain, &asked.path.repository, &asked.body.description).await
    };
    app.change(work).await
}

/// Replaces a repository's list of upstreams, unless it has changed since it was seen: CodeArtifact itself has no such
/// check. The work goes on if the browser goes away.
pub async fn set_upstreams(app: AppState, asked: Asked<SetUpstreams>) -> Result<Repository> {
    if asked.body.upstreams.len() > MOST_UPSTREAMS {
        return Err(Error::bad_request(format!("A repository has at most {MOST_UPSTREAMS} direct upstreams.")));
    }
    let codeartifact = Arc::clone(app.connection(&asked.path.connection)?);
    let work = async move {
        let (path, body) = (&asked.path, &asked.body);
        let now = codeartifact.describe_repository(&path.domain, &path.repository).await?;
        if now.upstreams != body.seen {
            let told: Vec<&str> = now.upstreams.iter().map(|name| name.as_str()).collect();
            let told = if told.is_empty() { "none".to_owned() } else { told.join(", ") };
            let message =
                format!("The upstreams of {} have changed since you saw them. They are now: {told}.", path.repository);
            return Err(Error::new(Kind::Conflict, message));
        }
        codeartifact.set_upstreams(&path.domain, &path.repository, &body.upstreams).await
    };
    app.change(work).await
}

/// Makes or takes away an external connection. The work goes on if the browser goes away.
pub async fn set_connection(app: AppState, asked: Asked<SetConnection>) -> Result<Repository> {
    let codeartifact = Arc::clone(app.connection(&asked.path.connection)?);
    let work = async move {
        let (path, Connect { registry, connected }) = (&asked.path, asked.body);
        match connected {
            true => codeartifact.associate(&path.domain, &path.repository, registry).await,
            false => codeartifact.disassociate(&path.domain, &path.repository, registry).await,
        }
    };
    app.change(work).await
}

/// Deletes a repository with all that it holds. The work goes on if the browser goes away.
pub async fn delete(app: AppState, asked: Asked<DeleteRepository>) -> Result<()> {
    let codeartifact = Arc::clone(app.connection(&asked.path.connection)?);
    app.change(async move { codeartifact.delete_repository(&asked.path.domain, &asked.path.repository).await }).await
}

/// Its addresses for package managers, by format.
pub async fn endpoints(app: AppState, asked: Asked<GetRepositoryEndpoints>) -> Result<RepositoryEndpoints> {
    let (codeartifact, path) = (app.connection(&asked.path.connection)?, &asked.path);
    let read = codeartifact.repository_endpoints(&path.domain, &path.repository);
    app.cache.endpoints.get(repository_key(&path.connection, &path.domain, &path.repository), asked.anew, read).await
}

/// How many packages some repositories hold, by format, in the order asked.
pub async fn count_packages(app: AppState, asked: Asked<CountRepositoryPackages>) -> Result<Vec<PackageCounts>> {
    let repositories = asked.body.repositories;
    if repositories.len() > CountPackages::MOST {
        return Err(Error::bad_request(format!("At most {} repositories are counted at once.", CountPackages::MOST)));
    }
    let codeartifact = app.connection(&asked.path.connection)?;
    let counts = stream::iter(repositories).map(|name| count(&app, codeartifact, &asked.path, name, asked.anew));
    Ok(counts.buffered(MOST_AT_ONCE).collect().await)
}

async fn count(
    app: &AppState,
    codeartifact: &CodeArtifact,
    path: &DomainPath,
    repository: RepositoryName,
    anew: bool,
) -> PackageCounts {
    let read = async {
        let (formats, more) = codeartifact.count_packages(&path.domain, &repository).await?;
        Ok(PackageCounts { repository: repository.clone(), formats, more, problem: None })
    };
    let key = repository_key(&path.connection, &path.domain, &repository);
    match app.cache.counts.get(key, anew, read).await {
        Ok(counts) => counts,
        Err(error) => PackageCounts { repository, formats: Vec::new(), more: false, problem: Some(error.problem()) },
    }
}
