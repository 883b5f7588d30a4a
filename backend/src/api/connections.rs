//! Connections.

use std::time::Duration;

use futures_util::future::join_all;
use shared::api::{IdentifyConnection, ListConnections, ListRepositoryNames};
use shared::connection::{Connection, Identity};
use shared::repository::RepositoryNames;

use crate::app::AppState;
use crate::codeartifact::sts::Caller;
use crate::codeartifact::{CodeArtifact, trouble};
use crate::error::{Kind, Result};
use crate::extract::Asked;

/// How long the list of connections waits for STS: one that is slow or broken must not hold up the others.
const AT_ONCE: Duration = Duration::from_secs(1);

/// The connections, each with the caller that its credentials belong to, where STS tells it at once.
pub async fn list(app: AppState, asked: Asked<ListConnections>) -> Result<Vec<Connection>> {
    Ok(join_all(app.connections.iter().map(|connection| describe(&app, connection, asked.anew))).await)
}

async fn describe(app: &AppState, codeartifact: &CodeArtifact, anew: bool) -> Connection {
    let settings = &codeartifact.settings;
    let caller = tokio::time::timeout(AT_ONCE, caller(app, codeartifact, anew)).await.ok();
    let (caller, problem) = match caller {
        Some(Ok(caller)) => (Some(caller), None),
        Some(Err(error)) => (None, Some(error.problem())),
        None => (None, None),
    };
    Connection {
        key: settings.key.clone(),
        label: settings.label.clone(),
        region: codeartifact.region().to_owned(),
        account: caller.as_ref().map(|caller| caller.account.clone()),
        caller: caller.map(|caller| caller.arn),
        kind: codeartifact.kind(),
        command_options: codeartifact.command_options(),
        problem,
    }
}

async fn caller(app: &AppState, codeartifact: &CodeArtifact, anew: bool) -> Result<Caller> {
    app.cache.callers.get(codeartifact.settings.key.clone(), anew, codeartifact.caller()).await
}

/// Who a connection speaks as. Credentials that do not work are read anew from where they come from, in case somebody
/// has mended them; what still does not work is explained.
pub async fn identify(app: AppState, asked: Asked<IdentifyConnection>) -> Result<Identity> {
    let codeartifact = app.connection(&asked.path.connection)?;
    let mut told = caller(&app, codeartifact, asked.anew).await;
    if matches!(&told, Err(error) if error.kind == Kind::Credentials) {
        codeartifact.renew().await;
        // It was read for a caller that may be another now.
        app.cache.changed();
        told = caller(&app, codeartifact, true).await;
    }
    let (source, role) = (codeartifact.source().await, codeartifact.settings.role_arn.clone());
    let mending = told.as_ref().err().map(|error| {
        // STS tells the caller, and is asked at the endpoint only where that is on this machine.
        let endpoint = codeartifact.settings.loopback_endpoint();
        trouble(error, role.as_deref()).mending(&source, endpoint, error.problem())
    });
    let caller = told.ok().map(|caller| (caller.account, caller.arn));
    Ok(Identity { source: source.words(), role, caller, mending })
}

/// The names of all repositories of the account, by domain.
pub async fn repository_names(app: AppState, asked: Asked<ListRepositoryNames>) -> Result<Vec<RepositoryNames>> {
    app.connection(&asked.path.connection)?.repository_names().await
}
