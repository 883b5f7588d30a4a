//! `headwater serve`

use super::dashboard::Dashboard;
use crate::cli::Serve;
use crate::codeartifact::CodeArtifact;
use crate::config;
use crate::ready::Ready;

/// Serves a dashboard for real CodeArtifact.
///
/// # Errors
/// One clear line when it cannot start.
pub async fn run(serve: Serve) -> Result<(), String> {
    let mut connections = Vec::new();
    for settings in config::connections(&serve)? {
        connections.push(CodeArtifact::connect(settings).await?);
    }
    let dashboard = Dashboard::open(serve.listen, connections).await?;
    let stop = super::stop()?;

    let link = dashboard.new_link();
    let ready = Ready { dashboard: Some(dashboard.url()), sign_in: Some(link.clone()), ..Ready::default() };
    super::announce(&ready, serve.server.ready_file.as_deref())?;
    println!("Headwater is ready. Open this link once, within five minutes; Enter prints a new one.\n");
    println!("  {link}\n");
    dashboard.serve(stop).await;
    Ok(())
}
