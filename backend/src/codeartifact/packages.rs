//! Packages of one repository.

use std::collections::BTreeMap;

use aws_sdk_codeartifact::types as sdk;
use shared::format::PackageFormat;
use shared::names::{DomainName, Namespace, RepositoryName};
use shared::package::{PackageKey, PackagePage, PackageSummary};

use super::convert::{format_from_sdk, format_to_sdk, known, origin_control};
use super::{CodeArtifact, paging};
use crate::error::Result;

/// Which packages of a repository.
#[derive(Debug, Clone, Default)]
pub struct PackageFilter {
    /// Only this format.
    pub format: Option<PackageFormat>,
    /// Only namespaces that start with this; needs a format.
    pub namespace: Option<String>,
    /// Only names that start with this.
    pub prefix: Option<String>,
}

/// How many pages of a repository are counted: ten thousand packages.
const MOST_COUNTED_PAGES: usize = 10;

impl CodeArtifact {
    /// One page of a repository's packages. `size` is 1 to 1000.
    pub async fn list_packages(
        &self,
        domain: &DomainName,
        repository: &RepositoryName,
        filter: &PackageFilter,
        size: i32,
        next: Option<String>,
    ) -> Result<PackagePage> {
        let call = self.api.list_packages().domain(domain.as_str()).repository(repository.as_str()).max_results(size);
        let call = call
            .set_format(filter.format.map(format_to_sdk))
            .set_namespace(filter.namespace.clone())
            .set_package_prefix(filter.prefix.clone())
            .set_next_token(next);
        let page = call.send().await?;
        let packages = page.packages().iter().filter_map(summary).collect();
        Ok(PackagePage { packages, next: page.next_token.filter(|next| !next.is_empty()) })
    }

    /// All packages of a repository.
    pub async fn all_packages(&self, domain: &DomainName, repository: &RepositoryName) -> Result<Vec<PackageKey>> {
        paging::all(|token| async move {
            let page = self.list_packages(domain, repository, &PackageFilter::default(), paging::PAGE, token).await?;
            Ok((page.packages.into_iter().map(|summary| summary.package).collect(), page.next))
        })
        .await
    }

    /// How many packages of each format, most first, and whether there are more than were counted.
    pub async fn count_packages(
        &self,
        domain: &DomainName,
        repository: &RepositoryName,
    ) -> Result<(Vec<(PackageFormat, u32)>, bool)> {
        let mut counts = BTreeMap::<PackageFormat, u32>::new();
        let mut next = None;
        for _ in 0..MOST_COUNTED_PAGES {
            let page = self.list_packages(domain, repository, &PackageFilter::default(), paging::PAGE, next).await?;
            for package in &page.packages {
                *counts.entry(package.package.format).or_default() += 1;
            }
            next = page.next;
            if next.is_none() {
                break;
            }
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        Ok((counts, next.is_some()))
    }
}

fn summary(package: &sdk::PackageSummary) -> Option<PackageSummary> {
    let name = package.package().unwrap_or_default();
    Some(PackageSummary {
        package: PackageKey {
            format: package.format().and_then(format_from_sdk)?,
            namespace: namespace(package.namespace()),
            name: known(name.parse(), "package", name)?,
        },
        origin_control: origin_control(package.origin_configuration()),
    })
}

/// A namespace; AWS tells none as absent, null or empty.
pub(super) fn namespace(text: Option<&str>) -> Option<Namespace> {
    let text = text.filter(|text| !text.is_empty())?;
    known(text.parse(), "namespace", text)
}
