//! What a package version holds: files, dependencies, a readme.

use std::sync::Arc;
use std::time::Duration;

use aws_sdk_codeartifact::types as sdk;
use shared::names::{AssetName, DomainName, RepositoryName, VersionName};
use shared::package::PackageKey;
use shared::version::{Asset, Dependency};

use super::convert::{format_to_sdk, known};
use super::packages::namespace;
use super::{CodeArtifact, paging};
use crate::error::{Error, Kind, Result};

/// How long a file may take to arrive.
const LONGEST_BODY: Duration = Duration::from_secs(60);

/// What is said when it does not.
const BROKEN: &str = "AWS sent only a part of the file. Try again.";

/// Digests, weakest first.
const ALGORITHMS: [&str; 4] = ["MD5", "SHA-1", "SHA-256", "SHA-512"];

impl CodeArtifact {
    /// The files of a version, by name. Keeps to the quota, since a plan asks about many.
    pub async fn list_assets(
        &self,
        domain: &DomainName,
        repository: &RepositoryName,
        package: &PackageKey,
        version: &VersionName,
    ) -> Result<Vec<Asset>> {
        let mut assets = paging::all(|token| async move {
            let call = self.api.list_package_version_assets().domain(domain.as_str()).repository(repository.as_str());
            let call = call
                .format(format_to_sdk(package.format))
                .set_namespace(package.namespace.as_ref().map(ToString::to_string))
                .package(package.name.as_str())
                .package_version(version.as_str())
                .max_results(paging::PAGE)
                .set_next_token(token);
            let turn = self.asset_lists.turn().await?;
            self.reads.turn().await?;
            let page = call.send().await?;
            drop(turn);
            Ok((page.assets().iter().map(asset).collect(), page.next_token))
        })
        .await?;
        assets.sort_by(|a: &Asset, b| a.name.cmp(&b.name));
        Ok(assets)
    }

    /// The bytes of a file of a version.
    ///
    /// # Errors
    /// `TooLarge` when there are more than `most`.
    pub async fn get_asset(
        &self,
        domain: &DomainName,
        repository: &RepositoryName,
        package: &PackageKey,
        version: &VersionName,
        asset: &AssetName,
        most: u64,
    ) -> Result<Vec<u8>> {
        let call = self.api.get_package_version_asset().domain(domain.as_str()).repository(repository.as_str());
        let call = call
            .format(format_to_sdk(package.format))
            .set_namespace(package.namespace.as_ref().map(ToString::to_string))
            .package(package.name.as_str())
            .package_version(version.as_str())
            .asset(asset.as_str());
        let mut body = call.send().await?.asset;
        let broken = |cause| Error { cause: Some(Arc::new(cause)), ..Error::new(Kind::Unreachable, BROKEN) };
        let read = async move {
            let mut bytes = Vec::new();
            while let Some(piece) = body.try_next().await.map_err(broken)? {
                if bytes.len() as u64 + piece.len() as u64 > most {
                    return Err(Error::new(Kind::TooLarge, format!("{asset} of {repository} is too large.")));
                }
                bytes.extend_from_slice(&piece);
            }
            Ok(bytes)
        };
        tokio::time::timeout(LONGEST_BODY, read).await.unwrap_or_else(|_| Err(Error::new(Kind::Unreachable, BROKEN)))
    }

    /// The direct dependencies of a version, in the order AWS tells them.
    pub async fn list_dependencies(
        &self,
        domain: &DomainName,
        repository: &RepositoryName,
        package: &PackageKey,
        version: &VersionName,
    ) -> Result<Vec<Dependency>> {
        paging::all(|token| async move {
            let call = self.api.list_package_version_dependencies().domain(domain.as_str());
            let call = call
                .repository(repository.as_str())
                .format(format_to_sdk(package.format))
                .set_namespace(package.namespace.as_ref().map(ToString::to_string))
                .package(package.name.as_str())
                .package_version(version.as_str())
                .set_next_token(token);
            self.reads.turn().await?;
            let page = call.send().await?;
            Ok((page.dependencies().iter().filter_map(dependency).collect(), page.next_token))
        })
        .await
    }

    /// The readme of a version as the package brings it.
    pub async fn get_readme(
        &self,
        domain: &DomainName,
        repository: &RepositoryName,
        package: &PackageKey,
        version: &VersionName,
    ) -> Result<String> {
        let call = self.api.get_package_version_readme().domain(domain.as_str()).repository(repository.as_str());
        let call = call
            .format(format_to_sdk(package.format))
            .set_namespace(package.namespace.as_ref().map(ToString::to_string))
            .package(package.name.as_str())
            .package_version(version.as_str());
        Ok(call.send().await?.readme.unwrap_or_default())
    }
}

fn asset(asset: &sdk::AssetSummary) -> Asset {
    let told = asset.hashes();
    let digest = |name: &str| told.and_then(|hashes| hashes.get(&sdk::HashAlgorithm::from(name))).cloned();
    Asset {
        name: asset.name().to_owned(),
        size: asset.size().and_then(|size| u64::try_from(size).ok()).unwrap_or(0),
        hashes: ALGORITHMS.into_iter().filter_map(|name| Some((name.to_owned(), digest(name)?))).collect(),
    }
}

fn dependency(dependency: &sdk::PackageDependency) -> Option<Dependency> {
    let name = dependency.package().unwrap_or_default();
    Some(Dependency {
        namespace: namespace(dependency.namespace()),
        package: known(name.parse(), "dependency", name)?,
        kind: dependency.dependency_type().filter(|kind| !kind.is_empty()).map(str::to_owned),
        requirement: dependency.version_requirement().unwrap_or_default().to_owned(),
    })
}
