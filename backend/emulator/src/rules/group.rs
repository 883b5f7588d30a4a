//! What package groups say: which group a package belongs to, and whether its versions may come.
//!
//! CodeArtifact user guide, "Package group origin controls": each package has the one group with the most specific pattern;
//! what a group inherits comes from the next less specific one.

use std::collections::BTreeSet;

use crate::model::{Domain, OriginControl, PackageGroup, PackageGroups, PackageKey, RestrictionMode, RestrictionType};

pub mod pattern;
pub use pattern::{Association, Pattern};

#[cfg(test)]
mod tests;

/// Where versions of a package may come from, as its group says.
#[derive(Debug)]
pub struct Controls<'d> {
    /// The group's pattern.
    pub pattern: &'d Pattern,
    /// How the package belongs to it.
    pub association: Association,
    publish: Allowed<'d>,
    external: Allowed<'d>,
    internal: Allowed<'d>,
}

/// The repositories that a restriction allows.
#[derive(Debug, Clone, Copy)]
enum Allowed<'d> {
    All,
    None,
    Only(&'d BTreeSet<String>),
}

impl Controls<'_> {
    /// Whether versions may come into `repository` in this way.
    pub fn allow(&self, kind: RestrictionType, repository: &str) -> bool {
        let allowed = match kind {
            RestrictionType::Publish => self.publish,
            RestrictionType::ExternalUpstream => self.external,
            RestrictionType::InternalUpstream => self.internal,
        };
        match allowed {
            Allowed::All => true,
            Allowed::None => false,
            Allowed::Only(repositories) => repositories.contains(repository),
        }
    }

    /// The origin control of a package that comes into being: `usual`, unless its group restricts something. Then the group
    /// decides, and the package itself allows everything (user guide, "Default package origin controls").
    pub fn first_control(&self, usual: OriginControl) -> OriginControl {
        let open = |allowed: &Allowed| matches!(allowed, Allowed::All);
        if [&self.publish, &self.external, &self.internal].into_iter().all(open) {
            usual
        } else {
            OriginControl::default()
        }
    }
}

/// What the groups of the domain say of a package, whether it exists or not.
pub fn controls<'d>(domain: &'d Domain, package: &PackageKey) -> Controls<'d> {
    let (pattern, association) = group_of(&domain.package_groups, package);
    let allowed = |kind| match (association, effective(&domain.package_groups, pattern, kind)) {
        // What only looks like a package of the group is shut out (user guide, "Strong and weak match").
        (Association::Weak, _) => Allowed::None,
        (Association::Strong, Effective { mode: RestrictionMode::Block, .. }) => Allowed::None,
        (Association::Strong, Effective { mode: RestrictionMode::AllowSpecificRepositories, group, .. }) => {
            group.restrictions.get(&kind).map_or(Allowed::None, |restriction| Allowed::Only(&restriction.repositories))
        }
        (Association::Strong, Effective { mode: RestrictionMode::Allow | RestrictionMode::Inherit, .. }) => {
            Allowed::All
        }
    };
    Controls {
        pattern,
        association,
        publish: allowed(RestrictionType::Publish),
        external: allowed(RestrictionType::ExternalUpstream),
        internal: allowed(RestrictionType::InternalUpstream),
    }
}

/// The group that a package belongs to, and how.
pub fn group_of<'g>(groups: &'g PackageGroups, package: &PackageKey) -> (&'g Pattern, Association) {
    let fitting = groups.by_pattern.keys().filter_map(|pattern| Some((pattern, pattern.fits(package)?)));
    let best = fitting.max_by(|one, other| one.0.specificity(other.0).then(one.1.cmp(&other.1)));
    best.expect("the root fits every package, and cannot be deleted")
}

/// The next less specific group; none for the root.
pub fn parent<'g>(groups: &'g PackageGroups, pattern: &Pattern) -> Option<(&'g Pattern, &'g PackageGroup)> {
    let above = groups.by_pattern.iter().filter(|(other, _)| other.is_above(pattern));
    above.max_by(|one, other| one.0.specificity(other.0))
}

/// A restriction as it works.
#[derive(Debug)]
pub struct Effective<'g> {
    /// Never `INHERIT`.
    pub mode: RestrictionMode,
    /// The group that says so.
    pub group: &'g PackageGroup,
    /// Its pattern, where that is another group than the one asked about.
    pub inherited_from: Option<&'g Pattern>,
}

/// What works for a group: what it says itself, or inherits.
pub fn effective<'g>(groups: &'g PackageGroups, pattern: &Pattern, kind: RestrictionType) -> Effective<'g> {
    let own = groups.by_pattern.get_key_value(pattern);
    let mut at = own.or_else(|| parent(groups, pattern));
    while let Some((here, group)) = at {
        let mode = group.restrictions.get(&kind).map_or(RestrictionMode::Inherit, |restriction| restriction.mode);
        if mode != RestrictionMode::Inherit {
            return Effective { mode, group, inherited_from: (here != pattern).then_some(here) };
        }
        at = parent(groups, here);
    }
    unreachable!("the root says something of everything, and cannot inherit")
}
