//! Calls that go wrong by a plan.

use aws_sdk_codeartifact::Client;
use codeartifact_emulator::fault_plan::FaultPlan;
use codeartifact_emulator::{Emulator, Options};

use crate::support::{client, in_process, refused};

/// An emulator that follows a plan of these rules, and a client that asks once only.
fn following(rules: &str) -> (Emulator, Client) {
    let emulator = Emulator::new(Options::default());
    emulator.follow(FaultPlan::parse(&format!(r#"{{"rules":[{rules}]}}"#)).unwrap());
    let client = client(&emulator, in_process(&emulator));
    (emulator, client)
}

/// Rules for `CreateDomain`: one fault, once.
fn once(fault: &str) -> String {
    format!(r#"{{"operations":["CreateDomain"],"times":1,"fault":{fault}}}"#)
}

async fn is_there(client: &Client) -> bool {
    !client.list_domains().send().await.unwrap().domains().is_empty()
}

#[tokio::test]
async fn each_refusal_comes_in_the_words_of_aws_and_before_or_after_the_work() {
    for (fault, status, code, works) in [
        (r#"{"kind":"throttle","retry_after":2}"#, 429, "ThrottlingException", false),
        (r#"{"kind":"throttle"}"#, 429, "ThrottlingException", false),
        (r#"{"kind":"deny"}"#, 403, "AccessDeniedException", false),
        (r#"{"kind":"expire"}"#, 403, "ExpiredTokenException", false),
        (r#"{"kind":"skew"}"#, 403, "InvalidSignatureException", false),
        (r#"{"kind":"fail","when":"before"}"#, 500, "InternalServerException", false),
        (r#"{"kind":"fail","when":"after"}"#, 500, "InternalServerException", true),
    ] {
        let (emulator, client) = following(&once(fault));
        refused(client.create_domain().domain("acme").send().await).is(status, code, "");
        assert_eq!(is_there(&client).await, works, "{fault}");
        assert_eq!(emulator.followed().1, [1]);
        if !works {
            client.create_domain().domain("acme").send().await.unwrap();
        }
    }
}

#[tokio::test]
async fn retry_after_is_told_only_where_the_plan_says_so() {
    for (fault, wanted) in [(r#"{"kind":"throttle","retry_after":7}"#, Some("7")), (r#"{"kind":"throttle"}"#, None)] {
        let (_, client) = following(&once(fault));
        let error = client.create_domain().domain("acme").send().await.unwrap_err();
        assert_eq!(error.raw_response().unwrap().headers().get("retry-after"), wanted);
    }
}

#[tokio::test]
async fn a_cut_answer_cannot_be_read_and_leaves_the_work_done_or_not() {
    for (when, works) in [("before", false), ("after", true)] {
        let (_, client) = following(&once(&format!(r#"{{"kind":"cut","when":"{when}"}}"#)));
        let error = client.create_domain().domain("acme").send().await.unwrap_err();
        assert!(error.as_service_error().is_none(), "{error:?}");
        assert_eq!(is_there(&client).await, works, "{when}");
    }
}

#[tokio::test]
async fn a_call_whose_signature_is_wrong_meets_no_fault() {
    let (emulator, _) = following(r#"{"fault":{"kind":"deny"}}"#);
    let stranger = crate::support::client_with(in_process(&emulator), "eu-west-1", "AKIANOBODY", "secret", None);
    refused(stranger.list_domains().send().await).is(403, "UnrecognizedClientException", "");
    assert_eq!(emulator.followed().1, [0]);
}
