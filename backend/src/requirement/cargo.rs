//! Cargo: requirements as Cargo's own crate reads them (The Cargo Book, "Specifying Dependencies").
//!
//! CodeArtifact does not tell which dependencies of a crate are optional: all of them count as needed.

use shared::closure::DependencyKind;
use shared::format::PackageFormat;
use shared::version::Dependency;

use super::{Meaning, Need, Range, named, unreadable};

/// Reads a dependency of a crate.
pub fn read(dependency: &Dependency) -> Meaning {
    if dependency.kind.as_deref() == Some("dev") {
        return Meaning::NotNeeded;
    }
    let text = dependency.requirement.trim();
    let Ok(requirement) = semver::VersionReq::parse(if text.is_empty() { "*" } else { text }) else {
        return unreadable(dependency);
    };
    Meaning::Needs(Need {
        package: named(PackageFormat::Cargo, dependency),
        range: Range::Cargo(requirement),
        kind: DependencyKind::Runtime,
        condition: None,
        extras: Default::default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(requirement: &str, version: &str) -> bool {
        let dependency = Dependency {
            namespace: None,
            package: "foo".parse().unwrap(),
            kind: Some("normal".to_owned()),
            requirement: requirement.to_owned(),
        };
        let Meaning::Needs(need) = read(&dependency) else { panic!("{requirement}") };
        need.range.holds(&version.parse().unwrap())
    }

    /// The tables of The Cargo Book.
    #[test]
    fn requirements_hold_what_the_book_says() {
        for (requirement, inside, outside) in [
            ("1.2.3", "1.9.0", "2.0.0"),
            ("1.2", "1.2.0", "2.0.0"),
            ("0.2.3", "0.2.9", "0.3.0"),
            ("0.0.3", "0.0.3", "0.0.4"),
            ("0.0", "0.0.9", "0.1.0"),
            ("0", "0.9.0", "1.0.0"),
            ("~1.2.3", "1.2.9", "1.3.0"),
            ("~1", "1.9.0", "2.0.0"),
            ("*", "9.0.0", "9.0.0-beta"),
            ("1.*", "1.9.0", "2.0.0"),
            (">= 1.2.0", "9.0.0", "1.1.9"),
            ("= 1.2.3", "1.2.3", "1.2.4"),
            (">= 1.2, < 1.5", "1.4.9", "1.5.0"),
            ("1.0.0-alpha", "1.0.0-beta", "1.1.0-alpha"),
            ("", "1.0.0", "1.0.0-alpha"),
        ] {
            assert!(holds(requirement, inside), "{requirement} holds {inside}");
            assert!(!holds(requirement, outside), "{requirement} does not hold {outside}");
        }
    }
}
