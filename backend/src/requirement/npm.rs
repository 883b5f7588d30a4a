//! npm: what stands in `package.json` (npm documentation, "package.json", "dependencies").

use shared::closure::DependencyKind;
use shared::format::PackageFormat;
use shared::package::PackageKey;
use shared::version::Dependency;

use super::{Meaning, Need, Range, named, unreadable};

/// Beginnings of what is no version of a registry's package. What holds a `/` is a path, an address, or `user/repository` on
/// GitHub.
const ELSEWHERE: [&str; 10] =
    ["git:", "git+", "git@", "github:", "gitlab:", "bitbucket:", "gist:", "file:", "link:", "workspace:"];

/// Reads a dependency of an npm package.
pub fn read(dependency: &Dependency) -> Meaning {
    let kind = match dependency.kind.as_deref() {
        Some("dev") => return Meaning::NotNeeded,
        Some("peer") => DependencyKind::Peer,
        Some("optional") => DependencyKind::Optional,
        _ => DependencyKind::Runtime,
    };
    let text = dependency.requirement.trim();
    let (package, text) = match text.strip_prefix("npm:") {
        None => (named(PackageFormat::Npm, dependency), text),
        Some(alias) => match aliased(alias) {
            Some(found) => found,
            None => return unreadable(dependency),
        },
    };
    if is_elsewhere(text) {
        return Meaning::Elsewhere(format!("“{text}” does not come from a repository: npm fetches it from there."));
    }
    match range(text) {
        Some(range) => Meaning::Needs(Need { package, range, kind, condition: None, extras: Default::default() }),
        None => unreadable(dependency),
    }
}

/// A range, or else a dist-tag.
fn range(text: &str) -> Option<Range> {
    if let Ok(range) = nodejs_semver::Range::parse(text) {
        return Some(Range::Npm(range));
    }
    // npm takes for a tag what needs no escaping in an address (npm-package-arg).
    let is_tag = !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.!~*'()".contains(c));
    is_tag.then(|| Range::Tag(text.to_owned()))
}

fn is_elsewhere(text: &str) -> bool {
    text.contains('/') || matches!(text, "." | "..") || ELSEWHERE.iter().any(|start| text.starts_with(start))
}

/// `name@range`, `@scope/name@range`, or either without a range.
fn aliased(alias: &str) -> Option<(PackageKey, &str)> {
    let (scope, rest) = match alias.strip_prefix('@') {
        Some(scoped) => scoped.split_once('/').map(|(scope, rest)| (Some(scope), rest))?,
        None => (None, alias),
    };
    let (name, range) = rest.split_once('@').unwrap_or((rest, ""));
    let namespace = scope.map(str::parse).transpose().ok()?;
    Some((PackageKey { format: PackageFormat::Npm, namespace, name: name.parse().ok()? }, range.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning(requirement: &str) -> Meaning {
        read(&Dependency {
            namespace: None,
            package: "foo".parse().unwrap(),
            kind: Some("regular".to_owned()),
            requirement: requirement.to_owned(),
        })
    }

    fn holds(range: &str, version: &str) -> bool {
        let Meaning::Needs(need) = meaning(range) else { panic!("{range}: {:?}", meaning(range)) };
        need.range.holds(&version.parse().unwrap())
    }

    /// README of node-semver, and the examples of npm's "package.json".
    #[test]
    fn ranges_hold_what_the_documentation_says() {
        for (range, inside, outside) in [
            ("1.2.3", "1.2.3", "1.2.4"),
            ("=1.2.3", "1.2.3", "1.2.2"),
            ("1.0.0 - 2.9999.9999", "2.9999.9999", "3.0.0"),
            ("1.2.3 - 2.3", "2.3.9", "2.4.0"),
            ("1.2 - 2.3.4", "1.2.0", "2.3.5"),
            (">=1.0.2 <2.1.2", "2.1.1", "2.1.2"),
            (">1.0.2 <=2.3.4", "2.3.4", "1.0.2"),
            ("<1.0.0 || >=2.3.1 <2.4.5 || >=2.5.2 <3.0.0", "2.5.2", "2.4.5"),
            ("1.2.x", "1.2.9", "1.3.0"),
            ("1.X", "1.9.0", "2.0.0"),
            ("1", "1.9.9", "2.0.0"),
            ("*", "99.0.0", "1.0.0-beta"),
            ("", "0.0.1", "1.0.0-beta"),
            ("~1.2.3", "1.2.9", "1.3.0"),
            ("~1.2", "1.2.0", "1.3.0"),
            ("~1", "1.9.0", "2.0.0"),
            ("~1.2.3-beta.2", "1.2.3-beta.4", "1.2.4-beta.2"),
            ("^1.2.3", "1.9.9", "2.0.0"),
            ("^0.2.3", "0.2.9", "0.3.0"),
            ("^0.0.3", "0.0.3", "0.0.4"),
            ("^1.2.3-beta.2", "1.2.3-beta.4", "1.2.4-beta.2"),
            ("^0.0.3-beta", "0.0.3-pr.2", "0.0.4"),
            ("^1.2.x", "1.9.0", "2.0.0"),
            ("^0.0.x", "0.0.9", "0.1.0"),
            ("^0.x", "0.9.9", "1.0.0"),
            ("^1.2.3", "1.2.3", "1.3.0-rc.1"),
            (">=1.2.3-alpha.3", "1.2.3-alpha.7", "3.4.5-alpha.9"),
        ] {
            assert!(holds(range, inside), "{range} holds {inside}");
            assert!(!holds(range, outside), "{range} does not hold {outside}");
        }
    }

    #[test]
    fn what_no_repository_gives_is_told() {
        for text in [
            "http://npmjs.com/example.tar.gz",
            "git+ssh://git@github.com:npm/cli.git#v1.0.27",
            "git+https://isaacs@github.com/npm/cli.git",
            "git://github.com/npm/cli.git#v1.0.27",
            "expressjs/express",
            "mochajs/mocha#4727d357ea",
            "user/repo#feature/branch",
            "github:user/repo",
            "gist:11081aaa281",
            "file:../dyl",
            "../foo/bar",
            "~/foo/bar",
            "./foo/bar",
            "/foo/bar",
            "workspace:*",
            "link:../other",
        ] {
            assert!(matches!(meaning(text), Meaning::Elsewhere(_)), "{text}: {:?}", meaning(text));
        }
    }

    #[test]
    fn tags_and_aliases_are_followed() {
        for tag in ["latest", "next", "canary-2"] {
            let Meaning::Needs(need) = meaning(tag) else { panic!("{tag}") };
            assert_eq!(need.range, Range::Tag(tag.to_owned()));
        }
        for (text, name) in
            [("npm:pkg@1.0.0", "pkg"), ("npm:@acme/real@^1.0.0", "@acme/real"), ("npm:@acme/real", "@acme/real")]
        {
            let Meaning::Needs(need) = meaning(text) else { panic!("{text}") };
            assert_eq!(need.package.full_name(), name);
            assert!(need.range.holds(&"1.0.0".parse().unwrap()));
        }
        assert!(matches!(meaning("npm:"), Meaning::Elsewhere(_)));
    }

    #[test]
    fn development_dependencies_are_not_needed() {
        for (kind, needed) in [("dev", false), ("peer", true), ("optional", true), ("regular", true)] {
            let dependency = Dependency {
                namespace: None,
                package: "foo".parse().unwrap(),
                kind: Some(kind.to_owned()),
                requirement: "1".to_owned(),
            };
            assert_eq!(matches!(read(&dependency), Meaning::Needs(_)), needed, "{kind}");
        }
    }
}
