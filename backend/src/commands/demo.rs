//! `headwater demo`

use shared::connection::ConnectionKind;
use tokio::sync::watch;

use super::dashboard::Dashboard;
use super::embedded::Embedded;
use super::links::Links;
use crate::cli::Demo;
use crate::codeartifact::CodeArtifact;
use crate::config::{self, ConnectionSettings, Credentials, Secret};
use crate::ready::Ready;
use crate::store::Store;

/// Serves an embedded CodeArtifact and a dashboard for it.
///
/// # Errors
/// One clear line when it cannot start.
pub async fn run(demo: Demo) -> Result<(), String> {
    let embedded = Embedded::open(demo.codeartifact_listen, demo.story, demo.emulator, "--codeartifact-listen").await?;
    let codeartifact = CodeArtifact::connect(settings(&embedded)?).await?;
    let store = Store::open(&config::demo_store(&demo.data)).await?;
    let dashboard = Dashboard::open(demo.listen, vec![codeartifact], store, demo.people.access()?).await?;
    let stop = super::stop()?;

    let ready = Ready { dashboard: Some(dashboard.url()), ..embedded.ready() };
    let mut links = Links::new(ready, demo.server.ready_file)?;
    dashboard.tell(&mut links)?;
    println!("The aws CLI sees the same CodeArtifact with\n\n{}", embedded.exports());

    // The dashboard ends first: it may still have something to finish with the emulator.
    let (end, mut ended) = watch::channel(());
    let emulator = tokio::spawn(embedded.serve(async move {
        let _ = ended.changed().await;
    }));
    dashboard.serve(links, stop).await;
    drop(end);
    emulator.await.map_err(|error| format!("The embedded CodeArtifact broke: {error}."))
}

fn settings(embedded: &Embedded) -> Result<ConnectionSettings, String> {
    let options = embedded.options();
    Ok(ConnectionSettings {
        key: "demo".parse().map_err(|error| format!("{error}"))?,
        label: "Demo".to_owned(),
        profile: None,
        region: Some(options.region.clone()),
        role_arn: None,
        external_id: None,
        endpoint_url: Some(embedded.url()),
        kind: ConnectionKind::Embedded,
        credentials: Some(Credentials {
            access_key_id: options.access_key_id.clone(),
            secret_access_key: Secret::new(&options.secret_access_key),
        }),
    })
}
