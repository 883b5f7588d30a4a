//! The domain as resources of CloudFormation, which both its templates and the CDK write.
//!
//! Types and properties: CloudFormation template reference, `AWS::CodeArtifact`.

use super::identifiers::{self, Identifiers};
use super::value::Value;
use super::{GroupMode, GroupRestriction, PackageGroupSnapshot, RepositorySnapshot, Snapshot};
use crate::names::RepositoryName;
use crate::tag::Tag;

/// The identifier of the domain. Those of repositories end with `Repository`, those of package groups with `PackageGroup`.
pub const DOMAIN: &str = "Domain";

/// A resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// Unique in the template.
    pub identifier: String,
    /// The last part of its type, such as `Repository`.
    pub kind: &'static str,
    /// By CloudFormation's names.
    pub properties: Vec<(&'static str, Value)>,
}

/// The resources, each behind what it needs; and what these languages cannot say, a sentence each.
///
/// `unsayable` are beginnings of texts that the language would replace, and for which it has no escape.
pub fn resources(snapshot: &Snapshot, unsayable: &[&str]) -> (Vec<Resource>, Vec<String>) {
    let identifiers = identifiers::pascal(snapshot);
    let mut left_out = [tags_without_value(snapshot), groups_left_out(snapshot, unsayable)].concat();
    let mut resources = vec![domain(snapshot)];
    resources.extend(snapshot.in_order().into_iter().map(|one| repository(one, &identifiers)));
    let groups = sayable_groups(snapshot, unsayable);
    let names = identifiers::of_package_groups(groups.iter().map(|group| group.pattern.as_str()));
    resources.extend(groups.iter().zip(names).map(|(group, name)| package_group(group, name, &identifiers)));
    for resource in &mut resources {
        let identifier = resource.identifier.clone();
        resource.properties.retain(|(property, value)| {
            let said = !unsayable.iter().any(|part| value.holds(part)) && *value != Value::Null;
            if !said {
                left_out
                    .push(format!("{property} of {identifier}: CloudFormation would not take it as it is written."));
            }
            said
        });
    }
    (resources, left_out)
}

fn domain(snapshot: &Snapshot) -> Resource {
    let mut properties = vec![("DomainName", Value::text(snapshot.domain.as_str()))];
    properties.extend(snapshot.encryption_key.iter().map(|key| ("EncryptionKey", Value::text(key))));
    properties.extend(policy(snapshot.policy.as_deref()));
    properties.extend(tags(&snapshot.tags));
    Resource { identifier: DOMAIN.to_owned(), kind: "Domain", properties }
}

fn repository(repository: &RepositorySnapshot, identifiers: &Identifiers) -> Resource {
    let mut properties = vec![
        ("DomainName", Value::NameOf(DOMAIN.to_owned())),
        ("RepositoryName", Value::text(repository.name.as_str())),
    ];
    if !repository.description.is_empty() {
        properties.push(("Description", Value::text(&repository.description)));
    }
    // An empty list counts as upstreams given, which an external connection excludes.
    if !repository.upstreams.is_empty() {
        let named = repository.upstreams.iter().map(|name| name_of(name, identifiers));
        properties.push(("Upstreams", Value::List(named.collect())));
    }
    if !repository.external_connections.is_empty() {
        let named = repository.external_connections.iter().map(Value::text);
        properties.push(("ExternalConnections", Value::List(named.collect())));
    }
    properties.extend(policy(repository.policy.as_deref()));
    properties.extend(tags(&repository.tags));
    let identifier = identifiers.get(&repository.name).cloned().unwrap_or_default();
    Resource { identifier, kind: "Repository", properties }
}

/// The name of a repository, by its resource where it has one.
fn name_of(name: &RepositoryName, identifiers: &Identifiers) -> Value {
    identifiers.get(name).map_or_else(|| Value::text(name.as_str()), |identifier| Value::NameOf(identifier.clone()))
}

/// The groups that CloudFormation can make: the root is there already, and a pattern must be taken as it is written.
fn sayable_groups<'s>(snapshot: &'s Snapshot, unsayable: &[&str]) -> Vec<&'s PackageGroupSnapshot> {
    let sayable =
        |group: &&PackageGroupSnapshot| !group.is_root() && !unsayable.iter().any(|part| group.pattern.contains(part));
    snapshot.package_groups.iter().filter(sayable).collect()
}

fn groups_left_out(snapshot: &Snapshot, unsayable: &[&str]) -> Vec<String> {
    let sayable = sayable_groups(snapshot, unsayable);
    let others = snapshot.package_groups.iter().filter(|group| !group.is_given() && !sayable.contains(group));
    let sentence = |group: &PackageGroupSnapshot| match group.is_root() {
        true => {
            "What the root package group /* says: it is there from the start, and CloudFormation only makes new ones."
                .to_owned()
        }
        false => {
            format!("The package group {}: CloudFormation would not take its pattern as it is written.", group.pattern)
        }
    };
    others.map(sentence).collect()
}

fn package_group(group: &PackageGroupSnapshot, identifier: String, identifiers: &Identifiers) -> Resource {
    let mut properties =
        vec![("DomainName", Value::NameOf(DOMAIN.to_owned())), ("Pattern", Value::text(&group.pattern))];
    for (property, text) in [("Description", &group.description), ("ContactInfo", &group.contact_info)] {
        if !text.is_empty() {
            properties.push((property, Value::text(text)));
        }
    }
    let restrictions: Vec<(String, Value)> =
        group.set_restrictions().map(|one| (one.origin.property().to_owned(), restriction(one, identifiers))).collect();
    if !restrictions.is_empty() {
        let restrictions = vec![("Restrictions".to_owned(), Value::Map(restrictions))];
        properties.push(("OriginConfiguration", Value::Map(restrictions)));
    }
    properties.extend(tags(&group.tags));
    Resource { identifier, kind: "PackageGroup", properties }
}

/// CloudFormation knows repositories of the one mode that reads them.
fn restriction(one: &GroupRestriction, identifiers: &Identifiers) -> Value {
    let mut pairs = vec![("RestrictionMode".to_owned(), Value::text(one.mode.as_str()))];
    if one.mode == GroupMode::AllowSpecificRepositories && !one.repositories.is_empty() {
        let names = one.repositories.iter().map(|name| name_of(name, identifiers));
        pairs.push(("Repositories".to_owned(), Value::List(names.collect())));
    }
    Value::Map(pairs)
}

/// What is no JSON becomes nothing, which no resource keeps.
fn policy(document: Option<&str>) -> Option<(&'static str, Value)> {
    document.map(|document| ("PermissionsPolicyDocument", Value::document(document).unwrap_or(Value::Null)))
}

/// CloudFormation's schema of a tag wants a value of at least one character.
fn tags_without_value(snapshot: &Snapshot) -> Vec<String> {
    let of_repositories =
        snapshot.repositories.iter().map(|one| (format!("the repository {}", one.name), one.tags.as_slice()));
    let of_groups = snapshot.package_groups.iter().filter(|one| !one.is_root());
    let of_groups = of_groups.map(|one| (format!("the package group {}", one.pattern), one.tags.as_slice()));
    let domain = (format!("the domain {}", snapshot.domain), snapshot.tags.as_slice());
    let all = [domain].into_iter().chain(of_repositories).chain(of_groups);
    let sentence = |(what, tags): (String, &[Tag])| {
        let keys: Vec<&str> =
            tags.iter().filter(|tag| tag.value.as_str().is_empty()).map(|tag| tag.key.as_str()).collect();
        let keys = (!keys.is_empty()).then(|| keys.join(", "))?;
        Some(format!("Tags of {what} without a value, which CloudFormation does not have: {keys}."))
    };
    all.filter_map(sentence).collect()
}

fn tags(tags: &[Tag]) -> Option<(&'static str, Value)> {
    let pair = |tag: &Tag| {
        let pair = [("Key", tag.key.as_str()), ("Value", tag.value.as_str())];
        Value::Map(pair.map(|(name, text)| (name.to_owned(), Value::text(text))).to_vec())
    };
    let pairs: Vec<Value> = tags.iter().filter(|tag| !tag.value.as_str().is_empty()).map(pair).collect();
    (!pairs.is_empty()).then_some(("Tags", Value::List(pairs)))
}
