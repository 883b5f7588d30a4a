//! Comparing two repositories: what takes more than one call.

use std::collections::BTreeMap;
use std::str::FromStr;

use futures_util::{StreamExt, stream};
use shared::api::{ComparisonQuery, VersionComparisonQuery};
use shared::comparison::{ComparedPackage, ComparisonPage, Side, VersionComparison, join};
use shared::format::PackageFormat;
use shared::names::{DomainName, RepositoryName};
use shared::package::{PackageKey, Unread};
use shared::version::VersionSummary;

use crate::codeartifact::{CodeArtifact, MOST_AT_ONCE};
use crate::error::{Error, Result};
use crate::promotion::differences;
use crate::version_order::newest_first;

mod files;
mod lines;
pub use files::files;

/// How many packages a page has: up to twice as many calls, which take CodeArtifact's quota two seconds.
const PAGE: usize = 200;

/// A package, and which of the two sides have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    package: PackageKey,
    left: bool,
    right: bool,
}

/// Refuses a comparison that breaks a rule, before AWS is asked anything. Answers after which package the page begins.
///
/// # Errors
/// `BadRequest` with the rule.
pub fn check(query: &ComparisonQuery) -> Result<Option<PackageKey>> {
    if query.left == query.right {
        return Err(Error::bad_request("Both sides are the same repository. Choose another one for one of them."));
    }
    let wrong = || Error::bad_request("`next` is not what the page before named. Start at the first page.");
    query.next.as_deref().map(|next| read_mark(next).ok_or_else(wrong)).transpose()
}

/// All packages that at least one side has, in their order.
pub fn packages(left: &[PackageKey], right: &[PackageKey]) -> Vec<Listed> {
    let mut sides = BTreeMap::<&PackageKey, (bool, bool)>::new();
    left.iter().for_each(|package| sides.entry(package).or_default().0 = true);
    right.iter().for_each(|package| sides.entry(package).or_default().1 = true);
    sides.into_iter().map(|(package, (left, right))| Listed { package: package.clone(), left, right }).collect()
}

/// The page of the packages after `start`, with their versions on both sides. A package whose versions could not be
/// read says so, and does not fail the page.
pub async fn page(
    codeartifact: &CodeArtifact,
    domain: &DomainName,
    query: &ComparisonQuery,
    packages: &[Listed],
    start: Option<PackageKey>,
    read_at: f64,
) -> Result<ComparisonPage> {
    let begin = start.map_or(0, |start| packages.partition_point(|listed| listed.package <= start));
    let end = (begin + PAGE).min(packages.len());
    let next = (end < packages.len()).then(|| mark(&packages[end - 1].package));
    // Boxed: two calls of the SDK side by side are too large for the stack of a small thread.
    let reads = packages[begin..end].iter().cloned();
    let reads = stream::iter(reads).map(|listed| Box::pin(compared(codeartifact, domain, query, listed)));
    let compared = reads.buffered(MOST_AT_ONCE).collect().await;
    Ok(ComparisonPage { packages: compared, total: packages.len(), next, read_at })
}

/// A package with its versions on both sides, newest first.
async fn compared(
    codeartifact: &CodeArtifact,
    domain: &DomainName,
    query: &ComparisonQuery,
    listed: Listed,
) -> ComparedPackage {
    let Listed { package, left, right } = listed;
    let (left, right) = tokio::join!(
        held(codeartifact, domain, left.then_some(&query.left), &package),
        held(codeartifact, domain, right.then_some(&query.right), &package)
    );
    let mut unread = Vec::new();
    let [left, right] = [left, right].map(|read| {
        read.unwrap_or_else(|one| {
            unread.push(one);
            Vec::new()
        })
    });
    let mut versions = join(left, right);
    newest_first(package.format, &mut versions, |version| &version.version);
    ComparedPackage { package, versions, unread }
}

/// The versions that a side holds; none where it does not have the package, or no longer.
async fn held(
    codeartifact: &CodeArtifact,
    domain: &DomainName,
    side: Option<&Side>,
    package: &PackageKey,
) -> std::result::Result<Vec<VersionSummary>, Unread> {
    let Some(repository) = side.map(Side::repository) else { return Ok(Vec::new()) };
    match codeartifact.all_versions(domain, repository, package).await {
        Ok(versions) => Ok(versions),
        Err(error) if error.is_not_found() => Ok(Vec::new()),
        Err(error) => Err(Unread { repository: repository.clone(), problem: error.problem() }),
    }
}

/// The files of a version on both sides: those that are not the same, by their SHA-256.
///
/// # Errors
/// `NotFound` when a side does not hold it.
pub async fn versions(
    codeartifact: &CodeArtifact,
    domain: &DomainName,
    query: &VersionComparisonQuery,
    read_at: f64,
) -> Result<VersionComparison> {
    let package = query.key();
    let (left, right) = tokio::try_join!(
        codeartifact.list_assets(domain, query.left.repository(), &package, &query.version),
        codeartifact.list_assets(domain, query.right.repository(), &package, &query.version)
    )?;
    let files = differences(&left, &right);
    let same = left.len() - files.iter().filter(|file| file.source.is_some()).count();
    Ok(VersionComparison { files, same, read_at })
}

/// The error of one side, with the side in its words.
pub fn of_side(error: Error, side: &str, repository: &RepositoryName) -> Error {
    Error { message: format!("{repository}, on the {side}, could not be listed: {}", error.message), ..error }
}

/// Names the last package of a page. Neither part holds a slash (service model, `PackageNamespace`, `PackageName`).
fn mark(package: &PackageKey) -> String {
    let namespace = package.namespace.as_ref().map(|namespace| namespace.as_str()).unwrap_or_default();
    format!("{}/{namespace}/{}", package.format, package.name)
}

fn read_mark(text: &str) -> Option<PackageKey> {
    let mut parts = text.split('/');
    let format = PackageFormat::from_str(parts.next()?).ok()?;
    let namespace = parts.next().filter(|namespace| !namespace.is_empty());
    let namespace = namespace.map(str::parse).transpose().ok()?;
    let name = parts.next()?.parse().ok()?;
    parts.next().is_none().then_some(PackageKey { format, namespace, name })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(mark: &str) -> PackageKey {
        read_mark(mark).unwrap()
    }

    #[test]
    fn a_package_stands_there_once_with_the_sides_that_have_it() {
        let [both, first, last] = ["npm/acme/ui", "npm//ui", "pypi//ui"].map(key);
        let listed = packages(&[last.clone(), both.clone()], &[both.clone(), first.clone()]);
        let found: Vec<_> = listed.iter().map(|one| (&one.package, one.left, one.right)).collect();
        assert_eq!(found, [(&first, false, true), (&both, true, true), (&last, true, false)]);
    }

    #[test]
    fn marks_of_pages_are_read_back_and_no_others() {
        for text in ["npm//ui", "maven/com.acme/core", "generic/a%b/c"] {
            assert_eq!(mark(&key(text)), text);
        }
        for text in ["", "npm", "npm/ui", "npm//", "npm//a/b", "conda//ui"] {
            assert_eq!(read_mark(text), None, "{text}");
        }
    }
}
