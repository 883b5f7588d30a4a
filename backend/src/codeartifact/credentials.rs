//! Where credentials and region come from: aws-config's usual places, in its order, without the instance metadata
//! service. A dashboard on somebody's machine has no business asking 169.254.169.254.

use aws_config::ecs::EcsCredentialsProvider;
use aws_config::environment::{EnvironmentVariableCredentialsProvider, EnvironmentVariableRegionProvider};
use aws_config::meta::credentials::CredentialsProviderChain;
use aws_config::meta::region::RegionProviderChain;
use aws_config::profile::{ProfileFileCredentialsProvider, ProfileFileRegionProvider};
use aws_config::sts::AssumeRoleProvider;
use aws_config::web_identity_token::WebIdentityTokenCredentialsProvider;
use aws_config::{Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;

use crate::config::ConnectionSettings;

/// The name that CloudTrail shows for what we do in an assumed role.
const ROLE_SESSION_NAME: &str = "headwater";

/// The credentials of a connection, before any role is assumed.
pub fn base(settings: &ConnectionSettings) -> SharedCredentialsProvider {
    if let Some(fixed) = &settings.credentials {
        let credentials =
            Credentials::new(&fixed.access_key_id, fixed.secret_access_key.reveal(), None, None, "embedded");
        return SharedCredentialsProvider::new(credentials);
    }
    // Who names a profile means it: keys left in the environment do not count then.
    if let Some(profile) = &settings.profile {
        return SharedCredentialsProvider::new(ProfileFileCredentialsProvider::builder().profile_name(profile).build());
    }
    SharedCredentialsProvider::new(
        CredentialsProviderChain::first_try("Environment", EnvironmentVariableCredentialsProvider::new())
            .or_else("Profile", ProfileFileCredentialsProvider::builder().build())
            .or_else("WebIdentityToken", WebIdentityTokenCredentialsProvider::builder().build())
            .or_else("EcsContainer", EcsCredentialsProvider::builder().build()),
    )
}

/// The credentials of the role that the settings name, taken with the base credentials.
pub async fn of_role(settings: &ConnectionSettings, role: &str, config: &SdkConfig) -> SharedCredentialsProvider {
    let mut builder = AssumeRoleProvider::builder(role).session_name(ROLE_SESSION_NAME).configure(config);
    if let Some(external_id) = &settings.external_id {
        builder = builder.external_id(external_id);
    }
    SharedCredentialsProvider::new(builder.build_from_provider(base(settings)).await)
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
