//! Connections.

use futures_util::future::join_all;
use shared::api::ListConnections;
use shared::connection::Connection;

use crate::app::AppState;
use crate::codeartifact::CodeArtifact;
use crate::error::Result;
use crate::extract::Asked;

/// The connections, each with the caller that its credentials belong to, or why that cannot be told.
pub async fn list(app: AppState, asked: Asked<ListConnections>) -> Result<Vec<Connection>> {
    Ok(join_all(app.connections.iter().map(|connection| describe(&app, connection, asked.anew))).await)
}

async fn describe(app: &AppState, codeartifact: &CodeArtifact, anew: bool) -> Connection {
    let settings = &codeartifact.settings;
    let caller = app.cache.callers.get(settings.key.clone(), anew, codeartifact.caller()).await;
    Connection {
        key: settings.key.clone(),
        label: settings.label.clone(),
        region: codeartifact.region().to_owned(),
        account: caller.as_ref().ok().map(|caller| caller.account.clone()),
        caller: caller.as_ref().ok().map(|caller| caller.arn.clone()),
        kind: codeartifact.kind(),
        command_options: codeartifact.command_options(),
        problem: caller.err().map(|error| error.problem()),
    }
}
