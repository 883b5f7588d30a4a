//! Keeps to CodeArtifact's quotas of calls a second (quotas table).

use std::time::Duration;

use tokio::sync::{Mutex, Semaphore, SemaphorePermit};
use tokio::time::Instant;

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

    /// For `ListPackageVersions`: 200 calls a second, 20 of them at once.
    pub fn of_version_lists() -> Self {
        let step = Duration::from_secs(1) / 180;
        Self { ahead: step * 20, ..Self::new(step, super::MOST_AT_ONCE) }
    }

    fn new(step: Duration, most: usize) -> Self {
        Self { step, room: Semaphore::new(most), ahead: Duration::ZERO, next: Mutex::default() }
    }

    /// Waits for the turn of one call, which lasts as long as the permit is held.
    pub async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        // The semaphore is never closed, so there always is a permit.
        let permit = self.room.acquire().await.ok();
        let mut next = self.next.lock().await;
        let now = Instant::now();
        let earliest = now.checked_sub(self.ahead).unwrap_or(now);
        let start = next.unwrap_or(earliest).max(earliest);
        *next = Some(start + self.step);
        drop(next);
        tokio::time::sleep_until(start).await;
        permit
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
            drop(pace.turn().await);
            starts.push(begin.elapsed());
        }
        assert_eq!(starts[0], Duration::ZERO);
        assert!(starts.windows(6).all(|six| six[5] - six[0] >= Duration::from_secs(1)), "{starts:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn no_more_than_two_hundred_lists_of_versions_start_in_a_second() {
        tokio::time::advance(Duration::from_secs(60)).await;
        let pace = Pace::of_version_lists();
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
