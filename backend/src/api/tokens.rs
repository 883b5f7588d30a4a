//! Authorization tokens, given out on request.

use shared::api::CreateToken;
use shared::token::IssuedToken;

use crate::app::AppState;
use crate::error::Result;
use crate::extract::Asked;

/// Gives out a token of the life that was asked for. It is made for this answer alone, which no cache may keep.
pub async fn create(app: AppState, asked: Asked<CreateToken>) -> Result<IssuedToken> {
    let codeartifact = app.connection(&asked.path.connection)?;
    app.recorded(codeartifact.issue_token(&asked.path.domain, asked.body.life)).await
}
