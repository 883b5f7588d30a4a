//! What is asked: who, which action, on what.

use shared::format::PackageFormat;
use shared::names::{Namespace, PackageName, RepositoryName};
use shared::policy::action::{ACTIONS, Action, ResourceKind};
use shared::policy::arn::Home;
use shared::policy::explain::Who;

use crate::place::ExplainPlace;

/// A question that can be answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Who asks.
    pub principal: Who,
    /// The action in full.
    pub action: String,
    /// The ARN it works on, or `*`.
    pub resource: String,
    /// The repository whose policy is asked; none where none is.
    pub repository: Option<RepositoryName>,
}

/// What has to be named for an action besides itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// Nothing: it works on the account or on the domain.
    Nothing,
    /// A repository.
    Repository,
    /// A repository and a package of it.
    Package,
    /// A package group.
    Group,
}

/// What has to be named for an action. Copying works on packages as well as on repositories: the package is finer.
pub fn named(action: &Action) -> Named {
    let on = |kind| action.on.contains(&kind);
    if on(ResourceKind::Domain) || action.on.is_empty() {
        Named::Nothing
    } else if on(ResourceKind::Package) {
        Named::Package
    } else if on(ResourceKind::Repository) {
        Named::Repository
    } else {
        Named::Group
    }
}

/// The action of an address or a field, with or without `codeartifact:`.
pub fn action_of(text: &str) -> Option<&'static Action> {
    let text = text.trim();
    let name = text.strip_prefix("codeartifact:").unwrap_or(text);
    ACTIONS.iter().find(|action| action.name.eq_ignore_ascii_case(name))
}

impl Question {
    /// The question that is asked, or what is missing yet.
    pub fn of(principal: &str, place: &ExplainPlace, home: &Home) -> Result<Self, String> {
        let principal = match principal.trim() {
            "" => return Err("Say who asks: the ARN of a user or a role.".into()),
            text => text.parse::<Who>().map_err(|_| "Correct the ARN of whoever asks.".to_owned())?,
        };
        let typed = place.action.as_deref().ok_or("Choose an action.")?;
        let action = action_of(typed).ok_or("Choose one of the actions of CodeArtifact.")?;
        let needs = named(action);
        let repository = match needs {
            Named::Repository | Named::Package => Some(place.repository.clone().ok_or("Choose a repository.")?),
            Named::Nothing | Named::Group => None,
        };
        let text = place.package.as_deref().unwrap_or_default();
        let resource = match (needs, &repository) {
            (Named::Package, Some(name)) => package(home, name, text)?,
            (Named::Repository, Some(name)) => home.repository(name),
            (Named::Group, _) => group(home, text)?,
            // What is made in a domain asks the domain.
            _ if action.on.is_empty() && !action.asks_domain() => "*".to_owned(),
            _ => home.domain(),
        };
        Ok(Self { principal, action: action.full_name(), resource, repository })
    }
}

/// `npm/react`, or `npm/parity/ui` with a namespace.
fn package(home: &Home, repository: &RepositoryName, text: &str) -> Result<String, String> {
    let shape = "Name a package as format/name or format/namespace/name, such as npm/parity/ui.";
    let rooms: Vec<&str> = text.trim().split('/').collect();
    let (format, namespace, name) = match rooms[..] {
        [format, name] | [format, "", name] => (format, "", name),
        [format, namespace, name] => (format, namespace, name),
        _ => return Err(shape.into()),
    };
    let format: PackageFormat = format.parse().map_err(|_| shape.to_owned())?;
    let namespace = namespace.trim_start_matches('@');
    if !namespace.is_empty() {
        namespace.parse::<Namespace>().map_err(|error| format!("{error}."))?;
    }
    name.parse::<PackageName>().map_err(|error| format!("{error}."))?;
    Ok(home.package(repository, format, namespace, name))
}

/// `/npm/parity/*`
fn group(home: &Home, text: &str) -> Result<String, String> {
    let text = text.trim();
    if !text.starts_with('/') || text.contains(char::is_whitespace) {
        return Err("Name a package group by its pattern, such as /npm/parity/*.".into());
    }
    let encoded = text.replace('%', "%25").replace('$', "%24").replace('*', "%2a");
    Ok(home.all(ResourceKind::PackageGroup).trim_end_matches("/*").to_owned() + &encoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home() -> Home {
        Home::of_domain("arn:aws:codeartifact:eu-west-1:111122223333:domain/acme").unwrap()
    }

    fn asked(action: &str, repository: Option<&str>, package: &str) -> Result<String, String> {
        let place = ExplainPlace {
            domain: shared::api::DomainPath { connection: "demo".parse().unwrap(), domain: "acme".parse().unwrap() },
            action: Some(action.into()),
            repository: repository.map(|name| name.parse().unwrap()),
            package: Some(package.into()),
        };
        Question::of("arn:aws:iam::111122223333:role/ci", &place, &home())
            .map(|question| question.resource.splitn(6, ':').last().unwrap_or_default().to_owned())
    }

    #[test]
    fn each_action_is_asked_on_what_it_works_on() {
        assert_eq!(asked("ReadFromRepository", Some("team-dev"), "").unwrap(), "repository/acme/team-dev");
        assert_eq!(asked("codeartifact:listpackages", Some("team-dev"), "").unwrap(), "repository/acme/team-dev");
        assert_eq!(
            asked("PublishPackageVersion", Some("team-dev"), "npm/@parity/ui").unwrap(),
            "package/acme/team-dev/npm/parity/ui"
        );
        assert_eq!(
            asked("PublishPackageVersion", Some("team-dev"), "npm/react").unwrap(),
            "package/acme/team-dev/npm//react"
        );
        assert_eq!(asked("GetAuthorizationToken", None, "").unwrap(), "domain/acme");
        assert_eq!(asked("CreateRepository", None, "").unwrap(), "domain/acme");
        assert_eq!(asked("ListDomains", None, "").unwrap(), "*");
        assert_eq!(asked("UpdatePackageGroup", None, "/npm/parity/*").unwrap(), "package-group/acme/npm/parity/%2a");
    }

    #[test]
    fn what_is_missing_is_said() {
        assert!(asked("Read", None, "").unwrap_err().contains("one of the actions"));
        assert!(asked("ReadFromRepository", None, "").unwrap_err().contains("repository"));
        for package in ["", "react", "nmp/react", "npm/a/b/c", "npm/ "] {
            assert!(asked("PublishPackageVersion", Some("team-dev"), package).is_err(), "{package}");
        }
        assert!(asked("UpdatePackageGroup", None, "npm/*").unwrap_err().contains("pattern"));
    }
}
