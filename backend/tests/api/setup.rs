//! Making, describing anew and deleting domains and repositories.

use http::StatusCode;
use shared::api::{
    ConnectionPath, CreateDomain, CreateRepository, DeleteDomain, DeleteRepository, DescribeDomainMap, DomainPath,
    ListDomains, SetConnection, SetUpstreams, UpdateRepository,
};
use shared::domain::NewDomain;
use shared::feeding::{Connect, NewUpstreams};
use shared::names::RepositoryName;
use shared::problem::{Problem, ProblemCode};
use shared::repository::{DescribedAnew, NewRepository, Repository};
use shared::tag::parse_lines;

use crate::support::{Effect, TestApp, domain, repository};

fn connection() -> ConnectionPath {
    ConnectionPath { connection: domain().connection }
}

fn new_domain(name: &str) -> NewDomain {
    NewDomain { name: name.parse().unwrap(), encryption_key: None, tags: parse_lines("team=platform").unwrap() }
}

fn new_repository(name: &str) -> NewRepository {
    NewRepository {
        name: name.parse().unwrap(),
        description: "For tests".parse().unwrap(),
        tags: parse_lines("team=platform\nempty").unwrap(),
    }
}

fn in_domain(name: &str) -> DomainPath {
    DomainPath { domain: name.parse().unwrap(), ..domain() }
}

async fn repositories(app: &TestApp) -> Vec<Repository> {
    app.get(DescribeDomainMap, &domain(), &(), &()).await.repositories
}

async fn names_of_domains(app: &TestApp) -> Vec<String> {
    let domains = app.get(ListDomains, &connection(), &(), &()).await;
    domains.into_iter().map(|domain| domain.name.to_string()).collect()
}

#[tokio::test]
async fn a_domain_is_made_listed_at_once_and_deleted() {
    let app = TestApp::acme().await;
    assert_eq!(names_of_domains(&app).await, ["acme"]);
    let made = app.get(CreateDomain, &connection(), &(), &new_domain("my-company")).await;
    assert_eq!((made.name.as_str(), made.repository_count), ("my-company", 0));
    assert_eq!(names_of_domains(&app).await, ["acme", "my-company"]);
    app.get(DeleteDomain, &in_domain("my-company"), &(), &()).await;
    assert_eq!(names_of_domains(&app).await, ["acme"]);
}

#[tokio::test]
async fn a_domain_that_exists_is_a_conflict_and_stays_as_it_is() {
    let app = TestApp::acme().await;
    let answer = app.ask(CreateDomain, &connection(), &(), &new_domain("acme")).await;
    assert_eq!(answer.problem(), (StatusCode::CONFLICT, ProblemCode::Conflict));
    assert!(!repositories(&app).await.is_empty());
}

#[tokio::test]
async fn a_domain_with_repositories_is_not_deleted() {
    let app = TestApp::acme().await;
    let answer = app.ask(DeleteDomain, &domain(), &(), &()).await;
    assert_eq!(answer.problem(), (StatusCode::CONFLICT, ProblemCode::Conflict));
    assert!(answer.json::<Problem>().request_id.is_some());
    assert!(!repositories(&app).await.is_empty());
}

#[tokio::test]
async fn a_repository_is_made_described_anew_and_deleted() {
    let app = TestApp::acme().await;
    let before = repositories(&app).await.len();
    let made = app.get(CreateRepository, &domain(), &(), &new_repository("tools")).await;
    assert_eq!((made.name.as_str(), made.description.as_str()), ("tools", "For tests"));
    assert_eq!(repositories(&app).await.len(), before + 1);
    let anew = DescribedAnew { description: String::new().try_into().unwrap() };
    app.get(UpdateRepository, &repository("tools"), &(), &anew).await;
    let told = repositories(&app).await;
    assert_eq!(told.iter().find(|one| one.name.as_str() == "tools").unwrap().description, "");
    app.get(DeleteRepository, &repository("tools"), &(), &()).await;
    assert_eq!(repositories(&app).await.len(), before);
}

#[tokio::test]
async fn describing_anew_leaves_the_upstreams() {
    let app = TestApp::acme().await;
    let anew = DescribedAnew { description: "Installed by all".parse().unwrap() };
    let told = app.get(UpdateRepository, &repository("production"), &(), &anew).await;
    assert_eq!(told.description, "Installed by all");
    assert_eq!(told.upstreams, ["team-dev".parse().unwrap()]);
}

#[tokio::test]
async fn what_breaks_a_rule_asks_aws_nothing() {
    let app = TestApp::acme().await;
    app.faults.forget();
    let tag = parse_lines("a=1").unwrap();
    let twice = NewRepository { tags: [tag.clone(), tag].concat(), ..new_repository("tools") };
    let answer = app.ask(CreateRepository, &domain(), &(), &twice).await;
    assert_eq!(answer.problem(), (StatusCode::BAD_REQUEST, ProblemCode::BadRequest));
    assert!(app.faults.seen("").is_empty());
}

#[tokio::test]
async fn a_change_whose_answer_is_lost_is_not_sent_again_and_what_was_read_is_forgotten() {
    let app = TestApp::acme().await;
    let before = repositories(&app).await.len();
    app.faults.forget();
    app.faults.plan("POST /v1/repository?", 1, Effect::ResetAfter);
    let answer = app.ask(CreateRepository, &domain(), &(), &new_repository("tools")).await;
    assert!(answer.status.is_server_error(), "{}", answer.text());
    assert_eq!(app.faults.seen("POST /v1/repository?").len(), 1);
    assert_eq!(repositories(&app).await.len(), before + 1);
}

fn names(names: &[&str]) -> Vec<RepositoryName> {
    names.iter().map(|name| name.parse().unwrap()).collect()
}

async fn upstreams_of(app: &TestApp, name: &str) -> Vec<RepositoryName> {
    let told = repositories(app).await;
    told.into_iter().find(|one| one.name.as_str() == name).unwrap().upstreams
}

#[tokio::test]
async fn upstreams_are_replaced_and_cleared_and_the_description_stays() {
    let app = TestApp::acme().await;
    let turned = NewUpstreams {
        seen: names(&["npm-store", "pypi-store"]),
        upstreams: names(&["pypi-store", "npm-store", "shared-libs"]),
    };
    let told = app.get(SetUpstreams, &repository("team-dev"), &(), &turned).await;
    assert_eq!(told.upstreams, turned.upstreams);
    assert!(!told.description.is_empty());
    let cleared = NewUpstreams { seen: names(&["team-dev"]), upstreams: vec![] };
    app.get(SetUpstreams, &repository("production"), &(), &cleared).await;
    assert!(upstreams_of(&app, "production").await.is_empty());
}

#[tokio::test]
async fn upstreams_that_somebody_else_changed_meanwhile_are_left_alone() {
    let app = TestApp::acme().await;
    let other = NewUpstreams { seen: names(&["team-dev"]), upstreams: names(&["staging"]) };
    app.get(SetUpstreams, &repository("production"), &(), &other).await;
    let mine = NewUpstreams { seen: names(&["team-dev"]), upstreams: vec![] };
    let answer = app.ask(SetUpstreams, &repository("production"), &(), &mine).await;
    assert_eq!(answer.problem(), (StatusCode::CONFLICT, ProblemCode::Conflict));
    assert!(answer.json::<Problem>().message.ends_with("They are now: staging."));
    assert_eq!(upstreams_of(&app, "production").await, names(&["staging"]));
}

#[tokio::test]
async fn an_external_connection_is_taken_away_and_made_again() {
    let app = TestApp::acme().await;
    let registry = "public:npmjs".parse().unwrap();
    let told = app.get(SetConnection, &repository("npm-store"), &(), &Connect { registry, connected: false }).await;
    assert!(told.external_connections.is_empty());
    let told = app.get(SetConnection, &repository("npm-store"), &(), &Connect { registry, connected: true }).await;
    assert_eq!(told.external_connections[0].name, "public:npmjs");
    let second = Connect { registry: "public:pypi".parse().unwrap(), connected: true };
    let answer = app.ask(SetConnection, &repository("npm-store"), &(), &second).await;
    assert!(answer.status.is_client_error(), "{}", answer.text());
}
