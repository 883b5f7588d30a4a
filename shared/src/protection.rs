//! Protected repositories: what a promotion into one needs before it may run.
//!
//! A protection names repositories by a pattern. Where several match, all of them must hold. It is Headwater's own rule:
//! AWS knows nothing of it, and whoever has credentials for AWS can copy without Headwater.

use serde::{Deserialize, Serialize};

use crate::names::RepositoryName;
use crate::person::Person;

mod pattern;
mod window;
pub use pattern::{Pattern, PatternError};
pub use window::{ChangeWindow, Weekday, WindowError};

/// How many approvals a protection can ask for at most.
pub const MOST_APPROVALS: u8 = 5;

/// How many protections a domain can have.
pub const MOST_PROTECTIONS: usize = 50;

/// How many people or source patterns a protection can name.
pub const MOST_NAMED: usize = 50;

/// Protects the repositories of a domain that a pattern matches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Protection {
    /// Which repositories, as targets of promotions.
    pub pattern: Pattern,
    /// How many people must approve; at most [`MOST_APPROVALS`]. With none, only the other rules hold.
    pub approvals: u8,
    /// Who may approve, by their ids. Empty: everybody who has the role.
    pub approvers: Vec<String>,
    /// From which repositories a promotion may come. Empty: from any.
    pub sources: Vec<Pattern>,
    /// When promotions may start; always where there is none.
    pub window: Option<ChangeWindow>,
}

/// Why a protection or a list of them is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProtectionError {
    /// It asks for nothing.
    #[error("The protection of `{0}` asks for nothing: name approvals, sources or a change window.")]
    Nothing(Pattern),
    /// Too many approvals.
    #[error("The protection of `{0}` asks for more than {MOST_APPROVALS} approvals.")]
    Approvals(Pattern),
    /// Fewer people are named than approvals asked for.
    #[error("The protection of `{0}` names fewer people than it asks for approvals.")]
    TooFew(Pattern),
    /// A name stands twice, or is empty or too long.
    #[error("The protection of `{0}` names somebody twice, or with an id that is empty or longer than 100 characters.")]
    Person(Pattern),
    /// Too many people or sources.
    #[error("The protection of `{0}` names more than {MOST_NAMED} people or sources.")]
    Named(Pattern),
    /// Two have the same pattern.
    #[error("There are two protections of `{0}`.")]
    Twice(Pattern),
    /// Too many.
    #[error("A domain has at most {MOST_PROTECTIONS} protections.")]
    TooMany,
}

impl Protection {
    /// Whether its rules make sense.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub fn check(&self) -> Result<(), ProtectionError> {
        let named = |error: fn(Pattern) -> ProtectionError| Err(error(self.pattern.clone()));
        let is_bad = |(place, id): (usize, &String)| {
            id.is_empty() || id.chars().count() > 100 || self.approvers[..place].contains(id)
        };
        if self.approvals > MOST_APPROVALS {
            named(ProtectionError::Approvals)
        } else if self.approvals == 0 && self.sources.is_empty() && self.window.is_none() {
            named(ProtectionError::Nothing)
        } else if self.approvers.len() > MOST_NAMED || self.sources.len() > MOST_NAMED {
            named(ProtectionError::Named)
        } else if self.approvers.iter().enumerate().any(is_bad) {
            named(ProtectionError::Person)
        } else if !self.approvers.is_empty() && self.approvers.len() < usize::from(self.approvals) {
            named(ProtectionError::TooFew)
        } else {
            Ok(())
        }
    }

    /// Whether somebody who has the role may approve under it.
    pub fn lets(&self, person: &str) -> bool {
        self.approvers.is_empty() || self.approvers.iter().any(|id| id == person)
    }

    /// Whether promotions may come from there.
    pub fn takes_from(&self, source: &RepositoryName) -> bool {
        self.sources.is_empty() || self.sources.iter().any(|pattern| pattern.matches(source))
    }

    /// What it asks for, in one line.
    pub fn words(&self) -> String {
        let mut words = Vec::new();
        match self.approvals {
            0 => {}
            1 => words.push("1 approval".to_owned()),
            number => words.push(format!("{number} approvals")),
        }
        if !self.sources.is_empty() {
            let sources: Vec<_> = self.sources.iter().map(Pattern::as_str).collect();
            words.push(format!("only from {}", sources.join(", ")));
        }
        words.extend(self.window.as_ref().map(ToString::to_string));
        words.join("; ")
    }
}

/// The protections of a domain.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Protections {
    /// Grows with every change; 0 while there never was one.
    pub revision: u64,
    /// By pattern.
    pub list: Vec<Protection>,
    /// Who changed it last; nobody yet at 0.
    pub by: Option<Person>,
    /// When, epoch seconds.
    pub changed_at: Option<f64>,
}

/// The protections of a domain, and who may approve.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProtectionList {
    /// The protections.
    pub protections: Protections,
    /// Who has the role to approve now; nothing where one person is alone with the program.
    pub approvers: Option<Vec<Person>>,
}

/// Asks to replace the protections of a domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewProtections {
    /// The revision that the person saw. Others there now are not overwritten.
    pub seen: u64,
    /// All that there are to be.
    pub list: Vec<Protection>,
}

/// Whether a list of protections makes sense.
///
/// # Errors
/// The first rule that it breaks.
pub fn check(list: &[Protection]) -> Result<(), ProtectionError> {
    if list.len() > MOST_PROTECTIONS {
        return Err(ProtectionError::TooMany);
    }
    for (place, protection) in list.iter().enumerate() {
        protection.check()?;
        if list[..place].iter().any(|other| other.pattern == protection.pattern) {
            return Err(ProtectionError::Twice(protection.pattern.clone()));
        }
    }
    Ok(())
}

/// Those that hold for a target.
pub fn of<'a>(list: &'a [Protection], target: &RepositoryName) -> Vec<&'a Protection> {
    list.iter().filter(|protection| protection.pattern.matches(target)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn protection(pattern: &str) -> Protection {
        Protection {
            pattern: pattern.parse().unwrap(),
            approvals: 1,
            approvers: Vec::new(),
            sources: Vec::new(),
            window: None,
        }
    }

    #[test]
    fn a_protection_asks_for_something_that_people_can_give() {
        let bad: [fn(&mut Protection); 7] = [
            |it| it.approvals = 0,
            |it| it.approvals = MOST_APPROVALS + 1,
            |it| (it.approvals, it.approvers) = (2, vec!["ann".into()]),
            |it| it.approvers = vec!["ann".into(), "ann".into()],
            |it| it.approvers = vec![String::new()],
            |it| it.approvers = (0..=MOST_NAMED).map(|number| number.to_string()).collect(),
            |it| it.sources = vec!["*".parse().unwrap(); MOST_NAMED + 1],
        ];
        assert_eq!(protection("prod*").check(), Ok(()));
        for (place, change) in bad.iter().enumerate() {
            let mut changed = protection("prod*");
            change(&mut changed);
            assert!(changed.check().is_err(), "{place}");
        }
        let sources = Protection { approvals: 0, sources: vec!["staging".parse().unwrap()], ..protection("prod") };
        assert_eq!(sources.check(), Ok(()));
        assert_eq!(sources.words(), "only from staging");
    }

    #[test]
    fn a_list_names_each_pattern_once() {
        assert_eq!(check(&[protection("prod"), protection("prod*")]), Ok(()));
        assert_eq!(
            check(&[protection("prod"), protection("prod")]),
            Err(ProtectionError::Twice("prod".parse().unwrap()))
        );
        let many: Vec<_> = (0..=MOST_PROTECTIONS).map(|number| protection(&format!("r{number}"))).collect();
        assert_eq!(check(&many), Err(ProtectionError::TooMany));
    }

    #[test]
    fn all_that_match_a_target_hold() {
        let list = [protection("prod"), protection("*"), protection("staging")];
        let found = of(&list, &"prod".parse().unwrap());
        assert_eq!(found.iter().map(|it| it.pattern.as_str()).collect::<Vec<_>>(), ["prod", "*"]);
    }
}
