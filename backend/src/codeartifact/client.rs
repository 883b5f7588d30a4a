//! One concrete client per connection.

use std::time::Duration;

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_codeartifact::config::retry::RetryConfig;
use aws_sdk_codeartifact::config::timeout::TimeoutConfig;
use shared::command::NOTE;
use shared::connection::{ConnectionKind, Source};

use super::calls::Noting;
use super::classify::AsToldByTheService;
use super::pace::Pace;
use super::registry::RegistryClient;
use super::renewal::Renewal;
use super::tags::NpmEndpoints;
use super::token::Tokens;
use super::{credentials, source};
use crate::config::ConnectionSettings;

const CONNECT_LIMIT: Duration = Duration::from_secs(3);
const ATTEMPT_LIMIT: Duration = Duration::from_secs(10);
const OPERATION_LIMIT: Duration = Duration::from_secs(30);

/// An account and region of CodeArtifact, with the credentials to speak to it.
#[derive(Debug)]
pub struct CodeArtifact {
    /// How it was configured, with the region filled in.
    pub settings: ConnectionSettings,
    /// Without the credentials of a role.
    plain: SdkConfig,
    renewal: Renewal,
    pub(super) api: aws_sdk_codeartifact::Client,
    pub(super) sts: aws_sdk_sts::Client,
    pub(super) copies: Pace,
    pub(super) publishing: Pace,
    pub(super) version_lists: Pace,
    pub(super) asset_lists: Pace,
    pub(super) reads: Pace,
    pub(super) tokens: Tokens,
    pub(super) registry: RegistryClient,
    pub(super) npm_endpoints: NpmEndpoints,
}

impl CodeArtifact {
    /// A client for the connection. Asks AWS nothing yet.
    ///
    /// # Errors
    /// One clear line when no region is known.
    pub async fn connect(mut settings: ConnectionSettings) -> Result<Self, String> {
        let region = credentials::region(&settings).await.ok_or_else(|| {
            format!("No region for connection `{}`: neither --region nor AWS_REGION names one, and no profile of that name does.", settings.key)
        })?;
        settings.region = Some(region.to_string());
        let plain = sdk_config(&settings, region, settings.loopback_endpoint()).await;
        let renewal = Renewal::new(credentials::all(&settings, &plain).await);
        let config = plain
            .to_builder()
            .credentials_provider(SharedCredentialsProvider::new(renewal.clone()))
            .identity_cache(renewal.clone())
            .build();
        let sts = aws_sdk_sts::Client::new(&config);
        let mut builder = aws_sdk_codeartifact::config::Builder::from(&config)
            .retry_classifier(AsToldByTheService)
            .interceptor(Noting);
        if let Some(endpoint) = &settings.endpoint_url {
            builder = builder.endpoint_url(endpoint);
        }
        let api = aws_sdk_codeartifact::Client::from_conf(builder.build());
        Ok(Self {
            settings,
            plain,
            renewal,
            api,
            sts,
            copies: Pace::of_copies(),
            publishing: Pace::of_publishing(),
            version_lists: Pace::of_lists(),
            asset_lists: Pace::of_lists(),
            reads: Pace::of_reads(),
            tokens: Tokens::default(),
            registry: RegistryClient::default(),
            npm_endpoints: NpmEndpoints::default(),
        })
    }

    /// Reads the credentials anew from where they come from: somebody may have mended them. What the caller before was
    /// given is not used any more.
    pub async fn renew(&self) {
        self.renewal.replace(credentials::all(&self.settings, &self.plain).await);
        self.tokens.forget().await;
    }

    /// Where the credentials come from.
    pub async fn source(&self) -> Source {
        source::source(&self.settings).await
    }

    /// For calls that change something: never tried again by itself, because an answer that is lost says nothing of
    /// the effect.
    pub(super) fn once() -> aws_sdk_codeartifact::config::Builder {
        aws_sdk_codeartifact::config::Builder::new().retry_config(RetryConfig::disabled())
    }

    /// The region that the connection speaks to.
    pub fn region(&self) -> &str {
        self.settings.region.as_deref().unwrap_or_default()
    }

    /// What to add to an `aws` command so that it speaks to the same CodeArtifact.
    pub fn command_options(&self) -> Vec<String> {
        let mut options = Vec::new();
        if let Some(role) = &self.settings.role_arn {
            options.push(format!("{NOTE}These act as whoever runs them: assume {role} first."));
        }
        let mut add = |name: &str, value: Option<&String>| {
            options.extend(value.map(|value| [name.to_owned(), value.clone()]).into_iter().flatten());
        };
        add("--profile", self.settings.profile.as_ref());
        add("--region", self.settings.region.as_ref());
        add("--endpoint-url", self.settings.endpoint_url.as_ref());
        options
    }

    /// Which CodeArtifact it is.
    pub fn kind(&self) -> ConnectionKind {
        self.settings.kind
    }
}

/// Time limits, retries of reads, credentials. STS is asked at `endpoint` only where the whole endpoint is a local one:
/// a private endpoint of CodeArtifact does not answer for STS.
async fn sdk_config(settings: &ConnectionSettings, region: Region, endpoint: Option<&str>) -> SdkConfig {
    let limits = TimeoutConfig::builder()
        .connect_timeout(CONNECT_LIMIT)
        .operation_attempt_timeout(ATTEMPT_LIMIT)
        .operation_timeout(OPERATION_LIMIT)
        .build();
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .credentials_provider(credentials::base(settings, &region))
        .region(region)
        .retry_config(RetryConfig::standard())
        .timeout_config(limits);
    if let Some(profile) = &settings.profile {
        loader = loader.profile_name(profile);
    }
    if let Some(endpoint) = endpoint {
        // What stays on this machine goes to no proxy, and has no FIPS or dual-stack address.
        loader = loader.endpoint_url(endpoint).use_fips(false).use_dual_stack(false);
        if endpoint.starts_with("http://") {
            loader = loader.http_client(aws_smithy_http_client::Builder::new().build_http());
        }
    }
    loader.load().await
}
