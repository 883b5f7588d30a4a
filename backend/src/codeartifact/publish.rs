//! Publishing files of generic packages.

use std::time::Duration;

use aws_runtime::auth::SigV4OperationSigningConfig;
use aws_sdk_codeartifact::config::interceptors::BeforeTransmitInterceptorContextMut;
use aws_sdk_codeartifact::config::timeout::TimeoutConfig;
use aws_sdk_codeartifact::config::{ConfigBag, Intercept, RuntimeComponents, StalledStreamProtectionConfig};
use aws_sdk_codeartifact::error::BoxError;
use aws_sdk_codeartifact::primitives::{ByteStream, SdkBody};
use aws_sigv4::http_request::SignableBody;
use shared::api::AssetQuery;
use shared::format::PackageFormat;
use shared::names::{DomainName, RepositoryName, Sha256};
use shared::package::{OriginControl, PackageKey};
use shared::publishing::{Published, Then};

use super::CodeArtifact;
use super::convert::{format_to_sdk, origin_control, status_from_sdk};
use crate::error::Result;
use crate::upload::Pieces;

const CONNECT_LIMIT: Duration = Duration::from_secs(3);

impl CodeArtifact {
    /// Publishes one file of a generic version. Keeps to the quota, and never tries again by itself.
    ///
    /// There is no limit for the time it takes: who brings the pieces keeps one for each of them.
    pub async fn publish_asset(
        &self,
        domain: &DomainName,
        repository: &RepositoryName,
        asset: &AssetQuery,
        pieces: Pieces,
    ) -> Result<Published> {
        let turn = self.publishing.turn().await?;
        let call = self.api.publish_package_version().domain(domain.as_str()).repository(repository.as_str());
        let call = call
            .format(format_to_sdk(PackageFormat::Generic))
            .namespace(asset.namespace.as_str())
            .package(asset.package.as_str())
            .package_version(asset.version.as_str())
            .asset_name(asset.asset.as_str())
            .asset_sha256(asset.sha256.as_str())
            .set_unfinished((asset.then == Then::Unfinished).then_some(true))
            .asset_content(ByteStream::new(SdkBody::from_body_1_x(pieces)));
        let limits = TimeoutConfig::builder().connect_timeout(CONNECT_LIMIT);
        let limits = limits.disable_operation_timeout().disable_operation_attempt_timeout().build();
        let once = Self::once()
            .timeout_config(limits)
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
            .interceptor(SignedAs(asset.sha256.clone()));
        let answer = call.customize().config_override(once).send().await?;
        drop(turn);
        Ok(Published { status: answer.status().and_then(status_from_sdk) })
    }

    /// Package origin control of a package in one repository.
    pub async fn origin_control(
        &self,
        domain: &DomainName,
        repository: &RepositoryName,
        package: &PackageKey,
    ) -> Result<Option<OriginControl>> {
        let call = self.api.describe_package().domain(domain.as_str()).repository(repository.as_str());
        let call = call
            .format(format_to_sdk(package.format))
            .set_namespace(package.namespace.as_ref().map(ToString::to_string))
            .package(package.name.as_str());
        self.reads.turn().await?;
        let answer = call.send().await?;
        Ok(answer.package().and_then(|package| origin_control(package.origin_configuration())))
    }
}

/// Signs the digest that is sent as a header anyway. For a body that comes in pieces the SDK would sign "not signed", and
/// the header would then say otherwise.
#[derive(Debug)]
struct SignedAs(Sha256);

impl Intercept for SignedAs {
    fn name(&self) -> &'static str {
        "signed as the digest of the file"
    }

    fn modify_before_signing(
        &self,
        _context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> std::result::Result<(), BoxError> {
        let mut signing = config.load::<SigV4OperationSigningConfig>().cloned().unwrap_or_default();
        signing.signing_options.payload_override = Some(SignableBody::Precomputed(self.0.to_string()));
        config.interceptor_state().store_put(signing);
        Ok(())
    }
}
