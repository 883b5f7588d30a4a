//! Two repositories side by side.

use std::sync::Arc;

use shared::api::{CompareRepositories, CompareVersions, DiffVersionFiles};
use shared::comparison::{ComparisonPage, FileComparison, VersionComparison};

use crate::api::{now, repository_key};
use crate::app::AppState;
use crate::comparison;
use crate::error::Result;
use crate::extract::Asked;

/// Two repositories side by side, page by page.
pub async fn repositories(app: AppState, asked: Asked<CompareRepositories>) -> Result<ComparisonPage> {
    let (path, query) = (&asked.path, &asked.query);
    let start = comparison::check(query)?;
    let codeartifact = app.connection(&path.connection)?;
    // What was asked for anew is read anew on the first page only; the pages after it go on from that list.
    let anew = asked.anew && query.next.is_none();
    let list = |side: &'static str, repository| {
        let key = repository_key(&path.connection, &path.domain, repository);
        let read = async move { codeartifact.all_packages(&path.domain, repository).await.map(Arc::from) };
        let shelf = &app.cache.packages;
        async move { shelf.get(key, anew, read).await.map_err(|error| comparison::of_side(error, side, repository)) }
    };
    let (left, right) = (query.left.repository(), query.right.repository());
    let page = async {
        let (of_left, of_right) = tokio::try_join!(list("left", left), list("right", right))?;
        let packages = comparison::packages(&of_left, &of_right);
        comparison::page(codeartifact, &path.domain, query, &packages, start, now()).await.map(Arc::new)
    };
    let key = (path.connection.clone(), path.domain.clone(), query.clone());
    let page = app.cache.comparisons.get(key.clone(), asked.anew, Box::pin(page)).await?;
    if page.packages.iter().any(|package| !package.unread.is_empty()) {
        // The next one to ask may have more luck.
        app.cache.comparisons.drop_one(key).await;
    }
    Ok(Arc::unwrap_or_clone(page))
}

/// The files of a version on both sides.
pub async fn versions(app: AppState, asked: Asked<CompareVersions>) -> Result<VersionComparison> {
    let codeartifact = app.connection(&asked.path.connection)?;
    Box::pin(comparison::versions(codeartifact, &asked.path.domain, &asked.query, now())).await
}

/// What differs inside a file of a version on both sides.
pub async fn files(app: AppState, asked: Asked<DiffVersionFiles>) -> Result<FileComparison> {
    let codeartifact = app.connection(&asked.path.connection)?;
    Box::pin(comparison::files(codeartifact, &asked.path.domain, &asked.query, &app.archives)).await
}
