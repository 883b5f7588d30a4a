//! Repositories, with what feeds them.

use std::collections::BTreeMap;

use aws_sdk_codeartifact::types as sdk;
use futures_util::{StreamExt, stream};
use shared::connect::RepositoryEndpoints;
use shared::external::PublicRegistry;
use shared::format::PackageFormat;
use shared::names::{Description, DomainName, RepositoryName};
use shared::repository::{ExternalConnection, NewRepository, Repository, RepositoryNames};

use super::convert::{account, format_from_sdk, format_to_sdk, known, seconds, tags};
use super::domains::incomplete;
use super::{CodeArtifact, paging};
use crate::error::{Error, Kind, Result};

impl CodeArtifact {
    /// All repositories of a domain, by name, without upstreams and external connections: lists do not tell those.
    pub async fn list_repositories(&self, domain: &DomainName) -> Result<Vec<Repository>> {
        let mut repositories = paging::all(|token| async move {
            let call = self.api.list_repositories_in_domain().domain(domain.as_str());
            let page = call.max_results(paging::PAGE).set_next_token(token).send().await?;
            let repositories: Vec<_> = page.repositories().iter().filter_map(summary).collect();
            Ok((repositories, page.next_token))
        })
        .await?;
        repositories.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(repositories)
    }

    /// The names of all repositories of the account, by domain.
    pub async fn repository_names(&self) -> Result<Vec<RepositoryNames>> {
        let names = paging::all(|token| async move {
            let page = self.api.list_repositories().max_results(paging::PAGE).set_next_token(token).send().await?;
            let names: Vec<_> = page.repositories().iter().filter_map(names).collect();
            Ok((names, page.next_token))
        })
        .await?;
        let mut domains = BTreeMap::<DomainName, Vec<RepositoryName>>::new();
        for (domain, repository) in names {
            domains.entry(domain).or_default().push(repository);
        }
        let in_order = |(domain, mut repositories): (_, Vec<_>)| {
            repositories.sort();
            RepositoryNames { domain, repositories }
        };
        Ok(domains.into_iter().map(in_order).collect())
    }

    /// One repository in full.
    pub async fn describe_repository(&self, domain: &DomainName, name: &RepositoryName) -> Result<Repository> {
        let call = self.api.describe_repository().domain(domain.as_str()).repository(name.as_str());
        let answer = call.send().await?;
        in_full(name, answer.repository())
    }

    /// The endpoints of a repository, all formats at once.
    pub async fn repository_endpoints(
        &self,
        domain: &DomainName,
        name: &RepositoryName,
    ) -> Result<RepositoryEndpoints> {
        let asked = stream::iter(PackageFormat::ALL).map(|format| async move {
            let call = self.api.get_repository_endpoint().domain(domain.as_str()).repository(name.as_str());
            let answer = call.format(format_to_sdk(format)).send().await.map_err(Error::from)?;
            Ok((format, answer.repository_endpoint.ok_or_else(incomplete)?))
        });
        let mut endpoints = RepositoryEndpoints::default();
        for answer in asked.buffered(PackageFormat::ALL.len()).collect::<Vec<Result<_>>>().await {
            match answer {
                Ok((format, endpoint)) => drop(endpoints.endpoints.insert(format, endpoint)),
                // Formats came one by one, and not to all regions on the same day.
                Err(error) if error.kind == Kind::BadRequest => {}
                Err(error) => return Err(error),
            }
        }
        Ok(endpoints)
    }

    /// Makes a repository.
    pub async fn create_repository(&self, domain: &DomainName, new: &NewRepository) -> Result<Repository> {
        let call = self.api.create_repository().domain(domain.as_str()).repository(new.name.as_str());
        let description = Some(new.description.to_string()).filter(|text| !text.is_empty());
        let call = call.set_description(description).set_tags(tags(&new.tags)?);
        let answer = call.customize().config_override(Self::once()).send().await?;
        in_full(&new.name, answer.repository())
    }

    /// Describes a repository anew, in words. Leaves its upstreams.
    pub async fn set_description(
        &self,
        domain: &DomainName,
        name: &RepositoryName,
        description: &Description,
    ) -> Result<Repository> {
        let call = self.api.update_repository().domain(domain.as_str()).repository(name.as_str());
        let call = call.description(description.as_str());
        let answer = call.customize().config_override(Self::once()).send().await?;
        in_full(name, answer.repository())
    }

    /// Replaces the list of upstreams. Leaves the description.
    pub async fn set_upstreams(
        &self,
        domain: &DomainName,
        name: &RepositoryName,
        upstreams: &[RepositoryName],
    ) -> Result<Repository> {
        let list =
            upstreams.iter().map(|upstream| sdk::UpstreamRepository::builder().repository_name(upstream.as_str()));
        let list =
            list.map(|one| one.build()).collect::<std::result::Result<Vec<_>, _>>().map_err(Error::unexpected)?;
        let call = self.api.update_repository().domain(domain.as_str()).repository(name.as_str());
        // An empty list clears; none at all would leave it as it is.
        let call = call.set_upstreams(Some(list));
        let answer = call.customize().config_override(Self::once()).send().await?;
        in_full(name, answer.repository())
    }

    /// Gives the repository an external connection.
    pub async fn associate(
        &self,
        domain: &DomainName,
        name: &RepositoryName,
        to: PublicRegistry,
    ) -> Result<Repository> {
        let call = self.api.associate_external_connection().domain(domain.as_str()).repository(name.as_str());
        let call = call.external_connection(to.name());
        let answer = call.customize().config_override(Self::once()).send().await?;
        in_full(name, answer.repository())
    }

    /// Takes the repository's external connection away. What it has fetched stays.
    pub async fn disassociate(
        &self,
        domain: &DomainName,
        name: &RepositoryName,
        from: PublicRegistry,
    ) -> Result<Repository> {
        let call = self.api.disassociate_external_connection().domain(domain.as_str()).repository(name.as_str());
        let call = call.external_connection(from.name());
        let answer = call.customize().config_override(Self::once()).send().await?;
        in_full(name, answer.repository())
    }

    /// Deletes a repository with all that it holds.
    pub async fn delete_repository(&self, domain: &DomainName, name: &RepositoryName) -> Result<()> {
        let call = self.api.delete_repository().domain(domain.as_str()).repository(name.as_str());
        call.customize().config_override(Self::once()).send().await?;
        Ok(())
    }
}

fn in_full(name: &RepositoryName, repository: Option<&sdk::RepositoryDescription>) -> Result<Repository> {
    let repository = repository.ok_or_else(incomplete)?;
    Ok(Repository {
        name: name.clone(),
        description: repository.description().unwrap_or_default().to_owned(),
        administrator: account(repository.administrator_account()),
        arn: repository.arn().unwrap_or_default().to_owned(),
        created: seconds(repository.created_time()),
        upstreams: repository
            .upstreams()
            .iter()
            .filter_map(|upstream| repository_name(upstream.repository_name()))
            .collect(),
        external_connections: repository.external_connections().iter().map(external_connection).collect(),
        problem: None,
    })
}

fn names(repository: &sdk::RepositorySummary) -> Option<(DomainName, RepositoryName)> {
    let (domain, name) = (repository.domain_name()?, repository.name()?);
    Some((known(domain.parse(), "domain", domain)?, known(name.parse(), "repository", name)?))
}

fn summary(repository: &sdk::RepositorySummary) -> Option<Repository> {
    Some(Repository {
        name: repository_name(repository.name())?,
        description: repository.description().unwrap_or_default().to_owned(),
        administrator: account(repository.administrator_account()),
        arn: repository.arn().unwrap_or_default().to_owned(),
        created: seconds(repository.created_time()),
        upstreams: Vec::new(),
        external_connections: Vec::new(),
        problem: None,
    })
}

fn repository_name(name: Option<&str>) -> Option<RepositoryName> {
    let name = name?;
    known(name.parse(), "repository", name)
}

fn external_connection(connection: &sdk::RepositoryExternalConnectionInfo) -> ExternalConnection {
    ExternalConnection {
        name: connection.external_connection_name().unwrap_or_default().to_owned(),
        format: connection.package_format().and_then(format_from_sdk),
        status: connection.status().map(|status| status.as_str()).unwrap_or_default().to_owned(),
    }
}
