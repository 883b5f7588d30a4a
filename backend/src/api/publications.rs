//! Publishing: what stands in the way, and sending files.

use std::sync::Arc;

use shared::api::{PreviewPublication, PublishAsset, RepositoryPath};
use shared::publishing::{Published, Standing};

use crate::app::AppState;
use crate::error::Result;
use crate::extract::{Asked, Sent};
use crate::{publishing, upload};

/// What a repository holds of a version that is to be published there.
pub async fn preview(app: AppState, asked: Asked<PreviewPublication>) -> Result<Standing> {
    let codeartifact = app.connection(&asked.path.connection)?;
    publishing::standing(codeartifact, &asked.path, &asked.query.key(), &asked.query.version).await
}

/// Publishes a file of a generic version as it arrives. What has arrived whole is published even if the browser goes away.
pub async fn publish_asset(app: AppState, sent: Sent<PublishAsset>) -> Result<Published> {
    let codeartifact = Arc::clone(app.connection(&sent.path.connection)?);
    let Sent { path, query: asset, content } = sent;
    app.change(async move {
        let RepositoryPath { domain, repository, .. } = &path;
        let publish = |pieces| codeartifact.publish_asset(domain, repository, &asset, pieces);
        match upload::through(content, &asset.sha256, publish).await {
            Ok(published) => Ok(published),
            Err(error) => publishing::settle(&codeartifact, &path, &asset, error).await,
        }
    })
    .await
}
