//! The dashboard as a server: its listener, its sign-in links.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;

use super::links::Links;
use crate::access::Access;
use crate::app::{self, AppState};
use crate::codeartifact::CodeArtifact;
use crate::guard::host::Hosts;
use crate::store::{Store, audit};
use crate::{clock, server};

/// How often the end of the record is logged.
const HEAD_EVERY: Duration = Duration::from_secs(60);

/// A dashboard that listens and does not serve yet: connections wait.
pub struct Dashboard {
    listener: TcpListener,
    address: SocketAddr,
    app: AppState,
}

impl Dashboard {
    /// Opens the listener.
    ///
    /// # Errors
    /// One clear line when the address is taken.
    pub async fn open(
        address: SocketAddr,
        connections: Vec<CodeArtifact>,
        store: Store,
        access: Access,
    ) -> Result<Self, String> {
        let listener = server::listen(address, "--listen").await?;
        let left = audit::settle_left(&store, clock::seconds()).await.map_err(|error| error.chain())?;
        if left > 0 {
            tracing::warn!(left, "the server ended in the middle of changes: the record tells them as unknown");
        }
        let address = listener.local_addr().map_err(|error| format!("{address} cannot be opened: {error}."))?;
        let mut app = AppState::new(connections, store);
        app.access = Arc::new(access);
        Ok(Self { listener, address, app })
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Tells how to come in: by a one-time link, or by the tokens that people have. The secret of a link stands in its
    /// fragment, which browsers send to nobody.
    ///
    /// # Errors
    /// One clear line when the ready file cannot be written.
    pub fn tell(&self, links: &mut Links) -> Result<(), String> {
        if self.app.access.is_alone() { links.first(&link(self.address, &self.app)) } else { links.none(&self.url()) }
    }

    /// Serves until `stop`, then lets open requests and promotions end. New links are told by `links`.
    pub async fn serve(self, links: Links, stop: impl Future<Output = ()>) {
        let (address, app) = (self.address, self.app.clone());
        if app.access.is_alone() {
            tokio::spawn(links.renew(move || link(address, &app)));
        }
        let (work, store) = (self.app.work.clone(), self.app.store.clone());
        self.app.start_worker();
        let hub = Arc::clone(&self.app.hub);
        let stop = async move {
            stop.await;
            // Streams would keep the server from ending.
            hub.close();
        };
        let telling = tokio::spawn(tell_head(store.clone()));
        let router = app::router(self.app, Hosts::on_port(self.address.port()));
        server::serve(self.listener, router, stop).await;
        if tokio::time::timeout(server::DRAIN, work.done()).await.is_err() {
            tracing::warn!("a promotion did not end in time");
        }
        telling.abort();
        store.close().await;
    }
}

/// Logs the end of the record whenever it has grown: kept elsewhere, it shows rows that are missing later.
async fn tell_head(store: Store) {
    let mut told = 0;
    let mut times = tokio::time::interval(HEAD_EVERY);
    loop {
        times.tick().await;
        match audit::head(&store).await {
            Ok(head) if head.seq != told => {
                tracing::info!(head = format!("{}:{}", head.seq, head.hash), "the record of changes");
                told = head.seq;
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(error = ?error.chain(), "the record of changes cannot be read"),
        }
    }
}

fn link(address: SocketAddr, app: &AppState) -> String {
    format!("http://{address}/#k={}", app.access.new_link())
}
