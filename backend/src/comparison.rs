//! Comparing two repositories, now or at recorded times.

use std::str::FromStr;

use shared::api::{ComparisonQuery, VersionComparisonQuery};
use shared::comparison::{ComparedPackage, ComparisonPage, Side, VersionComparison, join};
use shared::format::PackageFormat;
use shared::inventory::ReadTime;
use shared::names::{DomainName, RepositoryName};
use shared::package::{PackageKey, Unread};

use crate::clock;
use crate::codeartifact::CodeArtifact;
use crate::error::{Error, Result};
use crate::inventory::Reading;
use crate::promotion::differences;
use crate::version_order::newest_first;

mod files;
mod lines;
mod pages;
pub use files::files;
use pages::Pair;

/// How many packages a page has at least, unless they are the last ones: while they are being read, it waits for so many.
const LEAST: usize = 200;

/// How many packages a page has at most.
const MOST: usize = 2000;

/// How many versions a page has at most, but for the versions of one package.
const MOST_VERSIONS: usize = 10_000;

/// Refuses a comparison that breaks a rule, before anything is read. Answers after which package the page begins.
///
/// # Errors
/// `BadRequest` with the rule.
pub fn check(query: &ComparisonQuery) -> Result<Option<PackageKey>> {
    if query.left == query.right {
        let words = "Both sides are the same repository at the same time. Choose another repository, or another time.";
        return Err(Error::bad_request(words));
    }
    let wrong = || Error::bad_request("`next` is not what the page before named. Start at the first page.");
    query.next.as_deref().map(|next| read_mark(next).ok_or_else(wrong)).transpose()
}

/// Refuses to look into files of earlier times.
///
/// # Errors
/// `BadRequest`.
pub fn check_now(sides: [&Side; 2]) -> Result<()> {
    match sides.into_iter().find(|side| side.time().is_some()) {
        None => Ok(()),
        Some(_) => Err(Error::bad_request(
            "What files a repository held at an earlier time is not recorded. Compare both repositories as they are now.",
        )),
    }
}

/// The page of the packages after `start`, with their versions on both sides, as soon as they have been read. A package
/// whose versions could not be read says so, and does not fail the page.
///
/// # Errors
/// When a side could not be listed.
pub async fn page(query: &ComparisonQuery, sides: [&Reading; 2], start: Option<PackageKey>) -> Result<ComparisonPage> {
    let [mut left, mut right] = sides.map(Reading::watch);
    loop {
        {
            let (left, right) = (left.borrow_and_update(), right.borrow_and_update());
            for (progress, side, name) in [(&left, &query.left, "left"), (&right, &query.right, "right")] {
                if let Some(error) = &progress.failed {
                    return Err(of_side(error.clone(), name, side.repository()));
                }
            }
            if let Some((packages, next)) = pages::page([&left, &right], start.as_ref()) {
                let packages = packages.into_iter().map(|pair| compared(query, pair)).collect();
                let next = next.as_ref().map(mark);
                let total = pages::total([&left.packages, &right.packages]);
                return Ok(ComparisonPage { packages, total, next, read_at: read_at(query, sides) });
            }
        }
        tokio::select! {
            changed = left.changed() => changed,
            changed = right.changed() => changed,
        }
        .map_err(Error::unexpected)?;
    }
}

/// When the older side of now was read, epoch seconds.
fn read_at(query: &ComparisonQuery, [left, right]: [&Reading; 2]) -> f64 {
    let sides = [(&query.left, left), (&query.right, right)];
    let of_now = sides.into_iter().filter(|(side, _)| side.time().is_none()).map(|(_, reading)| reading.read_at);
    of_now.min().map_or_else(clock::seconds, ReadTime::seconds)
}

/// A package with its versions on both sides, newest first.
fn compared(query: &ComparisonQuery, Pair { package, left, right }: Pair<'_>) -> ComparedPackage {
    let mut unread = Vec::new();
    let [left, right] = [(left, &query.left), (right, &query.right)].map(|(versions, side)| match versions {
        None => Vec::new(),
        Some(Ok(versions)) => versions.clone(),
        Some(Err(problem)) => {
            unread.push(Unread { repository: side.repository().clone(), problem: problem.clone() });
            Vec::new()
        }
    });
    let mut versions = join(left, right);
    newest_first(package.format, &mut versions, |version| &version.version);
    ComparedPackage { package: package.clone(), versions, unread }
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
fn of_side(error: Error, side: &str, repository: &RepositoryName) -> Error {
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
    fn marks_of_pages_are_read_back_and_no_others() {
        for text in ["npm//ui", "maven/com.acme/core", "generic/a%b/c"] {
            assert_eq!(mark(&key(text)), text);
        }
        for text in ["", "npm", "npm/ui", "npm//", "npm//a/b", "conda//ui"] {
            assert_eq!(read_mark(text), None, "{text}");
        }
    }
}
