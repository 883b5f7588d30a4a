//! Permissions policies of domains and repositories. They are kept, not enforced: there is one caller, and it owns all.

use serde::Deserialize;
use serde_json::json;

use super::describe;
use crate::model::Policy;
use crate::rules::constraint::{ACCOUNT_ID, DOMAIN_NAME, POLICY_DOCUMENT, POLICY_REVISION};
use crate::rules::{arn, find, policy};
use crate::wire::call::{Answer, Call, json};
use crate::wire::fault::{Fault, ResourceType};
use crate::wire::member;
use crate::wire::place::{DomainAt, RepositoryAt};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PutMembers {
    /// PutDomainPermissionsPolicy alone has the domain in the body.
    domain: Option<String>,
    domain_owner: Option<String>,
    policy_revision: Option<String>,
    policy_document: Option<String>,
}

/// The resource that a policy belongs to, for answers and errors.
struct Owner {
    kind: ResourceType,
    name: String,
    arn: String,
}

impl Owner {
    fn domain(call: &Call, at: &DomainAt) -> Self {
        let arn = arn::domain(call.emulator.options(), &at.name);
        Self { kind: ResourceType::Domain, name: at.name.clone(), arn }
    }

    fn repository(call: &Call, at: &RepositoryAt) -> Self {
        let arn = arn::repository(call.emulator.options(), &at.domain.name, &at.name);
        Self { kind: ResourceType::Repository, name: at.name.clone(), arn }
    }
}

/// GetDomainPermissionsPolicy
pub(super) fn get_of_domain(call: &Call) -> Answer {
    let at = DomainAt::read(call)?;
    let state = call.state();
    get(&Owner::domain(call, &at), find::domain(&state, call.account(), &at)?.policy.as_ref())
}

/// GetRepositoryPermissionsPolicy
pub(super) fn get_of_repository(call: &Call) -> Answer {
    let at = RepositoryAt::read(call)?;
    let state = call.state();
    get(&Owner::repository(call, &at), find::repository(&state, call.account(), &at)?.policy.as_ref())
}

/// PutDomainPermissionsPolicy
pub(super) fn put_of_domain(call: &Call) -> Answer {
    let members: PutMembers = call.members()?;
    let name = members.domain.clone().ok_or_else(|| member::missing("domain"))?;
    member::checked(&name, "domain", &DOMAIN_NAME)?;
    let owner = members.domain_owner.clone().unwrap_or_else(|| call.account().to_owned());
    member::checked(&owner, "domainOwner", &ACCOUNT_ID)?;
    let at = DomainAt { name, owner };
    let mut state = call.state();
    put(&Owner::domain(call, &at), &mut find::domain_mut(&mut state, call.account(), &at)?.policy, members)
}

/// PutRepositoryPermissionsPolicy
pub(super) fn put_of_repository(call: &Call) -> Answer {
    let at = RepositoryAt::read(call)?;
    let members = call.members()?;
    let mut state = call.state();
    put(&Owner::repository(call, &at), &mut find::repository_mut(&mut state, call.account(), &at)?.policy, members)
}

/// DeleteDomainPermissionsPolicy
pub(super) fn delete_of_domain(call: &Call) -> Answer {
    let at = DomainAt::read(call)?;
    let revision = call.optional(&member::POLICY_REVISION)?;
    let mut state = call.state();
    delete(&Owner::domain(call, &at), &mut find::domain_mut(&mut state, call.account(), &at)?.policy, revision)
}

/// DeleteRepositoryPermissionsPolicy
pub(super) fn delete_of_repository(call: &Call) -> Answer {
    let at = RepositoryAt::read(call)?;
    let revision = call.optional(&member::POLICY_REVISION)?;
    let mut state = call.state();
    delete(&Owner::repository(call, &at), &mut find::repository_mut(&mut state, call.account(), &at)?.policy, revision)
}

fn get(owner: &Owner, held: Option<&Policy>) -> Answer {
    let held = held.ok_or_else(|| policy::none(owner.kind, &owner.name))?;
    json(json!({ "policy": describe::policy(&owner.arn, held) }))
}

fn put(owner: &Owner, held: &mut Option<Policy>, members: PutMembers) -> Answer {
    let document = members.policy_document.ok_or_else(|| member::missing("policyDocument"))?;
    member::checked(&document, "policyDocument", &POLICY_DOCUMENT)?;
    let revision = members.policy_revision.as_deref();
    if let Some(revision) = revision {
        member::checked(revision, "policyRevision", &POLICY_REVISION)?;
    }
    let new = policy::new(document)?;
    policy::check_revision(held.as_ref(), revision, owner.kind, &owner.name)?;
    get(owner, Some(held.insert(new)))
}

fn delete(owner: &Owner, held: &mut Option<Policy>, revision: Option<&str>) -> Answer {
    if held.is_none() {
        return Err(policy::none(owner.kind, &owner.name));
    }
    policy::check_revision(held.as_ref(), revision, owner.kind, &owner.name)?;
    let deleted: Result<Policy, Fault> = held.take().ok_or_else(|| policy::none(owner.kind, &owner.name));
    get(owner, Some(&deleted?))
}
