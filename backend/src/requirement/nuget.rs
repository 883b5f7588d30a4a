//! NuGet: versions with up to four numbers, and intervals of them (NuGet documentation, "Package versioning"). Own, as no
//! crate for it is kept.

use std::cmp::Ordering;

use shared::closure::DependencyKind;
use shared::format::PackageFormat;
use shared::version::Dependency;

use super::{Meaning, Need, named, unreadable};

/// A version: `Major.Minor.Patch[.Revision][-label][+metadata]`. Missing numbers are zero; metadata counts for nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    numbers: [u64; 4],
    /// Labels between dots, in lower case; none in a release.
    labels: Vec<Label>,
}

/// Numbers come before words (SemVer 2.0, 11.4).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Label {
    Number(u64),
    Word(String),
}

impl Version {
    /// Reads a version; none for a text that is none.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().split('+').next().unwrap_or_default();
        let (numbers, labels) = text.split_once('-').map_or((text, None), |(numbers, labels)| (numbers, Some(labels)));
        let mut found = [0; 4];
        for (place, number) in numbers.split('.').enumerate() {
            *found.get_mut(place)? = decimal(number)?;
        }
        let labels = labels
            .into_iter()
            .flat_map(|labels| labels.split('.'))
            .map(|label| decimal(label).map_or_else(|| Label::Word(label.to_ascii_lowercase()), Label::Number));
        Some(Self { numbers: found, labels: labels.collect() })
    }

    fn is_prerelease(&self) -> bool {
        !self.labels.is_empty()
    }
}

fn decimal(text: &str) -> Option<u64> {
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        let labels = match (self.is_prerelease(), other.is_prerelease()) {
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            _ => self.labels.cmp(&other.labels),
        };
        self.numbers.cmp(&other.numbers).then(labels)
    }
}

/// An interval. An end that is absent is open to that side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// The lowest version, and whether it is in the interval itself.
    from: Option<(Version, bool)>,
    /// The highest one.
    to: Option<(Version, bool)>,
}

impl Range {
    /// Reads an interval; none for a text that is none. A version alone is the lowest that will do.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() || text == "*" {
            return Some(Self { from: None, to: None });
        }
        let Some(inner) = text.strip_prefix(['[', '(']) else {
            return Some(Self { from: Some((Version::parse(text)?, true)), to: None });
        };
        let inner = inner.strip_suffix([']', ')'])?;
        let (with_from, with_to) = (text.starts_with('['), text.ends_with(']'));
        let end = |text: &str, with: bool| match text.trim() {
            "" => Some(None),
            text => Version::parse(text).map(|version| Some((version, with))),
        };
        match inner.split_once(',') {
            Some((from, to)) => Some(Self { from: end(from, with_from)?, to: end(to, with_to)? }),
            // `(1.0)` is invalid.
            None if with_from && with_to => {
                let one = Some((Version::parse(inner)?, true));
                Some(Self { from: one.clone(), to: one })
            }
            None => None,
        }
    }

    /// Whether a version is in it.
    pub fn holds(&self, version: &str) -> bool {
        let Some(version) = Version::parse(version) else { return false };
        let above = self.from.as_ref().is_none_or(|(from, with)| version > *from || (*with && version == *from));
        let below = self.to.as_ref().is_none_or(|(to, with)| version < *to || (*with && version == *to));
        above && below
    }

    /// A pre-release is taken only where no release will do, unless the lowest version is one itself.
    pub fn is_last_resort(&self, version: &str) -> bool {
        let named = self.from.as_ref().is_some_and(|(from, _)| from.is_prerelease());
        !named && Version::parse(version).is_some_and(|version| version.is_prerelease())
    }
}

/// Reads a dependency of a NuGet package. Names are compared without regard to case.
pub fn read(dependency: &Dependency) -> Meaning {
    let mut package = named(PackageFormat::Nuget, dependency);
    let (Some(range), Ok(name)) = (Range::parse(&dependency.requirement), package.name.as_str().to_lowercase().parse())
    else {
        return unreadable(dependency);
    };
    package.name = name;
    let kind = DependencyKind::Runtime;
    Meaning::Needs(Need {
        package,
        range: super::Range::Nuget(range),
        kind,
        condition: None,
        extras: Default::default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of "Version ranges".
    #[test]
    fn intervals_hold_what_the_documentation_says() {
        for (range, inside, outside) in [
            ("1.0", "1.0", "0.9"),
            ("1.0", "9.0", "1.0-beta"),
            ("[1.0,)", "1.0.0.0", "0.9.9"),
            ("(1.0,)", "1.0.0.1", "1.0"),
            ("[1.0]", "1.0.0", "1.0.1"),
            ("(,1.0]", "1.0", "1.0.1"),
            ("(,1.0)", "0.9", "1.0"),
            ("[1.0,2.0]", "2.0", "2.0.1"),
            ("(1.0,2.0)", "1.5", "2.0"),
            ("[1.0, 2.0)", "1.0", "2.0"),
        ] {
            let parsed = Range::parse(range).unwrap();
            assert!(parsed.holds(inside) && !parsed.holds(outside), "{range}: {inside}, {outside}");
        }
        for bad in ["(1.0)", "[1.0", "1.x", "[a,b]", "[1.0.0.0.0]", "(1.0]"] {
            assert_eq!(Range::parse(bad), None, "{bad}");
        }
    }

    /// "Pre-release versions" and "Where NuGetVersion diverges from Semantic Versioning".
    #[test]
    fn versions_are_ordered_as_the_documentation_says() {
        let order = "1.0.1-10 1.0.1-aaa 1.0.1-alpha.2 1.0.1-alpha.10 1.0.1-beta 1.0.1-hotfix 1.0.1-open 1.0.1-rc 1.0.1-zzz 1.0.1 1.0.1.1";
        let versions: Vec<_> = order.split(' ').map(|text| Version::parse(text).unwrap()).collect();
        assert!(versions.is_sorted() && versions.windows(2).all(|two| two[0] != two[1]));
        for (a, b) in [("1.0", "1.0.0.0"), ("1.00", "1.0"), ("1.0-BETA", "1.0-beta"), ("1.0.7+r3456", "1.0.7")] {
            assert_eq!(Version::parse(a), Version::parse(b), "{a} is {b}");
        }
    }
}
