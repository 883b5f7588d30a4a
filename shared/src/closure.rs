//! What the versions of a promotion need, seen from where they go to.
//!
//! The back end works it out, as it takes many reads and the rules of every format (`backend/src/promotion/closure/`). What
//! a person decides about it is here.

use serde::{Deserialize, Serialize};

use crate::names::{RepositoryName, VersionName};
use crate::package::PackageKey;
use crate::problem::Problem;
use crate::promotion::{LONGEST_REASON, VersionChoice};

/// How many versions are followed at most. Beyond, the closure says that it is not whole.
pub const MOST_FOLLOWED: usize = 5000;

/// What the chosen versions need.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Closure {
    /// Source repository.
    pub from: RepositoryName,
    /// Target repository.
    pub to: RepositoryName,
    /// The versions that were asked about.
    pub chosen: Vec<VersionChoice>,
    /// One row for each package and answer, by package.
    pub rows: Vec<ClosureRow>,
    /// Versions whose dependencies could not be read: what they need is not known.
    pub unread: Vec<UnreadVersion>,
    /// How many versions were followed.
    pub followed: usize,
    /// There are more than [`MOST_FOLLOWED`]: what those beyond need is not told.
    pub capped: bool,
    /// When it was read from AWS, epoch seconds.
    pub read_at: f64,
}

/// A package that is needed, and what there is of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClosureRow {
    /// Which package.
    pub package: PackageKey,
    /// Who asks for it, one for each way to ask.
    pub asked: Vec<Asked>,
    /// A shortest way to it: from a chosen version to the one that needs it.
    pub path: Vec<VersionChoice>,
    /// Something that is promoted does not work without it. Otherwise it is optional, or needed by what is optional only.
    pub required: bool,
    /// What there is of it.
    pub answer: Answer,
}

/// One way in which a package is asked for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Asked {
    /// As the package that needs it writes it, such as `^1.0.0`.
    pub requirement: String,
    /// How much it is needed.
    pub kind: DependencyKind,
    /// Only on some machines: Python's marker.
    pub condition: Option<String>,
    /// The first that asks so.
    pub by: VersionChoice,
    /// How many others do.
    pub others: usize,
}

/// How much a dependency is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DependencyKind {
    /// To run, and to be installed.
    Runtime,
    /// npm: beside the package, in the project that uses it.
    Peer,
    /// It works without.
    Optional,
    /// Maven: the parent of its POM.
    Parent,
}

impl DependencyKind {
    /// The word for it on the page.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Runtime => "runtime",
            Self::Peer => "peer",
            Self::Optional => "optional",
            Self::Parent => "parent",
        }
    }
}

/// What there is of a needed package.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It is one of the chosen versions.
    Chosen(VersionName),
    /// The target has it, or reaches it.
    InTarget {
        /// The version that would be installed.
        version: VersionName,
        /// The repository that has it: the target, or an upstream of it.
        repository: RepositoryName,
    },
    /// The source has it, as it came from a public registry, and the target reaches the same one: it is fetched there when it
    /// is first installed.
    OnDemand {
        /// The version that the source has.
        version: VersionName,
        /// The repository with the external connection.
        repository: RepositoryName,
        /// Such as `public:npmjs`.
        connection: String,
    },
    /// The source has it: adding it to the promotion brings it along.
    Proposed(VersionName),
    /// Neither the target nor the source has a version that will do.
    Missing {
        /// In words.
        why: String,
    },
    /// It does not come from a repository, or cannot be read from what CodeArtifact tells.
    NotResolved {
        /// In words.
        why: String,
    },
    /// Target or source could not be asked.
    Unreadable(Problem),
}

/// A version whose dependencies could not be read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UnreadVersion {
    /// Which version.
    pub choice: VersionChoice,
    /// Why.
    pub problem: Problem,
}

impl ClosureRow {
    /// Somebody has to decide: add it, or leave it for a reason.
    pub fn needs_decision(&self) -> bool {
        self.required && matches!(self.answer, Answer::Proposed(_) | Answer::Missing { .. } | Answer::Unreadable(_))
    }

    /// The version that adding the row brings along.
    pub fn proposal(&self) -> Option<VersionChoice> {
        match &self.answer {
            Answer::Proposed(version) => {
                Some(VersionChoice { package: self.package.clone(), version: version.clone() })
            }
            _ => None,
        }
    }

    fn about(&self) -> Subject {
        Subject { package: self.package.clone(), proposed: self.proposal().map(|choice| choice.version) }
    }
}

/// What a decision is about. A proposal of another version is another matter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// Which package.
    pub package: PackageKey,
    /// The version that is proposed; absent where there is none.
    pub proposed: Option<VersionName>,
}

/// The decision to promote without something that is needed. To add it is no decision that needs keeping: it is then one of
/// the versions of the promotion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Left {
    /// What is left.
    pub subject: Subject,
    /// Why; at most [`LONGEST_REASON`] characters.
    pub reason: String,
}

/// What has been decided about a closure.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Decisions(Vec<Left>);

impl Decisions {
    /// Leaves what a row is about, for a reason. A reason that will not do decides nothing.
    pub fn leave(&mut self, row: &ClosureRow, reason: &str) {
        self.take_back(row);
        let reason = reason.trim();
        if (1..=LONGEST_REASON).contains(&reason.chars().count()) {
            self.0.push(Left { subject: row.about(), reason: reason.to_owned() });
        }
    }

    /// Undecided again.
    pub fn take_back(&mut self, row: &ClosureRow) {
        self.0.retain(|left| left.subject != row.about());
    }

    /// Why a row is left; none where it is not.
    pub fn reason(&self, row: &ClosureRow) -> Option<&str> {
        self.0.iter().find(|left| left.subject == row.about()).map(|left| left.reason.as_str())
    }

    /// The rows that somebody has to decide about still.
    pub fn undecided<'a>(&self, closure: &'a Closure) -> Vec<&'a ClosureRow> {
        closure.rows.iter().filter(|row| row.needs_decision() && self.reason(row).is_none()).collect()
    }

    /// Each decision.
    pub fn all(&self) -> &[Left] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::PackageFormat;

    fn row(name: &str, required: bool, answer: Answer) -> ClosureRow {
        let package = PackageKey { format: PackageFormat::Npm, namespace: None, name: name.parse().unwrap() };
        ClosureRow { package, asked: Vec::new(), path: Vec::new(), required, answer }
    }

    fn proposed(version: &str) -> Answer {
        Answer::Proposed(version.parse().unwrap())
    }

    fn closure(rows: Vec<ClosureRow>) -> Closure {
        Closure {
            from: "team-dev".parse().unwrap(),
            to: "staging".parse().unwrap(),
            chosen: Vec::new(),
            rows,
            unread: Vec::new(),
            followed: 1,
            capped: false,
            read_at: 0.0,
        }
    }

    #[test]
    fn only_what_is_required_and_not_there_needs_a_decision() {
        let missing = || Answer::Missing { why: String::new() };
        let there = Answer::InTarget { version: "1".parse().unwrap(), repository: "staging".parse().unwrap() };
        for (required, answer, needed) in [
            (true, proposed("1.0.0"), true),
            (true, missing(), true),
            (false, missing(), false),
            (false, proposed("1.0.0"), false),
            (true, there, false),
            (true, Answer::NotResolved { why: String::new() }, false),
        ] {
            assert_eq!(row("lib", required, answer.clone()).needs_decision(), needed, "{required} {answer:?}");
        }
    }

    #[test]
    fn leaving_takes_a_reason_and_can_be_taken_back() {
        let closure = closure(vec![row("a", true, proposed("1.0.0")), row("b", true, proposed("2.0.0"))]);
        let mut decisions = Decisions::default();
        decisions.leave(&closure.rows[0], "  \n");
        decisions.leave(&closure.rows[1], &"x".repeat(LONGEST_REASON + 1));
        assert_eq!(decisions.undecided(&closure).len(), 2);
        decisions.leave(&closure.rows[0], " It is bundled. ");
        assert_eq!(decisions.reason(&closure.rows[0]), Some("It is bundled."));
        assert_eq!(decisions.undecided(&closure), [&closure.rows[1]]);
        decisions.take_back(&closure.rows[0]);
        assert_eq!(decisions.undecided(&closure).len(), 2);
    }

    #[test]
    fn a_decision_is_about_the_version_that_was_proposed() {
        let mut decisions = Decisions::default();
        decisions.leave(&row("a", true, proposed("1.0.0")), "Not yet.");
        let other = closure(vec![row("a", true, proposed("1.1.0"))]);
        assert_eq!(decisions.undecided(&other).len(), 1);
    }

    #[test]
    fn decisions_can_be_kept() {
        let mut decisions = Decisions::default();
        decisions.leave(&row("a", true, proposed("1.0.0")), "Not yet.");
        let text = serde_json::to_string(&decisions).unwrap();
        assert_eq!(serde_json::from_str::<Decisions>(&text).unwrap(), decisions);
    }
}
