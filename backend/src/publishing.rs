//! Publishing: what needs more than one call.

use shared::api::{AssetQuery, RepositoryPath};
use shared::names::VersionName;
use shared::package::PackageKey;
use shared::publishing::{Published, Standing};

use crate::codeartifact::CodeArtifact;
use crate::error::{Error, Kind, Result};

/// What a repository holds of a version.
///
/// # Errors
/// `NotFound` where there is no such repository; what AWS answers.
pub async fn standing(
    codeartifact: &CodeArtifact,
    path: &RepositoryPath,
    package: &PackageKey,
    version: &VersionName,
) -> Result<Standing> {
    let RepositoryPath { domain, repository, .. } = path;
    // AWS says the same for "no repository" and for "no version"; only the first is an error here.
    codeartifact.describe_repository(domain, repository).await?;
    let detail = there(codeartifact.describe_version(domain, repository, package, version).await)?;
    let assets = match detail {
        Some(_) => there(codeartifact.list_assets(domain, repository, package, version).await)?,
        None => None,
    };
    Ok(Standing {
        status: detail.and_then(|detail| detail.summary.status),
        assets: assets.unwrap_or_default(),
        origin_control: there(codeartifact.origin_control(domain, repository, package).await)?.flatten(),
    })
}

fn there<T>(read: Result<T>) -> Result<Option<T>> {
    match read {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(error),
    }
}

/// Finds out by reading what came of a file whose publishing failed: the answer may have been lost, and a conflict may be
/// with this very file, sent before.
///
/// # Errors
/// Why it was not published, or that it is not known whether it was.
pub async fn settle(
    codeartifact: &CodeArtifact,
    path: &RepositoryPath,
    asset: &AssetQuery,
    error: Error,
) -> Result<Published> {
    if !error.kind.is_doubtful() && error.kind != Kind::Conflict {
        return Err(error);
    }
    match standing(codeartifact, path, &asset.key(), &asset.version).await {
        Ok(standing) => {
            let is_this = |sha256: Option<&str>| sha256 == Some(asset.sha256.as_str());
            let arrived =
                standing.assets.iter().any(|held| held.name == asset.asset.as_str() && is_this(held.sha256()));
            match standing.status {
                Some(status) if arrived => Ok(Published { status: Some(status) }),
                _ if error.kind == Kind::Conflict => Err(error),
                _ => Err(with(error, "The file is not there. It can be sent again: it cannot be there twice.")),
            }
        }
        Err(_) if error.kind == Kind::Conflict => Err(error),
        Err(_) => Err(with(error, "Whether the file arrived could not be read. Going on reads it first.")),
    }
}

fn with(error: Error, more: &str) -> Error {
    Error { message: format!("{} {more}", error.message), ..error }
}
