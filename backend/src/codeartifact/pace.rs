//! Keeps to CodeArtifact's quotas of calls a second (quotas table).

use std::time::Duration;

use tokio::sync::{Mutex, Semaphore, SemaphorePermit};
use tokio::time::Instant;

use crate::error::{Error, Kind, Result};

/// Lets calls start one by one.
#[derive(Debug)]
pub struct Pace {
    /// The least time from one call's start to the next one's.
    step: Duration,
    /// For the calls under way at the same time.
    room: Semaphore,
    /// How far calls may run ahead of their steps after a pause.
    ahead: Duration,
    next: Mutex<Option<Instant>>,
    /// AWS asked for no call before.
    held: Mutex<Option<Instant>>,
}

impl Pace {
    /// For `CopyPackageVersions`: five calls a second, four at the same time.
    pub fn of_copies() -> Self {
        Self::new(Duration::from_millis(200), 4)
    }

    /// For `PublishPackageVersion`: ten calls a second. Each lasts as long as its file takes to arrive, so their number is
    /// left to `Work`.
    pub fn of_publishing() -> Self {
        Self::new(Duration::from_millis(100), Semaphore::MAX_PERMITS)
    }

    /// For `ListPackageVersions`, and for `ListPackageVersionAssets`: 200 calls a second each, 20 of them at once.
    pub fn of_lists() -> Self {
        let step = Duration::from_secs(1) / 180;
        Self { ahead: step * 20, ..Self::new(step, super::MOST_AT_ONCE) }
    }

    /// For all reads that a promotion makes in a row: 800 calls a second, 40 of them at once.
    pub fn of_reads() -> Self {
        let step = Duration::from_secs(1) / 750;
        Self { ahead: step * 40, ..Self::new(step, Semaphore::MAX_PERMITS) }
    }

    fn new(step: Duration, most: usize) -> Self {
        Self { step, room: Semaphore::new(most), ahead: Duration::ZERO, next: Mutex::default(), held: Mutex::default() }
    }

    /// Waits for the turn of one call, which lasts as long as the permit is held.
    ///
    /// # Errors
    /// `Throttled` while AWS has asked for no calls: nothing is sent then.
    pub async fn turn(&self) -> Result<Option<SemaphorePermit<'_>>> {
        // The semaphore is never closed, so there always is a permit.
        let permit = self.room.acquire().await.ok();
        let mut next = self.next.lock().await;
        let now = Instant::now();
        let earliest = now.checked_sub(self.ahead).unwrap_or(now);
        let start = next.unwrap_or(earliest).max(earliest);
        *next = Some(start + self.step);
        drop(next);
        tokio::time::sleep_until(start).await;
        let left = self.held.lock().await.map_or(Duration::ZERO, |held| held.saturating_duration_since(Instant::now()));
        if left.is_zero() {
            return Ok(permit);
        }
        let seconds = left.as_millis().div_ceil(1000);
        let kind = Kind::Throttled(Some(u64::try_from(seconds).unwrap_or(u64::MAX)));
        Err(Error::new(kind, "AWS has asked this program to wait before it sends another such call."))
    }

    /// Reads from a failed call how long AWS asks to wait: nobody's turn comes before.
    pub async fn heed(&self, error: &Error) {
        if let Kind::Throttled(Some(seconds)) = error.kind {
            let until = Instant::now() + Duration::from_secs(seconds);
            let mut held = self.held.lock().await;
            *held = Some(held.map_or(until, |held| held.max(until)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn no_more_than_five_calls_start_in_a_second() {
        let pace = Pace::of_copies();
        let begin = Instant::now();
        let mut starts = Vec::new();
        for _ in 0..11 {
            drop(pace.turn().await.unwrap());
            starts.push(begin.elapsed());
        }
        assert_eq!(starts[0], Duration::ZERO);
        assert!(starts.windows(6).all(|six| six[5] - six[0] >= Duration::from_secs(1)), "{starts:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn no_more_than_two_hundred_lists_of_versions_start_in_a_second() {
        tokio::time::advance(Duration::from_secs(60)).await;
        let pace = Pace::of_lists();
        let begin = Instant::now();
        let mut starts = Vec::new();
        for _ in 0..500 {
            drop(pace.turn().await);
            starts.push(begin.elapsed());
        }
        assert_eq!(starts[19], Duration::ZERO, "some may start at once");
        // Timers of the runtime are exact to a millisecond.
        let most = Duration::from_millis(999);
        assert!(starts.windows(201).all(|window| window[200] - window[0] >= most), "{starts:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn no_more_than_four_calls_are_under_way() {
        let pace = Pace::of_copies();
        let mut held = Vec::new();
        for _ in 0..4 {
            held.push(pace.turn().await);
        }
        assert!(tokio::time::timeout(Duration::from_secs(60), pace.turn()).await.is_err());
        held.pop();
        assert!(tokio::time::timeout(Duration::from_secs(60), pace.turn()).await.is_ok());
    }
}
