//! A domain as code.

use http::StatusCode;
use shared::api::{DomainPath, ExportDomain, ExportQuery, UpdateRepository};
use shared::export::{Export, ExportKind};
use shared::problem::ProblemCode;
use shared::repository::DescribedAnew;

use codeartifact_emulator::seed::Story;
use headwater::codeartifact::MOST_AT_ONCE;

use crate::support::{Effect, TestApp, domain, repository};

const CLI: ExportQuery = ExportQuery { kind: ExportKind::Cli };

async fn export(app: &TestApp) -> Export {
    app.get(ExportDomain, &domain(), &CLI, &()).await
}

#[tokio::test]
async fn every_kind_is_written_from_one_reading() {
    let app = TestApp::acme().await;
    let calls = |app: &TestApp| app.faults.seen("GET /v1/repository?").len();
    for kind in ExportKind::ALL {
        let export = app.get(ExportDomain, &domain(), &ExportQuery { kind }, &()).await;
        assert!(export.unread.is_empty() && !export.left_out.is_empty());
        assert!(export.files.iter().any(|file| file.text.contains("public:npmjs")), "{kind:?}");
        assert_eq!(calls(&app), 7, "{kind:?}");
    }
}

#[tokio::test]
async fn a_change_made_here_is_in_the_next_export() {
    let app = TestApp::acme().await;
    assert!(!export(&app).await.files[0].text.contains("Made for all"));
    let anew = DescribedAnew { description: "Made for all".parse().unwrap() };
    app.get(UpdateRepository, &repository("production"), &(), &anew).await;
    assert!(export(&app).await.files[0].text.contains("--description 'Made for all'"));
}

#[tokio::test]
async fn what_cannot_be_read_is_said_with_its_reason_and_asked_for_again() {
    let app = TestApp::acme().await;
    for (part, what) in [
        ("GET /v1/repository?domain=acme&repository=team-data", "The repository team-data could not be read (request "),
        (
            "GET /v1/repository/permissions/policy?domain=acme&repository=team-dev",
            "The policy of the repository team-dev",
        ),
        ("GET /v1/domain/permissions/policy", "The policy of the domain acme"),
        (
            "POST /v1/tags?resourceArn=arn%3Aaws%3Acodeartifact%3Aeu-west-1%3A111122223333%3Adomain",
            "The tags of the domain acme",
        ),
        ("POST /v1/package-groups?domain=acme", "The package groups could not be read"),
    ] {
        app.state.cache.changed();
        app.faults.plan(part, 1, Effect::Deny);
        let told = export(&app).await;
        assert_eq!(told.unread.len(), 1, "{part}: {:?}", told.unread);
        assert!(told.unread[0].starts_with(what) && told.unread[0].contains(": "), "{:?}", told.unread);
        assert!(told.files[0].text.contains("# NOT COMPLETE: "), "{what}");
        assert!(export(&app).await.unread.is_empty(), "{what}: the next one has more luck");
    }
}

#[tokio::test]
async fn a_domain_that_is_not_there_is_not_found() {
    let app = TestApp::acme().await;
    let path = DomainPath { domain: "nowhere".parse().unwrap(), ..domain() };
    let answer = app.ask(ExportDomain, &path, &CLI, &()).await;
    assert_eq!(answer.problem(), (StatusCode::NOT_FOUND, ProblemCode::NotFound));
}

#[tokio::test]
async fn a_large_domain_is_read_within_the_bound_of_calls() {
    let app = TestApp::with(Story::Company(200)).await;
    let path = DomainPath { domain: "company".parse().unwrap(), ..domain() };
    let export = app.get(ExportDomain, &path, &CLI, &()).await;
    assert_eq!(export.files[0].text.matches("create-repository").count(), 200);
    let most = app.faults.most_at_once();
    assert!((2..=MOST_AT_ONCE).contains(&most), "{most}");
}
