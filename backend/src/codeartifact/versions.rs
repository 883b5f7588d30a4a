//! Package versions: reading them, and copying them.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_codeartifact::operation::RequestId;
use aws_sdk_codeartifact::types::{PackageVersionError, SuccessfulPackageVersionInfo};
use shared::names::{DomainName, RepositoryName, Revision, VersionName};
use shared::package::PackageKey;
use shared::version::{PackageVersionStatus, VersionDetail, VersionSummary};
use tokio::sync::Mutex;

use super::convert::{self, format_to_sdk, known, seconds, status_from_sdk, status_to_sdk};
use super::domains::incomplete;
use super::{CodeArtifact, paging};
use crate::error::{Error, Result};

/// One page of a package's versions, in the order AWS tells them.
#[derive(Debug, Clone, Default)]
pub struct Versions {
    /// The version that CodeArtifact would show: npm's `latest`, else the one published last.
    pub shown: Option<VersionName>,
    /// The versions.
    pub versions: Vec<VersionSummary>,
    /// Asks for the next page.
    pub next: Option<String>,
}

/// What CodeArtifact says about the versions of a call. After a copy, a version that stands in neither map is in the
/// target already, they say; nobody should believe it without looking.
#[derive(Debug, Clone)]
pub struct BatchAnswer {
    /// Versions that it was done with.
    pub done: Vec<VersionName>,
    /// Versions that it was not, and why.
    pub failed: BTreeMap<VersionName, Failure>,
    /// AWS's id of the call.
    pub request_id: Option<String>,
}

/// Why it was not done with a version.
#[derive(Debug, Clone)]
pub struct Failure {
    /// Such as `MISMATCHED_REVISION`.
    pub code: String,
    /// In AWS's words.
    pub message: String,
}

impl BatchAnswer {
    /// What the two maps of an answer tell.
    pub(super) fn read(
        done: Option<HashMap<String, SuccessfulPackageVersionInfo>>,
        failed: Option<HashMap<String, PackageVersionError>>,
        request_id: Option<&str>,
    ) -> Self {
        let done =
            done.unwrap_or_default().into_keys().filter_map(|version| known(version.parse(), "version", &version));
        let failed = failed.unwrap_or_default().into_iter().filter_map(|(version, error)| {
            let failure = Failure {
                code: error.error_code().map(|code| code.as_str()).unwrap_or("UNKNOWN").to_owned(),
                message: error.error_message().unwrap_or("AWS gave no reason.").to_owned(),
            };
            Some((known(version.parse(), "version", &version)?, failure))
        });
        Self { done: done.collect(), failed: failed.collect(), request_id: request_id.map(str::to_owned) }
    }
}

impl CodeArtifact {
    /// One page of versions, those published last first. `size` is 1 to 1000.
    pub async fn list_versions(
        &self,
        domain: &DomainName,
        repository: &RepositoryName,
        package: &PackageKey,
        status: Option<PackageVersionStatus>,
        size: i32,
        next: Option<String>,
    ) -> Result<Versions> {
        let call = self.api.list_package_versions().domain(domain.as_str()).repository(repository.as_str());
        let call = call
            .format(format_to_sdk(package.format))
            .set_namespace(package.namespace.as_ref().map(ToString::to_string))
            .package(package.name.as_str())
            .set_status(status.map(status_to_sdk))
            .sort_by(aws_sdk_codeartifact::types::PackageVersionSortType::PublishedTime)
            .max_results(size)
            .set_next_token(next);
        let page = call.send().await?;
        let shown = page.default_display_version().filter(|version| !version.is_empty());
        Ok(Versions {
            shown: shown.and_then(|version| known(version.parse(), "version", version)),
            versions: page.versions().iter().filter_map(convert::version).collect(),
            next: page.next_token.filter(|next| !next.is_empty()),
        })
    }

    /// All versions of a package in one repository. Keeps to the quota, since many packages are asked about in a row.
    pub async fn all_versions(
        &self,
        domain: &DomainName,
        repository: &RepositoryName,
        package: &PackageKey,
    ) -> Result<Vec<VersionSummary>> {
        Ok(self.whole_package(domain, repository, package).await?.versions)
    }

    /// All versions of a package in one repository, and which of them CodeArtifact shows. Keeps to the quota.
    pub async fn whole_package(
        &self,
        domain: &DomainName,
        repository: &RepositoryName,
        package: &PackageKey,
    ) -> Result<Versions> {
        let shown = Mutex::new(None);
        let versions = paging::all(|token| async {
            let turn = self.version_lists.turn().await?;
            self.reads.turn().await?;
            let page = self.list_versions(domain, repository, package, None, paging::PAGE, token).await?;
            drop(turn);
            shown.lock().await.get_or_insert(page.shown);
            Ok((page.versions, page.next))
        })
        .await?;
        Ok(Versions { shown: shown.into_inner().flatten(), versions, next: None })
    }

    /// One version in full.
    pub async fn describe_version(
        &self,
        domain: &DomainName,
        repository: &RepositoryName,
        package: &PackageKey,
        version: &VersionName,
    ) -> Result<VersionDetail> {
        let call = self.api.describe_package_version().domain(domain.as_str()).repository(repository.as_str());
        let call = call
            .format(format_to_sdk(package.format))
            .set_namespace(package.namespace.as_ref().map(ToString::to_string))
            .package(package.name.as_str())
            .package_version(version.as_str());
        self.reads.turn().await?;
        let answer = call.send().await?;
        let detail = answer.package_version().ok_or_else(incomplete)?;
        let text = |text: Option<&str>| text.filter(|text| !text.is_empty()).map(str::to_owned);
        Ok(VersionDetail {
            summary: VersionSummary {
                version: version.clone(),
                revision: detail.revision().and_then(|revision| known(revision.parse(), "revision", revision)),
                status: detail.status().and_then(status_from_sdk),
                origin: convert::origin(detail.origin()),
            },
            display_name: text(detail.display_name()),
            description: text(detail.summary()),
            home_page: text(detail.home_page()),
            source_code_repository: text(detail.source_code_repository()),
            published: seconds(detail.published_time()),
            licenses: detail.licenses().iter().filter_map(|license| text(license.name())).collect(),
        })
    }

    /// Copies versions of one package, each only if it still has the content of its revision. Overwrites nothing.
    /// At most 100 versions (service model, `PackageVersionList`). Keeps to the quota, and never tries again by itself.
    pub async fn copy_versions(
        &self,
        domain: &DomainName,
        from: &RepositoryName,
        to: &RepositoryName,
        package: &PackageKey,
        versions: &[(VersionName, Revision)],
    ) -> Result<BatchAnswer> {
        let turn = self.copies.turn().await?;
        let pins = versions.iter().map(|(version, revision)| (version.to_string(), revision.to_string())).collect();
        let call = self.api.copy_package_versions().domain(domain.as_str());
        let call = call
            .source_repository(from.as_str())
            .destination_repository(to.as_str())
            .format(format_to_sdk(package.format))
            .set_namespace(package.namespace.as_ref().map(ToString::to_string))
            .package(package.name.as_str())
            .set_version_revisions(Some(pins));
        let answer = match call.customize().config_override(Self::once()).send().await {
            Ok(answer) => answer,
            Err(error) => {
                let error = Error::from(error);
                self.copies.heed(&error).await;
                return Err(error);
            }
        };
        drop(turn);
        let request_id = answer.request_id().map(str::to_owned);
        Ok(BatchAnswer::read(answer.successful_versions, answer.failed_versions, request_id.as_deref()))
    }
}
