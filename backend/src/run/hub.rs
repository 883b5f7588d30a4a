//! Who works on runs and who watches them are told of each other's doings here, within one process.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, watch};

use crate::cache::Cache;
use crate::error::{Error, Kind, Result};

/// How many runs a session may watch at the same time.
pub const MOST_STREAMS: usize = 8;

/// The meeting place.
pub struct Hub {
    cache: Arc<Cache>,
    wake: Notify,
    changes: watch::Sender<u64>,
    closing: watch::Sender<bool>,
    streams: Mutex<HashMap<[u8; 32], Arc<Semaphore>>>,
}

impl Hub {
    /// A place where nobody is yet.
    pub fn new(cache: Arc<Cache>) -> Self {
        Self {
            cache,
            wake: Notify::new(),
            changes: watch::Sender::new(0),
            closing: watch::Sender::new(false),
            streams: Mutex::default(),
        }
    }

    /// There is work.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// Resolves when there may be work.
    pub async fn woken(&self) {
        self.wake.notified().await;
    }

    /// Something stands in the journal that did not before.
    pub fn changed(&self) {
        self.changes.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// Hears of changes from now on.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// What was read from AWS may not be so any more.
    pub fn cache_is_stale(&self) {
        self.cache.changed();
    }

    /// The program ends: no further call is begun, and streams end.
    pub fn close(&self) {
        self.closing.send_replace(true);
        self.wake();
    }

    /// Whether the program ends.
    pub fn is_closing(&self) -> bool {
        *self.closing.borrow()
    }

    /// Resolves when the program ends.
    pub async fn closed(&self) {
        // An error would mean that the sender is gone, and it is ours.
        let _ = self.closing.subscribe().wait_for(|closing| *closing).await;
    }

    /// A place among the streams of a session.
    ///
    /// # Errors
    /// `Throttled` when it has [`MOST_STREAMS`] already.
    pub fn stream(&self, session: [u8; 32]) -> Result<OwnedSemaphorePermit> {
        let mut streams = self.streams.lock().unwrap_or_else(PoisonError::into_inner);
        // Sessions that watch nothing any more.
        streams.retain(|_, places| places.available_permits() < MOST_STREAMS);
        let places = streams.entry(session).or_insert_with(|| Arc::new(Semaphore::new(MOST_STREAMS)));
        Arc::clone(places).try_acquire_owned().map_err(|_| {
            let message =
                format!("You watch {MOST_STREAMS} runs already, which is the most. Close one of their pages.");
            Error::new(Kind::Throttled(Some(5)), message)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_watches_so_many_runs_and_others_are_not_its_concern() {
        let hub = Hub::new(Arc::default());
        let mut places: Vec<_> = (0..MOST_STREAMS).map(|_| hub.stream([1; 32]).unwrap()).collect();
        assert!(hub.stream([1; 32]).is_err());
        assert!(hub.stream([2; 32]).is_ok());
        places.pop();
        assert!(hub.stream([1; 32]).is_ok());
    }
}
