//! Packages: of one repository, and across a domain.

use std::collections::BTreeMap;

use futures_util::{StreamExt, stream};
use shared::api::{DescribePackageMatrix, GlanceAtPackages, ListPackages, PackagesQuery, RepositoryPath};
use shared::format::PackageFormat;
use shared::names::{RepositoryName, VersionName};
use shared::package::{
    GlancePackages, MatrixRow, PackageGlance, PackageKey, PackageMatrix, PackagePage, PackageSummary, Unread,
};
use shared::version::{PackageVersionStatus, VersionSummary};

use crate::api::now;
use crate::api::versions::check_page;
use crate::app::AppState;
use crate::codeartifact::packages::PackageFilter;
use crate::codeartifact::versions::Versions;
use crate::codeartifact::{CodeArtifact, MOST_AT_ONCE};
use crate::error::{Error, Result};
use crate::extract::Asked;
use crate::version_order::newest_first;

/// How many packages a page has.
const PAGE: i32 = 1000;

/// How many packages a page has when each of them must be asked about.
const PAGE_BY_STATUS: i32 = 100;

/// How many versions of a package a glance reads.
const GLANCE: i32 = 1000;

/// Packages of one repository, page by page.
pub async fn list(app: AppState, asked: Asked<ListPackages>) -> Result<PackagePage> {
    let codeartifact = app.connection(&asked.path.connection)?;
    let RepositoryPath { domain, repository, .. } = &asked.path;
    check_page(asked.query.next.as_deref())?;
    let scope = asked.query.prefix.as_deref().and_then(whole_scope).map(str::to_owned);
    let size = if asked.query.status.is_some() { PAGE_BY_STATUS } else { PAGE };
    let (status, next) = (asked.query.status, asked.query.next.clone());
    let mut page = codeartifact.list_packages(domain, repository, &filter(&asked.query)?, size, next).await?;
    if let Some(scope) = scope {
        // AWS takes a namespace for the beginning of one; a scope with its slash is meant whole.
        page.packages.retain(|summary| summary.package.namespace.as_ref().is_some_and(|name| name.as_str() == scope));
    }
    if let Some(status) = status {
        page.packages = with_status(codeartifact, &asked.path, page.packages, status).await?;
    }
    Ok(page)
}

/// What AWS is asked for. `@scope/name` is how npm's users write a namespace and a name.
fn filter(query: &PackagesQuery) -> Result<PackageFilter> {
    let prefix = query.prefix.clone().filter(|prefix| !prefix.is_empty());
    if prefix.as_ref().is_some_and(|prefix| prefix.chars().count() > 255) {
        return Err(Error::bad_request("A package name has at most 255 characters."));
    }
    let Some(scoped) = prefix.as_deref().and_then(|prefix| prefix.strip_prefix('@')) else {
        return Ok(PackageFilter { format: query.format, namespace: None, prefix });
    };
    let (namespace, prefix) = scoped.split_once('/').unwrap_or((scoped, ""));
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Ok(PackageFilter {
        format: query.format.or(Some(PackageFormat::Npm)),
        namespace: some(namespace),
        prefix: some(prefix),
    })
}

/// The scope of `@scope/…`, once it is written out.
fn whole_scope(prefix: &str) -> Option<&str> {
    prefix.strip_prefix('@')?.split_once('/').map(|(scope, _)| scope)
}

async fn with_status(
    codeartifact: &CodeArtifact,
    path: &RepositoryPath,
    packages: Vec<PackageSummary>,
    status: PackageVersionStatus,
) -> Result<Vec<PackageSummary>> {
    let checked = stream::iter(packages).map(|summary| async {
        let read = codeartifact.list_versions(&path.domain, &path.repository, &summary.package, Some(status), 1, None);
        let has = match read.await {
            Ok(page) => !page.versions.is_empty(),
            Err(error) if error.is_not_found() => false,
            Err(error) => return Err(error),
        };
        Ok(has.then_some(summary))
    });
    let checked: Vec<Result<Option<PackageSummary>>> = checked.buffered(MOST_AT_ONCE).collect().await;
    checked.into_iter().filter_map(Result::transpose).collect()
}

/// The versions at a glance of some packages, in the order asked.
pub async fn glance(app: AppState, asked: Asked<GlanceAtPackages>) -> Result<Vec<PackageGlance>> {
    if asked.body.packages.len() > GlancePackages::MOST {
        return Err(Error::bad_request(format!("At most {} packages are asked for at once.", GlancePackages::MOST)));
    }
    let codeartifact = app.connection(&asked.path.connection)?;
    let glances = stream::iter(asked.body.packages).map(|package| glance_at(codeartifact, &asked.path, package));
    Ok(glances.buffered(MOST_AT_ONCE).collect().await)
}

async fn glance_at(codeartifact: &CodeArtifact, path: &RepositoryPath, package: PackageKey) -> PackageGlance {
    let read = codeartifact.list_versions(&path.domain, &path.repository, &package, None, GLANCE, None).await;
    let (page, problem) = match read {
        Ok(page) => (page, None),
        Err(error) => (Versions::default(), Some(error.problem())),
    };
    let mut statuses = BTreeMap::new();
    for status in page.versions.iter().filter_map(|version| version.status) {
        *statuses.entry(status).or_default() += 1;
    }
    PackageGlance { shown: shown(package.format, &page), statuses, more: page.next.is_some(), package, problem }
}

/// The version that AWS would show, else the newest published one of the page.
pub fn shown(format: PackageFormat, page: &Versions) -> Option<VersionSummary> {
    if let Some(told) = page.versions.iter().find(|version| Some(&version.version) == page.shown.as_ref()) {
        return Some(told.clone());
    }
    let is_published = |version: &&VersionSummary| version.status == Some(PackageVersionStatus::Published);
    let mut published: Vec<_> = page.versions.iter().filter(is_published).cloned().collect();
    newest_first(format, &mut published, |version| &version.version);
    published.into_iter().next()
}

/// A package across all repositories of the domain.
pub async fn matrix(app: AppState, asked: Asked<DescribePackageMatrix>) -> Result<PackageMatrix> {
    let (read_at, path, package) = (now(), &asked.path, asked.query.key());
    let codeartifact = app.connection(&path.connection)?;
    let repositories = codeartifact.list_repositories(&path.domain).await?;
    let reads = stream::iter(repositories).map(|repository| async {
        let versions = codeartifact.all_versions(&path.domain, &repository.name, &package).await;
        (repository.name, versions)
    });
    let mut matrix = PackageMatrix {
        package: package.clone(),
        repositories: Vec::new(),
        versions: Vec::new(),
        unread: Vec::new(),
        read_at,
    };
    let mut cells = BTreeMap::<VersionName, BTreeMap<RepositoryName, VersionSummary>>::new();
    for (repository, read) in reads.buffered(MOST_AT_ONCE).collect::<Vec<_>>().await {
        match read {
            Ok(versions) if versions.is_empty() => {}
            Ok(versions) => {
                for version in versions {
                    cells.entry(version.version.clone()).or_default().insert(repository.clone(), version);
                }
                matrix.repositories.push(repository);
            }
            Err(error) if error.is_not_found() => {}
            Err(error) => matrix.unread.push(Unread { repository, problem: error.problem() }),
        }
    }
    if cells.is_empty() && matrix.unread.is_empty() {
        let name = package.full_name();
        return Err(Error::not_found(format!(
            "No repository of {} holds the {} package {name}.",
            path.domain, package.format
        )));
    }
    matrix.versions = cells.into_iter().map(|(version, cells)| MatrixRow { version, cells }).collect();
    newest_first(package.format, &mut matrix.versions, |row| &row.version);
    Ok(matrix)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter_for(prefix: &str) -> (Option<PackageFormat>, Option<String>, Option<String>) {
        let filter = filter(&PackagesQuery { prefix: Some(prefix.to_owned()), ..PackagesQuery::default() }).unwrap();
        (filter.format, filter.namespace, filter.prefix)
    }

    #[test]
    fn an_npm_name_is_split_as_aws_keeps_it() {
        let npm = Some(PackageFormat::Npm);
        assert_eq!(filter_for("@acme/u"), (npm, Some("acme".into()), Some("u".into())));
        assert_eq!(filter_for("@ac"), (npm, Some("ac".into()), None));
        assert_eq!(filter_for("@"), (npm, None, None));
        assert_eq!(filter_for("lod"), (None, None, Some("lod".into())));
        assert_eq!(filter_for(""), (None, None, None));
    }
}
