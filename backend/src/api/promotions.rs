//! Promotions.

use shared::api::{PreviewClosure, PreviewPromotion};
use shared::closure::Closure;
use shared::promotion::Preview;

use super::blocks;
use crate::app::AppState;
use crate::error::Result;
use crate::extract::Asked;
use crate::promotion;

/// What a promotion would do. Changes nothing.
pub async fn preview(app: AppState, asked: Asked<PreviewPromotion>) -> Result<Preview> {
    promotion::check_preview(&asked.body)?;
    let codeartifact = app.connection(&asked.path.connection)?;
    let blocks = blocks::of(&app, &asked.path.connection, &asked.path.domain).await?;
    promotion::preview(codeartifact, &asked.path.domain, &blocks, asked.body).await
}

/// What the chosen versions need. Changes nothing.
pub async fn closure(app: AppState, asked: Asked<PreviewClosure>) -> Result<Closure> {
    promotion::check_preview(&asked.body)?;
    let codeartifact = app.connection(&asked.path.connection)?;
    let blocks = blocks::of(&app, &asked.path.connection, &asked.path.domain).await?;
    promotion::closure(codeartifact, &asked.path.domain, &blocks, asked.body).await
}
