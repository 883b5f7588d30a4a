//! What was read from AWS a moment ago. One reading serves all who ask meanwhile; what we change is forgotten at once.

use std::hash::Hash;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use moka::future::Cache as Moka;
use shared::connect::RepositoryEndpoints;
use shared::domain::{DomainMap, DomainSummary};
use shared::export::Snapshot;
use shared::names::{ConnectionKey, DomainName, RepositoryName};
use shared::recipe::{Names, SetupState};
use shared::repository::PackageCounts;

use crate::codeartifact::sts::Caller;
use crate::error::Result;
use crate::inventory::Inventories;

/// A repository of a domain of a connection.
pub type RepositoryKey = (ConnectionKey, DomainName, RepositoryName);

/// Everything that is kept.
pub struct Cache {
    /// Who we are, by connection.
    pub callers: Shelf<ConnectionKey, Caller>,
    /// Domains of a connection.
    pub domains: Shelf<ConnectionKey, Vec<DomainSummary>>,
    /// Maps of domains.
    pub maps: Shelf<(ConnectionKey, DomainName), DomainMap>,
    /// Domains with all that is exported.
    pub snapshots: Shelf<(ConnectionKey, DomainName), Snapshot>,
    /// What is there of the set-up recipe. Somebody watches it while others change it: what is kept is kept for moments.
    pub setups: Shelf<(ConnectionKey, Names), SetupState>,
    /// Endpoints of repositories. They never change while the repository is there.
    pub endpoints: Shelf<RepositoryKey, RepositoryEndpoints>,
    /// Packages of repositories, counted.
    pub counts: Shelf<RepositoryKey, PackageCounts>,
    /// Packages of repositories with all their versions.
    pub inventories: Inventories,
}

impl Default for Cache {
    fn default() -> Self {
        Self {
            callers: Shelf::new(Duration::from_secs(300), 100),
            domains: Shelf::new(Duration::from_secs(15), 100),
            maps: Shelf::new(Duration::from_secs(15), 100),
            snapshots: Shelf::new(Duration::from_secs(15), 20),
            setups: Shelf::new(Duration::from_secs(2), 100),
            endpoints: Shelf::new(Duration::from_secs(300), 1000),
            counts: Shelf::new(Duration::from_secs(60), 10_000),
            inventories: Inventories::default(),
        }
    }
}

impl Cache {
    /// Forgets what a change of ours may have changed.
    pub fn changed(&self) {
        self.domains.forget();
        self.maps.forget();
        self.snapshots.forget();
        self.setups.forget();
        self.endpoints.forget();
        self.counts.forget();
        self.inventories.forget();
    }
}

/// Values of one kind.
pub struct Shelf<K, V> {
    kept: Moka<(u64, K), V>,
    /// Part of every key. A new one leaves behind all that was read before, and all that is being read now.
    epoch: AtomicU64,
}

impl<K, V> Shelf<K, V>
where
    K: Clone + Eq + Hash + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    fn new(life: Duration, most: u64) -> Self {
        Self { kept: Moka::builder().time_to_live(life).max_capacity(most).build(), epoch: AtomicU64::new(0) }
    }

    /// The value kept, unless it must be read `anew`, else what `read` reads. Failures are not kept.
    ///
    /// # Errors
    /// What `read` answers.
    pub async fn get(&self, key: K, anew: bool, read: impl Future<Output = Result<V>>) -> Result<V> {
        let key = (self.epoch.load(Ordering::Acquire), key);
        if anew {
            self.kept.invalidate(&key).await;
        }
        self.kept.try_get_with(key, read).await.map_err(|error| (*error).clone())
    }

    /// Forgets one value.
    pub async fn drop_one(&self, key: K) {
        self.kept.invalidate(&(self.epoch.load(Ordering::Acquire), key)).await;
    }

    /// Forgets everything.
    fn forget(&self) {
        self.epoch.fetch_add(1, Ordering::AcqRel);
        self.kept.invalidate_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicU32;

    use super::*;
    use crate::error::Error;

    async fn read(counter: &AtomicU32) -> Result<u32> {
        tokio::task::yield_now().await;
        Ok(counter.fetch_add(1, Ordering::Relaxed))
    }

    #[tokio::test]
    async fn many_askers_read_once() {
        let (shelf, counter) = (Shelf::new(Duration::from_secs(60), 10), AtomicU32::new(0));
        let all = futures_util::future::join_all((0..20).map(|_| shelf.get("key", false, read(&counter)))).await;
        assert!(all.into_iter().all(|value| value.unwrap() == 0));
    }

    #[tokio::test]
    async fn what_must_be_read_anew_is() {
        let (shelf, counter) = (Shelf::new(Duration::from_secs(60), 10), AtomicU32::new(0));
        assert_eq!(shelf.get("key", false, read(&counter)).await.unwrap(), 0);
        assert_eq!(shelf.get("key", true, read(&counter)).await.unwrap(), 1);
        shelf.forget();
        assert_eq!(shelf.get("key", false, read(&counter)).await.unwrap(), 2);
        shelf.drop_one("key").await;
        assert_eq!(shelf.get("key", false, read(&counter)).await.unwrap(), 3);
    }

    #[tokio::test]
    async fn a_reading_begun_before_a_change_is_not_kept_after_it() {
        let shelf = Shelf::new(Duration::from_secs(60), 10);
        let stale = shelf.get("key", false, async {
            shelf.forget();
            Ok("stale")
        });
        assert_eq!(stale.await.unwrap(), "stale");
        assert_eq!(shelf.get("key", false, async { Ok("fresh") }).await.unwrap(), "fresh");
    }

    #[tokio::test]
    async fn a_failure_is_not_kept() {
        let shelf = Shelf::new(Duration::from_secs(60), 10);
        assert!(shelf.get("key", false, async { Err(Error::bad_request("no")) }).await.is_err());
        assert_eq!(shelf.get("key", false, async { Ok(1) }).await.unwrap(), 1);
    }
}
