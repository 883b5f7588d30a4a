//! Serves an emulator on a loopback socket, for trying real clients against it while developing.
//!
//! `cargo run -p codeartifact-emulator --example serve -- [STORY] [CONNECTION=ADDRESS]…` prints what a client needs as JSON lines.

use std::error::Error;
use std::time::Duration;

use codeartifact_emulator::{Emulator, Options};
use serde_json::json;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut options = Options::default();
    for argument in std::env::args().skip(1) {
        match argument.split_once('=') {
            Some((connection, address)) => options.sources.push((connection.to_owned(), address.to_owned())),
            None => options.story = argument.parse()?,
        }
    }
    let emulator = Emulator::new(options);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let options = emulator.options();
    let (token, _) = emulator.authorization_token("acme", Duration::from_secs(3600));
    println!(
        "{}",
        json!({
            "codeartifact": format!("http://{}", listener.local_addr()?), "region": options.region, "account": options.account,
            "access_key_id": options.access_key_id, "secret_access_key": options.secret_access_key, "acme_token": token,
        })
    );
    axum::serve(listener, emulator.router()).await?;
    Ok(())
}
