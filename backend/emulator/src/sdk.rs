//! The AWS SDK for Rust, plugged into an emulator: same bytes, same signatures, no socket.

use std::fmt;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_types::SdkConfig;
use aws_types::region::Region;
use axum::Router;
use axum::body::Body;
use tower::ServiceExt;

use crate::Emulator;

impl Emulator {
    /// Settings for any client of the SDK: its region, its credentials, and its HTTP client, which reaches this emulator
    /// alone.
    ///
    /// ```
    /// # use codeartifact_emulator::{Emulator, Options, seed::Story};
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let emulator = Emulator::new(Options { story: Story::Acme, ..Options::default() });
    /// let client = aws_sdk_codeartifact::Client::new(&emulator.sdk_config());
    /// client.create_repository().domain("acme").repository("mine").send().await?;
    /// let found = client.list_packages().domain("acme").repository("team-dev").send().await?;
    /// assert!(found.packages().iter().any(|package| package.package() == Some("ui")));
    /// # Ok(()) }
    /// ```
    pub fn sdk_config(&self) -> SdkConfig {
        let options = self.options();
        let (key, secret, session) = (&options.access_key_id, &options.secret_access_key, &options.session_token);
        let credentials =
            Credentials::new(key, secret, session.clone(), options.session_expires, "codeartifact-emulator");
        SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(options.region.clone()))
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            // A name that must never resolve (RFC 6761): nothing is sent there.
            .endpoint_url("http://codeartifact.test")
            .http_client(InProcess::new(self.router()))
            .build()
    }
}

/// A router as the SDK's HTTP client.
#[derive(Clone)]
pub struct InProcess(Router);

impl InProcess {
    /// Hands requests to this router, such as [`Emulator::router`] with a layer that looks at them.
    pub fn new(router: Router) -> Self {
        Self(router)
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
        let router = self.0.clone();
        HttpConnectorFuture::new(async move {
            let request = request.try_into_http1x().map_err(|error| ConnectorError::user(error.into()))?;
            let Ok(response) = router.oneshot(request.map(Body::new)).await;
            let (parts, body) = response.into_parts();
            let body = axum::body::to_bytes(body, usize::MAX).await;
            let bytes = body.map_err(|error| ConnectorError::io(error.into()))?;
            let response = http::Response::from_parts(parts, SdkBody::from(bytes));
            HttpResponse::try_from(response).map_err(|error| ConnectorError::user(error.into()))
        })
    }
}
