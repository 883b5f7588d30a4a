//! Repositories.

use std::sync::Arc;

use futures_util::{StreamExt, stream};
use shared::api::{CountRepositoryPackages, CreateRepository, DeleteRepository, DomainPath, UpdateRepository};
use shared::names::RepositoryName;
use shared::repository::{CountPackages, PackageCounts, Repository};

use crate::api::{check_tags, repository_key};
use crate::app::AppState;
use crate::codeartifact::{CodeArtifact, MOST_AT_ONCE};
use crate::error::{Error, Result};
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

/// Deletes a repository with all that it holds. The work goes on if the browser goes away.
pub async fn delete(app: AppState, asked: Asked<DeleteRepository>) -> Result<()> {
    let codeartifact = Arc::clone(app.connection(&asked.path.connection)?);
    app.change(async move { codeartifact.delete_repository(&asked.path.domain, &asked.path.repository).await }).await
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
