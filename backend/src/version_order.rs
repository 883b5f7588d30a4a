//! Which version is newer, by each format's own rule.
//!
//! npm and Cargo: Semantic Versioning 2.0. Python: PEP 440. Maven and NuGet: their documentation. The rest by a natural
//! order that agrees with RubyGems and Swift on everything usual: numbers count as numbers, `1.0-beta` comes before `1.0`,
//! `1.0.1` after it.

use std::cmp::{Ordering, Reverse};

use shared::format::PackageFormat;
use shared::names::VersionName;

use crate::requirement::{maven, nuget};

/// Sorts what has a version, newest first. What the format's own rule cannot read comes last, in the natural order.
pub fn newest_first<T>(format: PackageFormat, things: &mut [T], version: impl Fn(&T) -> &VersionName) {
    things.sort_by_cached_key(|thing| Reverse(Rank::new(format, version(thing))));
}

/// Where a version stands.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    order: Order,
    /// Versions that are equal to their format, such as `1.0` and `1.0.0` in Python, still have one order.
    text: String,
}

impl Rank {
    fn new(format: PackageFormat, version: &VersionName) -> Self {
        let text = version.as_str();
        let order = match format {
            PackageFormat::Npm => nodejs_semver::Version::parse(text).ok().map(Order::Npm),
            PackageFormat::Pypi => text.parse().ok().map(Order::Python),
            PackageFormat::Maven => Some(Order::Maven(maven::Version::parse(text))),
            PackageFormat::Nuget => nuget::Version::parse(text).map(Order::Nuget),
            PackageFormat::Cargo => text.parse().ok().map(Order::Cargo),
            PackageFormat::Generic | PackageFormat::Ruby | PackageFormat::Swift => None,
        };
        Self { order: order.unwrap_or_else(|| Order::Natural(parts(text))), text: text.to_owned() }
    }
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Order {
    Natural(Vec<Part>),
    Npm(nodejs_semver::Version),
    Python(pep440_rs::Version),
    Maven(maven::Version),
    Nuget(nuget::Version),
    Cargo(semver::Version),
}

/// One part of a version, in rising order: a word that comes before the release, the end, another word, a number.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Before(usize),
    End,
    Word(String),
    Number(Number),
}

/// A number of any length.
#[derive(Debug, PartialEq, Eq)]
struct Number(String);

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.cmp(&other.0))
    }
}

/// Words that come before the release, in rising order.
const BEFORE: [&[&str]; 6] =
    [&["dev"], &["alpha", "a"], &["beta", "b"], &["milestone", "m", "pre", "preview"], &["rc", "cr"], &["snapshot"]];

/// Parts between `.`, `-`, `_`, `+`, and between digits and letters.
fn parts(version: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for piece in version.split(['.', '-', '_', '+']) {
        let mut rest = piece;
        while let Some(first) = rest.chars().next() {
            let is_number = first.is_ascii_digit();
            let end = rest.find(|c: char| c.is_ascii_digit() != is_number).unwrap_or(rest.len());
            let (run, left) = rest.split_at(end);
            parts.push(if is_number { Part::Number(number(run)) } else { word(run) });
            rest = left;
        }
    }
    parts.push(Part::End);
    parts
}

fn number(digits: &str) -> Number {
    Number(digits.trim_start_matches('0').to_owned())
}

fn word(text: &str) -> Part {
    let text = text.to_lowercase();
    match BEFORE.iter().position(|words| words.contains(&text.as_str())) {
        Some(place) => Part::Before(place),
        None => Part::Word(text),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sorted(format: PackageFormat, versions: &str) -> String {
        let mut versions: Vec<VersionName> = versions.split(' ').map(|version| version.parse().unwrap()).collect();
        versions.reverse();
        newest_first(format, &mut versions, |version| version);
        versions.iter().map(VersionName::as_str).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn each_format_has_its_order() {
        for (format, versions) in [
            (PackageFormat::Npm, "2.0.0 1.10.0 1.9.0 1.9.0-rc.2 1.9.0-rc.1 1.9.0-beta not-a-version"),
            (PackageFormat::Pypi, "1!0.1 2.0.post1 2.0 2.0rc1 2.0b2 2.0a1 2.0.dev3 1.10 1.9 nonsense"),
            (PackageFormat::Maven, "2.0 1.10 1.9.1 1.9 1.9-SNAPSHOT 1.9-rc1 1.9-beta-2 1.9-beta-1 1.9-alpha 1.8"),
            (PackageFormat::Generic, "99999999999999999999999 2026-11-23 2026-9-1 10 9"),
            (PackageFormat::Cargo, "2.0.0 1.10.0 1.9.0 1.9.0-rc.1"),
            (PackageFormat::Nuget, "10.0.0.1 10.0.0 10.0.0-preview1 99999999999999999999999"),
        ] {
            assert_eq!(sorted(format, versions), versions, "{format}");
        }
    }

    proptest! {
        #[test]
        fn the_order_does_not_depend_on_where_one_starts(mut versions in proptest::collection::vec("[0-9ab.+-]{1,8}", 0..12)) {
            let sort = |versions: &[String]| {
                let mut names: Vec<VersionName> = versions.iter().map(|text| text.parse().unwrap()).collect();
                newest_first(PackageFormat::Maven, &mut names, |name| name);
                names
            };
            let once = sort(&versions);
            versions.reverse();
            prop_assert_eq!(once, sort(&versions));
        }
    }
}
