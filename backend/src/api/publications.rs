//! Publishing: what stands in the way, and sending files.

use std::sync::Arc;

use http_body_util::BodyExt;
use shared::api::{PreviewPublication, PublishArchive, PublishAsset, RepositoryPath};
use shared::publishing::{Published, Standing};
use shared::version::PackageVersionStatus;

use crate::app::AppState;
use crate::error::{Error, Result};
use crate::extract::{Asked, Sent};
use crate::publishing::{self, Sought};
use crate::upload;

/// What a repository holds of a version that is to be published there.
pub async fn preview(app: AppState, asked: Asked<PreviewPublication>) -> Result<Standing> {
    let codeartifact = app.connection(&asked.path.connection)?;
    publishing::standing(codeartifact, &asked.path, &asked.query.key(), &asked.query.version).await
}

/// Publishes a file of a generic version as it arrives. What has arrived whole is published even if the browser goes away.
pub async fn publish_asset(app: AppState, sent: Sent<PublishAsset>) -> Result<Published> {
    let codeartifact = Arc::clone(app.connection(&sent.path.connection)?);
    let Sent { path, query: asset, content, .. } = sent;
    app.change(async move {
        let RepositoryPath { domain, repository, .. } = &path;
        let publish = |pieces| codeartifact.publish_asset(domain, repository, &asset, pieces);
        match upload::through(content, &asset.sha256, publish).await {
            Ok(published) => Ok(published),
            Err(error) => publishing::settle(&codeartifact, &path, &Sought::from(&asset), error).await,
        }
    })
    .await
}

/// Publishes an archive at the endpoint of its package manager, after it has been read here again.
pub async fn publish_archive(app: AppState, sent: Sent<PublishArchive>) -> Result<Published> {
    let codeartifact = Arc::clone(app.connection(&sent.path.connection)?);
    // Each is held as a whole, so there are few at the same time. The next one waits and is not read meanwhile. It waits
    // here, so that it takes no place from other work.
    let turn = Arc::clone(&app.archives).acquire_owned().await.map_err(Error::unexpected)?;
    let Sent { path, query: asked, content, .. } = sent;
    app.change(async move {
        let RepositoryPath { domain, repository, .. } = &path;
        let whole = async |pieces: upload::Pieces| Ok(pieces.collect().await?.to_bytes());
        let bytes = upload::through(content, &asked.sha256, whole).await?;
        let archive = publishing::read(&asked, bytes.clone()).await?;
        let published = codeartifact.publish_archive(domain, repository, &asked, &archive, bytes).await;
        drop(turn);
        match published {
            Ok(()) => Ok(Published { status: Some(PackageVersionStatus::Published) }),
            Err(error) => publishing::settle(&codeartifact, &path, &Sought::from(&asked), error).await,
        }
    })
    .await
}
