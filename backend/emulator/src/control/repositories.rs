//! CreateRepository, DescribeRepository, UpdateRepository, DeleteRepository and the two lists.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::describe;
use crate::model::{Domain, Repository};
use crate::rules::constraint::{DESCRIPTION, REPOSITORY_NAME};
use crate::rules::tags::{self, Tag};
use crate::rules::{find, upstreams};
use crate::wire::call::{Answer, Call, json};
use crate::wire::fault::{Fault, ResourceType};
use crate::wire::member;
use crate::wire::place::{DomainAt, RepositoryAt};

/// Repositories per domain (CodeArtifact quotas).
const MOST_REPOSITORIES: usize = 1000;
/// Page size of both lists (CodeArtifact user guide).
const PAGE: usize = 50;

#[derive(Deserialize)]
struct Members {
    description: Option<String>,
    upstreams: Option<Vec<Upstream>>,
    tags: Option<Vec<Tag>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Upstream {
    repository_name: Option<String>,
}

/// CreateRepository. The external connection needs a call of its own.
pub(super) fn create(call: &Call) -> Answer {
    let at = RepositoryAt::read(call)?;
    let members: Members = call.members()?;
    let description = checked_description(members.description)?;
    let upstreams = names(members.upstreams)?.unwrap_or_default();
    let tags = tags::parse(members.tags.unwrap_or_default())?;
    let tags = tags::merge(&BTreeMap::new(), tags, ResourceType::Repository, &at.name)?;
    let options = call.emulator.options();
    let mut state = call.state();
    let domain = find::domain_mut(&mut state, call.account(), &at.domain)?;
    if domain.repositories.contains_key(&at.name) {
        let message =
            format!("Repository already exists. Domain '{}' has a repository '{}' already", domain.name, at.name);
        return Err(Fault::conflict(ResourceType::Repository, &at.name, message));
    }
    if domain.repositories.len() >= MOST_REPOSITORIES {
        let message = format!("A domain can have at most {MOST_REPOSITORIES} repositories");
        return Err(Fault::quota(ResourceType::Domain, &domain.name, message));
    }
    upstreams::check(domain, &at.domain, &at.name, &upstreams)?;
    let repository = Repository {
        name: at.name.clone(),
        description,
        upstreams,
        external_connection: None,
        created: call.emulator.now(),
        tags,
        policy: None,
        packages: BTreeMap::new(),
    };
    let told = describe::repository(options, &domain.name, &repository);
    domain.repositories.insert(at.name, repository);
    json(json!({ "repository": told }))
}

/// DescribeRepository
pub(super) fn describe(call: &Call) -> Answer {
    let at = RepositoryAt::read(call)?;
    let state = call.state();
    let repository = find::repository(&state, call.account(), &at)?;
    json(json!({ "repository": describe::repository(call.emulator.options(), &at.domain.name, repository) }))
}

/// UpdateRepository. A member that is there replaces all that was; one that is absent changes nothing.
pub(super) fn update(call: &Call) -> Answer {
    let at = RepositoryAt::read(call)?;
    let members: Members = call.members()?;
    let description = checked_description(members.description)?;
    let upstreams = names(members.upstreams)?;
    let mut state = call.state();
    let domain = find::domain(&state, call.account(), &at.domain)?;
    if let Some(upstreams) = &upstreams {
        upstreams::check_no_connection(find::repository(&state, call.account(), &at)?)?;
        upstreams::check(domain, &at.domain, &at.name, upstreams)?;
    }
    let repository = find::repository_mut(&mut state, call.account(), &at)?;
    if let Some(upstreams) = upstreams {
        repository.upstreams = upstreams;
    }
    if description.is_some() {
        repository.description = description;
    }
    json(json!({ "repository": describe::repository(call.emulator.options(), &at.domain.name, repository) }))
}

/// DeleteRepository, with all that is in it. It also leaves the upstream lists of others.
/// A repository that does not exist is no error: the AWS-authored CloudFormation provider counts on it.
pub(super) fn delete(call: &Call) -> Answer {
    let at = RepositoryAt::read(call)?;
    let mut state = call.state();
    let domain = find::domain_mut(&mut state, call.account(), &at.domain)?;
    let Some(repository) = domain.repositories.remove(&at.name) else { return json(json!({})) };
    for other in domain.repositories.values_mut() {
        other.upstreams.retain(|upstream| *upstream != at.name);
    }
    json(json!({ "repository": describe::repository(call.emulator.options(), &at.domain.name, &repository) }))
}

/// ListRepositories: those that the calling account administers, of all domains.
pub(super) fn list(call: &Call) -> Answer {
    let prefix = call.optional(&member::REPOSITORY_PREFIX)?.unwrap_or_default();
    let state = call.state();
    list_of(call, state.domains.values(), |repository| repository.name.starts_with(prefix))
}

/// ListRepositoriesInDomain
pub(super) fn list_in_domain(call: &Call) -> Answer {
    let at = DomainAt::read(call)?;
    let administrator = call.optional(&member::ADMINISTRATOR_ACCOUNT)?;
    let prefix = call.optional(&member::REPOSITORY_PREFIX)?.unwrap_or_default();
    let state = call.state();
    let domain = find::domain(&state, call.account(), &at)?;
    let ours = administrator.is_none_or(|account| account == call.account());
    list_of(call, [domain], |repository| ours && repository.name.starts_with(prefix))
}

fn list_of<'s>(
    call: &Call,
    domains: impl IntoIterator<Item = &'s Domain>,
    listed: impl Fn(&Repository) -> bool,
) -> Answer {
    let paging = call.paging(PAGE)?;
    let all = domains.into_iter().flat_map(|domain| domain.repositories.values().map(move |found| (domain, found)));
    let chosen = all.filter(|(_, repository)| listed(repository));
    let page = paging.cut(chosen.map(|(domain, found)| (format!("{}/{}", domain.name, found.name), (domain, found))));
    let options = call.emulator.options();
    let tell = |(domain, found): &(&Domain, &Repository)| describe::repository_summary(options, &domain.name, found);
    let repositories: Vec<Value> = page.items.iter().map(tell).collect();
    json(json!({ "repositories": repositories, "nextToken": page.next }))
}

fn checked_description(description: Option<String>) -> Result<Option<String>, Fault> {
    if let Some(text) = &description {
        member::checked(text, "description", &DESCRIPTION)?;
    }
    Ok(description)
}

fn names(upstreams: Option<Vec<Upstream>>) -> Result<Option<Vec<String>>, Fault> {
    let Some(upstreams) = upstreams else { return Ok(None) };
    let named = (1..).zip(upstreams).map(|(number, upstream)| {
        let at = format!("upstreams.{number}.member.repositoryName");
        let name = upstream.repository_name.ok_or_else(|| member::missing(&at))?;
        member::checked(&name, &at, &REPOSITORY_NAME)?;
        Ok(name)
    });
    named.collect::<Result<_, Fault>>().map(Some)
}
