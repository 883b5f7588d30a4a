//! What is there of all that the set-up recipe makes.

use codeartifact_emulator::seed::Story;
use http::StatusCode;
use shared::api::{
    ConnectionPath, CreateDomain, CreateRepository, DescribeSetup, DomainPath, SetUpstreams, VerifySetup,
};
use shared::domain::NewDomain;
use shared::feeding::NewUpstreams;
use shared::problem::ProblemCode;
use shared::recipe::{
    Names, ProductionTakes, Recipe, SetupState, Standing, Step, StepStanding, Verification, parts, standing,
};
use shared::repository::NewRepository;

use crate::support::{Effect, TestApp, domain};

fn connection() -> ConnectionPath {
    ConnectionPath { connection: domain().connection }
}

fn names(of: &str) -> Names {
    Names::of(of.parse().unwrap()).unwrap()
}

async fn state(app: &TestApp, names: &Names) -> SetupState {
    app.get(DescribeSetup, &connection(), names, &()).await
}

fn stands(step: Step, state: &SetupState) -> StepStanding {
    let recipe = Recipe { names: state.names.clone(), production: ProductionTakes::FromTeam };
    standing(&parts(step, &recipe, state, &[]))
}

#[tokio::test]
async fn where_there_is_no_domain_one_call_tells_so() {
    let app = TestApp::with(Story::Empty).await;
    let state = state(&app, &names("my-company")).await;
    assert!(state.domain.is_none() && state.repositories.is_empty() && state.policy.is_none());
    assert_eq!(app.faults.seen("").len(), 1);
}

#[tokio::test]
async fn what_stands_in_the_domain_is_found_and_what_upstreams_hold_does_not_count() {
    let app = TestApp::acme().await;
    let mut names = names("acme");
    names.own_package = "billing-sdk".parse().unwrap();
    names.own_version = "0.9.2".parse().unwrap();
    let state = state(&app, &names).await;
    assert_eq!(stands(Step::Repositories, &state), StepStanding::Done);
    assert_eq!(stands(Step::Connections, &state), StepStanding::Done);
    assert_eq!(stands(Step::Upstreams, &state), StepStanding::Done);
    assert_eq!(stands(Step::Publish, &state), StepStanding::Done);
    // production takes from team-dev, and does not hold it.
    assert_eq!(stands(Step::Promote, &state), StepStanding::Open);
    // The domain, four repositories, four packages, one policy.
    assert_eq!(app.faults.seen("").len(), 10, "{:?}", app.faults.seen(""));
}

#[tokio::test]
async fn what_is_done_here_is_seen_at_once_and_moments_are_shared() {
    let app = TestApp::with(Story::Empty).await;
    let names = names("my-company");
    assert_eq!(stands(Step::Domain, &state(&app, &names).await), StepStanding::Open);
    assert_eq!(stands(Step::Domain, &state(&app, &names).await), StepStanding::Open);
    assert_eq!(app.faults.seen("").len(), 1, "the second one asks nobody");
    let new = NewDomain { name: names.domain.clone(), encryption_key: None, tags: vec![] };
    app.get(CreateDomain, &connection(), &(), &new).await;
    assert_eq!(stands(Step::Domain, &state(&app, &names).await), StepStanding::Done);
    let path = DomainPath { domain: names.domain.clone(), ..domain() };
    for name in names.repositories() {
        let new = NewRepository { name: name.clone(), description: "".parse().unwrap(), tags: vec![] };
        app.get(CreateRepository, &path, &(), &new).await;
    }
    assert_eq!(stands(Step::Repositories, &state(&app, &names).await), StepStanding::Done);
    let team = shared::api::RepositoryPath {
        connection: path.connection.clone(),
        domain: path.domain.clone(),
        repository: names.team.clone(),
    };
    let upstreams = vec![names.npm_store.clone(), names.pypi_store.clone()];
    app.get(SetUpstreams, &team, &(), &NewUpstreams { seen: vec![], upstreams }).await;
    assert_eq!(stands(Step::Upstreams, &state(&app, &names).await), StepStanding::Half(1, 2));
}

#[tokio::test]
async fn one_repository_that_cannot_be_read_does_not_hide_the_others() {
    let app = TestApp::acme().await;
    app.faults.plan("repository?domain=acme&repository=npm-store", 10, Effect::Deny);
    let state = state(&app, &names("acme")).await;
    let recipe = Recipe { names: state.names.clone(), production: ProductionTakes::FromTeam };
    let connections = parts(Step::Connections, &recipe, &state, &[]);
    assert_eq!(connections.iter().map(|part| part.standing).collect::<Vec<_>>(), [Standing::Unknown, Standing::Done]);
    assert_eq!(stands(Step::Repositories, &state), StepStanding::Done);
}

#[tokio::test]
async fn what_cannot_be_answered_does_not_hide_the_rest_and_the_token_stays_here() {
    let app = TestApp::acme().await;
    let answer = app.ask(VerifySetup, &connection(), &names("acme"), &()).await;
    assert!(!answer.text().contains("eyJ"), "{}", answer.text());
    let told: Verification = answer.json();
    assert!(told.domains.unwrap().iter().any(|name| name.as_str() == "acme"));
    assert_eq!(told.repositories.unwrap().len(), 7);
    assert!(told.packages.unwrap().iter().any(|package| package.name.as_str() == "billing-sdk"));
    assert_eq!(told.version.unwrap_err().code, ProblemCode::NotFound);
    assert!(told.endpoints.iter().all(|(_, address)| address.as_ref().unwrap().ends_with("/team-dev/")));
    assert!(told.token_length.unwrap() > 100);
}

#[tokio::test]
async fn names_that_do_not_go_together_are_refused_before_aws_is_asked() {
    let app = TestApp::acme().await;
    let mut names = names("acme");
    names.team = names.production.clone();
    let answer = app.ask(DescribeSetup, &connection(), &names, &()).await;
    assert_eq!(answer.problem(), (StatusCode::BAD_REQUEST, ProblemCode::BadRequest));
    assert!(answer.text().contains("Two of the repositories are called production"), "{}", answer.text());
    assert!(app.faults.seen("").is_empty());
}
