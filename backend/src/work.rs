//! Work that goes on when the browser goes away, and that the server waits for before it ends.

use std::sync::Arc;

use tokio::sync::Semaphore;

use crate::error::{Error, Result};

/// How many such pieces of work there may be.
const MOST: u32 = 64;

/// The pieces of work under way.
#[derive(Debug, Clone)]
pub struct Work(Arc<Semaphore>);

impl Default for Work {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(MOST as usize)))
    }
}

impl Work {
    /// Does something that ends even if the one who waits for it goes away.
    ///
    /// # Errors
    /// What the work answers; `Unexpected` when it panics.
    pub async fn finish<T: Send + 'static>(&self, work: impl Future<Output = Result<T>> + Send + 'static) -> Result<T> {
        let place = Arc::clone(&self.0).acquire_owned().await.map_err(Error::unexpected)?;
        let task = tokio::spawn(async move {
            let result = work.await;
            drop(place);
            result
        });
        task.await.map_err(Error::unexpected)?
    }

    /// Waits until all work is done.
    pub async fn done(&self) {
        // An error would mean that the semaphore is closed, and nothing closes it.
        let _ = self.0.acquire_many(MOST).await;
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::oneshot;

    use super::*;

    #[tokio::test]
    async fn work_ends_though_nobody_waits_for_it() {
        let work = Work::default();
        let (go, gone) = oneshot::channel::<()>();
        let (tell, told) = oneshot::channel();
        {
            let waiting = work.finish(async move {
                let _ = gone.await;
                tell.send(()).map_err(|()| Error::bad_request("nobody listens"))
            });
            assert!(tokio::time::timeout(std::time::Duration::from_millis(10), waiting).await.is_err());
        }
        go.send(()).unwrap();
        work.done().await;
        assert!(told.await.is_ok());
    }
}
