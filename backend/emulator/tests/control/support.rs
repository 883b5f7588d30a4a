//! What every test here starts from: an emulator, and the real SDK plugged into its router.

use std::fmt;

use aws_sdk_codeartifact::config::retry::RetryConfig;
use aws_sdk_codeartifact::config::{Credentials, Region};
use aws_sdk_codeartifact::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_codeartifact::primitives::ByteStream;
use aws_sdk_codeartifact::types::PackageFormat;
use aws_sdk_codeartifact::{Client, Config};
use axum::Router;
use axum::body::Body;
use axum::middleware::map_request;
use codeartifact_emulator::sdk::InProcess;
use codeartifact_emulator::{Emulator, Options};
use sha2::{Digest, Sha256};

/// Account of the emulator.
pub const ACCOUNT: &str = "111122223333";

/// The emulator as an HTTP client.
pub fn in_process(emulator: &Emulator) -> InProcess {
    InProcess::new(emulator.router())
}

/// The same, with a hand in between that changes signed requests on their way.
pub fn tampering(
    emulator: &Emulator,
    tamper: impl Fn(http::Request<Body>) -> http::Request<Body> + Clone + Send + Sync + 'static,
) -> InProcess {
    let tamper = map_request(move |request| std::future::ready(tamper(request)));
    // Around the router, so that it sees requests before they are routed.
    InProcess::new(Router::new().fallback_service(emulator.router()).layer(tamper))
}

/// An SDK client that speaks to `http` with the emulator's own credentials.
pub fn client(emulator: &Emulator, http: InProcess) -> Client {
    let options = emulator.options();
    client_with(http, &options.region, &options.access_key_id, &options.secret_access_key, None)
}

/// An SDK client with any credentials.
pub fn client_with(http: InProcess, region: &str, key: &str, secret: &str, session: Option<&str>) -> Client {
    let config = Config::builder()
        .behavior_version_latest()
        .region(Region::new(region.to_owned()))
        .credentials_provider(Credentials::new(key, secret, session.map(str::to_owned), None, "test"))
        .endpoint_url("http://codeartifact.test")
        .retry_config(RetryConfig::disabled())
        .http_client(http)
        .build();
    Client::from_conf(config)
}

/// An empty emulator and a client of it.
pub fn empty() -> (Emulator, Client) {
    let emulator = Emulator::new(Options::default());
    let client = client(&emulator, in_process(&emulator));
    (emulator, client)
}

/// A client of an emulator with the domain `acme` and these repositories in it.
pub async fn acme(repositories: &[&str]) -> Client {
    let (_, client) = empty();
    client.create_domain().domain("acme").send().await.unwrap();
    for repository in repositories {
        client.create_repository().domain("acme").repository(*repository).send().await.unwrap();
    }
    client
}

/// What a refusal says.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal {
    pub status: u16,
    pub code: String,
    pub message: String,
}

impl Refusal {
    /// Whether it is this one, and its message says so.
    pub fn is(&self, status: u16, code: &str, words: &str) {
        assert_eq!((self.status, self.code.as_str()), (status, code), "{self:?}");
        assert!(self.message.contains(words), "{self:?} does not say {words:?}");
    }
}

/// The refusal that a call must end in.
pub fn refused<T: fmt::Debug, E: ProvideErrorMetadata + fmt::Debug>(result: Result<T, SdkError<E>>) -> Refusal {
    let error = result.unwrap_err();
    let status = error.raw_response().unwrap().status().as_u16();
    Refusal {
        status,
        code: error.code().unwrap_or_default().to_owned(),
        message: error.message().unwrap_or_default().to_owned(),
    }
}

/// Publishes one asset of the generic package `tools/kit` with the SDK.
pub async fn publish_kit(client: &Client, repository: &str, version: &str, asset: &str, bytes: &str, unfinished: bool) {
    client
        .publish_package_version()
        .domain("acme")
        .repository(repository)
        .format(PackageFormat::Generic)
        .namespace("tools")
        .package("kit")
        .package_version(version)
        .asset_name(asset)
        .asset_content(ByteStream::from(bytes.as_bytes().to_vec()))
        .asset_sha256(sha256(bytes))
        .set_unfinished(unfinished.then_some(true))
        .send()
        .await
        .unwrap();
}

/// SHA-256 in lower-case hex.
pub fn sha256(text: &str) -> String {
    hex::encode(Sha256::digest(text))
}
