//! Versions that are blocked from promotion.

use shared::api::{BlockVersion, ListBlocks, UnblockVersion};
use shared::block::{Block, BlockChange, Blocks};
use shared::names::{ConnectionKey, DomainName};
use shared::promotion::VersionChoice;

use crate::app::AppState;
use crate::clock;
use crate::error::Result;
use crate::extract::Asked;
use crate::promotion::check_reason;
use crate::store::blocks;

/// The blocked versions of a domain.
pub async fn list(app: AppState, asked: Asked<ListBlocks>) -> Result<Blocks> {
    app.connection(&asked.path.connection)?;
    of(&app, &asked.path.connection, &asked.path.domain).await
}

/// The same, for those who judge promotions.
///
/// # Errors
/// When the store does not answer.
pub async fn of(app: &AppState, connection: &ConnectionKey, domain: &DomainName) -> Result<Blocks> {
    blocks::all(app.store.read().await?.sql(), connection, domain).await
}

/// Blocks a version: no promotion copies it any more.
pub async fn block(app: AppState, asked: Asked<BlockVersion>) -> Result<Block> {
    app.connection(&asked.path.connection)?;
    let (path, by) = (asked.path, asked.by.person);
    let BlockChange { package, version, reason } = asked.body;
    app.recorded(async {
        check_reason(&reason)?;
        let choice = VersionChoice { package, version };
        let block = Block { choice, reason: reason.trim().to_owned(), by, at: clock::seconds() };
        let mut writing = app.store.write().await?;
        blocks::put(&mut writing, &path.connection, &path.domain, &block).await?;
        writing.commit().await?;
        Ok(block)
    })
    .await
}

/// Unblocks a version, and tells the block that there was.
pub async fn unblock(app: AppState, asked: Asked<UnblockVersion>) -> Result<Block> {
    app.connection(&asked.path.connection)?;
    let path = asked.path;
    let BlockChange { package, version, reason } = asked.body;
    app.recorded(async {
        check_reason(&reason)?;
        let mut writing = app.store.write().await?;
        let choice = VersionChoice { package, version };
        let block = blocks::remove(&mut writing, &path.connection, &path.domain, &choice).await?;
        writing.commit().await?;
        Ok(block)
    })
    .await
}
