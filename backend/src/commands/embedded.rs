//! The embedded CodeArtifact as a server.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn, from_fn_with_state, map_response};
use codeartifact_emulator::seed::Story;
use codeartifact_emulator::{Emulator, Options, Quotas};
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;

use super::admin::{self, Admin};
use crate::cli::{EmulatorArgs, QuotasArg};
use crate::guard::envelope;
use crate::guard::host::{self, Hosts};
use crate::ready::Ready;
use crate::server;

/// How long an upload may pause. It may take as long as it needs.
const BODY_PAUSE: Duration = Duration::from_secs(30);

/// An embedded CodeArtifact that listens and does not serve yet.
pub struct Embedded {
    listener: TcpListener,
    address: SocketAddr,
    emulator: Emulator,
    latency: Option<Duration>,
    admin: Admin,
}

impl Embedded {
    /// Makes it and opens the listener.
    ///
    /// # Errors
    /// One clear line when the address is taken.
    pub async fn open(address: SocketAddr, story: Story, args: EmulatorArgs, flag: &str) -> Result<Self, String> {
        let listener = server::listen(address, flag).await?;
        let address = listener.local_addr().map_err(|error| format!("{address} cannot be opened: {error}."))?;
        let quotas = match args.quotas {
            QuotasArg::None => Quotas::Unlimited,
            QuotasArg::Aws => Quotas::Aws,
        };
        let emulator = Emulator::new(Options { story, sources: args.sources, quotas, ..Options::default() });
        if let Some(file) = &args.faults {
            emulator.follow(admin::read(file)?);
        }
        let admin = Admin::new(emulator.clone());
        Ok(Self { listener, address, emulator, latency: args.latency, admin })
    }

    /// Its endpoint.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Its settings, secrets included: they are good for nothing but this emulator.
    pub fn options(&self) -> &Options {
        self.emulator.options()
    }

    /// What the ready file tells of it.
    pub fn ready(&self) -> Ready {
        let options = self.options();
        Ready {
            codeartifact: Some(self.url()),
            region: Some(options.region.clone()),
            account: Some(options.account.clone()),
            access_key_id: Some(options.access_key_id.clone()),
            secret_access_key: Some(options.secret_access_key.clone()),
            admin_token: Some(self.admin.token.clone()),
            ..Ready::default()
        }
    }

    /// The shell lines that point the aws CLI and the SDKs at it.
    pub fn exports(&self) -> String {
        let options = self.options();
        let url = self.url();
        [
            ("AWS_ENDPOINT_URL_CODEARTIFACT", &url),
            ("AWS_ENDPOINT_URL_STS", &url),
            ("AWS_REGION", &options.region),
            ("AWS_DEFAULT_REGION", &options.region),
            ("AWS_ACCESS_KEY_ID", &options.access_key_id),
            ("AWS_SECRET_ACCESS_KEY", &options.secret_access_key),
        ]
        .map(|(name, value)| format!("  export {name}={value}\n"))
        .concat()
    }

    /// Serves until `stop`, then lets open requests end.
    pub async fn serve(self, stop: impl Future<Output = ()>) {
        let router = router(self.emulator.router().merge(self.admin.router()), self.address.port(), self.latency);
        server::serve(self.listener, router, stop).await;
    }
}

/// The emulator's routes behind the same host list as the dashboard: a page that was rebound to this machine could
/// otherwise try its luck here.
fn router(routes: Router, port: u16, latency: Option<Duration>) -> Router {
    let mut router = routes.layer(RequestBodyTimeoutLayer::new(BODY_PAUSE)).layer(map_response(admin::delayed));
    if let Some(latency) = latency {
        router = router.layer(from_fn(move |request: Request, next: Next| async move {
            tokio::time::sleep(latency).await;
            next.run(request).await
        }));
    }
    router
        .layer(CatchPanicLayer::custom(server::on_panic))
        .layer(from_fn_with_state(Hosts::on_port(port), host::guard))
        .layer(from_fn(envelope::problems))
}
