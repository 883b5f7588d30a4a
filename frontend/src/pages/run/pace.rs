//! How long a run still takes, as far as can be told from how quickly it came along so far.

use shared::run::{RunCounts, RunSummary};

/// Where a run stood when somebody began to watch it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    /// Epoch seconds.
    since: f64,
    /// Rows at their end by then.
    ended: u32,
    /// When the run started, epoch seconds.
    started: f64,
}

impl Pace {
    /// From now on. What happened before may have been interrupted, so it counts only until something happens.
    pub fn begin(now: f64, summary: &RunSummary) -> Self {
        Self { since: now, ended: ended(&summary.counts), started: summary.started_at }
    }

    /// How many seconds are left, if anything can be told.
    pub fn left(&self, now: f64, counts: &RunCounts) -> Option<f64> {
        let (ended, all) = (ended(counts), counts.all());
        let (rows, seconds) =
            if ended > self.ended { (ended - self.ended, now - self.since) } else { (ended, now - self.started) };
        (rows > 0 && seconds > 0.0).then(|| f64::from(all - ended) * seconds / f64::from(rows))
    }
}

/// Rows that have come to their end.
pub fn ended(counts: &RunCounts) -> u32 {
    counts.done + counts.same + counts.failed + counts.unknown
}

/// A time to come, roughly: nobody knows it better.
pub fn about(seconds: f64) -> String {
    let seconds = seconds.max(0.0) as u64;
    match seconds {
        0..5 => "a few seconds left".to_owned(),
        5..58 => format!("about {} s left", seconds.div_ceil(5) * 5),
        58..5400 => format!("about {} min left", seconds.div_ceil(60)),
        _ => format!("about {} h left", seconds.div_ceil(3600)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(done: u32, waiting: u32) -> RunCounts {
        RunCounts { done, waiting, ..RunCounts::default() }
    }

    #[test]
    fn what_was_watched_tells_how_long_the_rest_takes() {
        let pace = Pace { since: 100.0, ended: 50, started: 0.0 };
        // 10 rows in 5 seconds, 40 to go.
        assert_eq!(pace.left(105.0, &counts(60, 40)), Some(20.0));
    }

    #[test]
    fn until_something_happens_all_that_happened_before_tells() {
        let pace = Pace { since: 100.0, ended: 50, started: 0.0 };
        assert_eq!(pace.left(100.0, &counts(50, 50)), Some(100.0));
    }

    #[test]
    fn before_anything_happened_nothing_can_be_told() {
        let pace = Pace { since: 0.0, ended: 0, started: 0.0 };
        assert_eq!(pace.left(9.0, &counts(0, 10)), None);
    }

    #[test]
    fn a_time_to_come_is_told_roughly() {
        for (seconds, text) in [
            (-1.0, "a few seconds left"),
            (21.0, "about 25 s left"),
            (57.9, "about 60 s left"),
            (61.0, "about 2 min left"),
            (7300.0, "about 3 h left"),
        ] {
            assert_eq!(about(seconds), text);
        }
    }
}
