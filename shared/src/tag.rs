//! Tags of domains and repositories.

use serde::{Deserialize, Serialize};

use crate::names::{NameError, TagKey, TagValue};

/// How many tags a resource may have (guide, "Quotas in CodeArtifact").
pub const MOST_TAGS: usize = 50;

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tag {
    /// Unique for its resource.
    pub key: TagKey,
    /// May be empty.
    pub value: TagValue,
}

/// Why a text is no list of tags.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TagsError {
    /// A line breaks the rule for keys or values.
    #[error("Line {line}: {problem}")]
    Name {
        /// Counted from 1.
        line: usize,
        /// Which rule.
        problem: NameError,
    },
    /// A key stands twice.
    #[error("Line {line}: the key `{key}` stands there twice")]
    Twice {
        /// Counted from 1.
        line: usize,
        /// Which one.
        key: String,
    },
    /// There are too many.
    #[error("A resource has at most {MOST_TAGS} tags")]
    TooMany,
}

/// Reads tags as people write them: one a line, `key=value` or a key alone. Empty lines say nothing.
///
/// # Errors
/// The first line that is no tag, and why.
pub fn parse_lines(text: &str) -> Result<Vec<Tag>, TagsError> {
    let mut tags = Vec::<Tag>::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let name = |problem| TagsError::Name { line: number + 1, problem };
        let (key, value) = line.split_once('=').unwrap_or((line, ""));
        let tag = Tag { key: key.trim().parse().map_err(name)?, value: value.trim().parse().map_err(name)? };
        if tags.iter().any(|known| known.key == tag.key) {
            return Err(TagsError::Twice { line: number + 1, key: tag.key.to_string() });
        }
        tags.push(tag);
    }
    if tags.len() > MOST_TAGS { Err(TagsError::TooMany) } else { Ok(tags) }
}

/// The tags of a domain or repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeldTags {
    /// Names the domain or repository in commands.
    pub arn: String,
    /// By key.
    pub tags: Vec<Tag>,
    /// Those that AWS itself gave, as `key=value`. Nobody else can change them.
    pub of_aws: Vec<String>,
}

/// Asks to change the tags of a domain or repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewTags {
    /// The tags that the person saw. Others there now are not overwritten.
    pub seen: Vec<Tag>,
    /// All tags that there are to be; at most [`MOST_TAGS`].
    pub tags: Vec<Tag>,
}

/// What has to be done so that one list of tags becomes another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TagChange {
    /// Tags that are new, or have another value.
    pub set: Vec<Tag>,
    /// Keys that go.
    pub removed: Vec<TagKey>,
    /// How many tags there are while the new ones are there and the old ones still are.
    pub together: usize,
}

impl TagChange {
    /// From the tags seen to those wanted.
    pub fn between(seen: &[Tag], wanted: &[Tag]) -> Self {
        let set = wanted.iter().filter(|tag| !seen.contains(tag)).cloned().collect();
        let gone = seen.iter().filter(|tag| !wanted.iter().any(|one| one.key == tag.key));
        let removed: Vec<TagKey> = gone.map(|tag| tag.key.clone()).collect();
        let together = wanted.len() + removed.len();
        Self { set, removed, together }
    }

    /// Tags are set before others are removed, unless there would be too many at once.
    pub fn sets_first(&self) -> bool {
        self.together <= MOST_TAGS
    }

    /// Nothing has to be done.
    pub fn is_empty(&self) -> bool {
        self.set.is_empty() && self.removed.is_empty()
    }

    /// In words, one line each: what is added, changed and removed.
    pub fn words(&self, seen: &[Tag]) -> Vec<String> {
        let set = self.set.iter().map(|tag| match seen.iter().find(|one| one.key == tag.key) {
            None => format!("{} is added, with the value “{}”", tag.key, tag.value),
            Some(before) => format!("{} changes from “{}” to “{}”", tag.key, before.value, tag.value),
        });
        set.chain(self.removed.iter().map(|key| format!("{key} is removed"))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_names_what_is_new_other_and_gone_and_leaves_the_rest() {
        let seen = parse_lines("team=a\nstage=test\nold=1").unwrap();
        let change = TagChange::between(&seen, &parse_lines("stage=prod\nteam=a\nnew=").unwrap());
        assert_eq!(
            change.words(&seen),
            ["stage changes from “test” to “prod”", "new is added, with the value “”", "old is removed"]
        );
        assert!(TagChange::between(&seen, &seen).is_empty());
    }

    #[test]
    fn tags_are_set_first_while_old_and_new_ones_fit_together() {
        let many = |name: &str, number: usize| {
            let lines: String = (0..number).map(|n| format!("{name}{n}\n")).collect();
            parse_lines(&lines).unwrap()
        };
        assert!(TagChange::between(&many("old", 25), &many("new", 25)).sets_first());
        assert!(!TagChange::between(&many("old", 26), &many("new", 25)).sets_first());
        assert!(TagChange::between(&many("same", 50), &many("same", 50)).sets_first());
    }

    #[test]
    fn what_is_reserved_for_aws_is_refused_however_it_is_written() {
        for key in ["aws:x", "AWS:x", "Aws:"] {
            assert!(key.parse::<TagKey>().is_err(), "{key}");
        }
        assert!("awsx".parse::<TagKey>().is_ok());
    }

    #[test]
    fn tags_are_written_one_a_line() {
        let tags = parse_lines("team = billing\n\nurl=a=b\nflag").unwrap();
        let pairs: Vec<_> = tags.iter().map(|tag| (tag.key.as_str(), tag.value.as_str())).collect();
        assert_eq!(pairs, [("team", "billing"), ("url", "a=b"), ("flag", "")]);
    }

    #[test]
    fn what_is_no_tag_is_told_with_its_line() {
        assert!(parse_lines("a=1\n=2").unwrap_err().to_string().starts_with("Line 2: A tag's key"));
        assert_eq!(parse_lines("a=1\na=2").unwrap_err(), TagsError::Twice { line: 2, key: "a".into() });
        let many: String = (0..=MOST_TAGS).map(|number| format!("k{number}\n")).collect();
        assert_eq!(parse_lines(&many), Err(TagsError::TooMany));
    }
}
