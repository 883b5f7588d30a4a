//! Repositories, with what feeds them.

use aws_sdk_codeartifact::types as sdk;
use shared::names::{DomainName, RepositoryName};
use shared::repository::{ExternalConnection, Repository};

use super::convert::{account, format_from_sdk, known, seconds};
use super::domains::incomplete;
use super::{CodeArtifact, paging};
use crate::error::Result;

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

    /// One repository in full.
    pub async fn describe_repository(&self, domain: &DomainName, name: &RepositoryName) -> Result<Repository> {
        let call = self.api.describe_repository().domain(domain.as_str()).repository(name.as_str());
        let answer = call.send().await?;
        let repository = answer.repository().ok_or_else(incomplete)?;
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
