//! Tags of domains and repositories.

use std::sync::Arc;

use shared::api::{DomainPath, ListDomainTags, ListRepositoryTags, RepositoryPath, SetDomainTags, SetRepositoryTags};
use shared::tag::{HeldTags, NewTags, Tag, TagChange};

use crate::api::check_tags;
use crate::app::AppState;
use crate::codeartifact::CodeArtifact;
use crate::error::{Error, Kind, Result};
use crate::extract::Asked;

/// The tags of a domain.
pub async fn of_domain(app: AppState, asked: Asked<ListDomainTags>) -> Result<HeldTags> {
    let codeartifact = app.connection(&asked.path.connection)?;
    codeartifact.list_tags(&domain_arn(codeartifact, &asked.path).await?).await
}

/// The tags of a repository.
pub async fn of_repository(app: AppState, asked: Asked<ListRepositoryTags>) -> Result<HeldTags> {
    let codeartifact = app.connection(&asked.path.connection)?;
    codeartifact.list_tags(&repository_arn(codeartifact, &asked.path).await?).await
}

/// Changes the tags of a domain. The work goes on if the browser goes away.
pub async fn set_domain(app: AppState, asked: Asked<SetDomainTags>) -> Result<HeldTags> {
    check_tags(&asked.body.tags)?;
    let codeartifact = Arc::clone(app.connection(&asked.path.connection)?);
    app.change(async move { set(&codeartifact, &domain_arn(&codeartifact, &asked.path).await?, &asked.body).await })
        .await
}

/// Changes the tags of a repository. The work goes on if the browser goes away.
pub async fn set_repository(app: AppState, asked: Asked<SetRepositoryTags>) -> Result<HeldTags> {
    check_tags(&asked.body.tags)?;
    let codeartifact = Arc::clone(app.connection(&asked.path.connection)?);
    let work = async move { set(&codeartifact, &repository_arn(&codeartifact, &asked.path).await?, &asked.body).await };
    app.change(work).await
}

async fn domain_arn(codeartifact: &CodeArtifact, path: &DomainPath) -> Result<String> {
    Ok(codeartifact.describe_domain(&path.domain).await?.arn)
}

async fn repository_arn(codeartifact: &CodeArtifact, path: &RepositoryPath) -> Result<String> {
    Ok(codeartifact.describe_repository(&path.domain, &path.repository).await?.arn)
}

/// Changes what differs, unless others were there than those seen: CodeArtifact itself has no such check.
async fn set(codeartifact: &CodeArtifact, arn: &str, new: &NewTags) -> Result<HeldTags> {
    let now = codeartifact.list_tags(arn).await?;
    if !TagChange::between(&new.seen, &now.tags).is_empty() {
        let told: Vec<String> = now.tags.iter().map(told).collect();
        let told = if told.is_empty() { "none".to_owned() } else { told.join(", ") };
        return Err(Error::new(
            Kind::Conflict,
            format!("The tags have changed since you saw them. They are now: {told}."),
        ));
    }
    codeartifact.change_tags(arn, &TagChange::between(&now.tags, &new.tags)).await?;
    codeartifact.list_tags(arn).await
}

fn told(tag: &Tag) -> String {
    format!("{}={}", tag.key, tag.value)
}
