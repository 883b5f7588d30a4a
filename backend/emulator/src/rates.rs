//! How often each operation may be called (CodeArtifact user guide, "Quotas in AWS CodeArtifact").
//!
//! Rates are kept as buckets: one second's worth of calls may come at once, and what was used comes back evenly. How AWS
//! counts is not documented; the number a second is. What is refused uses nothing up.

use std::collections::BTreeMap;
use std::time::SystemTime;

use crate::wire::fault::Fault;

/// Which quotas hold, besides those that always do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Quotas {
    /// Calls may come as often as they like.
    #[default]
    Unlimited,
    /// The rates that an account of AWS has by default.
    Aws,
}

/// Calls a second that read, of all operations together.
const READS: Rate = Rate { name: "Read requests", calls: 800.0 };

/// Calls a second that change something.
const WRITES: Rate = Rate { name: "Write requests", calls: 100.0 };

/// Operations with a rate of their own.
const OWN: [Rate; 7] = [
    Rate { name: "CopyPackageVersions", calls: 5.0 },
    Rate { name: "GetAuthorizationToken", calls: 40.0 },
    Rate { name: "GetPackageVersionAsset", calls: 50.0 },
    Rate { name: "ListPackages", calls: 200.0 },
    Rate { name: "ListPackageVersions", calls: 200.0 },
    Rate { name: "ListPackageVersionAssets", calls: 200.0 },
    Rate { name: "PublishPackageVersion", calls: 10.0 },
];

/// How many calls a second there may be of something.
#[derive(Debug, Clone, Copy)]
struct Rate {
    name: &'static str,
    calls: f64,
}

impl Rate {
    /// Those that a call of an operation counts for.
    fn of(operation: &str) -> impl Iterator<Item = Self> {
        let reads = ["Describe", "Get", "List"].iter().any(|verb| operation.starts_with(verb));
        let own = OWN.into_iter().find(|rate| rate.name == operation);
        std::iter::once(if reads { READS } else { WRITES }).chain(own)
    }
}

/// What is left of a rate.
#[derive(Debug)]
struct Bucket {
    calls: f64,
    at: SystemTime,
}

/// What is left of each rate that was used.
#[derive(Debug, Default)]
pub(crate) struct Rates(BTreeMap<&'static str, Bucket>);

impl Rates {
    /// Counts a call.
    ///
    /// # Errors
    /// `ThrottlingException` when it comes too soon. It is not counted then.
    pub(crate) fn take(&mut self, operation: &str, now: SystemTime) -> Result<(), Fault> {
        let rates: Vec<Rate> = Rate::of(operation).collect();
        for rate in &rates {
            if self.left(*rate, now).calls < 1.0 {
                // The next call is allowed within a second: every rate is at least one a second.
                return Err(Fault::Throttling { message: "Rate exceeded".to_owned(), retry_after: Some(1) });
            }
        }
        for rate in rates {
            self.left(rate, now).calls -= 1.0;
        }
        Ok(())
    }

    /// What is left of a rate now.
    fn left(&mut self, rate: Rate, now: SystemTime) -> &mut Bucket {
        let bucket = self.0.entry(rate.name).or_insert(Bucket { calls: rate.calls, at: now });
        // A clock that was set back gives nothing.
        let passed = now.duration_since(bucket.at).unwrap_or_default();
        bucket.calls = (bucket.calls + passed.as_secs_f64() * rate.calls).min(rate.calls);
        bucket.at = now;
        bucket
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;

    fn after(milliseconds: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_millis(milliseconds)
    }

    #[test]
    fn a_second_of_calls_may_come_at_once_and_comes_back_evenly() {
        let mut rates = Rates::default();
        let mut copies = |at| (0..20).take_while(|_| rates.take("CopyPackageVersions", after(at)).is_ok()).count();
        assert_eq!(copies(0), 5);
        assert_eq!(copies(199), 0);
        assert_eq!(copies(200), 1);
        assert_eq!(copies(800), 3);
        assert_eq!(copies(60_000), 5, "what is not used is not saved up");
    }

    #[test]
    fn operations_without_a_rate_of_their_own_share_that_of_reads_or_of_writes() {
        let mut rates = Rates::default();
        let names = ["CreateDomain", "TagResource", "CopyPackageVersions"];
        let writes = (0..200).filter(|at| rates.take(names[at % 2], after(0)).is_ok()).count();
        assert_eq!(writes, 100);
        assert!(rates.take(names[2], after(0)).is_err(), "it is a write too");
        let reads = (0..1000).filter(|_| rates.take("DescribeDomain", after(0)).is_ok()).count();
        assert_eq!(reads, 800);
    }

    proptest! {
        /// Over any time no more calls pass than a second's worth and what the time brings.
        #[test]
        fn no_rate_is_ever_exceeded(steps in prop::collection::vec((0_u64..300, 0_usize..8), 1..200)) {
            let (mut rates, mut now, mut passed) = (Rates::default(), 0, 0_u32);
            for (wait, calls) in steps {
                now += wait;
                passed += (0..calls).filter(|_| rates.take("CopyPackageVersions", after(now)).is_ok()).count() as u32;
                prop_assert!(f64::from(passed) <= 5.0 + now as f64 / 1000.0 * 5.0 + 1e-6);
            }
        }
    }
}
