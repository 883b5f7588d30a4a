//! Where the credentials of a connection come from: what aws-config would find, told before anybody asks AWS.

use aws_runtime::env_config::file::EnvConfigFiles;
use aws_types::os_shim_internal::{Env, Fs};
use shared::connection::{ProfileKind, Source};

use crate::config::ConnectionSettings;

/// Where the credentials come from, in the order in which [`super::credentials::base`] looks.
pub async fn source(settings: &ConnectionSettings) -> Source {
    let env = Env::real();
    let has = |name: &str| env.get(name).is_ok_and(|value| !value.is_empty());
    if settings.credentials.is_some() {
        return Source::Embedded;
    }
    if settings.profile.is_none() && has("AWS_ACCESS_KEY_ID") {
        return Source::Environment;
    }
    let of_profile = profile(settings.profile.as_deref(), &env).await;
    // Without a name, a default profile that gives nothing is passed by.
    match (&settings.profile, of_profile) {
        (None, None | Some(Source::Profile { kind: ProfileKind::Missing | ProfileKind::Empty, .. })) => {
            if has("AWS_WEB_IDENTITY_TOKEN_FILE") {
                Source::WebIdentity
            } else if has("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") || has("AWS_CONTAINER_CREDENTIALS_FULL_URI") {
                Source::Container
            } else if has("AWS_PROFILE") {
                let name = env.get("AWS_PROFILE").unwrap_or_default();
                Source::Profile { name, kind: ProfileKind::Missing, mfa: None }
            } else {
                Source::Nothing
            }
        }
        (_, Some(source)) => source,
        (Some(name), None) => Source::Profile { name: name.clone(), kind: ProfileKind::Missing, mfa: None },
    }
}

/// The profile and how it gets credentials; none where the configuration cannot be read.
async fn profile(name: Option<&str>, env: &Env) -> Option<Source> {
    let chosen = name.map(|name| name.to_owned().into());
    let set = aws_config::profile::load(&Fs::real(), env, &EnvConfigFiles::default(), chosen).await.ok()?;
    let name = set.selected_profile().to_owned();
    let Some(profile) = set.get_profile(&name) else {
        return Some(Source::Profile { name, kind: ProfileKind::Missing, mfa: None });
    };
    let has = |key: &str| profile.get(key).is_some();
    // In the order in which aws-config tries them.
    let kind = if has("role_arn") {
        ProfileKind::Role
    } else if has("sso_session") || has("sso_start_url") {
        ProfileKind::Sso
    } else if has("aws_access_key_id") {
        ProfileKind::Keys
    } else if has("credential_process") {
        ProfileKind::Process
    } else {
        ProfileKind::Empty
    };
    Some(Source::Profile { name, kind, mfa: profile.get("mfa_serial").map(str::to_owned) })
}
