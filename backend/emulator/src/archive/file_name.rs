//! Names of Python packages and of their files.

/// What a distribution file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A wheel, `.whl` (PEP 427).
    Wheel,
    /// A source archive, `.tar.gz` (PEP 625).
    Sdist,
    /// A source archive of an older kind, `.zip`. Fetched from public sources, no longer accepted in uploads.
    ZipSdist,
}

/// A distribution file name, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileName {
    /// Normalised name of the package.
    pub package: String,
    /// Version as it is spelt there.
    pub version: String,
    /// Kind of file.
    pub kind: Kind,
}

/// Normalises a Python package name: lower case, each run of `.`, `_` and `-` one `-` (PEP 503).
#[must_use]
pub fn normalise(name: &str) -> String {
    let mut normal = String::with_capacity(name.len());
    for character in name.chars() {
        match character {
            '.' | '_' | '-' if normal.ends_with('-') => {}
            '.' | '_' | '-' => normal.push('-'),
            other => normal.push(other.to_ascii_lowercase()),
        }
    }
    normal
}

/// Takes a file name of `package` apart. `package` settles where the name ends and the version starts:
/// old source archives do not escape the `-` in a name.
///
/// `None` if it is no distribution file that installers use, or one of another package.
#[must_use]
pub fn parse(package: &str, file: &str) -> Option<FileName> {
    if file.contains(['/', '\\', '\0']) || file.chars().any(char::is_whitespace) {
        return None;
    }
    let wanted = normalise(package);
    if let Some(stem) = file.strip_suffix(".whl") {
        let parts: Vec<&str> = stem.split('-').collect();
        let fits = (parts.len() == 5 || parts.len() == 6) && parts.iter().all(|part| !part.is_empty());
        return (fits && normalise(parts[0]) == wanted).then(|| FileName {
            package: wanted,
            version: parts[1].to_owned(),
            kind: Kind::Wheel,
        });
    }
    let (stem, kind) = match file.strip_suffix(".tar.gz") {
        Some(stem) => (stem, Kind::Sdist),
        None => (file.strip_suffix(".zip")?, Kind::ZipSdist),
    };
    let (_, version) =
        stem.match_indices('-').map(|(at, _)| (&stem[..at], &stem[at + 1..])).find(|(name, version)| {
            normalise(name) == wanted && version.starts_with(|c: char| c.is_ascii_alphanumeric())
        })?;
    Some(FileName { package: wanted, version: version.to_owned(), kind })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn file_names_are_taken_apart() {
        let table = [
            ("acme-billing", "acme_billing-1.0-py3-none-any.whl", Some(("1.0", Kind::Wheel))),
            ("acme.billing", "Acme_Billing-1.0-1-cp311-cp311-linux_x86_64.whl", Some(("1.0", Kind::Wheel))),
            ("acme-billing", "acme-billing-1.0.tar.gz", Some(("1.0", Kind::Sdist))),
            ("acme-billing", "acme_billing-1.0+local.1.tar.gz", Some(("1.0+local.1", Kind::Sdist))),
            ("acme", "acme-billing-1.0.tar.gz", Some(("billing-1.0", Kind::Sdist))),
            ("acme-2", "acme-2-1.0.zip", Some(("1.0", Kind::ZipSdist))),
            ("acme", "other-1.0.tar.gz", None),
            ("acme", "acme-1.0.exe", None),
            ("acme", "acme-1.0.whl", None),
            ("acme", "../acme-1.0.tar.gz", None),
        ];
        for (package, file, expected) in table {
            let parsed = parse(package, file).map(|name| (name.version, name.kind));
            assert_eq!(parsed, expected.map(|(version, kind)| (version.to_owned(), kind)), "{file}");
        }
    }

    proptest! {
        #[test]
        fn normalising_twice_changes_nothing_more(name in "[A-Za-z0-9._-]{1,40}") {
            let once = normalise(&name);
            prop_assert_eq!(normalise(&once), once.clone());
            prop_assert!(!once.contains(['.', '_']) && !once.contains("--"));
        }

        #[test]
        fn spellings_that_differ_in_separators_and_case_are_one_package(parts in prop::collection::vec("[a-z0-9]{1,6}", 1..5), separators in prop::collection::vec("[._-]{1,3}", 5)) {
            let spelt: String = parts.iter().zip(&separators).flat_map(|(part, separator)| [part.to_uppercase(), separator.clone()]).collect();
            let spelt = spelt.trim_end_matches(['.', '_', '-']);
            prop_assert_eq!(normalise(spelt), parts.join("-"));
        }

        #[test]
        fn a_built_name_is_taken_apart_again(name in "[a-z][a-z0-9]{0,5}(_[a-z0-9]{1,5}){0,3}", version in "[0-9]{1,3}(\\.[0-9]{1,3}){0,3}((a|b|rc)[0-9])?") {
            let wheel = parse(&name, &format!("{name}-{version}-py3-none-any.whl"));
            prop_assert_eq!(wheel, Some(FileName { package: normalise(&name), version: version.clone(), kind: Kind::Wheel }));
            let sdist = parse(&name, &format!("{name}-{version}.tar.gz"));
            prop_assert_eq!(sdist, Some(FileName { package: normalise(&name), version, kind: Kind::Sdist }));
        }

        #[test]
        fn no_text_makes_the_parser_fail(package in ".{0,20}", file in ".{0,40}") {
            let _ = parse(&package, &file);
        }
    }
}
