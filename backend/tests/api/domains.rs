//! Domains and the map.

use http::StatusCode;
use http::header::CACHE_CONTROL;
use shared::api::{CountRepositoryPackages, DescribeDomain, DescribeDomainMap, DomainPath};
use shared::domain::DomainMap;
use shared::problem::ProblemCode;
use shared::repository::{CountPackages, Repository};

use codeartifact_emulator::seed::Story;
use headwater::codeartifact::MOST_AT_ONCE;

use crate::support::{Effect, TestApp, domain, request};

const DESCRIBE: &str = "GET /v1/repository?";
const COUNT: &str = "POST /v1/packages?";

async fn map(app: &TestApp) -> DomainMap {
    app.get(DescribeDomainMap, &domain(), &(), &()).await
}

fn find<'a>(map: &'a DomainMap, name: &str) -> &'a Repository {
    map.repositories.iter().find(|repository| repository.name.as_str() == name).unwrap()
}

fn names(repository: &Repository) -> Vec<&str> {
    repository.upstreams.iter().map(|name| name.as_str()).collect()
}

#[tokio::test]
async fn the_map_tells_every_repository_with_what_feeds_it() {
    let app = TestApp::acme().await;
    let map = map(&app).await;
    assert_eq!(map.domain, app.get(DescribeDomain, &domain(), &(), &()).await);
    assert_eq!(map.repositories.len(), map.domain.repository_count as usize);
    assert!(map.repositories.windows(2).all(|two| two[0].name < two[1].name), "by name");
    assert_eq!(names(find(&map, "production")), ["team-dev"]);
    assert_eq!(find(&map, "npm-store").external_connections[0].name, "public:npmjs");
    assert!(map.repositories.iter().all(|repository| repository.problem.is_none()));
}

#[tokio::test]
async fn many_repositories_are_described_at_once_but_never_more_than_the_bound() {
    let app = TestApp::with(Story::Company(200)).await;
    let path = DomainPath { domain: "company".parse().unwrap(), ..domain() };
    let map = app.get(DescribeDomainMap, &path, &(), &()).await;
    assert_eq!(map.repositories.len(), 200);
    let most = app.faults.most_at_once();
    assert!((2..=MOST_AT_ONCE).contains(&most), "{most}");
}

#[tokio::test]
async fn a_domain_that_is_not_there_is_not_found() {
    let app = TestApp::acme().await;
    let path = DomainPath { domain: "nowhere".parse().unwrap(), ..domain() };
    let answer = app.ask(DescribeDomainMap, &path, &(), &()).await;
    assert_eq!(answer.problem(), (StatusCode::NOT_FOUND, ProblemCode::NotFound));
}

#[tokio::test]
async fn one_denied_repository_does_not_fail_the_map() {
    let app = TestApp::acme().await;
    app.faults.plan(DESCRIBE, 1, Effect::Deny);
    let map = map(&app).await;
    let unread: Vec<_> = map.repositories.iter().filter_map(|repository| repository.problem.as_ref()).collect();
    assert_eq!(unread.len(), 1);
    assert_eq!(unread[0].code, ProblemCode::Forbidden);
    assert!(map.repositories.iter().all(|repository| !repository.arn.is_empty()), "the list told the rest");
}

#[tokio::test]
async fn a_map_with_a_gap_is_not_kept() {
    let app = TestApp::acme().await;
    app.faults.plan(DESCRIBE, 1, Effect::Deny);
    map(&app).await;
    assert!(map(&app).await.repositories.iter().all(|repository| repository.problem.is_none()));
}

#[tokio::test]
async fn a_throttled_call_is_made_again_after_the_time_that_aws_names() {
    let app = TestApp::acme().await;
    app.faults.plan(DESCRIBE, 1, Effect::Throttle(1));
    let begin = std::time::Instant::now();
    assert!(map(&app).await.repositories.iter().all(|repository| repository.problem.is_none()));
    assert!(begin.elapsed() >= std::time::Duration::from_secs(1));
    assert_eq!(app.faults.seen(DESCRIBE).len(), 8);
}

#[tokio::test]
async fn who_is_throttled_for_long_is_told_so_at_once() {
    let app = TestApp::acme().await;
    app.faults.plan("GET /v1/domain?", 1, Effect::Throttle(60));
    let answer = app.ask(DescribeDomainMap, &domain(), &(), &()).await;
    assert_eq!(answer.problem(), (StatusCode::TOO_MANY_REQUESTS, ProblemCode::Throttled));
    assert_eq!(answer.headers["retry-after"], "60");
    assert_eq!(app.faults.seen("GET /v1/domain?").len(), 1);
}

#[tokio::test]
async fn the_map_is_kept_for_a_moment_and_read_anew_when_asked() {
    let app = TestApp::acme().await;
    let first = map(&app).await;
    assert_eq!(map(&app).await, first);
    assert_eq!(app.faults.seen(DESCRIBE).len(), 7);
    let mut anew = request::<DescribeDomainMap>(&domain(), &(), &(), Some(&app.token));
    anew.headers_mut().insert(CACHE_CONTROL, "no-cache".parse().unwrap());
    let second: DomainMap = app.send(anew).await.json();
    assert!(second.read_at > first.read_at);
    assert_eq!(app.faults.seen(DESCRIBE).len(), 14);
}

#[tokio::test]
async fn many_who_ask_at_once_are_answered_by_one_reading() {
    let app = TestApp::acme().await;
    let all = (0..10).map(|_| map(&app));
    futures_util::future::join_all(all).await;
    assert_eq!(app.faults.seen(DESCRIBE).len(), 7);
}

#[tokio::test]
async fn a_list_that_repeats_its_page_is_given_up() {
    let app = TestApp::acme().await;
    app.faults.plan("POST /v1/domain/repositories", usize::MAX, Effect::SamePage("again"));
    let answer = app.ask(DescribeDomainMap, &domain(), &(), &()).await;
    assert_eq!(answer.problem(), (StatusCode::BAD_GATEWAY, ProblemCode::Unexpected));
    assert!(answer.text().contains("same page twice"));
    assert_eq!(app.faults.seen("POST /v1/domain/repositories").len(), 2);
}

#[tokio::test]
async fn packages_are_counted_by_format_and_kept() {
    let app = TestApp::acme().await;
    let ask = CountPackages { repositories: vec!["team-dev".parse().unwrap(), "nowhere".parse().unwrap()] };
    let counts = app.get(CountRepositoryPackages, &domain(), &(), &ask).await;
    assert_eq!(counts[0].repository.as_str(), "team-dev");
    assert!(counts[0].formats.len() >= 2 && counts[0].formats.windows(2).all(|two| two[0].1 >= two[1].1));
    assert_eq!(counts[1].problem.as_ref().unwrap().code, ProblemCode::NotFound);
    let calls = app.faults.seen(COUNT).len();
    assert_eq!(app.get(CountRepositoryPackages, &domain(), &(), &ask).await[0], counts[0]);
    assert_eq!(app.faults.seen(COUNT).len(), calls + 1, "only the failure is asked again");
}

#[tokio::test]
async fn at_most_fifty_repositories_are_counted_at_once() {
    let app = TestApp::acme().await;
    for (number, status) in [(50, StatusCode::OK), (51, StatusCode::BAD_REQUEST)] {
        let ask = CountPackages { repositories: vec!["production".parse().unwrap(); number] };
        assert_eq!(app.ask(CountRepositoryPackages, &domain(), &(), &ask).await.status, status, "{number}");
    }
}
