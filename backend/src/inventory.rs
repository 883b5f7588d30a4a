//! What repositories hold, all of it: read from AWS once for all who ask, recorded in the store when it was read whole,
//! and taken from there the next time.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use futures_util::{StreamExt, stream};
use moka::future::Cache as Moka;
use shared::inventory::ReadTime;
use shared::package::PackageKey;
use shared::problem::Problem;
use shared::version::VersionSummary;
use tokio::sync::watch;

use crate::clock;
use crate::codeartifact::{CodeArtifact, MOST_AT_ONCE};
use crate::error::{Error, Result};
use crate::store::Store;
use crate::store::inventories::{self, Held, Place};

/// How long a reading is kept in memory after somebody last asked for it.
const IDLE: Duration = Duration::from_secs(600);

/// How many are kept.
const MOST_READINGS: u64 = 20;

/// A package of a repository with its versions, or why they could not be read.
pub struct ReadPackage {
    /// Which package.
    pub package: PackageKey,
    /// Its versions, in no order.
    pub versions: std::result::Result<Vec<VersionSummary>, Problem>,
}

/// How far a reading has come.
#[derive(Default)]
pub struct Progress {
    /// All packages in their order, once `listed`.
    pub packages: Vec<PackageKey>,
    /// They are all there.
    pub listed: bool,
    /// The first of them, with their versions.
    pub held: Vec<ReadPackage>,
    /// Why they could not be listed.
    pub failed: Option<Error>,
}

impl Progress {
    /// Everything has been read.
    pub fn is_complete(&self) -> bool {
        self.listed && self.held.len() == self.packages.len()
    }

    fn has_gaps(&self) -> bool {
        self.held.iter().any(|one| one.versions.is_err())
    }

    /// What can be recorded: all of it, or nothing.
    fn whole(&self) -> Option<Held> {
        let held = self.held.iter().map(|one| Some((one.package.clone(), one.versions.as_ref().ok()?.clone())));
        self.is_complete().then(|| held.collect())?
    }
}

/// A repository that is being read, or has been.
pub struct Reading {
    /// When it began: what changed later may be missing.
    pub read_at: ReadTime,
    progress: watch::Sender<Progress>,
}

impl Reading {
    fn begun(read_at: ReadTime) -> Arc<Self> {
        Arc::new(Self { read_at, progress: watch::Sender::default() })
    }

    /// What the store knows.
    fn known(read_at: ReadTime, held: Held) -> Arc<Self> {
        let packages = held.iter().map(|(package, _)| package.clone()).collect();
        let held = held.into_iter().map(|(package, versions)| ReadPackage { package, versions: Ok(versions) });
        let progress = Progress { packages, listed: true, held: held.collect(), failed: None };
        Arc::new(Self { read_at, progress: watch::Sender::new(progress) })
    }

    /// Whether it will do, where this program last changed something at a time in epoch milliseconds. A reading that began
    /// before that may have missed it, also when it has not ended yet.
    fn serves(&self, want: Want, changed: i64) -> bool {
        let progress = self.progress.borrow();
        let whole = progress.is_complete();
        progress.failed.is_none()
            && match want {
                Want::Anew => !whole && self.read_at.0 > changed,
                Want::Known => !(whole && progress.has_gaps()) && self.read_at.0 > changed,
                Want::Same => true,
            }
    }

    /// Sees how far it is, and hears when it goes on.
    pub fn watch(&self) -> watch::Receiver<Progress> {
        self.progress.subscribe()
    }
}

/// How fresh a repository is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    /// As it was read last, however long ago, unless this program has changed something since.
    Known,
    /// Read now, or being read now.
    Anew,
    /// The same reading that a page before came from, if it is still there.
    Same,
}

/// The readings of all repositories.
pub struct Inventories {
    kept: Moka<Place, Arc<Reading>>,
    recorded: Moka<(Place, ReadTime), Arc<Reading>>,
    /// When this program last changed something, epoch milliseconds.
    changed: AtomicI64,
}

impl Default for Inventories {
    fn default() -> Self {
        let kept = Moka::builder().time_to_idle(IDLE).max_capacity(MOST_READINGS).build();
        let recorded = Moka::builder().time_to_idle(IDLE).max_capacity(MOST_READINGS).build();
        Self { kept, recorded, changed: AtomicI64::new(0) }
    }
}

impl Inventories {
    /// What was read before may not be so any more.
    pub fn forget(&self) {
        self.changed.store(clock::millis(), Ordering::Release);
    }

    /// A repository as it is now. Several who ask at once share one reading.
    pub async fn now(
        &self,
        codeartifact: &Arc<CodeArtifact>,
        store: &Store,
        place: &Place,
        want: Want,
    ) -> Arc<Reading> {
        let entry = self.kept.entry_by_ref(place).and_upsert_with(|before| async {
            let changed = self.changed.load(Ordering::Acquire);
            let before = before.map(moka::Entry::into_value).filter(|before| before.serves(want, changed));
            if let Some(before) = before {
                return before;
            }
            let known = if want == Want::Anew { None } else { self.last(store, place).await };
            known.unwrap_or_else(|| read(Arc::clone(codeartifact), store.clone(), place.clone()))
        });
        entry.await.into_value()
    }

    /// The last reading that stands in the store, if nothing was changed since.
    async fn last(&self, store: &Store, place: &Place) -> Option<Arc<Reading>> {
        let stored = async {
            let mut reading = store.read().await?;
            let Some(time) = inventories::last(reading.sql(), place).await? else { return Ok(None) };
            if time.0 <= self.changed.load(Ordering::Acquire) {
                return Ok(None);
            }
            Ok(inventories::at(reading.sql(), place, time).await?.map(|held| Reading::known(time, held)))
        };
        stored.await.unwrap_or_else(|error: Error| {
            tracing::warn!(target: "inventory", error = ?error.chain(), "what was recorded cannot be read");
            None
        })
    }

    /// A repository as it was at a recorded time.
    ///
    /// # Errors
    /// `NotFound` when nothing of that time is recorded.
    pub async fn at(&self, store: &Store, place: &Place, time: ReadTime) -> Result<Arc<Reading>> {
        let read = async {
            let mut reading = store.read().await?;
            let held = inventories::at(reading.sql(), place, time).await?;
            held.map(|held| Reading::known(time, held)).ok_or_else(|| {
                Error::not_found(format!("What {} held at that time is not recorded. Choose another time.", place.2))
            })
        };
        self.recorded.try_get_with((place.clone(), time), read).await.map_err(|error| (*error).clone())
    }
}

/// Begins to read a repository from AWS. It goes on when nobody waits any more, and what was read whole is recorded.
fn read(codeartifact: Arc<CodeArtifact>, store: Store, place: Place) -> Arc<Reading> {
    let reading = Reading::begun(ReadTime(clock::millis()));
    let work = {
        let reading = Arc::clone(&reading);
        tokio::spawn(async move {
            if let Err(error) = all(&codeartifact, &place, &reading.progress).await {
                reading.progress.send_modify(|progress| progress.failed = Some(error));
                return;
            }
            let whole = reading.progress.borrow().whole();
            let Some(held) = whole else { return };
            if let Err(error) = record(&store, &place, reading.read_at, &held).await {
                tracing::warn!(target: "inventory", error = ?error.chain(), "what was read cannot be recorded");
            }
        })
    };
    let watched = Arc::clone(&reading);
    tokio::spawn(async move {
        if let Err(error) = work.await {
            // Those who wait must hear of it.
            watched.progress.send_modify(|progress| progress.failed = Some(Error::unexpected(error)));
        }
    });
    reading
}

async fn all(codeartifact: &CodeArtifact, place: &Place, progress: &watch::Sender<Progress>) -> Result<()> {
    let (_, domain, repository) = place;
    let mut packages = codeartifact.all_packages(domain, repository).await?;
    packages.sort();
    packages.dedup();
    progress.send_modify(|progress| {
        progress.packages.clone_from(&packages);
        progress.listed = true;
    });
    let reads = stream::iter(packages).map(|package| async move {
        let versions = match codeartifact.all_versions(domain, repository, &package).await {
            // It has gone since it was listed.
            Err(error) if error.is_not_found() => Ok(Vec::new()),
            read => read.map_err(|error| error.problem()),
        };
        ReadPackage { package, versions }
    });
    let mut reads = std::pin::pin!(reads.buffered(MOST_AT_ONCE));
    while let Some(read) = reads.next().await {
        progress.send_modify(|progress| progress.held.push(read));
    }
    Ok(())
}

async fn record(store: &Store, place: &Place, at: ReadTime, held: &Held) -> Result<()> {
    let mut writing = store.write().await?;
    inventories::keep(&mut writing, place, at, held).await?;
    writing.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reading that began at 10.
    fn reading(listed: usize, read: usize, gap: bool) -> Arc<Reading> {
        let reading = Reading::begun(ReadTime(10));
        let key = |number| format!(r#"{{"format":"npm","namespace":null,"name":"ui-{number}"}}"#);
        let packages: Vec<PackageKey> = (0..listed).map(|number| serde_json::from_str(&key(number)).unwrap()).collect();
        let problem = Error::bad_request("no").problem();
        let held = packages.iter().take(read).map(|package| ReadPackage {
            package: package.clone(),
            versions: if gap { Err(problem.clone()) } else { Ok(Vec::new()) },
        });
        let held = held.collect();
        reading.progress.send_replace(Progress { packages, listed: true, held, failed: None });
        reading
    }

    #[test]
    fn what_began_before_a_change_serves_only_the_pages_after_its_first() {
        for (reading, anew) in [(reading(2, 2, false), false), (reading(2, 1, false), true)] {
            assert!(reading.serves(Want::Known, 9));
            assert_eq!(reading.serves(Want::Anew, 9), anew, "only what is still being read is as good as anew");
            for changed in [10, 11] {
                assert!(!reading.serves(Want::Known, changed) && !reading.serves(Want::Anew, changed));
                assert!(reading.serves(Want::Same, changed));
            }
        }
    }

    #[test]
    fn what_has_gaps_is_read_again_and_what_failed_serves_nobody() {
        let gaps = reading(2, 2, true);
        assert!(!gaps.serves(Want::Known, 0) && gaps.serves(Want::Same, 0));
        gaps.progress.send_modify(|progress| progress.failed = Some(Error::bad_request("no")));
        assert!(!gaps.serves(Want::Same, 0));
    }
}
