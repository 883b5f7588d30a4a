//! Publishing: what needs more than one call.

use bytes::Bytes;
use shared::api::{ArchiveQuery, AssetQuery, RepositoryPath};
use shared::archive::{self, Archive};
use shared::names::{Sha256, VersionName};
use shared::package::PackageKey;
use shared::publishing::{Published, Standing};
use shared::version::PackageVersionStatus;

use crate::codeartifact::{CodeArtifact, archives};
use crate::error::{Error, Kind, Result};
use crate::looking::{Look, until_settled};

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

/// A file whose publishing failed.
#[derive(Debug)]
pub struct Sought<'a> {
    /// Its package.
    pub package: PackageKey,
    /// Its version.
    pub version: &'a VersionName,
    /// Its name in the version.
    pub asset: &'a str,
    /// Of its content.
    pub sha256: &'a Sha256,
}

impl<'a> From<&'a AssetQuery> for Sought<'a> {
    fn from(asset: &'a AssetQuery) -> Self {
        Self { package: asset.key(), version: &asset.version, asset: asset.asset.as_str(), sha256: &asset.sha256 }
    }
}

impl<'a> From<&'a ArchiveQuery> for Sought<'a> {
    fn from(archive: &'a ArchiveQuery) -> Self {
        Self {
            package: archive.key(),
            version: &archive.version,
            asset: archives::asset_name(archive),
            sha256: &archive.sha256,
        }
    }
}

/// Reads an archive that has arrived, and refuses one that is not the version announced.
///
/// # Errors
/// `BadRequest` in words for the person who chose it.
pub async fn read(asked: &ArchiveQuery, bytes: Bytes) -> Result<Archive> {
    let file = asked.file.to_string();
    let read = tokio::task::spawn_blocking(move || archive::read(file.as_str(), &bytes));
    let refused = |error| Error::bad_request(format!("{} was not published. {error}", asked.file));
    let archive = read.await.map_err(Error::unexpected)?.map_err(refused)?;
    if archive.package != asked.key() || archive.version != asked.version {
        let (name, asked_name) = (archive.package.full_name(), asked.key().full_name());
        return Err(Error::bad_request(format!(
            "The file holds {name} {}, and {asked_name} {} was to be published. Nothing was published.",
            archive.version, asked.version
        )));
    }
    Ok(archive)
}

/// Finds out by reading what came of a file whose publishing failed: the answer may have been lost, and a conflict may be
/// with this very file, sent before.
///
/// # Errors
/// Why it was not published, or that it is not known whether it was.
pub async fn settle(
    codeartifact: &CodeArtifact,
    path: &RepositoryPath,
    sought: &Sought<'_>,
    error: Error,
) -> Result<Published> {
    if !error.kind.is_doubtful() && error.kind != Kind::Conflict {
        return Err(error);
    }
    let found = until_settled(|| async {
        match standing(codeartifact, path, &sought.package, sought.version).await {
            Ok(standing) => found(&standing, sought, error.kind),
            Err(_) => Look::Open(Found::Unread),
        }
    });
    match found.await {
        Found::This(status) => Ok(Published { status: Some(status) }),
        Found::Other | Found::Nothing | Found::Unread if error.kind == Kind::Conflict => Err(error),
        Found::Other => Err(with(error, "A file of this name with other content is there.")),
        Found::Nothing => Err(with(error, "The file is not there. It can be sent again: it cannot be there twice.")),
        Found::Unread => Err(with(error, "Whether the file arrived could not be read. Going on reads it first.")),
    }
}

/// What a look at the repository told of a file.
enum Found {
    /// This file is there.
    This(PackageVersionStatus),
    /// Another one of its name is there.
    Other,
    /// None of its name is.
    Nothing,
    /// It could not be read.
    Unread,
}

fn found(standing: &Standing, sought: &Sought<'_>, after: Kind) -> Look<Found> {
    let held = standing.assets.iter().find(|held| held.name == sought.asset);
    match (held, standing.status) {
        (Some(held), Some(status)) if held.sha256() == Some(sought.sha256.as_str()) => {
            Look::Settled(Found::This(status))
        }
        (Some(_), _) => Look::Settled(Found::Other),
        // A conflict is with what is there already.
        (None, _) if after == Kind::Conflict => Look::Settled(Found::Nothing),
        // It may take a moment to be seen.
        (None, _) => Look::Open(Found::Nothing),
    }
}

fn with(error: Error, more: &str) -> Error {
    Error { message: format!("{} {more}", error.message), ..error }
}
