//! CreatePackageGroup, DescribePackageGroup, UpdatePackageGroup, DeletePackageGroup, the two lists of groups, and which
//! packages belong to a group.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::describe;
use crate::model::{Domain, PackageGroup, PackageKey, RestrictionMode};
use crate::rules::constraint::{CONTACT_INFO, DESCRIPTION, PACKAGE_GROUP_PATTERN};
use crate::rules::find;
use crate::rules::group::{self, Association, Pattern};
use crate::rules::tags::{self, Tag};
use crate::wire::call::{Answer, Call, json};
use crate::wire::fault::{Fault, ResourceType};
use crate::wire::member;
use crate::wire::place::{DomainAt, package_key};

/// AWS does not document the page sizes of these lists; this is the one of ListPackages.
const PAGE: usize = 100;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Members {
    package_group: Option<String>,
    contact_info: Option<String>,
    description: Option<String>,
    tags: Option<Vec<Tag>>,
}

impl Members {
    /// The members as the body has them, each checked; the pattern apart.
    fn read(call: &Call) -> Result<(String, Self), Fault> {
        let mut members: Self = call.members()?;
        let text = members.package_group.take().ok_or_else(|| member::missing("packageGroup"))?;
        member::checked(&text, "packageGroup", &PACKAGE_GROUP_PATTERN)?;
        for (value, name, shape) in
            [(&members.contact_info, "contactInfo", &CONTACT_INFO), (&members.description, "description", &DESCRIPTION)]
        {
            value.as_deref().map(|value| member::checked(value, name, shape)).transpose()?;
        }
        Ok((text, members))
    }
}

/// CreatePackageGroup. A new group inherits everything.
pub(super) fn create(call: &Call) -> Answer {
    let at = DomainAt::read(call)?;
    let (text, members) = Members::read(call)?;
    let pattern = read_pattern(&text)?;
    let tags = tags::parse(members.tags.unwrap_or_default())?;
    let tags = tags::merge(&BTreeMap::new(), tags, ResourceType::Domain, &text)?;
    let mut state = call.state();
    let domain = find::domain_mut(&mut state, call.account(), &at)?;
    if domain.package_groups.by_pattern.contains_key(&pattern) {
        let message =
            format!("Package group already exists. Domain '{}' has a package group '{text}' already", domain.name);
        return Err(Fault::conflict(ResourceType::Domain, &text, message));
    }
    let group = PackageGroup {
        contact_info: members.contact_info,
        description: members.description,
        tags,
        ..PackageGroup::new(call.emulator.now(), RestrictionMode::Inherit)
    };
    domain.package_groups.by_pattern.insert(pattern, group);
    tell(call, domain, &text)
}

/// DescribePackageGroup
pub(super) fn describe(call: &Call) -> Answer {
    let at = DomainAt::read(call)?;
    let text = call.required(&member::PACKAGE_GROUP)?;
    let state = call.state();
    tell(call, find::domain(&state, call.account(), &at)?, text)
}

/// UpdatePackageGroup. A member that is absent changes nothing.
pub(super) fn update(call: &Call) -> Answer {
    let at = DomainAt::read(call)?;
    let (text, members) = Members::read(call)?;
    let mut state = call.state();
    let group = find::package_group_mut(&mut state, call.account(), &at, &text)?;
    if members.contact_info.is_some() {
        group.contact_info = members.contact_info;
    }
    if members.description.is_some() {
        group.description = members.description;
    }
    tell(call, find::domain(&state, call.account(), &at)?, &text)
}

/// DeletePackageGroup. Its packages stay, and its children inherit from its parent.
pub(super) fn delete(call: &Call) -> Answer {
    let at = DomainAt::read(call)?;
    let text = call.raw("package-group").ok_or_else(|| member::missing("packageGroup"))?;
    let mut state = call.state();
    let domain = find::domain(&state, call.account(), &at)?;
    let (pattern, group) = find::package_group(domain, text)?;
    if pattern.is_root() {
        return Err(Fault::invalid("The root package group '/*' cannot be deleted"));
    }
    let (pattern, told) = (pattern.clone(), describe::package_group(call.emulator.options(), domain, pattern, group));
    find::domain_mut(&mut state, call.account(), &at)?.package_groups.by_pattern.remove(&pattern);
    json(json!({ "packageGroup": told }))
}

/// ListPackageGroups
pub(super) fn list(call: &Call) -> Answer {
    let prefix = call.optional(&member::PACKAGE_GROUP_PREFIX)?.unwrap_or_default();
    list_of(call, |_, pattern| pattern.as_str().starts_with(prefix))
}

/// ListSubPackageGroups: the direct children.
pub(super) fn list_sub(call: &Call) -> Answer {
    let text = call.required(&member::PACKAGE_GROUP)?;
    {
        let state = call.state();
        find::package_group(find::domain(&state, call.account(), &DomainAt::read(call)?)?, text)?;
    }
    list_of(call, |domain, pattern| {
        group::parent(&domain.package_groups, pattern).is_some_and(|(parent, _)| parent.as_str() == text)
    })
}

fn list_of(call: &Call, listed: impl Fn(&Domain, &Pattern) -> bool) -> Answer {
    let at = DomainAt::read(call)?;
    let paging = call.paging(PAGE)?;
    let state = call.state();
    let domain = find::domain(&state, call.account(), &at)?;
    let chosen = domain.package_groups.by_pattern.iter().filter(|(pattern, _)| listed(domain, pattern));
    let page = paging.cut(chosen.map(|entry| (entry.0.as_str().to_owned(), entry)));
    let options = call.emulator.options();
    let groups = page.items.iter().map(|(pattern, group)| describe::package_group(options, domain, pattern, group));
    json(json!({ "packageGroups": groups.collect::<Vec<_>>(), "nextToken": page.next }))
}

/// GetAssociatedPackageGroup. The package need not exist.
pub(super) fn associated(call: &Call) -> Answer {
    let at = DomainAt::read(call)?;
    let key = package_key(call)?;
    let state = call.state();
    let domain = find::domain(&state, call.account(), &at)?;
    let (pattern, association) = group::group_of(&domain.package_groups, &key);
    let (pattern, group) = find::package_group(domain, pattern.as_str())?;
    json(json!({
        "packageGroup": describe::package_group(call.emulator.options(), domain, pattern, group),
        "associationType": word(association),
    }))
}

/// ListAssociatedPackages: the packages of all repositories that belong to the group. With `preview`, those that would
/// belong to a group with this pattern, whether there is one or not.
pub(super) fn packages(call: &Call) -> Answer {
    let at = DomainAt::read(call)?;
    let text = call.required(&member::PACKAGE_GROUP)?;
    let preview = call.flag("preview")?;
    let paging = call.paging(PAGE)?;
    let state = call.state();
    let domain = find::domain(&state, call.account(), &at)?;
    let pattern = if preview { read_pattern(text)? } else { find::package_group(domain, text)?.0.clone() };
    let keys = domain.repositories.values().flat_map(|repository| repository.packages.keys());
    // A package counts once, however many repositories have it.
    let keys: BTreeMap<String, &PackageKey> = keys.map(|key| (super::packages::sort_key(key), key)).collect();
    let belonging = keys.into_iter().filter_map(|(place, key)| Some((place, (key, belongs(domain, &pattern, key)?))));
    let page = paging.cut(belonging);
    let packages: Vec<Value> = page
        .items
        .iter()
        .map(|(key, association)| {
            let mut told = describe::coordinates(key);
            told["associationType"] = json!(word(*association));
            told
        })
        .collect();
    json(json!({ "packages": packages, "nextToken": page.next }))
}

/// How a package belongs to the pattern, if no more specific group has it.
fn belongs(domain: &Domain, pattern: &Pattern, key: &PackageKey) -> Option<Association> {
    let association = pattern.fits(key)?;
    let (held, _) = group::group_of(&domain.package_groups, key);
    (held == pattern || pattern.specificity(held).is_gt()).then_some(association)
}

fn word(association: Association) -> &'static str {
    match association {
        Association::Strong => "STRONG",
        Association::Weak => "WEAK",
    }
}

fn read_pattern(text: &str) -> Result<Pattern, Fault> {
    Pattern::parse(text).map_err(|error| Fault::invalid(format!("'{text}' is not a package group pattern: {error}")))
}

fn tell(call: &Call, domain: &Domain, text: &str) -> Answer {
    let (pattern, group) = find::package_group(domain, text)?;
    json(json!({ "packageGroup": describe::package_group(call.emulator.options(), domain, pattern, group) }))
}
