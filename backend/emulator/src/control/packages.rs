//! ListPackages, DescribePackage, DeletePackage, PutPackageOriginConfiguration.

use serde::Deserialize;
use serde_json::{Value, json};

use super::describe;
use crate::model::{Format, OriginControl, Package, PackageKey};
use crate::rules::find;
use crate::wire::call::{Answer, Call, json};
use crate::wire::fault::Fault;
use crate::wire::member;
use crate::wire::place::{PackageAt, RepositoryAt};

/// Page size of ListPackages (CodeArtifact user guide).
const PAGE: usize = 100;

/// What ListPackages leaves out.
struct Filter<'a> {
    format: Option<Format>,
    namespace: Option<&'a str>,
    prefix: Option<&'a str>,
    publish: Option<bool>,
    upstream: Option<bool>,
}

impl<'a> Filter<'a> {
    fn read(call: &'a Call) -> Result<Self, Fault> {
        let filter = Self {
            format: call.optional_format()?,
            namespace: call.optional(&member::NAMESPACE)?,
            prefix: call.optional(&member::PACKAGE_PREFIX)?,
            publish: call.choice("publish", &RESTRICTIONS, allowed)?,
            upstream: call.choice("upstream", &RESTRICTIONS, allowed)?,
        };
        let Self { format, namespace, prefix, publish, upstream } = &filter;
        let alone = format.is_none() && prefix.is_none() && publish.is_none() && upstream.is_none();
        if namespace.is_some() && alone {
            return Err(Fault::invalid("The namespace cannot be the only filter; name the format too"));
        }
        Ok(filter)
    }

    fn lists(&self, key: &PackageKey, control: OriginControl) -> bool {
        let starts = |text: &str, prefix: Option<&str>| prefix.is_none_or(|prefix| text.starts_with(prefix));
        self.format.is_none_or(|format| key.format == format)
            && starts(key.namespace.as_deref().unwrap_or_default(), self.namespace)
            && starts(&key.name, self.prefix)
            && self.publish.is_none_or(|publish| control.publish == publish)
            && self.upstream.is_none_or(|upstream| control.upstream == upstream)
    }
}

const RESTRICTIONS: [&str; 2] = ["ALLOW", "BLOCK"];

fn allowed(word: &str) -> Option<bool> {
    match word {
        "ALLOW" => Some(true),
        "BLOCK" => Some(false),
        _ => None,
    }
}

/// ListPackages: those that stand in this very repository. `namespace` is a prefix too.
pub(super) fn list(call: &Call) -> Answer {
    let at = RepositoryAt::read(call)?;
    let filter = Filter::read(call)?;
    let paging = call.paging(PAGE)?;
    let state = call.state();
    let repository = find::repository(&state, call.account(), &at)?;
    let chosen = repository.packages.iter().filter(|(key, package)| filter.lists(key, package.origin_control));
    let page = paging.cut(chosen.map(|entry| (sort_key(entry.0), entry)));
    let packages: Vec<Value> =
        page.items.iter().map(|(key, package)| describe::package_summary(key, package.origin_control)).collect();
    json(json!({ "packages": packages, "nextToken": page.next }))
}

/// Where a package stands in lists.
pub(super) fn sort_key(key: &PackageKey) -> String {
    format!("{}/{}/{}", key.format.as_str(), key.namespace.as_deref().unwrap_or_default(), key.name)
}

/// DescribePackage
pub(super) fn describe(call: &Call) -> Answer {
    let at = PackageAt::read(call)?;
    let state = call.state();
    let package = find::package(&state, call.account(), &at)?;
    json(json!({ "package": {
        "format": at.key.format.as_str(),
        "namespace": at.key.namespace,
        "name": at.key.name,
        "originConfiguration": describe::origin_configuration(package.origin_control),
    } }))
}

/// DeletePackage, with all its versions and its origin configuration.
pub(super) fn delete(call: &Call) -> Answer {
    let at = PackageAt::read(call)?;
    let mut state = call.state();
    let control = find::package(&state, call.account(), &at)?.origin_control;
    find::repository_mut(&mut state, call.account(), &at.repository)?.packages.remove(&at.key);
    json(json!({ "deletedPackage": describe::package_summary(&at.key, control) }))
}

#[derive(Deserialize)]
struct PutMembers {
    restrictions: Option<Restrictions>,
}

#[derive(Deserialize)]
struct Restrictions {
    publish: Option<String>,
    upstream: Option<String>,
}

/// PutPackageOriginConfiguration. A package that does not exist comes into being, without versions.
pub(super) fn put_origin_configuration(call: &Call) -> Answer {
    let at = PackageAt::read(call)?;
    let members: PutMembers = call.members()?;
    let restrictions = members.restrictions.ok_or_else(|| member::missing("restrictions"))?;
    let control = OriginControl {
        publish: restriction(restrictions.publish, "restrictions.publish")?,
        upstream: restriction(restrictions.upstream, "restrictions.upstream")?,
    };
    let mut state = call.state();
    let repository = find::repository_mut(&mut state, call.account(), &at.repository)?;
    let package = repository.packages.entry(at.key).or_insert_with(Package::default);
    package.origin_control = control;
    json(json!({ "originConfiguration": describe::origin_configuration(control) }))
}

fn restriction(word: Option<String>, name: &str) -> Result<bool, Fault> {
    let word = word.ok_or_else(|| member::missing(name))?;
    member::one_of(&word, name, &RESTRICTIONS, allowed)
}
