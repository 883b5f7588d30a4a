//! `headwater serve`

use super::dashboard::Dashboard;
use super::links::Links;
use crate::cli::Serve;
use crate::codeartifact::CodeArtifact;
use crate::config;
use crate::ready::Ready;
use crate::store::Store;

/// Serves a dashboard for real CodeArtifact.
///
/// # Errors
/// One clear line when it cannot start.
pub async fn run(serve: Serve) -> Result<(), String> {
    let mut connections = Vec::new();
    for settings in config::connections(&serve.connection)? {
        connections.push(CodeArtifact::connect(settings).await?);
    }
    let store = Store::open(&config::store(&serve.data)?).await?;
    let dashboard = Dashboard::open(serve.listen, connections, store, serve.people.access()?).await?;
    let stop = super::stop()?;

    let ready = Ready { dashboard: Some(dashboard.url()), ..Ready::default() };
    let mut links = Links::new(ready, serve.server.ready_file)?;
    dashboard.tell(&mut links)?;
    dashboard.serve(links, stop).await;
    Ok(())
}
