//! Patterns of repository names.

use serde::{Deserialize, Serialize};

use crate::names::RepositoryName;

/// A pattern of repository names: their letters, and `*` for any number of them, also none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Pattern(String);

/// A text that is no pattern.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("A pattern has 1 to 100 letters, digits, dots, underscores, hyphens and `*`, such as `prod-*`.")]
pub struct PatternError;

impl Pattern {
    /// The pattern as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it matches a name as a whole. In time of the product of both lengths at most, whatever the pattern.
    pub fn matches(&self, name: &RepositoryName) -> bool {
        let (pattern, name) = (self.0.as_bytes(), name.as_str().as_bytes());
        let (mut at, mut of) = (0, 0);
        // Where the last `*` stands, and how far it reaches.
        let mut star = None;
        while of < name.len() {
            if pattern.get(at) == Some(&b'*') {
                star = Some((at, of));
                at += 1;
            } else if pattern.get(at) == name.get(of) {
                at += 1;
                of += 1;
            } else if let Some((place, reach)) = star {
                star = Some((place, reach + 1));
                at = place + 1;
                of = reach + 1;
            } else {
                return false;
            }
        }
        pattern[at..].iter().all(|letter| *letter == b'*')
    }
}

impl TryFrom<String> for Pattern {
    type Error = PatternError;

    fn try_from(text: String) -> Result<Self, PatternError> {
        let is_letter = |c: char| c.is_ascii_alphanumeric() || "._-*".contains(c);
        if (1..=100).contains(&text.len()) && text.chars().all(is_letter) { Ok(Self(text)) } else { Err(PatternError) }
    }
}

impl std::str::FromStr for Pattern {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<Self, PatternError> {
        Self::try_from(text.to_owned())
    }
}

impl From<Pattern> for String {
    fn from(pattern: Pattern) -> String {
        pattern.0
    }
}

impl std::fmt::Display for Pattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Says the same from the definition alone.
    fn oracle(pattern: &[u8], name: &[u8]) -> bool {
        match pattern.split_first() {
            None => name.is_empty(),
            Some((b'*', rest)) => (0..=name.len()).any(|taken| oracle(rest, &name[taken..])),
            Some((letter, rest)) => name.first() == Some(letter) && oracle(rest, &name[1..]),
        }
    }

    proptest! {
        #[test]
        fn matching_follows_its_definition(pattern in "[ab*]{1,8}", name in "[ab]{2,10}") {
            let matched = pattern.parse::<Pattern>().unwrap().matches(&name.parse().unwrap());
            prop_assert_eq!(matched, oracle(pattern.as_bytes(), name.as_bytes()));
        }
    }

    #[test]
    fn a_star_stands_for_any_letters_and_nothing_else_is_special() {
        let matches = |pattern: &str, name: &str| pattern.parse::<Pattern>().unwrap().matches(&name.parse().unwrap());
        assert!(matches("prod*", "prod"));
        assert!(matches("*-prod", "web-prod"));
        assert!(matches("*", "anything"));
        assert!(!matches("prod", "production"));
        assert!(!matches("a.c", "abc"));
        assert!(!matches("Prod", "prod"));
    }

    #[test]
    fn what_no_name_can_have_is_no_pattern() {
        for bad in ["", "a b", "a/b", "[ab]", "prod?", "ü"] {
            assert_eq!(bad.parse::<Pattern>(), Err(PatternError), "{bad}");
        }
        assert!("*".repeat(101).parse::<Pattern>().is_err());
    }
}
