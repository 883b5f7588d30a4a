//! A domain as code.

use shared::api::ExportDomain;
use shared::export::{self, Export};

use crate::api::now;
use crate::app::AppState;
use crate::error::Result;
use crate::extract::Asked;

/// Writes the domain in the language asked for. The other languages are then written from the same reading.
pub async fn write(app: AppState, asked: Asked<ExportDomain>) -> Result<Export> {
    let path = &asked.path;
    let codeartifact = app.connection(&path.connection)?;
    let key = (path.connection.clone(), path.domain.clone());
    let read = codeartifact.snapshot(&path.domain, now());
    let snapshot = app.cache.snapshots.get(key.clone(), asked.anew, read).await?;
    if !snapshot.unread.is_empty() {
        // The next one to ask may have more luck.
        app.cache.snapshots.drop_one(key).await;
    }
    Ok(export::write(&snapshot, asked.query.kind))
}
