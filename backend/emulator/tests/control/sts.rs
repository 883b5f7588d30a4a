//! STS GetCallerIdentity through the real STS client.

use aws_sdk_sts::Client;
use aws_sdk_sts::config::retry::RetryConfig;
use aws_sdk_sts::config::{Credentials, Region};
use aws_sdk_sts::error::ProvideErrorMetadata;
use codeartifact_emulator::{Emulator, Options};

use crate::support::in_process;

fn sts(emulator: &Emulator, region: &str, secret: &str, session: Option<&str>) -> Client {
    let key = emulator.options().access_key_id.clone();
    let config = aws_sdk_sts::Config::builder()
        .behavior_version_latest()
        .region(Region::new(region.to_owned()))
        .credentials_provider(Credentials::new(key, secret, session.map(str::to_owned), None, "test"))
        .endpoint_url("http://sts.test")
        .retry_config(RetryConfig::disabled())
        .http_client(in_process(emulator))
        .build();
    Client::from_conf(config)
}

#[tokio::test]
async fn the_caller_is_told_who_it_is() {
    let emulator = Emulator::new(Options::default());
    // The global endpoint of STS is signed for us-east-1.
    for region in ["eu-west-1", "us-east-1"] {
        let client = sts(&emulator, region, &emulator.options().secret_access_key, None);
        let identity = client.get_caller_identity().send().await.unwrap();
        assert_eq!(identity.account(), Some("111122223333"));
        assert_eq!(identity.arn(), Some("arn:aws:iam::111122223333:user/emulator"));
        assert!(identity.user_id().is_some());
    }
}

#[tokio::test]
async fn temporary_credentials_are_a_role() {
    let emulator = Emulator::new(Options { session_token: Some("session".to_owned()), ..Options::default() });
    let client = sts(&emulator, "eu-west-1", &emulator.options().secret_access_key, Some("session"));
    let identity = client.get_caller_identity().send().await.unwrap();
    assert_eq!(identity.arn(), Some("arn:aws:sts::111122223333:assumed-role/emulator/session"));
}

#[tokio::test]
async fn a_forged_signature_is_refused_in_the_words_of_sts() {
    let emulator = Emulator::new(Options::default());
    let error = sts(&emulator, "eu-west-1", "wrong", None).get_caller_identity().send().await.unwrap_err();
    assert_eq!(error.raw_response().unwrap().status().as_u16(), 403);
    assert_eq!(error.code(), Some("SignatureDoesNotMatch"));
}

#[tokio::test]
async fn other_calls_of_sts_are_no_actions_here() {
    let emulator = Emulator::new(Options::default());
    let client = sts(&emulator, "eu-west-1", &emulator.options().secret_access_key, None);
    let error = client.get_session_token().send().await.unwrap_err();
    assert_eq!(error.code(), Some("InvalidAction"));
}
