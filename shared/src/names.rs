//! Names, parsed once at the door. What has one of these types satisfies CodeArtifact's rule for it.
//!
//! The rules are those of the service model (API version 2018-09-22).

use serde::{Deserialize, Serialize};

/// A text that breaks the rule for its kind of name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what} {rule}")]
pub struct NameError {
    /// What kind of name was expected, such as `a domain name`.
    pub what: &'static str,
    /// The rule it broke, to be read after `what`.
    pub rule: &'static str,
}

macro_rules! name {
    ($(#[$doc:meta])* $name:ident, $what:literal, $rule:literal, $check:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The rule in words, to be read after the kind of name.
            pub const RULE: &'static str = $rule;

            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = NameError;

            fn try_from(text: String) -> Result<Self, NameError> {
                let check: fn(&str) -> bool = $check;
                if check(&text) {
                    Ok(Self(text))
                } else {
                    Err(NameError { what: $what, rule: $rule })
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = NameError;

            fn from_str(text: &str) -> Result<Self, NameError> {
                Self::try_from(text.to_owned())
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> String {
                name.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}
pub(crate) use name;

name!(
    /// A domain, such as `acme`.
    DomainName,
    "A domain name",
    "has 2 to 50 lower-case letters, digits and hyphens, starts with a letter and ends with a letter or digit",
    |text| {
        (2..=50).contains(&text.len())
            && text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.ends_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
            && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    }
);

name!(
    /// A repository inside a domain, such as `staging`.
    RepositoryName,
    "A repository name",
    "has 2 to 100 letters, digits, dots, underscores and hyphens, and starts with a letter or digit",
    |text| {
        (2..=100).contains(&text.len())
            && text.starts_with(|c: char| c.is_ascii_alphanumeric())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
    }
);

name!(
    /// What stands before a package's name: an npm scope without `@`, a Maven group, a Swift scope, a generic namespace.
    Namespace,
    "A namespace",
    "has 1 to 255 characters, without white space, `/` and `#`",
    is_package_text
);

name!(
    /// A package's name, without its namespace.
    PackageName,
    "A package name",
    "has 1 to 255 characters, without white space, `/` and `#`",
    is_package_text
);

name!(
    /// A version as text. Each format orders versions its own way.
    VersionName,
    "A version",
    "has 1 to 255 characters, without white space, `/` and `#`",
    is_package_text
);

name!(
    /// Names one exact set of assets and metadata of a package version.
    Revision,
    "A package version revision",
    "has 1 to 50 characters without white space",
    |text| (1..=50).contains(&text.chars().count()) && !text.contains(char::is_whitespace)
);

name!(
    /// An AWS account number.
    AccountId,
    "An account number",
    "has 12 digits",
    |text| text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit())
);

name!(
    /// The short name that a connection to AWS has in the server's configuration.
    ConnectionKey,
    "A connection",
    "has 1 to 40 lower-case letters, digits and hyphens",
    |text| {
        (1..=40).contains(&text.len()) && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    }
);

name!(
    /// What a repository is for, in words. May be empty.
    Description,
    "A description",
    "has at most 1,000 characters, without line breaks and other control characters",
    |text| text.chars().count() <= 1000 && !text.contains(char::is_control)
);

name!(
    /// A key of AWS KMS: its ARN, its id, or an alias.
    EncryptionKey,
    "An encryption key",
    "has 1 to 1,011 characters without white space",
    |text| (1..=1011).contains(&text.chars().count()) && !text.contains(char::is_whitespace)
);

name!(
    /// The key of a tag.
    TagKey,
    "A tag's key",
    "has 1 to 128 characters, without control characters, and does not begin with `aws:`",
    |text| {
        // Reserved in upper and lower case.
        let reserved = text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("aws:"));
        (1..=128).contains(&text.chars().count()) && !text.contains(char::is_control) && !reserved
    }
);

name!(
    /// The value of a tag. May be empty.
    TagValue,
    "A tag's value",
    "has at most 256 characters, without control characters",
    |text| text.chars().count() <= 256 && !text.contains(char::is_control)
);

name!(
    /// The text of a permissions policy.
    PolicyDocument,
    "A policy document",
    "has 1 to 7,168 characters",
    |text| (1..=7168).contains(&text.chars().count())
);

name!(
    /// Names one exact text of the permissions policy of one resource.
    PolicyRevision,
    "A policy revision",
    "has 1 to 100 characters without white space",
    |text| (1..=100).contains(&text.chars().count()) && !text.contains(char::is_whitespace)
);

name!(
    /// An organization of AWS Organizations (API reference, `Organization`).
    OrganizationId,
    "An organization",
    "is written as o- and 10 to 32 lower-case letters and digits",
    |text| {
        text.strip_prefix("o-").is_some_and(|id| {
            (10..=32).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
    }
);

name!(
    /// A file of a generic package version.
    AssetName,
    "A file's name",
    "has 1 to 255 letters, digits, signs out of ~!@^&()-`_+[]{};,. and single spaces between them",
    is_asset_name
);

name!(
    /// A SHA-256 digest in lower-case hex.
    Sha256,
    "A SHA-256 digest",
    "has 64 lower-case hexadecimal digits",
    |text| text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
);

name!(
    /// An npm dist-tag that is given while publishing.
    DistTag,
    "A dist-tag",
    "has 1 to 100 letters, digits, dots, hyphens and underscores, begins with a letter, and does not look like a version",
    |text| {
        let version = |text: &str| text.starts_with(|c: char| c.is_ascii_digit() || c == '.');
        (1..=100).contains(&text.len())
            && text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
            && !text.strip_prefix(['v', 'V', 'x', 'X']).is_some_and(|rest| rest.is_empty() || version(rest))
    }
);

/// User guide, "Valid asset names". Outside ASCII it is a little wider: to tell every kind of letter apart takes a table
/// that the page would have to load, and CodeArtifact has the last word.
fn is_asset_name(text: &str) -> bool {
    let spaced = text.starts_with(' ') || text.ends_with(' ') || text.contains("  ");
    let allowed = |c: char| c == ' ' || c.is_alphanumeric() || "~!@^&()-`_+[]{};,.".contains(c);
    (1..=255).contains(&text.chars().count()) && !spaced && text != "." && text != ".." && text.chars().all(allowed)
}

/// The model's pattern `[^#/\s]+`, 1 to 255 characters.
fn is_package_text(text: &str) -> bool {
    (1..=255).contains(&text.chars().count()) && !text.contains(|c: char| c == '#' || c == '/' || c.is_whitespace())
}

name!(
    /// A saved plan of a promotion.
    PlanId,
    "A plan",
    "is named by 20 digits and letters from a to f",
    is_id
);

name!(
    /// A run: a promotion or an undoing that was started.
    RunId,
    "A run",
    "is named by 20 digits and letters from a to f",
    is_id
);

fn is_id(text: &str) -> bool {
    text.len() == 20 && text.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn domain_names_are_checked_at_every_limit() {
        for good in ["ab", "a1", "my-company", &"a".repeat(50)] {
            assert!(good.parse::<DomainName>().is_ok(), "{good}");
        }
        for bad in ["", "a", "1a", "a-", "my_domain", "Acme", &"a".repeat(51)] {
            assert!(bad.parse::<DomainName>().is_err(), "{bad}");
        }
    }

    #[test]
    fn repository_names_are_checked_at_every_limit() {
        for good in ["ab", "0a", "team.dev_2-x", &"r".repeat(100)] {
            assert!(good.parse::<RepositoryName>().is_ok(), "{good}");
        }
        for bad in ["", "a", ".a", "-a", "a b", "a/b", "größe", &"r".repeat(101)] {
            assert!(bad.parse::<RepositoryName>().is_err(), "{bad}");
        }
    }

    #[test]
    fn names_of_files_are_checked_as_the_user_guide_says() {
        for good in ["a", "setup (1).exe", "größe-2.bin", "~!@^&()-`_+[]{};,.", "v1.0"] {
            assert!(good.parse::<AssetName>().is_ok(), "{good}");
        }
        for bad in
            ["", ".", "..", " a", "a ", "a  b", "a/b", "a\\b", "a:b", "a#b", "a\nb", "\u{202e}a", &"a".repeat(256)]
        {
            assert!(bad.parse::<AssetName>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_dist_tag_is_no_version() {
        for good in ["latest", "next", "beta-2", "version1", "xyz"] {
            assert!(good.parse::<DistTag>().is_ok(), "{good}");
        }
        for bad in ["", "1.0.0", "v1", "x", "x.1", "a b", "-a", "a/b"] {
            assert!(bad.parse::<DistTag>().is_err(), "{bad}");
        }
    }

    #[test]
    fn an_error_says_the_rule() {
        let error = "my_domain".parse::<DomainName>().unwrap_err();
        assert!(error.to_string().starts_with("A domain name has 2 to 50 lower-case letters"));
    }

    #[test]
    fn serde_goes_through_the_parser() {
        assert!(serde_json::from_str::<RepositoryName>("\"a b\"").is_err());
        assert_eq!(serde_json::to_string(&"ab".parse::<RepositoryName>().unwrap()).unwrap(), "\"ab\"");
    }

    proptest! {
        #[test]
        fn a_package_name_is_accepted_exactly_when_the_model_pattern_matches(text in "\\PC{0,8}[#/ a-z]{0,4}") {
            let expected = !text.is_empty() && !text.contains(|c: char| c == '#' || c == '/' || c.is_whitespace());
            prop_assert_eq!(text.parse::<PackageName>().is_ok(), expected);
        }

        #[test]
        fn what_parses_is_shown_unchanged(text in "[A-Za-z0-9][A-Za-z0-9._-]{1,99}") {
            prop_assert_eq!(text.parse::<RepositoryName>().unwrap().to_string(), text);
        }
    }
}
