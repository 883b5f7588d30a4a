//! UpdatePackageGroupOriginConfiguration, ListAllowedRepositoriesForGroup.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::describe;
use crate::model::{Domain, RestrictionMode, RestrictionType};
use crate::rules::constraint::REPOSITORY_NAME;
use crate::rules::find;
use crate::wire::call::{Answer, Call, json};
use crate::wire::fault::Fault;
use crate::wire::member;
use crate::wire::place::DomainAt;

/// Repositories that one call may add and remove (CloudFormation, `AWS::CodeArtifact::PackageGroup`).
const MOST_UPDATES: usize = 100;
/// AWS does not document the page size; this is the one of ListPackages.
const PAGE: usize = 100;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Members {
    restrictions: Option<BTreeMap<String, String>>,
    add_allowed_repositories: Option<Vec<Entry>>,
    remove_allowed_repositories: Option<Vec<Entry>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    repository_name: Option<String>,
    origin_restriction_type: Option<String>,
}

/// A repository of the list of one restriction.
type Listed = (RestrictionType, String);

/// UpdatePackageGroupOriginConfiguration: all of it, or nothing.
pub(super) fn update(call: &Call) -> Answer {
    let at = DomainAt::read(call)?;
    let text = call.required(&member::PACKAGE_GROUP)?;
    let members: Members = call.members()?;
    let modes = modes(members.restrictions.unwrap_or_default())?;
    let added = entries(members.add_allowed_repositories.unwrap_or_default(), "addAllowedRepositories")?;
    let removed = entries(members.remove_allowed_repositories.unwrap_or_default(), "removeAllowedRepositories")?;
    if added.len() + removed.len() > MOST_UPDATES {
        let message = format!("At most {MOST_UPDATES} repositories can be added and removed in one call");
        return Err(Fault::invalid(message));
    }
    if let Some((_, name)) = added.iter().find(|entry| removed.contains(entry)) {
        return Err(Fault::invalid(format!("Repository '{name}' is to be added and removed at the same time")));
    }
    let mut state = call.state();
    let domain = find::domain(&state, call.account(), &at)?;
    let (pattern, _) = find::package_group(domain, text)?;
    if pattern.is_root() && modes.iter().any(|(_, mode)| *mode == RestrictionMode::Inherit) {
        return Err(Fault::invalid("The root package group '/*' has nothing to inherit from"));
    }
    check_exist(domain, &at, &added)?;
    let group = find::package_group_mut(&mut state, call.account(), &at, text)?;
    let mut updates = BTreeMap::<RestrictionType, Updates>::new();
    for (kind, mode) in modes {
        if let Some(restriction) = group.restrictions.get_mut(&kind) {
            restriction.mode = mode;
        }
    }
    for (kind, name) in added {
        let Some(restriction) = group.restrictions.get_mut(&kind) else { continue };
        if restriction.repositories.insert(name.clone()) {
            updates.entry(kind).or_default().added.push(name);
        }
    }
    for (kind, name) in removed {
        let Some(restriction) = group.restrictions.get_mut(&kind) else { continue };
        if restriction.repositories.remove(&name) {
            updates.entry(kind).or_default().removed.push(name);
        }
    }
    let domain = find::domain(&state, call.account(), &at)?;
    let (pattern, group) = find::package_group(domain, text)?;
    let updates: Map<String, Value> =
        updates.into_iter().map(|(kind, updates)| (kind.as_str().to_owned(), updates.told())).collect();
    json(json!({
        "packageGroup": describe::package_group(call.emulator.options(), domain, pattern, group),
        "allowedRepositoryUpdates": updates,
    }))
}

/// What became of the list of one restriction.
#[derive(Default)]
struct Updates {
    added: Vec<String>,
    removed: Vec<String>,
}

impl Updates {
    fn told(self) -> Value {
        let lists = [("ADDED", self.added), ("REMOVED", self.removed)];
        let some = lists.into_iter().filter(|(_, names)| !names.is_empty());
        Value::Object(some.map(|(word, names)| (word.to_owned(), json!(names))).collect())
    }
}

/// ListAllowedRepositoriesForGroup: the group's own list.
pub(super) fn allowed_repositories(call: &Call) -> Answer {
    let at = DomainAt::read(call)?;
    let text = call.required(&member::PACKAGE_GROUP)?;
    let kind = call
        .choice("originRestrictionType", &RestrictionType::ALL.map(RestrictionType::as_str), RestrictionType::parse)?
        .ok_or_else(|| member::missing("originRestrictionType"))?;
    let paging = call.paging(PAGE)?;
    let state = call.state();
    let (_, group) = find::package_group(find::domain(&state, call.account(), &at)?, text)?;
    let names = group.restrictions.get(&kind).into_iter().flat_map(|restriction| &restriction.repositories);
    let page = paging.cut(names.map(|name| (name.clone(), name)));
    json(json!({ "allowedRepositories": page.items, "nextToken": page.next }))
}

fn modes(restrictions: BTreeMap<String, String>) -> Result<Vec<(RestrictionType, RestrictionMode)>, Fault> {
    let read = |(kind, mode): (String, String)| {
        let types = RestrictionType::ALL.map(RestrictionType::as_str);
        let words = RestrictionMode::ALL.map(RestrictionMode::as_str);
        let read = member::one_of(&kind, "restrictions", &types, RestrictionType::parse)?;
        let mode = member::one_of(&mode, &format!("restrictions.{kind}"), &words, RestrictionMode::parse)?;
        Ok((read, mode))
    };
    restrictions.into_iter().map(read).collect()
}

fn entries(entries: Vec<Entry>, list: &str) -> Result<Vec<Listed>, Fault> {
    let read = |(number, entry): (usize, Entry)| {
        let (name_at, kind_at) =
            (format!("{list}.{number}.member.repositoryName"), format!("{list}.{number}.member.originRestrictionType"));
        let name = entry.repository_name.ok_or_else(|| member::missing(&name_at))?;
        member::checked(&name, &name_at, &REPOSITORY_NAME)?;
        let kind = entry.origin_restriction_type.ok_or_else(|| member::missing(&kind_at))?;
        let types = RestrictionType::ALL.map(RestrictionType::as_str);
        Ok((member::one_of(&kind, &kind_at, &types, RestrictionType::parse)?, name))
    };
    (1..).zip(entries).map(read).collect()
}

/// A repository that is to be allowed must be there. One that is gone can still be taken off the list.
fn check_exist(domain: &Domain, at: &DomainAt, added: &[Listed]) -> Result<(), Fault> {
    match added.iter().find(|(_, name)| !domain.repositories.contains_key(name)) {
        Some((_, name)) => Err(find::no_repository(at, name)),
        None => Ok(()),
    }
}
