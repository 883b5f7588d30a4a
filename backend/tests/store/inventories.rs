//! Recorded states of repositories, for the tests that run on both databases.

use headwater::store::Store;
use headwater::store::inventories::{self, Held, Place};
use shared::format::PackageFormat;
use shared::inventory::ReadTime;
use shared::package::PackageKey;
use shared::version::{Origin, PackageVersionStatus, VersionSummary};

fn place(repository: &str) -> Place {
    ("demo".parse().unwrap(), "acme".parse().unwrap(), repository.parse().unwrap())
}

/// Packages with their versions, such as `ui 1 2`.
fn held(packages: &[&str]) -> Held {
    let package = |words: &&str| {
        let mut words = words.split(' ');
        let name = words.next().unwrap().parse().unwrap();
        let version = |version: &str| VersionSummary {
            version: version.parse().unwrap(),
            revision: Some(format!("r{version}=").parse().unwrap()),
            status: Some(PackageVersionStatus::Published),
            origin: Origin::Unknown,
        };
        (PackageKey { format: PackageFormat::Npm, namespace: None, name }, words.map(version).collect())
    };
    packages.iter().map(package).collect()
}

async fn keep(store: &Store, at: i64, packages: &[&str]) -> bool {
    let mut writing = store.write().await.unwrap();
    let kept = inventories::keep(&mut writing, &place("production"), ReadTime(at), &held(packages)).await.unwrap();
    writing.commit().await.unwrap();
    kept
}

async fn at(store: &Store, time: i64) -> Option<Held> {
    inventories::at(store.read().await.unwrap().sql(), &place("production"), ReadTime(time)).await.unwrap()
}

/// The states, as times of the first and the last reading, packages and versions.
async fn states(store: &Store) -> Vec<(i64, i64, usize, usize)> {
    let states = inventories::states(store.read().await.unwrap().sql(), &place("production")).await.unwrap();
    states.into_iter().map(|one| (one.at.0, one.last.0, one.packages, one.versions)).collect()
}

pub async fn a_repository_is_read_back_as_it_was_at_each_recorded_time(store: Store) {
    assert!(keep(&store, 10, &[]).await, "an empty repository has a state too");
    assert!(keep(&store, 20, &["forms 1", "ui 1 2"]).await);
    assert!(keep(&store, 25, &["forms 1", "ui 2 1"]).await, "in another order it is the same");
    assert!(keep(&store, 30, &["tables 1", "ui 1 2 3"]).await);
    assert!(keep(&store, 40, &["forms 1", "ui 1 2"]).await);
    assert_eq!(states(&store).await, [(40, 40, 2, 3), (30, 30, 2, 4), (20, 25, 2, 3), (10, 10, 0, 0)]);
    for (time, packages) in [
        (10, &[][..]),
        (19, &[]),
        (20, &["forms 1", "ui 1 2"]),
        (29, &["forms 1", "ui 1 2"]),
        (30, &["tables 1", "ui 1 2 3"]),
        (99, &["forms 1", "ui 1 2"]),
    ] {
        assert_eq!(at(&store, time).await, Some(held(packages)), "at {time}");
    }
    assert_eq!(at(&store, 9).await, None);
    let other = inventories::at(store.read().await.unwrap().sql(), &place("staging"), ReadTime(99)).await.unwrap();
    assert_eq!(other, None, "another repository has its own");
}

pub async fn an_older_reading_does_not_replace_a_later_one(store: Store) {
    assert!(keep(&store, 20, &["ui 1 2"]).await);
    assert!(!keep(&store, 19, &["ui 1"]).await);
    assert!(!keep(&store, 20, &["ui 1"]).await);
    assert_eq!(states(&store).await, [(20, 20, 1, 2)]);
}

pub async fn readers_at_once_leave_one_truth(store: Store) {
    let words: Vec<String> = (1..=16).map(|number| format!("ui {number}")).collect();
    let all = words.iter().enumerate().map(|(number, words)| {
        let (store, at) = (store.clone(), i64::try_from(number).unwrap() + 1);
        async move { keep(&store, at, &[words.as_str()]).await }
    });
    let kept = futures_util::future::join_all(all).await;
    assert!(kept[15], "the last one counts whoever came first");
    assert_eq!(at(&store, 16).await, Some(held(&["ui 16"])));
    for (number, words) in words.iter().enumerate().filter(|(number, _)| kept[*number]) {
        assert_eq!(at(&store, i64::try_from(number).unwrap() + 1).await, Some(held(&[words.as_str()])));
    }
}
