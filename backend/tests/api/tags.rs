//! Tags of domains and repositories that are there already.

use http::StatusCode;
use shared::api::{ListDomainTags, ListRepositoryTags, SetDomainTags, SetRepositoryTags};
use shared::problem::{Problem, ProblemCode};
use shared::tag::{HeldTags, NewTags, Tag, parse_lines};

use crate::support::{Answer, Effect, TestApp, domain, repository};

fn tags(lines: &str) -> Vec<Tag> {
    parse_lines(lines).unwrap()
}

async fn set(app: &TestApp, seen: &str, wanted: &str) -> Answer {
    let new = NewTags { seen: tags(seen), tags: tags(wanted) };
    app.ask(SetRepositoryTags, &repository("team-dev"), &(), &new).await
}

async fn held(app: &TestApp) -> HeldTags {
    app.get(ListRepositoryTags, &repository("team-dev"), &(), &()).await
}

#[tokio::test]
async fn tags_are_added_changed_and_removed_and_the_rest_stays() {
    let app = TestApp::acme().await;
    assert_eq!(held(&app).await.tags, []);
    let answer = set(&app, "", "team=billing\nstage=test\nempty").await;
    assert_eq!(answer.json::<HeldTags>().tags, tags("empty\nstage=test\nteam=billing"));
    app.faults.forget();
    set(&app, "empty\nstage=test\nteam=billing", "stage=prod\nteam=billing\nurl=a=b").await;
    assert_eq!(held(&app).await.tags, tags("stage=prod\nteam=billing\nurl=a=b"));
    assert_eq!((app.faults.seen("POST /v1/untag").len(), app.faults.seen("POST /v1/tag?").len()), (1, 1));
    let other: HeldTags = app.get(ListDomainTags, &domain(), &(), &()).await;
    assert_eq!(other.tags, tags("owner=platform-team"));
    assert!(other.arn.ends_with(":domain/acme"));
}

#[tokio::test]
async fn tags_that_changed_meanwhile_are_told_and_left_alone() {
    let app = TestApp::acme().await;
    set(&app, "", "team=a").await;
    let answer = set(&app, "", "team=b").await;
    assert_eq!(answer.problem(), (StatusCode::CONFLICT, ProblemCode::Conflict));
    assert!(answer.json::<Problem>().message.ends_with("They are now: team=a."));
    assert_eq!(held(&app).await.tags, tags("team=a"));
}

#[tokio::test]
async fn fifty_tags_can_all_be_replaced_and_one_more_is_refused() {
    let app = TestApp::acme().await;
    let many = |name: &str, number: usize| (0..number).map(|n| format!("{name}{n}=v\n")).collect::<String>();
    let list = |lines: &str| NewTags { seen: tags("owner=platform-team"), tags: tags(lines) };
    let seen = many("old", 50);
    assert_eq!(app.ask(SetDomainTags, &domain(), &(), &list(&seen)).await.status, StatusCode::OK);
    let new = NewTags { seen: tags(&seen), tags: tags(&many("new", 50)) };
    assert_eq!(app.ask(SetDomainTags, &domain(), &(), &new).await.status, StatusCode::OK);
    let told: HeldTags = app.get(ListDomainTags, &domain(), &(), &()).await;
    assert!(told.tags.len() == 50 && told.tags.iter().all(|tag| tag.key.as_str().starts_with("new")));
    let mut new = list(&many("k", 50));
    new.tags.push(Tag { key: "one-more".parse().unwrap(), value: "".parse().unwrap() });
    app.faults.forget();
    assert_eq!(app.ask(SetDomainTags, &domain(), &(), &new).await.status, StatusCode::BAD_REQUEST);
    assert!(app.faults.seen("").is_empty());
}

#[tokio::test]
async fn a_lost_answer_is_told_and_not_sent_again() {
    let app = TestApp::acme().await;
    app.faults.plan("POST /v1/tag?", 1, Effect::ResetAfter);
    let answer = set(&app, "", "team=a").await;
    assert_eq!(answer.status, StatusCode::GATEWAY_TIMEOUT);
    assert_eq!(app.faults.seen("POST /v1/tag?").len(), 1);
    // Whoever looks again sees what is there.
    assert_eq!(held(&app).await.tags, tags("team=a"));
}

#[tokio::test]
async fn a_change_that_stops_halfway_tells_what_was_done_and_loses_nothing() {
    let app = TestApp::acme().await;
    set(&app, "", "old=1").await;
    app.faults.plan("POST /v1/untag", 1, Effect::Deny);
    let answer = set(&app, "old=1", "new=2").await;
    assert_eq!(answer.problem(), (StatusCode::FORBIDDEN, ProblemCode::Forbidden));
    let message = answer.json::<Problem>().message;
    assert!(message.contains("These tags were set: new.") && message.ends_with("not authorized"), "{message}");
    assert_eq!(held(&app).await.tags, tags("new=2\nold=1"));
    // Where only one call is made, there is no half.
    app.faults.plan("POST /v1/untag", 1, Effect::Deny);
    let message = set(&app, "new=2\nold=1", "new=2").await.json::<Problem>().message;
    assert_eq!(message, "User: x is not authorized");
}
