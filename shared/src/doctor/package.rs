//! Which package a log was about.

use super::Paste;
use super::endpoint::{Endpoint, shortened};
use crate::format::PackageFormat;
use crate::package::PackageKey;

/// A package that a log asked for, and the version, where it named one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) package: PackageKey,
    pub(super) version: Option<String>,
}

/// The package of a failing log: what a sentence names, else what stands in an address of a line that failed.
pub(super) fn wanted(paste: &Paste<'_>, failing: &[usize]) -> Option<Wanted> {
    let format = paste.kind.format().or_else(|| paste.endpoints.first()?.format.as_deref()?.parse().ok())?;
    let lines = failing.iter().filter_map(|number| paste.lines.get(number - 1));
    let named = lines.filter_map(|line| sentence(format, shortened(line))).next();
    named.or_else(|| {
        let of = |line: usize| paste.endpoints.iter().filter(move |endpoint| endpoint.line == line);
        failing.iter().flat_map(|line| of(*line)).find_map(|endpoint| address(format, endpoint))
    })
}

/// What stands between two texts.
fn between<'a>(line: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = line.split_once(before)?;
    let name = &rest[..rest.find(after).unwrap_or(rest.len())];
    (!name.is_empty()).then_some(name.trim())
}

fn sentence(format: PackageFormat, line: &str) -> Option<Wanted> {
    match format {
        PackageFormat::Npm => {
            let told = between(line, "No matching version found for ", " ")
                .or_else(|| between(line, "'", "' is not in "))
                .or_else(|| between(line, "  ", " is not in the npm registry"))
                .or_else(|| between(line, "cannot publish over the previously published version", "."));
            npm(told?.trim_matches(['\'', '"', ' ']).trim_end_matches('.'))
        }
        PackageFormat::Pypi => {
            let told = between(line, "No matching distribution found for ", "(")
                .or_else(|| between(line, "that satisfies the requirement ", "("))
                .or_else(|| between(line, "Because ", " was not found in the package registry"))
                .or_else(|| between(line, "there is no version of ", " and"));
            pypi(told?)
        }
        PackageFormat::Maven => maven(between(line, "Could not find artifact ", " ")?),
        PackageFormat::Cargo => {
            let told = between(line, "no matching package named `", "`")
                .or_else(|| between(line, "failed to select a version for the requirement `", "`"))?;
            let (name, version) = told.split_once(" = ").map_or((told, None), |(name, version)| (name, Some(version)));
            key(format, None, name, version.map(|version| version.trim_matches(['"', '^', '=', ' '])))
        }
        PackageFormat::Nuget => {
            key(format, None, between(line, "Unable to find package ", " ")?.trim_end_matches('.'), None)
        }
        PackageFormat::Generic | PackageFormat::Ruby | PackageFormat::Swift => None,
    }
}

/// `@scope/name@1.0.0`, `name@*`, `name`
fn npm(text: &str) -> Option<Wanted> {
    let (name, version) = match text.char_indices().skip(1).find(|(_, c)| *c == '@') {
        Some((at, _)) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    let version = version.filter(|version| version.starts_with(|c: char| c.is_ascii_digit()));
    match name.strip_prefix('@').and_then(|scoped| scoped.split_once('/')) {
        Some((scope, name)) => key(PackageFormat::Npm, Some(scope), name, version),
        None => key(PackageFormat::Npm, None, name, version),
    }
}

/// `name==1.0`, `name[extra]>=1,<2`, `name`
fn pypi(text: &str) -> Option<Wanted> {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c))).unwrap_or(text.len());
    let exact =
        text[end..].trim_start().strip_prefix("==").map(|rest| rest.split([',', ' ', ';']).next().unwrap_or(rest));
    let mut name = String::new();
    // Runs of `-`, `_` and `.` are one hyphen, and letters are small (PEP 503).
    for c in text[..end].chars() {
        match c {
            '-' | '_' | '.' if name.ends_with('-') => {}
            '-' | '_' | '.' => name.push('-'),
            c => name.push(c.to_ascii_lowercase()),
        }
    }
    key(PackageFormat::Pypi, None, &name, exact)
}

/// `group:artifact:jar:1.0`
fn maven(text: &str) -> Option<Wanted> {
    let parts: Vec<&str> = text.split(':').collect();
    let [group, artifact, rest @ ..] = parts.as_slice() else { return None };
    key(PackageFormat::Maven, Some(group), artifact, rest.last().copied())
}

/// The package of an address: what stands after the repository.
fn address(format: PackageFormat, endpoint: &Endpoint) -> Option<Wanted> {
    let rest = endpoint.rest.replace("%2f", "/").replace("%2F", "/").replace("%40", "@");
    let rooms: Vec<&str> = rest.split('/').collect();
    match (format, rooms.as_slice()) {
        (PackageFormat::Npm, ["-", ..]) => None,
        (PackageFormat::Npm, [scope, name, ..]) if scope.starts_with('@') => npm(&format!("{scope}/{name}")),
        (PackageFormat::Npm, [name, ..]) => npm(name),
        (PackageFormat::Pypi, ["simple", name, ..]) => pypi(name),
        (PackageFormat::Maven, [group @ .., artifact, version, _file]) if !group.is_empty() => {
            key(PackageFormat::Maven, Some(&group.join(".")), artifact, Some(version))
        }
        (PackageFormat::Cargo, [.., "crates", name, version, "download"]) => key(format, None, name, Some(version)),
        (PackageFormat::Cargo, ["1" | "2", name] | [_, _, name]) => key(format, None, name, None),
        _ => None,
    }
}

fn key(format: PackageFormat, namespace: Option<&str>, name: &str, version: Option<&str>) -> Option<Wanted> {
    let namespace = namespace.map(str::parse).transpose().ok()?;
    let version = version.map(str::trim).filter(|version| !version.is_empty()).map(str::to_owned);
    Some(Wanted { package: PackageKey { format, namespace, name: name.parse().ok()? }, version })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(wanted: Option<Wanted>) -> (String, Option<String>) {
        let wanted = wanted.unwrap();
        (wanted.package.full_name(), wanted.version)
    }

    #[test]
    fn each_client_names_packages_its_own_way() {
        for (format, line, name, version) in [
            (PackageFormat::Npm, "npm error 404  '@acme/ui@*' is not in this registry.", "@acme/ui", None),
            (PackageFormat::Npm, "npm error notarget No matching version found for ui@9.9.9.", "ui", Some("9.9.9")),
            (
                PackageFormat::Pypi,
                "ERROR: No matching distribution found for Acme_Tools==1.0",
                "acme-tools",
                Some("1.0"),
            ),
            (PackageFormat::Pypi, "Because tool was not found in the package registry and you require", "tool", None),
            (
                PackageFormat::Maven,
                "Could not find artifact com.acme:lib:jar:1.0 in codeartifact",
                "com.acme:lib",
                Some("1.0"),
            ),
            (PackageFormat::Cargo, "error: no matching package named `lib` found", "lib", None),
        ] {
            let expected = (name.to_owned(), version.map(str::to_owned));
            assert_eq!(told(sentence(format, line)), expected, "{line}");
        }
    }
}
