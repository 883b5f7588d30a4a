//! Blocks, for the tests that run on both databases.

use headwater::error::Kind;
use headwater::store::{Store, blocks};
use shared::block::Block;
use shared::format::PackageFormat;
use shared::names::{ConnectionKey, DomainName};
use shared::package::PackageKey;
use shared::person::Person;
use shared::promotion::VersionChoice;

fn choice(namespace: Option<&str>, version: &str) -> VersionChoice {
    let namespace = namespace.map(|namespace| namespace.parse().unwrap());
    let package = PackageKey { format: PackageFormat::Npm, namespace, name: "ui".parse().unwrap() };
    VersionChoice { package, version: version.parse().unwrap() }
}

fn place(domain: &str) -> (ConnectionKey, DomainName) {
    ("demo".parse().unwrap(), domain.parse().unwrap())
}

async fn put(store: &Store, domain: &str, choice: VersionChoice, at: f64) -> Result<(), Kind> {
    let (connection, domain) = place(domain);
    let by = Person { id: "ann".into(), name: "Ann".into() };
    let block = Block { choice, reason: "It holds a key.".into(), by, at };
    let mut writing = store.write().await.unwrap();
    blocks::put(&mut writing, &connection, &domain, &block).await.map_err(|error| error.kind)?;
    writing.commit().await.map_err(|error| error.kind)
}

async fn held(store: &Store, domain: &str) -> Vec<VersionChoice> {
    let (connection, domain) = place(domain);
    let all = blocks::all(store.read().await.unwrap().sql(), &connection, &domain).await.unwrap();
    all.0.into_iter().map(|block| block.choice).collect()
}

pub async fn a_version_is_blocked_once_and_in_its_own_domain(store: Store) {
    let (scoped, plain) = (choice(Some("acme"), "1.0.0"), choice(None, "1.0.0"));
    put(&store, "acme", scoped.clone(), 1.0).await.unwrap();
    put(&store, "acme", plain.clone(), 2.0).await.unwrap();
    assert_eq!(put(&store, "acme", scoped.clone(), 3.0).await, Err(Kind::Conflict));
    put(&store, "other", scoped.clone(), 1.0).await.unwrap();
    assert_eq!(held(&store, "acme").await, [plain.clone(), scoped.clone()]);
    let (connection, domain) = place("acme");
    let mut reading = store.read().await.unwrap();
    let found = blocks::of_package(reading.sql(), &connection, &domain, &scoped.package).await.unwrap();
    assert_eq!(found.0.iter().map(|block| &block.choice).collect::<Vec<_>>(), [&scoped]);
    drop(reading);
    for left in [true, false] {
        let mut writing = store.write().await.unwrap();
        let removed = blocks::remove(&mut writing, &connection, &domain, &scoped).await;
        assert_eq!(removed.is_ok(), left);
        if let Ok(block) = removed {
            assert_eq!(block.at, 1.0);
            writing.commit().await.unwrap();
        }
    }
    assert_eq!((held(&store, "acme").await, held(&store, "other").await), (vec![plain], vec![scoped]));
}

pub async fn of_two_who_block_at_once_one_is_refused(store: Store) {
    for number in 0..10 {
        let choice = choice(None, &format!("2.0.{number}"));
        let (one, other) = tokio::join!(put(&store, "acme", choice.clone(), 1.0), put(&store, "acme", choice, 1.0));
        let results = [one, other];
        assert!(results.contains(&Ok(())) && results.contains(&Err(Kind::Conflict)), "{number}: {results:?}");
    }
}
