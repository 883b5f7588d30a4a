//! Secrets stay where they are.

use std::io::Write;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use http::Request;
use shared::api::{ALL, CreateSession, Method};
use shared::session::SignIn;

use crate::support::{self, CANARY, Effect, TestApp};

/// A log that is kept.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Whatever is asked and however it fails: no secret stands in an answer or, at the most talkative, in the log.
/// A single test, because the log belongs to the whole process.
#[tokio::test]
async fn no_secret_is_in_any_answer_or_in_the_log() {
    let log = Kept::default();
    let writer = log.clone();
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .init();

    let app = TestApp::acme().await;
    let link = app.state.access.new_link();
    let plan = app.plan("production", &["@acme/ui@1.4.0"]).await;
    let run = app.start(&plan).await;
    app.ended(&run.summary.id).await;
    let (mut answers, mut tokens) = (String::new(), String::new());
    for effect in
        [None, Some(Effect::Deny), Some(Effect::GarbageAfter), Some(Effect::FaultAfter), Some(Effect::ResetAfter)]
    {
        if let Some(effect) = effect {
            app.faults.plan("/v1/", 3, effect);
        }
        for (name, method, path) in ALL.iter().filter(|(name, ..)| !name.ends_with("Session")) {
            // What is deleted is not read afterwards.
            let repository = if *method == Method::Delete { "shared-libs" } else { "team-dev" };
            let path =
                path.replace("{connection}", "demo").replace("{domain}", "acme").replace("{repository}", repository);
            let path = path.replace("{plan}", plan.id.as_str()).replace("{run}", run.summary.id.as_str());
            let query = "?format=npm&namespace=acme&package=ui&version=1.4.0";
            let query = match *name {
                "PreviewUndo" => "?how=delete",
                "ExportHistory" => "?as=csv",
                _ if path.ends_with("package") || path.contains("version") => query,
                _ => "",
            };
            let body = match *name {
                "PreviewPromotion" | "PreviewClosure" => {
                    r#"{"from":"team-dev","to":"production","versions":[{"package":{"format":"npm","namespace":"acme","name":"ui"},"version":"1.4.0"}]}"#
                }
                "SetDomainPolicy" | "SetRepositoryPolicy" => {
                    r#"{"seen":null,"document":"{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\"}}"}"#
                }
                "CreatePlan" => {
                    r#"{"from":"team-dev","to":"production","reason":"","versions":[{"package":{"format":"npm","namespace":"acme","name":"ui"},"version":"1.4.0"}]}"#
                }
                "CreateUndo" => r#"{"how":"delete","reason":"a test"}"#,
                "SteerRun" => r#"{"action":"stop"}"#,
                "CreateToken" => r#"{"life":900}"#,
                _ => "{\"repositories\":[\"team-dev\"]}",
            };
            let request = Request::builder().method(support::method(*method)).uri(format!("{path}{query}"));
            let request = request
                .header("authorization", format!("Bearer {}", app.token))
                .header("content-type", "application/json");
            let answer = app.send(request.body(Body::from(body)).unwrap()).await;
            // The one answer that is asked for a token holds it, in its body, and no cache may keep it.
            let is_token = *name == "CreateToken" && answer.status.is_success();
            assert!(!is_token || answer.headers["cache-control"] == "no-store");
            answers.push_str(&format!("{:?}\n", answer.headers));
            if is_token { &mut tokens } else { &mut answers }.push_str(&answer.text());
        }
    }
    let wrong = SignIn { secret: "wrongSecretOfSomebody".to_owned() };
    let refused = app.send(support::request::<CreateSession>(&(), &(), &wrong, None)).await;
    answers.push_str(&refused.text());

    let log = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();
    assert!(log.contains("request_id"), "the log was kept");
    assert!(answers.contains("1.4.0"), "the answers were kept");
    assert!(tokens.contains("eyJ2ZXI"), "a token was given out");
    // An authorization token starts like this (user guide, and the emulator's contract).
    for secret in [CANARY, &app.token, &link, "eyJ2ZXI", "wrongSecretOfSomebody"] {
        assert!(!answers.contains(secret), "{secret} stands in an answer");
        let ours = log.lines().filter(|line| line.contains("headwater") || line.contains("promotion"));
        assert_eq!(ours.filter(|line| line.contains(secret)).count(), 0, "{secret} stands in the log");
    }
    let warned = log
        .lines()
        .filter(|line| is_shown_by_default(line))
        .find(|line| line.contains(CANARY) || line.contains("eyJ2ZXI"));
    assert_eq!(warned, None);
}

/// Other crates are logged from errors up: see `headwater::log`.
fn is_shown_by_default(line: &str) -> bool {
    line.contains(" ERROR ")
}
