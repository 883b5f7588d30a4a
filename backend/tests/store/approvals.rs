//! Protections and votes, for the tests that run on both databases.

use headwater::store::{Store, approvals, protections};
use shared::approval::{Said, Vote};
use shared::names::{ConnectionKey, DomainName, PlanId};
use shared::person::Person;
use shared::protection::{Protection, Protections};

fn place() -> (ConnectionKey, DomainName) {
    ("demo".parse().unwrap(), "acme".parse().unwrap())
}

async fn set(store: &Store, revision: u64, pattern: &str) -> bool {
    let pattern = pattern.parse().unwrap();
    let one = Protection { pattern, approvals: 1, approvers: Vec::new(), sources: Vec::new(), window: None };
    let new = Protections { revision, list: vec![one], by: None, changed_at: None };
    let (connection, domain) = place();
    let mut writing = store.write().await.unwrap();
    let set = protections::set(&mut writing, &connection, &domain, &new).await;
    if set.is_ok() {
        writing.commit().await.unwrap();
    }
    set.is_ok()
}

async fn held(store: &Store) -> Protections {
    let (connection, domain) = place();
    protections::get(store.read().await.unwrap().sql(), &connection, &domain).await.unwrap()
}

pub async fn protections_are_replaced_only_by_who_saw_them(store: Store) {
    assert_eq!(held(&store).await, Protections::default());
    assert!(!set(&store, 2, "early").await);
    assert!(set(&store, 1, "first").await);
    assert!(!set(&store, 1, "late").await);
    assert!(set(&store, 2, "second").await);
    let held = held(&store).await;
    assert_eq!((held.revision, held.list[0].pattern.as_str()), (2, "second"));
}

pub async fn of_two_who_change_protections_at_once_one_is_refused(store: Store) {
    for revision in 1..=10 {
        let (one, other) = tokio::join!(set(&store, revision, "one"), set(&store, revision, "other"));
        assert!(one != other, "{revision}: {one} {other}");
        assert_eq!(held(&store).await.list[0].pattern.as_str(), if one { "one" } else { "other" });
    }
}

async fn put(store: &Store, id: &str, at: f64, said: Said) {
    let plan: PlanId = "0123456789abcdef0123".parse().unwrap();
    let vote = Vote { by: Person { id: id.to_owned(), name: id.to_owned() }, at, said };
    let mut writing = store.write().await.unwrap();
    approvals::lock(&mut writing, &plan).await.unwrap();
    approvals::put(&mut writing, &plan, "hash", &vote).await.unwrap();
    writing.commit().await.unwrap();
}

pub async fn nobody_has_two_votes_and_a_no_replaces_a_yes(store: Store) {
    let plan: PlanId = "0123456789abcdef0123".parse().unwrap();
    put(&store, "ann", 1.0, Said::Approved).await;
    put(&store, "ann", 2.0, Said::Approved).await;
    put(&store, "bob", 3.0, Said::Approved).await;
    put(&store, "bob", 4.0, Said::Rejected("no".into())).await;
    put(&store, "bob", 5.0, Said::Approved).await;
    let mut reading = store.read().await.unwrap();
    let votes = approvals::of_plan(reading.sql(), &plan, "hash").await.unwrap();
    let told: Vec<_> = votes.iter().map(|vote| (vote.by.id.as_str(), vote.at, &vote.said)).collect();
    assert_eq!(told, [("ann", 1.0, &Said::Approved), ("bob", 4.0, &Said::Rejected("no".into()))]);
    assert!(approvals::of_plan(reading.sql(), &plan, "other").await.unwrap().is_empty());
}
