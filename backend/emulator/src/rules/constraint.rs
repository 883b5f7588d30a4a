//! The constraints that the service model puts on single members (`codeartifact` 2018-09-22).

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// Length and pattern of a string shape. Lengths count characters.
#[derive(Debug)]
pub struct Constraint {
    min: usize,
    max: usize,
    pattern: Option<Pattern>,
}

/// A pattern of the model: its text, which error messages quote, and the same thing as a function.
#[derive(Debug)]
struct Pattern {
    text: &'static str,
    matches: fn(&str) -> bool,
}

/// Name of a domain. It becomes a DNS label.
pub const DOMAIN_NAME: Constraint = shape(2, 50, r"[a-z][a-z0-9\-]{0,48}[a-z0-9]", is_domain_name);
/// Name of a repository.
pub const REPOSITORY_NAME: Constraint = shape(2, 100, r"[A-Za-z0-9][A-Za-z0-9._\-]{1,99}", is_repository_name);
/// Start of repository names.
pub const REPOSITORY_PREFIX: Constraint = REPOSITORY_NAME;
/// Name of an external connection.
pub const EXTERNAL_CONNECTION_NAME: Constraint =
    shape(2, 100, r"[A-Za-z0-9][A-Za-z0-9._\-:]{1,99}", is_external_connection_name);
/// An AWS account.
pub const ACCOUNT_ID: Constraint = shape(12, 12, "[0-9]{12}", is_digits);
/// An ARN, and whatever names an encryption key.
pub const ARN: Constraint = shape(1, 1011, r"\S+", has_no_space);
/// Free text about a resource.
pub const DESCRIPTION: Constraint = shape(0, 1000, r"\P{C}*", is_plain);
/// Name, namespace or version of a package.
pub const PACKAGE_WORD: Constraint = shape(1, 255, r"[^#/\s]+", is_package_word);
/// Name of an asset.
pub const ASSET_NAME: Constraint = shape(1, 255, r"\P{C}+", is_plain);
/// Revision of a package version.
pub const VERSION_REVISION: Constraint = shape(1, 50, r"\S+", has_no_space);
/// Revision of a policy.
pub const POLICY_REVISION: Constraint = shape(1, 100, r"\S+", has_no_space);
/// Text of a policy.
pub const POLICY_DOCUMENT: Constraint = shape(1, 7168, r"[\P{C}\s]+", is_plain_or_space);
/// What continues a list.
pub const PAGINATION_TOKEN: Constraint = shape(1, 2000, r"\S+", has_no_space);
/// Pattern of a package group.
pub const PACKAGE_GROUP_PATTERN: Constraint = shape(2, 520, r"[^\p{C}\p{IsWhitespace}]+", is_group_pattern);
/// Start of patterns of package groups.
pub const PACKAGE_GROUP_PREFIX: Constraint = shape(0, 520, r"\P{C}*", is_plain);
/// Whom to ask about a package group.
pub const CONTACT_INFO: Constraint = DESCRIPTION;
/// Hash of an asset to publish.
pub const SHA256: Constraint = shape(64, 64, "[0-9a-f]+", is_lower_hex);
/// Key of a tag.
pub const TAG_KEY: Constraint = shape(1, 128, r"\P{C}+", is_plain);
/// Value of a tag.
pub const TAG_VALUE: Constraint = shape(0, 256, r"\P{C}*", is_plain);

const fn shape(min: usize, max: usize, text: &'static str, matches: fn(&str) -> bool) -> Constraint {
    Constraint { min, max, pattern: Some(Pattern { text, matches }) }
}

impl Constraint {
    /// Whether `value` is right.
    pub fn fits(&self, value: &str) -> bool {
        self.broken_by(value).is_none()
    }

    /// What `value` breaks, in AWS's words, or `None` when it is right.
    pub fn broken_by(&self, value: &str) -> Option<String> {
        let length = value.chars().count();
        if length < self.min {
            return Some(format!("Member must have length greater than or equal to {}", self.min));
        }
        if length > self.max {
            return Some(format!("Member must have length less than or equal to {}", self.max));
        }
        let pattern = self.pattern.as_ref().filter(|pattern| !(pattern.matches)(value))?;
        Some(format!("Member must satisfy regular expression pattern: {}", pattern.text))
    }
}

fn is_domain_name(name: &str) -> bool {
    let inner = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    name.starts_with(|c: char| c.is_ascii_lowercase()) && !name.ends_with('-') && name.chars().all(inner)
}

fn is_repository_name(name: &str) -> bool {
    starts_alphanumeric(name) && name.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
}

fn is_external_connection_name(name: &str) -> bool {
    starts_alphanumeric(name) && name.chars().all(|c| c.is_ascii_alphanumeric() || "._-:".contains(c))
}

fn starts_alphanumeric(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphanumeric())
}

fn is_digits(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit())
}

fn is_lower_hex(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c))
}

fn is_package_word(word: &str) -> bool {
    !word.chars().any(|c| c == '#' || c == '/' || is_space(c))
}

fn has_no_space(text: &str) -> bool {
    !text.chars().any(is_space)
}

fn is_plain(text: &str) -> bool {
    text.chars().all(is_visible)
}

fn is_plain_or_space(text: &str) -> bool {
    text.chars().all(|c| is_visible(c) || is_space(c))
}

fn is_group_pattern(text: &str) -> bool {
    text.chars().all(|c| is_visible(c) && !c.is_whitespace())
}

/// `\s` of Java's patterns, which is ASCII only.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\x0B' | '\x0C' | '\r')
}

/// `\P{C}`: not a control, format, surrogate, private-use or unassigned character.
fn is_visible(c: char) -> bool {
    c.general_category_group() != GeneralCategoryGroup::Other
}
