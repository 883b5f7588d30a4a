//! The commands.

use std::path::Path;

use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::ready::Ready;

mod admin;
pub mod audit;
pub mod connect;
mod dashboard;
pub mod demo;
pub mod doctor;
mod embedded;
pub mod emulate;
pub mod export;
mod links;
pub mod people;
pub mod promote;
pub mod serve;

/// Why a command did not do what it was asked, in one line for people, and with what the program ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What happened.
    pub message: String,
    /// The exit code.
    pub code: u8,
}

/// Ends with 1, as most do.
impl From<String> for Failure {
    fn from(message: String) -> Self {
        Self { message, code: 1 }
    }
}

/// Resolves when the program is asked to end: Ctrl-C, or SIGTERM.
///
/// # Errors
/// One clear line when signals cannot be heard.
fn stop() -> Result<impl Future<Output = ()>, String> {
    let (mut terminate, mut interrupt) = (hear(SignalKind::terminate())?, hear(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("ending");
    })
}

fn hear(kind: SignalKind) -> Result<Signal, String> {
    signal(kind).map_err(|error| format!("Signals cannot be heard: {error}."))
}

fn announce(ready: &Ready, file: Option<&Path>) -> Result<(), String> {
    file.map_or(Ok(()), |file| ready.write(file))
}
