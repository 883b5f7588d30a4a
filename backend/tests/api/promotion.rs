//! Promoting, when nothing breaks.

use http::StatusCode;
use shared::api::{CreatePromotion, DescribeDomainMap, DescribeVersion, PreviewPromotion};
use shared::problem::ProblemCode;
use shared::promotion::{CopyResult, OutcomeRow, PinnedVersion, PreviewRequest, PromotionRequest, VersionChoice};

use crate::support::{Effect, TestApp, domain, npm, npm_version, repository, request};

/// Pins versions of `@acme/ui` to what a preview shows now.
pub async fn pins(app: &TestApp, versions: &[&str]) -> Vec<PinnedVersion> {
    let choice = |version: &&str| VersionChoice { package: npm("@acme/ui"), version: version.parse().unwrap() };
    let ask = PreviewRequest {
        from: "team-dev".parse().unwrap(),
        to: "production".parse().unwrap(),
        versions: versions.iter().map(choice).collect(),
    };
    let preview = app.get(PreviewPromotion, &domain(), &(), &ask).await;
    let missing = || "none=".parse().unwrap();
    preview
        .rows
        .into_iter()
        .map(|row| PinnedVersion {
            package: row.choice.package,
            version: row.choice.version,
            revision: row.revision.unwrap_or_else(missing),
        })
        .collect()
}

pub fn promotion(to: &str, versions: Vec<PinnedVersion>) -> PromotionRequest {
    PromotionRequest { from: "team-dev".parse().unwrap(), to: to.parse().unwrap(), versions, reason: "release".into() }
}

pub async fn promote(app: &TestApp, to: &str, versions: Vec<PinnedVersion>) -> Vec<OutcomeRow> {
    app.get(CreatePromotion, &domain(), &(), &promotion(to, versions)).await.rows
}

pub fn code(row: &OutcomeRow) -> &str {
    match &row.result {
        CopyResult::Refused { code, .. } => code,
        other => panic!("{other:?} is no refusal"),
    }
}

/// Whether production holds a version of `@acme/ui`.
pub async fn is_in_production(app: &TestApp, version: &str) -> bool {
    let query = npm_version("@acme/ui", version);
    app.ask(DescribeVersion, &repository("production"), &query, &()).await.status == StatusCode::OK
}

#[tokio::test]
async fn what_is_new_is_copied_and_what_is_the_same_is_said_to_be() {
    let app = TestApp::acme().await;
    let rows = promote(&app, "production", pins(&app, &["1.4.0", "1.3.2"]).await).await;
    assert_eq!(rows[0].result, CopyResult::Copied);
    assert_eq!(rows[1].result, CopyResult::AlreadySame);
    assert!(rows.iter().all(|row| row.request_id.is_some()), "AWS's request id stands in each row");
    assert!(is_in_production(&app, "1.4.0").await);
}

#[tokio::test]
async fn the_same_promotion_again_changes_nothing() {
    let app = TestApp::acme().await;
    let pins = pins(&app, &["1.4.0"]).await;
    promote(&app, "production", pins.clone()).await;
    assert_eq!(promote(&app, "production", pins).await[0].result, CopyResult::AlreadySame);
}

#[tokio::test]
async fn each_bad_version_is_refused_by_name_and_the_others_are_copied() {
    let app = TestApp::acme().await;
    let mut pins = pins(&app, &["1.4.0", "9.9.9", "1.3.1", "1.5.0-beta.1", "1.3.2"]).await;
    pins[2].revision = "stale=".parse().unwrap();
    let rows = promote(&app, "staging", pins).await;
    assert_eq!(code(&rows[0]), "ALREADY_EXISTS");
    assert_eq!(code(&rows[1]), "NOT_FOUND");
    assert_eq!(code(&rows[2]), "MISMATCHED_REVISION");
    assert_eq!(rows[3].result, CopyResult::Copied);
    assert_eq!(rows[4].result, CopyResult::AlreadySame);
}

#[tokio::test]
async fn content_that_changed_since_the_preview_is_not_copied() {
    let app = TestApp::acme().await;
    let mut pins = pins(&app, &["1.4.0"]).await;
    pins[0].revision = "another=".parse().unwrap();
    let rows = promote(&app, "production", pins).await;
    assert_eq!(code(&rows[0]), "MISMATCHED_REVISION");
    assert!(!is_in_production(&app, "1.4.0").await);
}

#[tokio::test]
async fn what_the_target_has_with_other_content_is_left_alone() {
    let app = TestApp::acme().await;
    let query = npm_version("@acme/ui", "1.4.0");
    let before = app.get(DescribeVersion, &repository("staging"), &query, &()).await;
    let rows = promote(&app, "staging", pins(&app, &["1.4.0"]).await).await;
    assert_eq!(code(&rows[0]), "ALREADY_EXISTS");
    assert_eq!(app.get(DescribeVersion, &repository("staging"), &query, &()).await, before);
}

#[tokio::test]
async fn a_promotion_goes_on_when_the_browser_goes_away() {
    let app = TestApp::acme().await;
    let pins = pins(&app, &["1.4.0"]).await;
    app.faults.plan("/v1/package/versions/copy", 1, Effect::Hold);
    let ask = request::<CreatePromotion>(&domain(), &(), &promotion("production", pins), Some(&app.token));
    tokio::select! {
        answer = app.send(ask) => panic!("the held copy answered {}", answer.text()),
        () = app.faults.reached() => {}
    }
    // The request was dropped while AWS was at work, as hyper does when the browser goes away.
    app.faults.release();
    app.state.work.done().await;
    assert!(is_in_production(&app, "1.4.0").await);
}

#[tokio::test]
async fn what_was_read_before_a_promotion_is_forgotten() {
    let app = TestApp::acme().await;
    let before = app.get(DescribeDomainMap, &domain(), &(), &()).await;
    promote(&app, "production", pins(&app, &["1.4.0"]).await).await;
    assert!(app.get(DescribeDomainMap, &domain(), &(), &()).await.read_at > before.read_at);
}

#[tokio::test]
async fn sixty_versions_are_one_call_and_keep_their_order() {
    let app = TestApp::acme().await;
    let versions: Vec<String> = (0..120).map(|n| format!("99.0.{n}")).collect();
    let mut pins = pins(&app, &["1.4.0"]).await;
    let template = pins[0].clone();
    pins.extend(versions.iter().map(|version| PinnedVersion { version: version.parse().unwrap(), ..template.clone() }));
    let rows = promote(&app, "production", pins.clone()).await;
    assert_eq!(
        rows.iter().map(|row| &row.choice.version).collect::<Vec<_>>(),
        pins.iter().map(|pin| &pin.version).collect::<Vec<_>>()
    );
    assert_eq!(rows[0].result, CopyResult::Copied);
    assert!(rows[1..].iter().all(|row| code(row) == "NOT_FOUND"));
    // Two chunks of at most a hundred; the first is sent again without its causes.
    assert_eq!(app.faults.seen("/v1/package/versions/copy").len(), 3);
}

#[tokio::test]
async fn nothing_is_asked_for_a_promotion_that_breaks_a_rule() {
    let app = TestApp::acme().await;
    let pins = pins(&app, &["1.4.0"]).await;
    app.faults.forget();
    let reasonless = PromotionRequest { reason: " \t".into(), ..promotion("production", pins.clone()) };
    let wordy = PromotionRequest { reason: "r".repeat(501), ..promotion("production", pins.clone()) };
    for bad in [reasonless, wordy, promotion("team-dev", pins.clone()), promotion("production", vec![])] {
        let answer = app.ask(CreatePromotion, &domain(), &(), &bad).await;
        assert_eq!(answer.problem(), (StatusCode::BAD_REQUEST, ProblemCode::BadRequest), "{bad:?}");
    }
    assert!(app.faults.seen("").is_empty());
}
