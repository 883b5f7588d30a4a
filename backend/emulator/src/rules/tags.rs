//! Tags of domains and repositories.

use std::collections::BTreeMap;

use crate::rules::constraint::{TAG_KEY, TAG_VALUE};
use crate::wire::fault::{Fault, ResourceType};
use crate::wire::member;

/// Tags per resource (CodeArtifact user guide, "Tagging resources"). The service model would allow lists of 200.
const MOST_TAGS: usize = 50;
const LONGEST_LIST: usize = 200;

/// One tag as a request tells it.
#[derive(Debug, serde::Deserialize)]
pub(crate) struct Tag {
    key: Option<String>,
    value: Option<String>,
}

/// Checks a list of tags. A key may come once.
pub(crate) fn parse(tags: Vec<Tag>) -> Result<BTreeMap<String, String>, Fault> {
    check_length("tags", tags.len())?;
    let mut parsed = BTreeMap::new();
    for (number, tag) in (1..).zip(tags) {
        let (key_at, value_at) = (format!("tags.{number}.member.key"), format!("tags.{number}.member.value"));
        let key = tag.key.ok_or_else(|| member::missing(&key_at))?;
        let value = tag.value.ok_or_else(|| member::missing(&value_at))?;
        member::checked(&key, &key_at, &TAG_KEY)?;
        member::checked(&value, &value_at, &TAG_VALUE)?;
        if key.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("aws:")) {
            return Err(Fault::invalid(format!("Tag key '{key}' begins with aws:, which is reserved")));
        }
        if parsed.contains_key(&key) {
            return Err(Fault::invalid(format!("Tag key '{key}' is given more than once")));
        }
        parsed.insert(key, value);
    }
    Ok(parsed)
}

/// Checks a list of keys.
pub(crate) fn parse_keys(keys: &[String]) -> Result<(), Fault> {
    check_length("tagKeys", keys.len())?;
    for (number, key) in (1..).zip(keys) {
        member::checked(key, &format!("tagKeys.{number}.member"), &TAG_KEY)?;
    }
    Ok(())
}

/// What a resource has after `new` is added to `held`; equal keys are overwritten.
pub(crate) fn merge(
    held: &BTreeMap<String, String>,
    new: BTreeMap<String, String>,
    resource_type: ResourceType,
    resource: &str,
) -> Result<BTreeMap<String, String>, Fault> {
    let mut merged = held.clone();
    merged.extend(new);
    if merged.len() > MOST_TAGS {
        let message = format!("A resource can have at most {MOST_TAGS} tags");
        return Err(Fault::quota(resource_type, resource, message));
    }
    Ok(merged)
}

fn check_length(name: &str, length: usize) -> Result<(), Fault> {
    if length <= LONGEST_LIST {
        return Ok(());
    }
    let broken = format!("Member must have length less than or equal to {LONGEST_LIST}");
    Err(member::violation(Some(&format!("{length} entries")), name, &broken))
}
