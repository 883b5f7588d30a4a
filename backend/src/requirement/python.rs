//! Python: what `Requires-Dist` says (PEP 508), with version specifiers (PEP 440), extras, and markers.
//!
//! CodeArtifact documents `Requires-Dist` as the kind of such a dependency, and not how its requirement is written. Both
//! ways are read: what follows the name, and the whole line.

use std::collections::BTreeSet;
use std::str::FromStr;
use std::sync::LazyLock;

use pep440_rs::{Version, VersionSpecifiers};
use pep508_rs::{
    ExtraName, MarkerEnvironment, MarkerEnvironmentBuilder, MarkerTree, Requirement, VerbatimUrl, VersionOrUrl,
};
use shared::closure::DependencyKind;
use shared::format::PackageFormat;
use shared::version::Dependency;

use super::{Meaning, Need, Range, named, unreadable};

/// Versions of Python that a marker is asked about: those that are kept, and the last one that is not.
const PYTHONS: [(&str, &str); 6] = [
    ("3.9", "3.9.24"),
    ("3.10", "3.10.19"),
    ("3.11", "3.11.14"),
    ("3.12", "3.12.12"),
    ("3.13", "3.13.9"),
    ("3.14", "3.14.0"),
];

/// Machines: `os_name`, `sys_platform`, `platform_system`, `platform_machine`.
const MACHINES: [(&str, &str, &str, &str); 5] = [
    ("posix", "linux", "Linux", "x86_64"),
    ("posix", "linux", "Linux", "aarch64"),
    ("posix", "darwin", "Darwin", "arm64"),
    ("posix", "darwin", "Darwin", "x86_64"),
    ("nt", "win32", "Windows", "AMD64"),
];

/// The usual environments. A marker that none of them fulfils is for nobody; one that all fulfil is none.
static ENVIRONMENTS: LazyLock<Vec<MarkerEnvironment>> = LazyLock::new(|| {
    let all = PYTHONS.into_iter().flat_map(|python| MACHINES.map(|machine| (python, machine)));
    let environment = |((python, full), (os, platform, system, machine))| {
        MarkerEnvironment::try_from(MarkerEnvironmentBuilder {
            implementation_name: "cpython",
            implementation_version: full,
            os_name: os,
            platform_machine: machine,
            platform_python_implementation: "CPython",
            platform_release: "",
            platform_system: system,
            platform_version: "",
            python_full_version: full,
            python_version: python,
            sys_platform: platform,
        })
        .ok()
    };
    all.filter_map(environment).collect()
});

/// Version specifiers.
#[derive(Debug, Clone, PartialEq)]
pub struct Specifiers(VersionSpecifiers);

impl Specifiers {
    /// Whether a version is in all of them.
    pub fn hold(&self, version: &str) -> bool {
        Version::from_str(version).is_ok_and(|version| self.0.contains(&version))
    }

    /// "Pre-releases of any kind are implicitly excluded from all version specifiers, unless … no other version satisfies
    /// the specifier" (PEP 440, "Handling of pre-releases"), or the specifier names one.
    pub fn is_last_resort(&self, version: &str) -> bool {
        let named = self.0.iter().any(|specifier| specifier.any_prerelease());
        !named && Version::from_str(version).is_ok_and(|version| version.any_prerelease())
    }
}

/// Reads a dependency of a distribution that is installed with these extras.
pub fn read(dependency: &Dependency, extras: &BTreeSet<String>) -> Meaning {
    let Some(requirement) = requirement(dependency) else { return unreadable(dependency) };
    let condition = match condition(&requirement.marker, extras) {
        Condition::Never => return Meaning::NotNeeded,
        Condition::Always => None,
        Condition::Sometimes(marker) => Some(marker),
    };
    let specifiers = match requirement.version_or_url {
        None => VersionSpecifiers::empty(),
        Some(VersionOrUrl::VersionSpecifier(specifiers)) => specifiers,
        Some(VersionOrUrl::Url(url)) => {
            return Meaning::Elsewhere(format!("“{url}” does not come from a repository: pip fetches it from there."));
        }
    };
    let mut package = named(PackageFormat::Pypi, dependency);
    let Ok(name) = requirement.name.to_string().parse() else { return unreadable(dependency) };
    package.name = name;
    Meaning::Needs(Need {
        package,
        range: Range::Python(Specifiers(specifiers)),
        kind: DependencyKind::Runtime,
        condition,
        extras: requirement.extras.iter().map(ToString::to_string).collect(),
    })
}

fn requirement(dependency: &Dependency) -> Option<Requirement<VerbatimUrl>> {
    let (name, text) = (dependency.package.as_str(), dependency.requirement.trim());
    let whole = || parse(text).filter(|found| found.name.to_string() == normalised(name));
    parse(&format!("{name} {text}")).or_else(whole)
}

fn parse(text: &str) -> Option<Requirement<VerbatimUrl>> {
    if names_end_well(text) { Requirement::from_str(text).ok() } else { None }
}

/// Whether the name and the extras of a requirement end with a letter or digit, as PEP 508 asks. pep508_rs 0.9.2 checks
/// a name only at the end of the text, and panics where something else follows one like `a-`.
fn names_end_well(text: &str) -> bool {
    let part_of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let ends_well = |text: &str| {
        let end = text.find(|c| !part_of_name(c)).unwrap_or(text.len());
        !text[..end].ends_with(['-', '_', '.'])
    };
    let text = text.trim_start();
    let after_name = text.trim_start_matches(part_of_name).trim_start();
    let extras = after_name.strip_prefix('[').and_then(|inside| inside.split(']').next()).unwrap_or_default();
    ends_well(text) && extras.split(',').all(|extra| ends_well(extra.trim_start()))
}

/// A name as PEP 503 has it: lower case, runs of `-`, `_` and `.` as one hyphen.
fn normalised(name: &str) -> String {
    let parts = name.split(['-', '_', '.']).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-").to_lowercase()
}

/// Where a marker holds.
enum Condition {
    Always,
    Never,
    /// In some of the usual environments; the marker in words.
    Sometimes(String),
}

fn condition(marker: &MarkerTree, extras: &BTreeSet<String>) -> Condition {
    let extras: Vec<ExtraName> = extras.iter().filter_map(|extra| ExtraName::from_str(extra).ok()).collect();
    let holds = ENVIRONMENTS.iter().filter(|environment| marker.evaluate(environment, &extras)).count();
    match holds {
        0 => Condition::Never,
        all if all == ENVIRONMENTS.len() => Condition::Always,
        _ => {
            let left = marker.clone().simplify_extras(&extras);
            Condition::Sometimes(left.try_to_string().unwrap_or_default())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning(requirement: &str, extras: &[&str]) -> Meaning {
        let dependency = Dependency {
            namespace: None,
            package: "Typing_Extensions".parse().unwrap(),
            kind: Some("Requires-Dist".to_owned()),
            requirement: requirement.to_owned(),
        };
        read(&dependency, &extras.iter().map(|extra| (*extra).to_owned()).collect())
    }

    fn need(requirement: &str) -> Need {
        let Meaning::Needs(need) = meaning(requirement, &[]) else { panic!("{requirement}") };
        need
    }

    /// Examples of PEP 440, "Version specifiers".
    #[test]
    fn specifiers_hold_what_the_pep_says() {
        for (specifier, inside, outside) in [
            ("~=2.2", "2.9", "3.0"),
            ("~=1.4.5", "1.4.9", "1.5.0"),
            ("~=2.2.post3", "2.2.post4", "3.0"),
            ("==1.1", "1.1.0", "1.1.post1"),
            ("==1.1.*", "1.1.post1", "1.2"),
            ("!=1.1", "1.1.post1", "1.1"),
            ("!=1.1.*", "1.2", "1.1.post1"),
            (">1.7", "1.7.1", "1.7.0.post1"),
            (">=1!1.0", "1!2.0", "2.0"),
            ("<2,>=1", "1.9", "2.0"),
            ("===1.0", "1.0", "1.1"),
            ("(>=4)", "4.1", "3"),
            ("", "0.1", "nonsense"),
            ("typing-extensions>=4", "4.0", "3"),
            ("==1.0", "1.0+local.7", "1.1"),
        ] {
            let range = need(specifier).range;
            assert!(range.holds(&inside.parse().unwrap()), "{specifier} holds {inside}");
            assert!(!range.holds(&outside.parse().unwrap()), "{specifier} does not hold {outside}");
        }
    }

    #[test]
    fn names_and_extras_are_normalised() {
        let need = need("[Socks_5, use.chardet] >=2");
        assert_eq!(need.package.name.as_str(), "typing-extensions");
        assert_eq!(need.extras.into_iter().collect::<Vec<_>>(), ["socks-5", "use-chardet"]);
    }

    #[test]
    fn markers_are_never_always_or_sometimes_fulfilled() {
        for never in ["; python_version < '3'", "; sys_platform == 'cygwin'", "; extra == 'test'"] {
            assert_eq!(meaning(never, &[]), Meaning::NotNeeded, "{never}");
        }
        for always in
            ["; python_version >= '3.8'", ">=2; platform_python_implementation == 'CPython'", "; os_name != 'java'"]
        {
            assert_eq!(need(always).condition, None, "{always}");
        }
        for sometimes in [
            "; sys_platform == 'win32'",
            "; python_version < '3.11'",
            "; platform_machine == 'aarch64' and os_name == 'posix'",
        ] {
            assert!(need(sometimes).condition.is_some(), "{sometimes}");
        }
    }

    #[test]
    fn an_extra_brings_its_own_dependencies() {
        let with = meaning(">=1; extra == 'socks' and sys_platform == 'win32'", &["socks"]);
        let Meaning::Needs(need) = with else { panic!("{with:?}") };
        assert_eq!(need.condition.as_deref(), Some("sys_platform == 'win32'"));
        assert_eq!(meaning(">=1; extra == 'socks'", &["other"]), Meaning::NotNeeded);
    }

    #[test]
    fn addresses_are_not_for_repositories() {
        assert!(matches!(meaning("@ https://example.org/t.zip", &[]), Meaning::Elsewhere(_)));
        assert!(matches!(meaning("not a requirement at all", &[]), Meaning::Elsewhere(_)));
    }
}
