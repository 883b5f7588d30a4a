//! Permissions policies of domains and repositories.

use std::sync::Arc;

use futures_util::{StreamExt, stream};
use shared::api::{
    DeleteDomainPolicy, DeleteRepositoryPolicy, GetDomainPolicy, GetRepositoryPolicy, GlanceAtPolicies,
    SetDomainPolicy, SetRepositoryPolicy,
};
use shared::permission::{GlancePolicies, NewPolicy, Policy, PolicyGlance, SeenPolicy};

use crate::app::AppState;
use crate::codeartifact::permissions::Holder;
use crate::codeartifact::{CodeArtifact, MOST_AT_ONCE};
use crate::error::{Error, Kind, Result};
use crate::extract::Asked;

/// The policy of a domain; none where it has none.
pub async fn of_domain(app: AppState, asked: Asked<GetDomainPolicy>) -> Result<Option<Policy>> {
    read(app.connection(&asked.path.connection)?, Holder::Domain(&asked.path.domain)).await
}

/// The policy of a repository; none where it has none.
pub async fn of_repository(app: AppState, asked: Asked<GetRepositoryPolicy>) -> Result<Option<Policy>> {
    let path = &asked.path;
    read(app.connection(&path.connection)?, Holder::Repository(&path.domain, &path.repository)).await
}

/// Replaces the policy of a domain, or gives it one. The work goes on if the browser goes away.
pub async fn set_of_domain(app: AppState, asked: Asked<SetDomainPolicy>) -> Result<Policy> {
    let codeartifact = Arc::clone(app.connection(&asked.path.connection)?);
    app.change(async move { set(&codeartifact, Holder::Domain(&asked.path.domain), &asked.body).await }).await
}

/// Replaces the policy of a repository, or gives it one. The work goes on if the browser goes away.
pub async fn set_of_repository(app: AppState, asked: Asked<SetRepositoryPolicy>) -> Result<Policy> {
    let codeartifact = Arc::clone(app.connection(&asked.path.connection)?);
    let work = async move {
        let path = &asked.path;
        set(&codeartifact, Holder::Repository(&path.domain, &path.repository), &asked.body).await
    };
    app.change(work).await
}

/// Deletes the policy of a domain. The work goes on if the browser goes away.
pub async fn delete_of_domain(app: AppState, asked: Asked<DeleteDomainPolicy>) -> Result<()> {
    let codeartifact = Arc::clone(app.connection(&asked.path.connection)?);
    let work = async move {
        let holder = Holder::Domain(&asked.path.domain);
        let deleted = codeartifact.delete_policy(holder, &asked.query.revision).await;
        deleted.map_err(|error| in_our_words(error, holder))
    };
    app.change(work).await
}

/// Deletes the policy of a repository. The work goes on if the browser goes away.
pub async fn delete_of_repository(app: AppState, asked: Asked<DeleteRepositoryPolicy>) -> Result<()> {
    let codeartifact = Arc::clone(app.connection(&asked.path.connection)?);
    let work = async move {
        let holder = Holder::Repository(&asked.path.domain, &asked.path.repository);
        let deleted = codeartifact.delete_policy(holder, &asked.query.revision).await;
        deleted.map_err(|error| in_our_words(error, holder))
    };
    app.change(work).await
}

/// The policies of some repositories, in the order asked. One that cannot be read does not fail the others.
pub async fn glance(app: AppState, asked: Asked<GlanceAtPolicies>) -> Result<Vec<PolicyGlance>> {
    let repositories = asked.body.repositories;
    if repositories.len() > GlancePolicies::MOST {
        let most = GlancePolicies::MOST;
        return Err(Error::bad_request(format!("The policies of at most {most} repositories are read at once.")));
    }
    let codeartifact = app.connection(&asked.path.connection)?;
    let domain = &asked.path.domain;
    let glances = stream::iter(repositories).map(async |repository| {
        match codeartifact.policy(Holder::Repository(domain, &repository)).await {
            Ok(policy) => PolicyGlance { repository, policy, problem: None },
            Err(error) => PolicyGlance { repository, policy: None, problem: Some(error.problem()) },
        }
    });
    Ok(glances.buffered(MOST_AT_ONCE).collect().await)
}

/// The policy; none where the holder has none, and `NotFound` where there is no such holder.
async fn read(codeartifact: &CodeArtifact, holder: Holder<'_>) -> Result<Option<Policy>> {
    if let Some(policy) = codeartifact.policy(holder).await? {
        return Ok(Some(policy));
    }
    match codeartifact.is_there(holder).await {
        Err(error) if error.is_not_found() => Err(error),
        // Who may not describe it was told all the same that it has no policy.
        Ok(()) | Err(_) => Ok(None),
    }
}

/// Puts the policy unless it has changed since it was seen. Where a revision was seen, CodeArtifact itself sees to
/// that. Where there was none, it has nothing to compare: it is read before, and a moment between the two stays.
async fn set(codeartifact: &CodeArtifact, holder: Holder<'_>, new: &NewPolicy) -> Result<Policy> {
    let revision = match &new.seen {
        Some(SeenPolicy { revision: Some(revision), .. }) => Some(revision.clone()),
        seen => {
            let now = codeartifact.policy(holder).await?;
            if now.as_ref().map(|now| &now.document) != seen.as_ref().map(|seen| &seen.document) {
                return Err(Error::new(Kind::Conflict, changed(holder)));
            }
            now.and_then(|now| now.revision)
        }
    };
    let put = codeartifact.put_policy(holder, &new.document, revision.as_ref()).await;
    put.map_err(|error| in_our_words(error, holder))
}

/// A conflict says what to do; CodeArtifact's own words name only a revision.
fn in_our_words(error: Error, holder: Holder<'_>) -> Error {
    match error.kind {
        Kind::Conflict => Error { message: changed(holder), ..error },
        _ => error,
    }
}

fn changed(holder: Holder<'_>) -> String {
    format!("The policy of {holder} has changed since you saw it. Nothing was written. Look at what stands there now.")
}
