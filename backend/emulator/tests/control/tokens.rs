//! GetAuthorizationToken, GetRepositoryEndpoint.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_sdk_codeartifact::types::{EndpointType, PackageFormat};
use codeartifact_emulator::{Clock, Emulator, Options};

use crate::support::{acme, client, client_with, in_process, refused};

#[tokio::test]
async fn a_token_looks_like_a_real_one_and_lives_twelve_hours() {
    let client = acme(&[]).await;
    let before = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let answer = client.get_authorization_token().domain("acme").send().await.unwrap();
    let token = answer.authorization_token().unwrap();
    assert!(token.len() > 100 && token.starts_with("eyJ2ZXI"), "{token}");
    let life = answer.expiration().unwrap().secs().cast_unsigned() - before;
    assert!((43_199..=43_260).contains(&life), "{life}");
}

#[tokio::test]
async fn two_tokens_are_never_alike() {
    let client = acme(&[]).await;
    let first = client.get_authorization_token().domain("acme").send().await.unwrap();
    let second = client.get_authorization_token().domain("acme").send().await.unwrap();
    assert_ne!(first.authorization_token(), second.authorization_token());
}

#[tokio::test]
async fn durations_are_zero_or_from_15_minutes_to_12_hours() {
    let client = acme(&[]).await;
    let get = |seconds| client.get_authorization_token().domain("acme").duration_seconds(seconds).send();
    for seconds in [0, 900, 43_200] {
        assert!(get(seconds).await.is_ok(), "{seconds}");
    }
    for seconds in [-1, 1, 899, 43_201] {
        refused(get(seconds).await).is(400, "ValidationException", "durationSeconds");
    }
}

#[tokio::test]
async fn duration_zero_means_until_the_session_ends() {
    let end = SystemTime::now() + Duration::from_secs(1000);
    let session = Some("session".to_owned());
    let options = Options { session_token: session.clone(), session_expires: Some(end), ..Options::default() };
    let emulator = Emulator::new(options.clone());
    let http = in_process(&emulator);
    let client =
        client_with(http, &options.region, &options.access_key_id, &options.secret_access_key, session.as_deref());
    client.create_domain().domain("acme").send().await.unwrap();
    let answer = client.get_authorization_token().domain("acme").duration_seconds(0).send().await.unwrap();
    let off =
        end.duration_since(UNIX_EPOCH).unwrap().as_secs().abs_diff(answer.expiration().unwrap().secs().cast_unsigned());
    assert!(off <= 1, "{off}");
}

#[tokio::test]
async fn a_token_expires_by_the_emulators_clock() {
    let now = SystemTime::now() + Duration::from_secs(60);
    let emulator = Emulator::new(Options { clock: Clock::new(move || now), ..Options::default() });
    let client = client(&emulator, in_process(&emulator));
    client.create_domain().domain("acme").send().await.unwrap();
    let answer = client.get_authorization_token().domain("acme").duration_seconds(900).send().await.unwrap();
    let expected = (now + Duration::from_secs(900)).duration_since(UNIX_EPOCH).unwrap().as_secs();
    assert_eq!(answer.expiration().unwrap().secs().cast_unsigned(), expected);
}

#[tokio::test]
async fn a_token_needs_a_domain_that_exists() {
    let client = acme(&[]).await;
    let result = client.get_authorization_token().domain("nowhere").send().await;
    refused(result).is(404, "ResourceNotFoundException", "Domain not found");
}

#[tokio::test]
async fn an_endpoint_is_on_the_host_that_was_asked_and_ends_in_a_slash() {
    let client = acme(&["dev"]).await;
    let get = |format| client.get_repository_endpoint().domain("acme").repository("dev").format(format).send();
    let npm = get(PackageFormat::Npm).await.unwrap();
    assert_eq!(npm.repository_endpoint(), Some("http://codeartifact.test/npm/d/acme-111122223333/dev/"));
    let generic = get(PackageFormat::Generic).await.unwrap();
    assert_eq!(generic.repository_endpoint(), Some("http://codeartifact.test/generic/d/acme-111122223333/dev/"));
}

#[tokio::test]
async fn an_endpoint_knows_its_formats_and_types() {
    let client = acme(&["dev"]).await;
    let get = || client.get_repository_endpoint().domain("acme").repository("dev");
    for kind in [EndpointType::Dualstack, EndpointType::Ipv4] {
        get().format(PackageFormat::Pypi).endpoint_type(kind).send().await.unwrap();
    }
    let kind = get().format(PackageFormat::Pypi).endpoint_type(EndpointType::from("ipv6")).send().await;
    refused(kind).is(400, "ValidationException", "enum value set: [dualstack, ipv4]");
    let format = get().format(PackageFormat::from("conda")).send().await;
    refused(format).is(400, "ValidationException", "'conda' at 'format'");
}

#[tokio::test]
async fn an_endpoint_needs_a_repository_that_exists() {
    let client = acme(&[]).await;
    let get = client.get_repository_endpoint().domain("acme").repository("gone").format(PackageFormat::Npm);
    refused(get.send().await).is(404, "ResourceNotFoundException", "gone");
}
