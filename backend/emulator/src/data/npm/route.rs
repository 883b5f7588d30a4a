//! The addresses of the npm protocol, below the repository.

use super::super::refusal::Refusal;
use super::Name;

/// What an address names.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Route {
    Ping,
    WhoAmI,
    Package(Name),
    Tarball {
        name: Name,
        file: String,
    },
    Tags(Name),
    Tag {
        name: Name,
        tag: String,
    },
    /// Known, and not served by CodeArtifact.
    Unsupported(&'static str),
}

impl Route {
    /// The package that the address names, if it names one.
    pub(super) fn name(&self) -> Option<&Name> {
        match self {
            Self::Package(name) | Self::Tags(name) | Self::Tarball { name, .. } | Self::Tag { name, .. } => Some(name),
            Self::Ping | Self::WhoAmI | Self::Unsupported(_) => None,
        }
    }
}

/// Takes a decoded path apart. Scoped names arrive as `@scope%2fname` or `@scope/name`; decoded they are the same.
pub(super) fn parse(path: &str) -> Result<Route, Refusal> {
    if let Some(special) = path.strip_prefix("-/") {
        return special_route(special);
    }
    let (name, rest) = take_name(path)?;
    match rest {
        "" => Ok(Route::Package(name)),
        _ if rest.starts_with("-rev/") => {
            Ok(Route::Unsupported("npm unpublish; delete versions with delete-package-versions"))
        }
        _ => match rest.strip_prefix("-/") {
            // Some clients repeat the scope before the file name.
            Some(file) if !file.is_empty() => {
                Ok(Route::Tarball { name, file: file.rsplit('/').next().unwrap_or(file).to_owned() })
            }
            _ => Err(unknown(path)),
        },
    }
}

fn special_route(path: &str) -> Result<Route, Refusal> {
    match path {
        "ping" => return Ok(Route::Ping),
        "whoami" => return Ok(Route::WhoAmI),
        _ => {}
    }
    if let Some(package) = path.strip_prefix("package/") {
        let (name, rest) = take_name(package)?;
        return match rest.strip_prefix("dist-tags") {
            Some("" | "/") => Ok(Route::Tags(name)),
            Some(tag) if tag.starts_with('/') && !tag[1..].contains('/') => {
                Ok(Route::Tag { name, tag: tag[1..].to_owned() })
            }
            _ => Ok(Route::Unsupported("npm access and collaborators")),
        };
    }
    match path.split('/').next() {
        Some("npm") => Ok(Route::Unsupported("npm audit and other services of the public registry")),
        Some("v1") => Ok(Route::Unsupported("npm search")),
        Some("user") => Ok(Route::Unsupported("npm login; use `aws codeartifact login --tool npm`")),
        _ => Err(unknown(path)),
    }
}

/// The package name at the start of a path, and what follows its slash.
fn take_name(path: &str) -> Result<(Name, &str), Refusal> {
    let end = if path.starts_with('@') {
        let scope = path.find('/').ok_or_else(|| unknown(path))?;
        path[scope + 1..].find('/').map_or(path.len(), |end| scope + 1 + end)
    } else {
        path.find('/').unwrap_or(path.len())
    };
    let (full, rest) = path.split_at(end);
    if full.split('/').any(|part| part.is_empty() || part == "@")
        || full.chars().any(|c| c.is_whitespace() || c.is_control())
    {
        return Err(unknown(path));
    }
    Ok((Name::new(full), rest.trim_start_matches('/')))
}

fn unknown(path: &str) -> Refusal {
    Refusal::not_found(format!("{path:?} is no address of an npm registry."))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_address_makes_the_parser_fail(path in "[-@/a.%]{0,20}|.{0,40}") {
            let _ = parse(&path);
        }

        #[test]
        fn the_tarball_name_of_a_version_tells_that_version(name in "(@[a-z]{1,5}/)?[a-z][a-z0-9.-]{0,8}", version in "[0-9]\\.[0-9]\\.[0-9](-[a-z0-9.-]{1,6})?") {
            let name = Name::new(&name);
            let file = name.tarball(&version);
            prop_assert_eq!(name.version_of(&file), Some(version.as_str()));
        }
    }

    #[test]
    fn addresses_are_taken_apart() {
        let table = [
            ("-/ping", Route::Ping),
            ("-/whoami", Route::WhoAmI),
            ("lodash", Route::Package(Name::new("lodash"))),
            ("@acme/ui", Route::Package(Name::new("@acme/ui"))),
            (
                "lodash/-/lodash-4.0.0.tgz",
                Route::Tarball { name: Name::new("lodash"), file: "lodash-4.0.0.tgz".into() },
            ),
            ("@acme/ui/-/ui-1.0.0.tgz", Route::Tarball { name: Name::new("@acme/ui"), file: "ui-1.0.0.tgz".into() }),
            (
                "@acme/ui/-/@acme/ui-1.0.0.tgz",
                Route::Tarball { name: Name::new("@acme/ui"), file: "ui-1.0.0.tgz".into() },
            ),
            ("-/package/@acme/ui/dist-tags", Route::Tags(Name::new("@acme/ui"))),
            ("-/package/ui/dist-tags/next", Route::Tag { name: Name::new("ui"), tag: "next".into() }),
        ];
        for (path, expected) in table {
            assert_eq!(parse(path).unwrap(), expected, "{path}");
        }
    }

    #[test]
    fn addresses_that_name_nothing_are_refused() {
        for path in ["", "@acme", "@/ui", "@acme/", "lodash/lib", "-/else", "a b"] {
            assert!(parse(path).is_err(), "{path:?}");
        }
    }

    #[test]
    fn a_tarball_name_tells_its_version() {
        let name = Name::new("@acme/ui-kit");
        assert_eq!(name.version_of("ui-kit-1.0.0-rc.1.tgz"), Some("1.0.0-rc.1"));
        assert_eq!(name.version_of("ui-kit-.tgz"), None);
        assert_eq!(name.version_of("other-1.0.0.tgz"), None);
    }
}
