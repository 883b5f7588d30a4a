//! What a plan says about the dependencies of its versions: what there is of each, and what was decided about it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::closure::{Answer, Closure, ClosureRow, Decisions, UnreadVersion};
use crate::names::VersionName;
use crate::package::PackageKey;
use crate::promotion::{Preview, Verdict, VersionChoice};

/// The dependencies of a plan, as they were when it was made.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedNeeds {
    /// By package.
    pub rows: Vec<PlannedNeed>,
    /// Versions whose dependencies could not be read: what they need is not known.
    pub unread: Vec<UnreadVersion>,
    /// There is more than was followed.
    pub capped: bool,
}

/// One dependency of a plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedNeed {
    /// What it needs, who asks for it, and what there is of it.
    pub row: ClosureRow,
    /// It is promoted without it, and why.
    pub left: Option<String>,
}

/// What becomes of a dependency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// The target has it, reaches it, or fetches it from a public registry.
    Satisfied,
    /// It is one of the versions of the plan.
    Added,
    /// Somebody decided to promote without it, and said why.
    Left,
    /// It is needed, not there, and nobody has decided about it.
    Undecided,
    /// It is not there, and what is promoted works without it.
    Dispensable,
    /// No repository answers for it.
    Unchecked,
}

impl PlannedNeed {
    /// What becomes of it.
    pub fn fate(&self) -> Fate {
        match (&self.row.answer, &self.left) {
            (Answer::Chosen(_), _) => Fate::Added,
            (Answer::InTarget { .. } | Answer::OnDemand { .. }, _) => Fate::Satisfied,
            (Answer::NotResolved { .. }, _) => Fate::Unchecked,
            (_, Some(_)) => Fate::Left,
            (_, None) if self.row.needs_decision() => Fate::Undecided,
            (_, None) => Fate::Dispensable,
        }
    }

    /// The version that there is of it: in the target, in the plan, or proposed.
    pub fn version(&self) -> Option<&VersionName> {
        match &self.row.answer {
            Answer::Chosen(version)
            | Answer::Proposed(version)
            | Answer::InTarget { version, .. }
            | Answer::OnDemand { version, .. } => Some(version),
            Answer::Missing { .. } | Answer::NotResolved { .. } | Answer::Unreadable(_) => None,
        }
    }

    /// In one line, for people.
    pub fn words(&self) -> String {
        let name = match self.version() {
            Some(version) => format!("{} {version}", self.row.package.full_name()),
            None => self.row.package.full_name(),
        };
        match (&self.row.answer, &self.left) {
            (Answer::Chosen(_), _) => format!("{name} is part of the plan"),
            (Answer::InTarget { repository, .. }, _) => format!("{name} is in {repository}"),
            (Answer::OnDemand { repository, connection, .. }, _) => {
                format!("{name}: {repository} fetches it from {connection}")
            }
            (Answer::NotResolved { why }, _) => format!("{name}: {why}"),
            (_, Some(reason)) => format!("{name} is left: {reason}"),
            (Answer::Proposed(_), None) => format!("{name} is in the source, and not in the plan"),
            (Answer::Missing { why }, None) => format!("{name} is missing. {why}"),
            (Answer::Unreadable(problem), None) => format!("{name} could not be looked up. {}", problem.message),
        }
    }
}

impl PlannedNeeds {
    /// Joins what there is with what was decided. A decision about anything else is none. What a row of the plan would have
    /// brought that cannot be promoted is missing.
    pub fn of(closure: Closure, decisions: &Decisions, seen: &Preview) -> Self {
        let stopped = seen.rows.iter().filter(|row| matches!(row.verdict, Verdict::Blocked(_)));
        let stopped: BTreeSet<&VersionChoice> = stopped.map(|row| &row.choice).collect();
        let rows = closure.rows.into_iter().map(|mut row| {
            if let Answer::Chosen(version) = &row.answer {
                let choice = VersionChoice { package: row.package.clone(), version: version.clone() };
                if stopped.contains(&choice) {
                    row.answer = Answer::Missing { why: format!("{version} is chosen, and cannot be promoted.") };
                }
            }
            let left = row.needs_decision().then(|| decisions.reason(&row).map(str::to_owned)).flatten();
            PlannedNeed { row, left }
        });
        Self { rows: rows.collect(), unread: closure.unread, capped: closure.capped }
    }

    /// The packages that somebody has to decide about still.
    pub fn undecided(&self) -> Vec<&PackageKey> {
        let open = self.rows.iter().filter(|need| need.fate() == Fate::Undecided);
        open.map(|need| &need.row.package).collect()
    }

    /// Why a plan with these cannot be run; none where it can.
    pub fn refusal(&self) -> Option<String> {
        let open = self.undecided();
        let (first, others) = (open.first()?.full_name(), open.len() - 1);
        let others = match others {
            0 => String::new(),
            1 => " and 1 other package".to_owned(),
            others => format!(" and {others} other packages"),
        };
        Some(format!(
            "The versions need {first}{others}, which the target does not have. Plan again: add what is needed, or say why \
             it is left."
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::PackageFormat;
    use crate::promotion::{Blocked, BlockedReason, PreviewRow};

    fn package(name: &str) -> PackageKey {
        PackageKey { format: PackageFormat::Npm, namespace: None, name: name.parse().unwrap() }
    }

    fn row(name: &str, required: bool, answer: Answer) -> ClosureRow {
        ClosureRow { package: package(name), asked: Vec::new(), path: Vec::new(), required, answer }
    }

    fn planned(rows: Vec<ClosureRow>, left: &[(&str, &str)], blocked: &[&str]) -> PlannedNeeds {
        let (from, to) = ("team-dev".parse().unwrap(), "staging".parse().unwrap());
        let seen = blocked.iter().map(|name| PreviewRow {
            choice: VersionChoice { package: package(name), version: "1.0.0".parse().unwrap() },
            revision: None,
            in_target: None,
            verdict: Verdict::Blocked(Blocked { reason: BlockedReason::Status, explanation: String::new() }),
            tags: Vec::new(),
            tags_problem: None,
            effects: Vec::new(),
            effects_problem: None,
        });
        let seen = Preview { from, to, rows: seen.collect(), read_at: 0.0 };
        let mut decisions = Decisions::default();
        for (name, reason) in left {
            decisions.leave(rows.iter().find(|row| row.package == package(name)).unwrap(), reason);
        }
        let closure = Closure {
            from: seen.from.clone(),
            to: seen.to.clone(),
            chosen: Vec::new(),
            rows,
            unread: Vec::new(),
            followed: 1,
            capped: false,
            read_at: 0.0,
        };
        PlannedNeeds::of(closure, &decisions, &seen)
    }

    fn fates(needs: &PlannedNeeds) -> Vec<Fate> {
        needs.rows.iter().map(PlannedNeed::fate).collect()
    }

    #[test]
    fn each_dependency_has_one_fate() {
        let version = || "1.0.0".parse().unwrap();
        let missing = || Answer::Missing { why: "Nobody has it.".to_owned() };
        let needs = planned(
            vec![
                row("a", true, Answer::Chosen(version())),
                row("b", true, Answer::InTarget { version: version(), repository: "staging".parse().unwrap() }),
                row("c", true, Answer::Proposed(version())),
                row("d", true, missing()),
                row("e", false, missing()),
                row("f", true, Answer::NotResolved { why: String::new() }),
            ],
            &[("c", "It is bundled.")],
            &[],
        );
        let expected = [Fate::Added, Fate::Satisfied, Fate::Left, Fate::Undecided, Fate::Dispensable, Fate::Unchecked];
        assert_eq!(fates(&needs), expected);
        assert_eq!(needs.undecided(), [&package("d")]);
        assert!(needs.refusal().unwrap().contains("need d, which"), "{:?}", needs.refusal());
        assert_eq!(needs.rows[2].words(), "c 1.0.0 is left: It is bundled.");
    }

    #[test]
    fn what_is_chosen_and_blocked_is_missing() {
        let chosen = || row("a", true, Answer::Chosen("1.0.0".parse().unwrap()));
        assert_eq!(fates(&planned(vec![chosen()], &[], &[])), [Fate::Added]);
        assert_eq!(fates(&planned(vec![chosen()], &[], &["a"])), [Fate::Undecided]);
        assert!(planned(vec![chosen()], &[], &[]).refusal().is_none());
    }
}
