//! What an emulator can hold from the start.

mod acme;
mod company;
mod plant;
mod public;

use std::fmt;
use std::str::FromStr;

use crate::Emulator;

/// A story: the domains, repositories and packages that stand there from the start.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Story {
    /// Nothing, as in a new account.
    #[default]
    Empty,
    /// Domain `acme`: small and telling. Unpromoted packages can reach its production.
    Acme,
    /// Domain `company` with this many repositories (1 to 1,000) of ten packages each.
    Company(u16),
}

/// Repositories of `company` unless a number is given.
const COMPANY_REPOSITORIES: u16 = 500;

/// A text that names no story.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no story; there are empty, acme, company and company:N with N from 1 to 1000")]
pub struct NoSuchStory(String);

impl FromStr for Story {
    type Err = NoSuchStory;

    fn from_str(text: &str) -> Result<Self, NoSuchStory> {
        let number = text.strip_prefix("company:").and_then(|number| number.parse().ok());
        match (text, number) {
            ("empty", _) => Ok(Self::Empty),
            ("acme", _) => Ok(Self::Acme),
            ("company", _) => Ok(Self::Company(COMPANY_REPOSITORIES)),
            (_, Some(number @ 1..=1000)) => Ok(Self::Company(number)),
            _ => Err(NoSuchStory(text.to_owned())),
        }
    }
}

impl fmt::Display for Story {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("empty"),
            Self::Acme => f.write_str("acme"),
            Self::Company(number) => write!(f, "company:{number}"),
        }
    }
}

/// Adds what `story` tells to the emulator. Times count back from the emulator's clock.
pub fn plant(emulator: &Emulator, story: Story) {
    let domain = match story {
        Story::Empty => return,
        Story::Acme => acme::domain(emulator),
        Story::Company(repositories) => company::domain(emulator, repositories),
    };
    emulator.state().domains.insert(domain.name.clone(), domain);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_is_read_and_written() {
        for (text, story) in [
            ("empty", Story::Empty),
            ("acme", Story::Acme),
            ("company:7", Story::Company(7)),
            ("company:1000", Story::Company(1000)),
        ] {
            assert_eq!(text.parse(), Ok(story.clone()));
            assert_eq!(story.to_string(), text);
        }
        assert_eq!("company".parse(), Ok(Story::Company(500)));
        for bad in ["", "Acme", "company:", "company:0", "company:1001", "company:-1", "acme:2"] {
            assert!(bad.parse::<Story>().is_err(), "{bad:?}");
        }
    }
}
