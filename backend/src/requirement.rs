//! What a dependency asks for, as its format means it: which package, which versions of it, and under which condition.
//!
//! One file per format. npm, Python and Cargo are read by crates that are kept for it; Maven and NuGet after their
//! documentation. These crates are not in `shared`: the browser has no need of them.

use std::collections::BTreeSet;

use shared::closure::DependencyKind;
use shared::format::PackageFormat;
use shared::names::VersionName;
use shared::package::PackageKey;
use shared::version::Dependency;

use crate::version_order;

pub mod cargo;
pub mod maven;
pub mod npm;
pub mod nuget;
pub mod python;

/// What a dependency means to whoever installs the package that states it.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "nearly all are the large one")]
pub enum Meaning {
    /// Nothing: it is for developing or testing that package, or for an environment that nobody has.
    NotNeeded,
    /// Something that no repository gives, or that the package does not state. Why, in words.
    Elsewhere(String),
    /// A version of a package.
    Needs(Need),
}

/// A package that is needed.
#[derive(Debug, Clone, PartialEq)]
pub struct Need {
    /// Which one; not always the one that the dependency names, as npm has aliases.
    pub package: PackageKey,
    /// Which versions of it will do.
    pub range: Range,
    /// How much it is needed.
    pub kind: DependencyKind,
    /// Python: the marker, where it depends on the machine.
    pub condition: Option<String>,
    /// Python: the extras that are asked for.
    pub extras: BTreeSet<String>,
}

/// Which versions will do.
#[derive(Debug, Clone, PartialEq)]
pub enum Range {
    /// npm: a range of node-semver.
    Npm(nodejs_semver::Range),
    /// npm: the version that a dist-tag points at.
    Tag(String),
    /// Python: specifiers of PEP 440.
    Python(python::Specifiers),
    /// Cargo: a requirement of Cargo's own crate.
    Cargo(semver::VersionReq),
    /// Maven: intervals, or the one version that is asked for.
    Maven(maven::Range),
    /// NuGet: an interval.
    Nuget(nuget::Range),
}

/// Reads a dependency. `extras` are those that the package stating it was asked for with.
pub fn read(format: PackageFormat, dependency: &Dependency, extras: &BTreeSet<String>) -> Meaning {
    match format {
        PackageFormat::Npm => npm::read(dependency),
        PackageFormat::Pypi => python::read(dependency, extras),
        PackageFormat::Maven => maven::read(dependency),
        PackageFormat::Nuget => nuget::read(dependency),
        PackageFormat::Cargo => cargo::read(dependency),
        PackageFormat::Generic | PackageFormat::Ruby | PackageFormat::Swift => {
            Meaning::Elsewhere(format!("Requirements of {format} packages are not read yet."))
        }
    }
}

impl Range {
    /// Whether a version will do by itself. A dist-tag says nothing about versions: none does.
    pub fn holds(&self, version: &VersionName) -> bool {
        let text = version.as_str();
        match self {
            Self::Npm(range) => nodejs_semver::Version::parse(text).is_ok_and(|version| range.satisfies(&version)),
            Self::Tag(_) => false,
            Self::Python(specifiers) => specifiers.hold(text),
            Self::Cargo(requirement) => text.parse().is_ok_and(|version| requirement.matches(&version)),
            Self::Maven(range) => range.holds(text),
            Self::Nuget(range) => range.holds(text),
        }
    }

    /// Whether a version is taken only where no other one will do: a pre-release that the requirement does not name.
    /// npm's and Cargo's ranges do not hold such versions at all.
    fn is_last_resort(&self, version: &VersionName) -> bool {
        match self {
            Self::Python(specifiers) => specifiers.is_last_resort(version.as_str()),
            Self::Nuget(range) => range.is_last_resort(version.as_str()),
            Self::Npm(_) | Self::Tag(_) | Self::Cargo(_) | Self::Maven(_) => false,
        }
    }
}

/// The version that a package manager would choose for all these ranges together: the highest, for NuGet the lowest.
/// None where no version is in all of them, and where there are no ranges.
pub fn best<'a>(
    format: PackageFormat,
    ranges: &[&Range],
    versions: impl IntoIterator<Item = &'a VersionName>,
) -> Option<&'a VersionName> {
    let first = ranges.first()?;
    let fits = |version: &&VersionName| ranges.iter().all(|range| range.holds(version));
    let mut fitting: Vec<&VersionName> = versions.into_iter().filter(fits).collect();
    version_order::newest_first(format, &mut fitting, |version| version);
    if matches!(first, Range::Nuget(_)) {
        // "Lowest applicable version" (NuGet documentation, "How NuGet resolves package dependencies").
        fitting.reverse();
    }
    let is_last_resort = |version: &VersionName| ranges.iter().all(|range| range.is_last_resort(version));
    fitting.iter().find(|version| !is_last_resort(version)).or_else(|| fitting.first()).copied()
}

/// A dependency's package under the name that stands there.
fn named(format: PackageFormat, dependency: &Dependency) -> PackageKey {
    PackageKey { format, namespace: dependency.namespace.clone(), name: dependency.package.clone() }
}

/// A requirement that cannot be read.
fn unreadable(dependency: &Dependency) -> Meaning {
    Meaning::Elsewhere(format!("The requirement “{}” cannot be read.", dependency.requirement))
}

#[cfg(test)]
mod tests;
