//! Faults on demand: which calls go wrong, how, and how often. For tests of what a client does then.
//!
//! ```json
//! { "seed": 7, "rules": [
//!   { "operations": ["CopyPackageVersions"], "chance": 0.2, "fault": { "kind": "throttle", "retry_after": 2 } },
//!   { "operations": ["DescribeRepository"], "times": 3, "fault": { "kind": "fail", "when": "after" } },
//!   { "chance": 0.01, "fault": { "kind": "cut", "when": "after" } } ] }
//! ```
//!
//! A call meets the first rule that is for its operation, is not used up, and whose chance comes up. The same seed and the
//! same calls in the same order meet the same faults. Only calls whose signature is right count.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::control;
use crate::wire::fault::Fault;

/// How many rules a plan may have.
const MOST_RULES: usize = 100;

/// How long a call may be held up, in milliseconds.
const LONGEST_DELAY: u32 = 60_000;

/// Which calls go wrong, and how.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultPlan {
    /// Where chance begins.
    #[serde(default)]
    pub seed: u64,
    /// The first that applies to a call decides.
    pub rules: Vec<FaultRule>,
}

/// One kind of fault, and which calls meet it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultRule {
    /// Names of operations, such as `CopyPackageVersions`; empty for all of them.
    #[serde(default)]
    pub operations: Vec<String>,
    /// How likely it is, from 0 to 1.
    #[serde(default = "certain")]
    pub chance: f64,
    /// How many calls meet it at most; absent for no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
    /// What happens.
    pub fault: PlannedFault,
}

fn certain() -> f64 {
    1.0
}

/// What happens to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum PlannedFault {
    /// `ThrottlingException`, with `Retry-After` in seconds, or without.
    Throttle {
        /// Seconds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after: Option<u32>,
    },
    /// `AccessDeniedException`.
    Deny,
    /// `ExpiredTokenException`, as when a session has ended.
    Expire,
    /// `InvalidSignatureException`, as when the clocks are too far apart.
    Skew,
    /// `InternalServerException`.
    Fail {
        /// Whether the call has done its work.
        when: When,
    },
    /// The connection breaks in the middle of the answer.
    Cut {
        /// Whether the call has done its work.
        when: When,
    },
    /// The answer comes later, if the server that the emulator stands in can wait (`headwater emulate` can).
    Delay {
        /// How much later.
        milliseconds: u32,
    },
}

/// When a fault comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// Nothing was done.
    Before,
    /// Everything was done, and the caller does not hear of it.
    After,
}

/// An answer is to be held up by this much. Stands in the extensions of the response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delay(pub Duration);

impl FaultPlan {
    /// Reads a plan.
    ///
    /// # Errors
    /// One clear line when it is no plan, or names what there is not.
    pub fn parse(text: &str) -> Result<Self, String> {
        let plan: Self = serde_json::from_str(text).map_err(|error| format!("this is no plan of faults: {error}"))?;
        if plan.rules.len() > MOST_RULES {
            return Err(format!("a plan has at most {MOST_RULES} rules"));
        }
        for (number, rule) in plan.rules.iter().enumerate() {
            rule.check().map_err(|problem| format!("rule {}: {problem}", number + 1))?;
        }
        Ok(plan)
    }
}

impl FaultRule {
    fn check(&self) -> Result<(), String> {
        if let Some(unknown) = self.operations.iter().find(|name| !control::is_operation(name)) {
            return Err(format!("{unknown:?} is no operation. Write it as in CopyPackageVersions"));
        }
        if !(0.0..=1.0).contains(&self.chance) {
            return Err(format!("`chance` is from 0 to 1, not {}", self.chance));
        }
        match self.fault {
            PlannedFault::Delay { milliseconds } if milliseconds > LONGEST_DELAY => {
                Err(format!("a delay is at most {LONGEST_DELAY} milliseconds"))
            }
            _ => Ok(()),
        }
    }
}

impl PlannedFault {
    /// The refusal that it is, where it is one, and whether the call does its work first.
    pub(crate) fn refusal(self) -> Option<(Fault, When)> {
        let message = "A fault that was asked for".to_owned();
        let front = |code, words: &str| Fault::FrontEnd {
            code,
            status: http::StatusCode::FORBIDDEN,
            message: words.to_owned(),
        };
        Some(match self {
            Self::Throttle { retry_after } => {
                (Fault::Throttling { message: "Rate exceeded".to_owned(), retry_after }, When::Before)
            }
            Self::Deny => (Fault::AccessDenied { message }, When::Before),
            Self::Expire => {
                (front("ExpiredTokenException", "The security token included in the request is expired"), When::Before)
            }
            Self::Skew => (front("InvalidSignatureException", "Signature expired: the clocks differ."), When::Before),
            Self::Fail { when } => (Fault::Internal { message }, when),
            Self::Cut { .. } | Self::Delay { .. } => return None,
        })
    }
}

/// A plan that is being followed.
#[derive(Debug, Default)]
pub(crate) struct Followed {
    plan: FaultPlan,
    /// How many calls met each rule.
    met: Vec<u32>,
    chance: u64,
}

impl Followed {
    pub(crate) fn new(plan: FaultPlan) -> Self {
        Self { met: vec![0; plan.rules.len()], chance: plan.seed, plan }
    }

    /// The plan, and how many calls met each of its rules.
    pub(crate) fn told(&self) -> (FaultPlan, Vec<u32>) {
        (self.plan.clone(), self.met.clone())
    }

    /// What happens to the next call of an operation.
    pub(crate) fn next(&mut self, operation: &str) -> Option<PlannedFault> {
        for (at, rule) in self.plan.rules.iter().enumerate() {
            let is_for = rule.operations.is_empty() || rule.operations.iter().any(|name| name == operation);
            let is_left = rule.times.is_none_or(|times| self.met[at] < times);
            // One number a call and rule, whether it is needed or not: what other rules say changes no chance.
            let chance = draw(&mut self.chance);
            if is_for && is_left && chance < rule.chance {
                self.met[at] += 1;
                return Some(rule.fault);
            }
        }
        None
    }
}

/// A number from 0 to 1 (SplitMix64, Steele, Lea and Flood 2014). Not for secrets.
fn draw(state: &mut u64) -> f64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    // 53 bits fill a float of 64.
    ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn followed(rules: &str, seed: u64) -> Followed {
        Followed::new(FaultPlan::parse(&format!(r#"{{"seed":{seed},"rules":{rules}}}"#)).unwrap())
    }

    #[test]
    fn the_first_rule_that_applies_decides_until_it_is_used_up() {
        let rules = r#"[{"operations":["ListDomains"],"times":2,"fault":{"kind":"deny"}},{"fault":{"kind":"expire"}}]"#;
        let mut followed = followed(rules, 0);
        let met: Vec<_> =
            ["ListDomains", "TagResource", "ListDomains", "ListDomains"].map(|name| followed.next(name)).into();
        let (deny, expire) = (Some(PlannedFault::Deny), Some(PlannedFault::Expire));
        assert_eq!(met, [deny, expire, deny, expire]);
        assert_eq!(followed.told().1, [2, 2]);
    }

    #[test]
    fn the_same_seed_brings_the_same_faults_and_chance_is_what_was_asked_for() {
        let rules = r#"[{"chance":0.25,"fault":{"kind":"deny"}}]"#;
        let run = |seed| {
            let mut followed = followed(rules, seed);
            (0..10_000).map(|_| followed.next("ListDomains").is_some()).collect::<Vec<_>>()
        };
        assert_eq!(run(1), run(1));
        assert_ne!(run(1), run(2));
        let share = run(3).iter().filter(|met| **met).count();
        assert!((2300..2700).contains(&share), "{share} of 10,000");
    }

    #[test]
    fn a_plan_that_is_wrong_says_where() {
        for (text, words) in [
            ("{}", "missing field `rules`"),
            (r#"{"rules":[{"fault":{"kind":"explode"}}]}"#, "unknown variant `explode`"),
            (r#"{"rules":[{"fault":{"kind":"deny"},"chances":1}]}"#, "unknown field `chances`"),
            (r#"{"rules":[{"operations":["copy"],"fault":{"kind":"deny"}}]}"#, "rule 1: \"copy\" is no operation"),
            (r#"{"rules":[{"chance":1.5,"fault":{"kind":"deny"}}]}"#, "rule 1: `chance` is from 0 to 1"),
            (r#"{"rules":[{"fault":{"kind":"delay","milliseconds":60001}}]}"#, "rule 1: a delay is at most"),
        ] {
            let said = FaultPlan::parse(text).unwrap_err();
            assert!(said.contains(words), "{said}");
        }
    }
}
