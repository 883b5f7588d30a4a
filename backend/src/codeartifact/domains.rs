//! Domains.

use aws_sdk_codeartifact::types as sdk;
use shared::domain::{Domain, DomainSummary, NewDomain};
use shared::names::DomainName;

use super::convert::{account, known, seconds, tags};
use super::{CodeArtifact, paging};
use crate::error::{Error, Result};

impl CodeArtifact {
    /// The domains that the caller's account owns, by name.
    pub async fn list_domains(&self) -> Result<Vec<DomainSummary>> {
        let mut domains = paging::all(|token| async move {
            let page = self.api.list_domains().max_results(paging::PAGE).set_next_token(token).send().await?;
            let domains: Vec<_> = page.domains().iter().filter_map(summary).collect();
            Ok((domains, page.next_token))
        })
        .await?;
        domains.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(domains)
    }

    /// One domain.
    pub async fn describe_domain(&self, name: &DomainName) -> Result<Domain> {
        let answer = self.api.describe_domain().domain(name.as_str()).send().await?;
        in_full(name, answer.domain())
    }

    /// Makes a domain.
    pub async fn create_domain(&self, new: &NewDomain) -> Result<Domain> {
        let call = self.api.create_domain().domain(new.name.as_str());
        let call = call.set_encryption_key(new.encryption_key.as_ref().map(ToString::to_string));
        let call = call.set_tags(tags(&new.tags)?);
        let answer = call.customize().config_override(Self::once()).send().await?;
        in_full(&new.name, answer.domain())
    }

    /// Deletes a domain without repositories. One that is not there counts as deleted, as it does for AWS.
    pub async fn delete_domain(&self, name: &DomainName) -> Result<()> {
        let call = self.api.delete_domain().domain(name.as_str());
        call.customize().config_override(Self::once()).send().await?;
        Ok(())
    }
}

fn in_full(name: &DomainName, domain: Option<&sdk::DomainDescription>) -> Result<Domain> {
    let domain = domain.ok_or_else(incomplete)?;
    Ok(Domain {
        name: name.clone(),
        owner: account(domain.owner()).ok_or_else(incomplete)?,
        arn: domain.arn().unwrap_or_default().to_owned(),
        created: seconds(domain.created_time()),
        encryption_key: domain.encryption_key().map(str::to_owned),
        repository_count: u32::try_from(domain.repository_count()).unwrap_or(0),
        asset_size_bytes: u64::try_from(domain.asset_size_bytes()).unwrap_or(0),
    })
}

fn summary(domain: &sdk::DomainSummary) -> Option<DomainSummary> {
    let name = domain.name().unwrap_or_default();
    Some(DomainSummary {
        name: known(name.parse(), "domain", name)?,
        owner: account(domain.owner())?,
        arn: domain.arn().unwrap_or_default().to_owned(),
        created: seconds(domain.created_time()),
        encryption_key: domain.encryption_key().map(str::to_owned),
    })
}

/// AWS answered without what it always answers.
pub(super) fn incomplete() -> Error {
    Error::new(crate::error::Kind::Faulty, "AWS gave an incomplete answer. Try again in a moment.")
}
