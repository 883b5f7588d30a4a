//! Where credentials and region come from: aws-config's usual places, in its order, without the instance metadata
//! service. A dashboard on somebody's machine has no business asking 169.254.169.254.

use aws_config::ecs::EcsCredentialsProvider;
use aws_config::environment::{EnvironmentVariableCredentialsProvider, EnvironmentVariableRegionProvider};
use aws_config::meta::credentials::CredentialsProviderChain;
use aws_config::meta::region::RegionProviderChain;
use aws_config::profile::{ProfileFileCredentialsProvider, ProfileFileRegionProvider};
use aws_config::provider_config::ProviderConfig;
use aws_config::sts::AssumeRoleProvider;
use aws_config::web_identity_token::WebIdentityTokenCredentialsProvider;
use aws_config::{Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;

use crate::config::ConnectionSettings;

/// The name that CloudTrail shows for what we do in an assumed role.
const ROLE_SESSION_NAME: &str = "headwater";

/// The credentials of a connection, before any role is assumed. The region is where STS and SSO are asked, which
/// profiles with a role and web identities need.
pub fn base(settings: &ConnectionSettings, region: &Region) -> SharedCredentialsProvider {
    if let Some(fixed) = &settings.credentials {
        let credentials =
            Credentials::new(&fixed.access_key_id, fixed.secret_access_key.reveal(), None, None, "embedded");
        return SharedCredentialsProvider::new(credentials);
    }
    let place = ProviderConfig::default().with_region(Some(region.clone()));
    // Who names a profile means it: keys left in the environment do not count then.
    if let Some(profile) = &settings.profile {
        let provider = ProfileFileCredentialsProvider::builder().configure(&place).profile_name(profile);
        return SharedCredentialsProvider::new(provider.build());
    }
    SharedCredentialsProvider::new(
        CredentialsProviderChain::first_try("Environment", EnvironmentVariableCredentialsProvider::new())
            .or_else("Profile", ProfileFileCredentialsProvider::builder().configure(&place).build())
            .or_else("WebIdentityToken", WebIdentityTokenCredentialsProvider::builder().configure(&place).build())
            .or_else("EcsContainer", EcsCredentialsProvider::builder().configure(&place).build()),
    )
}

/// All of it: the base credentials, or those of the role that the settings name, taken with them. `config` says where
/// STS is.
pub async fn all(settings: &ConnectionSettings, config: &SdkConfig) -> SharedCredentialsProvider {
    let region = config.region().cloned().unwrap_or_else(|| Region::from_static("us-east-1"));
    let base = base(settings, &region);
    let Some(role) = &settings.role_arn else { return base };
    let mut builder = AssumeRoleProvider::builder(role).session_name(ROLE_SESSION_NAME).configure(config);
    if let Some(external_id) = &settings.external_id {
        builder = builder.external_id(external_id);
    }
    SharedCredentialsProvider::new(builder.build_from_provider(base).await)
}

/// The region of a connection: as set, else of the environment, else of the profile.
pub async fn region(settings: &ConnectionSettings) -> Option<Region> {
    let mut profile = ProfileFileRegionProvider::builder();
    if let Some(name) = &settings.profile {
        profile = profile.profile_name(name);
    }
    RegionProviderChain::first_try(settings.region.clone().map(Region::new))
        .or_else(EnvironmentVariableRegionProvider::new())
        .or_else(profile.build())
        .region()
        .await
}
