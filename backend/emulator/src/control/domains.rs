//! CreateDomain, DescribeDomain, ListDomains, DeleteDomain.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::describe;
use crate::Options;
use crate::model::{Domain, PackageGroups};
use crate::rules::constraint::ARN;
use crate::rules::find;
use crate::rules::tags::{self, Tag};
use crate::wire::call::{Answer, Call, json};
use crate::wire::fault::{Fault, Reason, ResourceType};
use crate::wire::member;
use crate::wire::paging::Paging;
use crate::wire::place::DomainAt;

/// Domains per account and region (CodeArtifact quotas).
const MOST_DOMAINS: usize = 10;
/// AWS does not document the page size of ListDomains; this is the one of the other lists.
const PAGE: usize = 50;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CreateMembers {
    encryption_key: Option<String>,
    tags: Option<Vec<Tag>>,
}

/// CreateDomain
pub(super) fn create(call: &Call) -> Answer {
    let name = call.required(&member::DOMAIN)?.to_owned();
    let CreateMembers { encryption_key, tags } = call.members()?;
    let options = call.emulator.options();
    let encryption_key = key_arn(options, encryption_key.as_deref())?;
    let tags = tags::merge(&BTreeMap::new(), tags::parse(tags.unwrap_or_default())?, ResourceType::Domain, &name)?;
    let mut state = call.state();
    if state.domains.contains_key(&name) {
        let message = format!("Domain already exists. Account '{}' has a domain '{name}' already", options.account);
        return Err(Fault::conflict(ResourceType::Domain, &name, message));
    }
    if state.domains.len() >= MOST_DOMAINS {
        let message = format!("An account can have at most {MOST_DOMAINS} domains in a region");
        return Err(Fault::quota(ResourceType::Domain, &name, message));
    }
    let domain = Domain {
        name: name.clone(),
        created: call.emulator.now(),
        encryption_key,
        tags,
        policy: None,
        repositories: BTreeMap::new(),
        package_groups: PackageGroups::new(call.emulator.now()),
    };
    let told = describe::domain(options, &domain);
    state.domains.insert(name, domain);
    json(json!({ "domain": told }))
}

/// DescribeDomain
pub(super) fn describe(call: &Call) -> Answer {
    let at = DomainAt::read(call)?;
    let state = call.state();
    let domain = find::domain(&state, call.account(), &at)?;
    json(json!({ "domain": describe::domain(call.emulator.options(), domain) }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ListMembers {
    max_results: Option<i64>,
    next_token: Option<String>,
}

/// ListDomains: the one list whose paging stands in the body.
pub(super) fn list(call: &Call) -> Answer {
    let ListMembers { max_results, next_token } = call.members()?;
    let paging = Paging::new(call.operation, &[], max_results, next_token.as_deref(), PAGE)?;
    let state = call.state();
    let page = paging.cut(state.domains.iter().map(|(name, domain)| (name.clone(), domain)));
    let domains = page.items.iter().map(|domain| describe::domain_summary(call.emulator.options(), domain));
    json(json!({ "domains": domains.collect::<Vec<_>>(), "nextToken": page.next }))
}

/// DeleteDomain. A domain that does not exist is no error: the operation models none.
pub(super) fn delete(call: &Call) -> Answer {
    let at = DomainAt::read(call)?;
    let mut state = call.state();
    let Ok(domain) = find::domain(&state, call.account(), &at) else { return json(json!({})) };
    if !domain.repositories.is_empty() {
        let message = "Domain must contain 0 repositories before deletion";
        return Err(Fault::conflict(ResourceType::Domain, &at.name, message));
    }
    let mut told = describe::domain(call.emulator.options(), domain);
    told["status"] = json!("Deleted");
    state.domains.remove(&at.name);
    json(json!({ "domain": told }))
}

/// The ARN of the key: answers always carry the ARN, whichever way the key was named. Nothing is encrypted with it.
fn key_arn(options: &Options, key: Option<&str>) -> Result<String, Fault> {
    let name = key.unwrap_or("alias/aws/codeartifact");
    member::checked(name, "encryptionKey", &ARN)?;
    let kms = format!("arn:aws:kms:{}:{}:", options.region, options.account);
    let name = match name.strip_prefix(&kms) {
        Some(name) => name,
        None if name.starts_with("arn:") => {
            let message = format!("'{name}' is not a KMS key of this account and region");
            return Err(Fault::Validation { message, reason: Reason::EncryptionKeyError });
        }
        None => name,
    };
    match name.strip_prefix("key/") {
        Some(id) => Ok(format!("{kms}key/{id}")),
        None if name.starts_with("alias/") => Ok(format!("{kms}key/{}", key_of_alias(&format!("{kms}{name}")))),
        None => Ok(format!("{kms}key/{name}")),
    }
}

/// There is no KMS to ask, so an alias stands for a key id that is made from it.
fn key_of_alias(alias: &str) -> String {
    let hex = hex::encode(Sha256::digest(alias));
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..32])
}
