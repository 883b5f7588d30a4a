//! The status of package versions: changed, disposed, deleted.

use std::collections::HashMap;

use aws_sdk_codeartifact::operation::RequestId;
use shared::names::{DomainName, RepositoryName};
use shared::package::PackageKey;
use shared::status::{Batch, Step};

use super::convert::{format_to_sdk, status_to_sdk};
use super::{BatchAnswer, CodeArtifact};
use crate::error::Result;

impl CodeArtifact {
    /// Changes the status of the versions of a batch, disposes them or deletes them, if all of them still are what was
    /// seen. Never tries again by itself.
    pub async fn change_status(
        &self,
        domain: &DomainName,
        repository: &RepositoryName,
        package: &PackageKey,
        step: Step,
        batch: &Batch,
    ) -> Result<BatchAnswer> {
        let (format, expected) = (format_to_sdk(package.format), status_to_sdk(batch.expected));
        let namespace = package.namespace.as_ref().map(ToString::to_string);
        let (package, versions) = (package.name.as_str(), Some(names(batch)));
        let (domain, repository, once) = (domain.as_str(), repository.as_str(), Self::once());
        Ok(match (step, step.target()) {
            (Step::Delete, _) | (_, None) => {
                let call = self.api.delete_package_versions().domain(domain).repository(repository).format(format);
                let call = call.set_namespace(namespace).package(package).set_versions(versions);
                let answer = call.expected_status(expected).customize().config_override(once).send().await?;
                let request_id = answer.request_id().map(str::to_owned);
                BatchAnswer::read(answer.successful_versions, answer.failed_versions, request_id.as_deref())
            }
            (Step::Dispose, _) => {
                let call = self.api.dispose_package_versions().domain(domain).repository(repository).format(format);
                let call = call.set_namespace(namespace).package(package).set_versions(versions);
                let call = call.expected_status(expected).set_version_revisions(pins(batch));
                let answer = call.customize().config_override(once).send().await?;
                let request_id = answer.request_id().map(str::to_owned);
                BatchAnswer::read(answer.successful_versions, answer.failed_versions, request_id.as_deref())
            }
            (Step::Publish | Step::Unlist | Step::Archive, Some(target)) => {
                let call = self.api.update_package_versions_status().domain(domain).repository(repository);
                let call = call.format(format).set_namespace(namespace).package(package).set_versions(versions);
                let call = call.expected_status(expected).target_status(status_to_sdk(target));
                let answer = call.set_version_revisions(pins(batch)).customize().config_override(once).send().await?;
                let request_id = answer.request_id().map(str::to_owned);
                BatchAnswer::read(answer.successful_versions, answer.failed_versions, request_id.as_deref())
            }
        })
    }
}

fn names(batch: &Batch) -> Vec<String> {
    batch.versions.iter().map(|(version, _)| version.to_string()).collect()
}

/// The content that the versions must still have; none where it was not seen.
fn pins(batch: &Batch) -> Option<HashMap<String, String>> {
    let pinned = batch.versions.iter().filter_map(|(version, revision)| Some((version, revision.as_ref()?)));
    let pins: HashMap<_, _> = pinned.map(|(version, revision)| (version.to_string(), revision.to_string())).collect();
    (!pins.is_empty()).then_some(pins)
}
