use std::collections::BTreeMap;
use std::time::UNIX_EPOCH;

use super::*;
use crate::model::Format;

fn domain(groups: &[(&str, RestrictionType, RestrictionMode, &[&str])]) -> Domain {
    let mut package_groups = PackageGroups::new(UNIX_EPOCH);
    for (text, kind, mode, repositories) in groups {
        let fresh = || PackageGroup::new(UNIX_EPOCH, RestrictionMode::Inherit);
        let group = package_groups.by_pattern.entry(Pattern::parse(text).unwrap()).or_insert_with(fresh);
        let restriction = group.restrictions.get_mut(kind).unwrap();
        restriction.mode = *mode;
        restriction.repositories = repositories.iter().map(|&name| name.to_owned()).collect();
    }
    Domain {
        name: "d".to_owned(),
        created: UNIX_EPOCH,
        encryption_key: String::new(),
        tags: BTreeMap::new(),
        policy: None,
        repositories: BTreeMap::new(),
        package_groups,
    }
}

fn npm(name: &str) -> PackageKey {
    PackageKey { format: Format::Npm, namespace: None, name: name.to_owned() }
}

const SPECIFIC: RestrictionMode = RestrictionMode::AllowSpecificRepositories;

#[test]
fn a_package_belongs_to_the_longest_pattern_that_fits() {
    let publish = RestrictionType::Publish;
    let domain = domain(&[
        ("/npm/*", publish, RestrictionMode::Block, &[]),
        ("/npm//ui~", publish, RestrictionMode::Allow, &[]),
        ("/npm//ui$", publish, RestrictionMode::Block, &[]),
    ]);
    let says =
        |name| (controls(&domain, &npm(name)).pattern.as_str(), controls(&domain, &npm(name)).allow(publish, "r"));
    assert_eq!(says("react"), ("/npm/*", false));
    assert_eq!(says("ui-core"), ("/npm//ui~", true));
    assert_eq!(says("ui"), ("/npm//ui$", false));
}

#[test]
fn a_group_inherits_the_mode_with_the_list_of_the_group_that_has_it() {
    let external = RestrictionType::ExternalUpstream;
    let domain = domain(&[
        ("/npm/*", external, SPECIFIC, &["store"]),
        ("/npm//ui~", RestrictionType::Publish, RestrictionMode::Block, &[]),
    ]);
    let controls = controls(&domain, &npm("ui-core"));
    assert!(controls.allow(external, "store") && !controls.allow(external, "team"));
    let found = effective(&domain.package_groups, &Pattern::parse("/npm//ui~").unwrap(), external);
    assert_eq!((found.mode, found.inherited_from.map(Pattern::as_str)), (SPECIFIC, Some("/npm/*")));
}

#[test]
fn what_looks_like_a_package_of_a_group_is_shut_out_of_everything() {
    let domain = domain(&[("/npm//utils$", RestrictionType::Publish, RestrictionMode::Allow, &[])]);
    let controls = controls(&domain, &npm("Utils"));
    assert_eq!(controls.association, Association::Weak);
    assert!(RestrictionType::ALL.into_iter().all(|kind| !controls.allow(kind, "r")));
}

#[test]
fn a_new_package_leaves_the_decision_to_a_group_that_restricts_something() {
    let usual = OriginControl { publish: true, upstream: false };
    let open = domain(&[]);
    assert_eq!(controls(&open, &npm("x")).first_control(usual), usual);
    let closed = domain(&[("/npm/*", RestrictionType::InternalUpstream, RestrictionMode::Block, &[])]);
    assert_eq!(controls(&closed, &npm("x")).first_control(usual), OriginControl::default());
}
