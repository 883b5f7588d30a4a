//! TagResource, UntagResource, ListTagsForResource.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::model::State;
use crate::rules::arn::{self, Resource};
use crate::rules::find;
use crate::rules::tags::{self, Tag};
use crate::wire::call::{Answer, Call, json};
use crate::wire::fault::{Fault, ResourceType};
use crate::wire::member;
use crate::wire::place::{DomainAt, RepositoryAt};

#[derive(Deserialize)]
struct TagMembers {
    tags: Option<Vec<Tag>>,
}

/// TagResource: equal keys are overwritten.
pub(super) fn tag(call: &Call) -> Answer {
    let arn = call.required(&member::RESOURCE_ARN)?;
    let members: TagMembers = call.members()?;
    let new = tags::parse(members.tags.ok_or_else(|| member::missing("tags"))?)?;
    let mut state = call.state();
    let (kind, held) = held(call, &mut state, arn)?;
    *held = tags::merge(held, new, kind, arn)?;
    json(json!({}))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UntagMembers {
    tag_keys: Option<Vec<String>>,
}

/// UntagResource: the keys stand in the body. A key that is not there is no error.
pub(super) fn untag(call: &Call) -> Answer {
    let arn = call.required(&member::RESOURCE_ARN)?;
    let members: UntagMembers = call.members()?;
    let keys = members.tag_keys.ok_or_else(|| member::missing("tagKeys"))?;
    tags::parse_keys(&keys)?;
    let mut state = call.state();
    let (_, held) = held(call, &mut state, arn)?;
    held.retain(|key, _| !keys.contains(key));
    json(json!({}))
}

/// ListTagsForResource
pub(super) fn list(call: &Call) -> Answer {
    let arn = call.required(&member::RESOURCE_ARN)?;
    let mut state = call.state();
    let (_, held) = held(call, &mut state, arn)?;
    let tags: Vec<Value> = held.iter().map(|(key, value)| json!({ "key": key, "value": value })).collect();
    json(json!({ "tags": tags }))
}

/// The tags of the resource that `arn` names.
fn held<'s>(
    call: &Call,
    state: &'s mut State,
    arn: &str,
) -> Result<(ResourceType, &'s mut BTreeMap<String, String>), Fault> {
    let domain = |name: &str| DomainAt { name: name.to_owned(), owner: call.account().to_owned() };
    match arn::parse(call.emulator.options(), arn) {
        Some(Resource::Domain(name)) => {
            Ok((ResourceType::Domain, &mut find::domain_mut(state, call.account(), &domain(name))?.tags))
        }
        Some(Resource::Repository(in_domain, name)) => {
            let at = RepositoryAt { domain: domain(in_domain), name: name.to_owned() };
            Ok((ResourceType::Repository, &mut find::repository_mut(state, call.account(), &at)?.tags))
        }
        Some(Resource::PackageGroup(in_domain, pattern)) => {
            let group = find::package_group_mut(state, call.account(), &domain(in_domain), &pattern)?;
            Ok((ResourceType::Domain, &mut group.tags))
        }
        None => {
            Err(Fault::invalid(format!("'{arn}' does not name a CodeArtifact resource of this account and region")))
        }
    }
}
