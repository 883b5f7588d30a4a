//! The worker: one in each process. Claims chunks of runs and works on a few at a time.

use std::sync::Arc;
use std::time::Duration;

use shared::names::ConnectionKey;
use tokio::sync::Semaphore;

use super::chunk::Chunk;
use super::hub::Hub;
use crate::codeartifact::CodeArtifact;
use crate::error::Result;
use crate::store::chunks::{self, Claim};
use crate::store::{Store, runs};
use crate::work::Work;

/// How many chunks are worked on at the same time. AWS's quotas are kept by the client.
const MOST_CHUNKS: usize = 4;

/// How often to look whether another process has left something to do.
const ROUND: Duration = Duration::from_secs(1);

/// How often a claim is renewed.
const RENEWAL: Duration = Duration::from_secs(3);

/// What a worker needs. Cheap to clone.
#[derive(Clone)]
pub struct Worker {
    /// The journal.
    pub store: Store,
    /// Who is told.
    pub hub: Arc<Hub>,
    /// The connections that this process has.
    pub connections: Arc<[Arc<CodeArtifact>]>,
    /// What must end before the program does.
    pub work: Work,
}

impl Worker {
    /// Works until the hub closes.
    pub async fn run(self) {
        let room = Arc::new(Semaphore::new(MOST_CHUNKS));
        while !self.hub.is_closing() {
            let Ok(place) = Arc::clone(&room).acquire_owned().await else { return };
            match self.next().await {
                Ok(Next::Claimed(claim)) => {
                    let worker = self.clone();
                    tokio::spawn(async move {
                        worker.finish(claim).await;
                        drop(place);
                        // A run of which this was the last chunk may have been all that others waited for.
                        worker.hub.wake();
                    });
                }
                Ok(Next::In(wait)) => self.rest(wait).await,
                Err(error) => {
                    tracing::error!(target: "run", error = ?error.chain(), "the journal cannot be used");
                    self.rest(ROUND).await;
                }
            }
        }
    }

    async fn rest(&self, wait: Duration) {
        tokio::select! {
            () = self.hub.woken() => {}
            () = self.hub.closed() => {}
            () = tokio::time::sleep(wait) => {}
        }
    }

    /// Claims the next chunk that this process has a connection for.
    async fn next(&self) -> Result<Next> {
        let mut writing = self.store.write().await?;
        let (due, next) = chunks::due(&mut writing).await?;
        for seen in due.iter().filter(|seen| self.connection(&seen.connection).is_some()) {
            if let Some(claim) = chunks::claim(&mut writing, seen).await? {
                writing.commit().await?;
                return Ok(Next::Claimed(claim));
            }
        }
        let wait = next.map_or(ROUND, |seconds| ROUND.min(Duration::from_secs_f64(seconds.max(0.01))));
        Ok(Next::In(wait))
    }

    fn connection(&self, key: &ConnectionKey) -> Option<&Arc<CodeArtifact>> {
        self.connections.iter().find(|connection| connection.settings.key == *key)
    }

    /// Works on a chunk as long as the claim is ours. The program waits for it before it ends; a panic in there ends
    /// with the claim, and somebody goes on.
    async fn finish(&self, claim: Claim) {
        let worker = self.clone();
        let name = format!("{}/{}", claim.run, claim.chunk);
        let result = self.work.finish(async move {
            tokio::select! {
                result = worker.chunk(claim.clone()) => result,
                () = worker.hold(&claim) => Ok(()),
            }
        });
        if let Err(error) = result.await {
            tracing::error!(target: "run", chunk = name, error = ?error.chain(), "the work on a chunk broke off");
        }
    }

    async fn chunk(&self, claim: Claim) -> Result<()> {
        let Some(codeartifact) = self.connection(&claim.connection).cloned() else { return Ok(()) };
        let mut reading = self.store.read().await?;
        let head = runs::head(&mut reading, &claim.run).await?;
        let rows = chunks::rows(&mut reading, &claim).await?;
        drop(reading);
        let (store, hub) = (&self.store, &*self.hub);
        Chunk { store, hub, codeartifact: &codeartifact, claim, head, rows, doubt: None }.work().await
    }

    /// Renews the claim, and returns when it is not ours any more.
    async fn hold(&self, claim: &Claim) {
        loop {
            tokio::time::sleep(RENEWAL).await;
            let renewed = async {
                let mut writing = self.store.write().await?;
                let ours = chunks::renew(&mut writing, claim).await?;
                writing.commit().await?;
                Ok::<_, crate::error::Error>(ours)
            };
            match renewed.await {
                Ok(true) => {}
                Ok(false) => return,
                // The claim ends by itself if this goes on.
                Err(error) => tracing::warn!(target: "run", error = ?error.chain(), "a claim could not be renewed"),
            }
        }
    }
}

enum Next {
    Claimed(Claim),
    In(Duration),
}
