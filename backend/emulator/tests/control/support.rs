//! What every test here starts from: an emulator, and the real SDK plugged into its router.

use std::fmt;
use std::sync::Arc;

use aws_sdk_codeartifact::config::retry::RetryConfig;
use aws_sdk_codeartifact::config::{Credentials, Region, RuntimeComponents};
use aws_sdk_codeartifact::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_codeartifact::primitives::ByteStream;
use aws_sdk_codeartifact::types::PackageFormat;
use aws_sdk_codeartifact::{Client, Config};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use axum::Router;
use axum::body::Body;
use codeartifact_emulator::{Emulator, Options};
use sha2::{Digest, Sha256};
use tower::ServiceExt;

/// Account of the emulator.
pub const ACCOUNT: &str = "111122223333";

type Tamper = Arc<dyn Fn(http::Request<Body>) -> http::Request<Body> + Send + Sync>;

/// A router as the SDK's HTTP client: no socket, same bytes. `tamper` sees each request after it was signed.
#[derive(Clone)]
pub struct InProcess {
    router: Router,
    tamper: Tamper,
}

impl InProcess {
    /// Hands requests on as they are.
    pub fn new(emulator: &Emulator) -> Self {
        Self::tampering(emulator, |request| request)
    }

    /// Changes signed requests on their way.
    pub fn tampering(
        emulator: &Emulator,
        tamper: impl Fn(http::Request<Body>) -> http::Request<Body> + Send + Sync + 'static,
    ) -> Self {
        Self { router: emulator.router(), tamper: Arc::new(tamper) }
    }
}

impl fmt::Debug for InProcess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InProcess")
    }
}

impl HttpClient for InProcess {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for InProcess {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let Self { router, tamper } = self.clone();
        HttpConnectorFuture::new(async move {
            let request = request.try_into_http1x().map_err(|error| ConnectorError::user(error.into()))?;
            let Ok(response) = router.oneshot(tamper(request.map(Body::new))).await;
            let (parts, body) = response.into_parts();
            let bytes =
                axum::body::to_bytes(body, usize::MAX).await.map_err(|error| ConnectorError::io(error.into()))?;
            let response = http::Response::from_parts(parts, SdkBody::from(bytes));
            HttpResponse::try_from(response).map_err(|error| ConnectorError::user(error.into()))
        })
    }
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
    let client = client(&emulator, InProcess::new(&emulator));
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
