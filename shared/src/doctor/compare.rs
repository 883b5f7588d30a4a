//! The addresses of a text against the domain as it is, and against what the client needs.

use super::cause::Cause::{self, *};
use super::endpoint::Endpoint;
use super::kind::{Client, Kind};
use super::{Finding, Known, Paste};
use crate::format::PackageFormat;

/// More addresses are not compared: they say the same again.
const MOST_COMPARED: usize = 500;

pub(super) fn findings(paste: &Paste<'_>, known: &Known) -> Vec<Finding> {
    let endpoints = paste.endpoints.iter().take(MOST_COMPARED);
    endpoints
        .flat_map(|endpoint| {
            let wrong = place(paste, endpoint, known).or_else(|| format(paste, endpoint));
            wrong.into_iter().chain(shape(paste, endpoint))
        })
        .collect()
}

/// Region, owner, domain and repository: the first that is wrong, since the others follow from it.
fn place(paste: &Paste<'_>, endpoint: &Endpoint, known: &Known) -> Option<Finding> {
    let finding = |cause: Cause, because: String| Some(Finding::new(cause, endpoint.line, because));
    let whose = known.domain.as_ref().map_or("the domain".to_owned(), ToString::to_string);
    if endpoint.api && paste.kind != Kind::Log(Client::Aws) && endpoint.format.as_deref() != Some("v1") {
        let host = &endpoint.host;
        return finding(
            ApiAddress,
            format!("{host} takes calls of the aws CLI; packages are at an address of the domain."),
        );
    }
    if !endpoint.api
        && let Some(domain) = known.domain.as_ref().filter(|domain| domain.as_str() != endpoint.domain)
    {
        if endpoint.owner.is_none() && endpoint.domain.starts_with(domain.as_str()) {
            return finding(WrongOwner, no_owner(endpoint));
        }
        return finding(WrongDomain, format!("The address names the domain {}; this is {domain}.", endpoint.domain));
    }
    if let (Some(region), Some(here)) = (&endpoint.region, &known.region)
        && region != here
    {
        return finding(WrongRegion, format!("The address names {region}; {whose} is in {here}."));
    }
    if endpoint.api {
        return None;
    }
    match (&endpoint.owner, &known.owner) {
        (None, _) => return finding(WrongOwner, no_owner(endpoint)),
        (Some(owner), Some(here)) if owner != here.as_str() => {
            return finding(WrongOwner, format!("The address names the account {owner}; {whose} belongs to {here}."));
        }
        _ => {}
    }
    let (name, repositories) = (endpoint.repository.as_deref()?, known.repositories.as_ref()?);
    if repositories.iter().any(|repository| repository.name.as_str() == name) {
        return None;
    }
    let near = repositories.iter().map(|repository| repository.name.as_str()).min_by_key(|other| distance(name, other));
    let near = near.filter(|other| distance(name, other) <= 3).map(|other| format!(" Did you mean {other}?"));
    finding(WrongRepository, format!("{whose} has no repository {name}.{}", near.unwrap_or_default()))
}

fn no_owner(endpoint: &Endpoint) -> String {
    format!(
        "Before .d.codeartifact. stands {}, without the 12 digits of the owner's account at its end.",
        endpoint.domain
    )
}

/// How many letters differ between two names, at most counted to 4.
pub(super) fn distance(one: &str, other: &str) -> usize {
    const MOST: usize = 4;
    if one.len().abs_diff(other.len()) >= MOST || one.len() > 100 {
        return MOST;
    }
    let other: Vec<char> = other.to_ascii_lowercase().chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, c) in one.to_ascii_lowercase().chars().enumerate() {
        let mut before = row[0];
        row[0] = index + 1;
        for (place, d) in other.iter().enumerate() {
            let changed = before + usize::from(c != *d);
            before = row[place + 1];
            row[place + 1] = changed.min(before + 1).min(row[place] + 1);
        }
    }
    row[other.len()].min(MOST)
}

/// The room of the path that names the format.
fn format(paste: &Paste<'_>, endpoint: &Endpoint) -> Option<Finding> {
    let said = endpoint.format.as_deref().filter(|_| !endpoint.api)?;
    let needed = paste.kind.format();
    let because = match (said.parse::<PackageFormat>(), needed) {
        (Ok(format), Some(needed)) if format != needed => {
            format!("The path begins with {format}/; {} needs {needed}/.", paste.kind.title())
        }
        (Err(_), Some(needed)) => {
            format!("The path begins with {said}/, which is no format; here it must be {needed}/.")
        }
        (Err(_), None) => format!("The path begins with {said}/, which is no format that CodeArtifact knows."),
        (Ok(_), _) => return None,
    };
    Some(Finding::new(WrongFormat, endpoint.line, because))
}

/// What stands before and after the repository.
fn shape(paste: &Paste<'_>, endpoint: &Endpoint) -> Option<Finding> {
    let line = paste.lower.get(endpoint.line - 1)?;
    endpoint.repository.as_ref()?;
    let whole = !endpoint.rest.is_empty() || endpoint.slash;
    let simple = endpoint.rest == "simple" || endpoint.rest.starts_with("simple/");
    let finding = |cause, because: &str| Some(Finding::new(cause, endpoint.line, because));
    match paste.kind {
        Kind::PipConf if line.contains("index-url") && !simple => {
            finding(MissingSimple, "pip looks for packages under simple/ of the repository.")
        }
        Kind::Log(Client::Pip) if line.contains("looking in indexes") && !simple => {
            finding(MissingSimple, "pip looks for packages under simple/ of the repository.")
        }
        Kind::Log(Client::Pip | Client::Uv) if !simple && !endpoint.rest.is_empty() && !line.contains("publish") => {
            finding(MissingSimple, "The client asked for the package without simple/ before its name.")
        }
        Kind::Pyproject if line.contains("publish-url") || line.contains("upload") => match simple {
            true => finding(SurplusSimple, "simple/ is where packages are looked for, not where they are uploaded to."),
            false => slash(endpoint, whole),
        },
        Kind::Pyproject if line.contains("url") && !simple => {
            finding(MissingSimple, "uv and Poetry look for packages under simple/ of the repository.")
        }
        Kind::Pypirc if simple => {
            finding(SurplusSimple, "simple/ is where packages are looked for, not where they are uploaded to.")
        }
        Kind::Log(Client::Twine) if endpoint.rest == "simple" => {
            finding(SurplusSimple, "simple/ is where packages are looked for, not where they are uploaded to.")
        }
        Kind::NugetConfig if line.contains("value=") && !endpoint.rest.starts_with("v3/index.json") => {
            finding(MissingIndexJson, "NuGet begins at v3/index.json of the repository.")
        }
        Kind::CargoConfig if line.contains("index") || line.contains("registry =") => {
            match endpoint.scheme.starts_with("sparse+") {
                false => finding(MissingSparse, "Without sparse+ Cargo expects a Git repository at the address."),
                true => slash(endpoint, whole),
            }
        }
        Kind::Npmrc if line.contains("registry") && !endpoint.scheme.is_empty() => slash(endpoint, whole),
        Kind::Yarnrc | Kind::Pypirc if !endpoint.scheme.is_empty() => slash(endpoint, whole),
        _ => None,
    }
}

fn slash(endpoint: &Endpoint, whole: bool) -> Option<Finding> {
    let because = "The slash belongs to a repository's address; settings are looked up with it.";
    (!whole).then(|| Finding::new(MissingSlash, endpoint.line, because))
}
