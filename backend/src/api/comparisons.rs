//! Two repositories side by side.

use shared::api::{CompareRepositories, CompareVersions, DiffVersionFiles, ListInventories};
use shared::comparison::{ComparisonPage, FileComparison, Side, VersionComparison};
use shared::inventory::Inventory;

use crate::api::{now, repository_key};
use crate::app::AppState;
use crate::error::Result;
use crate::extract::Asked;
use crate::inventory::Want;
use crate::{comparison, store};

/// Two repositories side by side, page by page: as they were read last, or anew. The caller sees by `read_at` how long
/// ago that was.
pub async fn repositories(app: AppState, asked: Asked<CompareRepositories>) -> Result<ComparisonPage> {
    let (path, query) = (&asked.path, &asked.query);
    let start = comparison::check(query)?;
    let codeartifact = app.connection(&path.connection)?;
    let want = match (&query.next, asked.anew) {
        (Some(_), _) => Want::Same,
        (None, true) => Want::Anew,
        (None, false) => Want::Known,
    };
    let side = async |side: &Side| {
        let place = repository_key(&path.connection, &path.domain, side.repository());
        match side.time() {
            Some(time) => app.cache.inventories.at(&app.store, &place, time).await,
            None => Ok(app.cache.inventories.now(codeartifact, &app.store, &place, want).await),
        }
    };
    let (left, right) = (side(&query.left).await?, side(&query.right).await?);
    comparison::page(query, [&left, &right], start).await
}

/// The recorded states of a repository, the last one first; also of one that is gone.
pub async fn inventories(app: AppState, asked: Asked<ListInventories>) -> Result<Vec<Inventory>> {
    let path = &asked.path;
    app.connection(&path.connection)?;
    let place = repository_key(&path.connection, &path.domain, &path.repository);
    let mut reading = app.store.read().await?;
    store::inventories::states(reading.sql(), &place).await
}

/// The files of a version on both sides.
pub async fn versions(app: AppState, asked: Asked<CompareVersions>) -> Result<VersionComparison> {
    comparison::check_now([&asked.query.left, &asked.query.right])?;
    let codeartifact = app.connection(&asked.path.connection)?;
    Box::pin(comparison::versions(codeartifact, &asked.path.domain, &asked.query, now())).await
}

/// What differs inside a file of a version on both sides.
pub async fn files(app: AppState, asked: Asked<DiffVersionFiles>) -> Result<FileComparison> {
    comparison::check_now([&asked.query.left, &asked.query.right])?;
    let codeartifact = app.connection(&asked.path.connection)?;
    Box::pin(comparison::files(codeartifact, &asked.path.domain, &asked.query, &app.archives)).await
}
