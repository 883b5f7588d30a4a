//! The accept loop. Ours, because the ready-made one sets no timer: a connection that says nothing would stay for ever.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use crate::error::{Error, Kind};

/// How long a request's head may take to arrive. The timer starts with the connection and again after each answer,
/// so it also closes connections that never say anything.
const HEAD_DEADLINE: Duration = Duration::from_secs(3);

/// How many connections there may be. More wait in the listener's queue. There is no limit per peer:
/// on loopback all peers are one address.
const MOST_CONNECTIONS: usize = 512;

/// How long open requests may take to end once the server is asked to stop.
pub const DRAIN: Duration = Duration::from_secs(10);

/// Room for a request's head. `guard::fields` refuses less than this with words; hyper refuses more without.
const MOST_HEAD_BYTES: usize = 64 * 1024;
const MOST_HEAD_FIELDS: usize = 128;

/// Serves `router` until `stop` resolves, then lets open requests end, for at most [`DRAIN`].
pub async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let graceful = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            () = &mut stop => break,
            accepted = accept(&listener, &room) => accepted,
        };
        let Some((stream, place)) = accepted else { continue };
        let connection = connection(stream, router.clone(), graceful.watcher());
        tokio::spawn(async move {
            connection.await;
            drop(place);
        });
    }
    drop(listener);
    if tokio::time::timeout(DRAIN, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests did not end in time");
    }
}

async fn accept(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> Option<(TcpStream, tokio::sync::OwnedSemaphorePermit)> {
    let place = Arc::clone(room).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, _)) => Some((stream, place)),
        Err(error) => {
            // Such as too many open files. Other connections will end and make room.
            tracing::warn!(%error, "a connection could not be accepted");
            tokio::time::sleep(Duration::from_millis(100)).await;
            None
        }
    }
}

async fn connection(stream: TcpStream, router: Router, watcher: Watcher) {
    // Answers are small and whole: waiting to fill a packet only delays them. Where it cannot be set, it is slower.
    let _ = stream.set_nodelay(true);
    let service = TowerToHyperService::new(router);
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_DEADLINE)
        .max_buf_size(MOST_HEAD_BYTES)
        .max_headers(MOST_HEAD_FIELDS)
        .serve_connection(TokioIo::new(stream), service);
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(%error, "a connection ended early");
    }
}

/// Opens the listener.
///
/// # Errors
/// One clear line when the address is taken, or cannot be had.
pub async fn listen(address: SocketAddr, flag: &str) -> Result<TcpListener, String> {
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            format!("{address} is taken by another program. Choose another port with {flag}, or 0 for any free one.")
        }
        _ => format!("{address} cannot be opened: {error}."),
    })
}

/// Turns a panic of a handler into an answer with an id; the log has the rest.
pub fn on_panic(panic: Box<dyn std::any::Any + Send>) -> axum::response::Response {
    let message = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_default();
    tracing::error!(?message, "a handler panicked");
    let error = Error::new(Kind::Unexpected, "Something went wrong here. The log has more under the request id.");
    axum::response::IntoResponse::into_response(error)
}
