//! Whether two repositories hold the same content of a version.

use std::collections::BTreeMap;

use shared::names::{RepositoryName, Revision, VersionName};
use shared::package::PackageKey;
use shared::promotion::{DifferenceKind, FileDifference, FileFacts};
use shared::version::Asset;

use super::Route;
use crate::error::Result;

/// What the target holds of a version, next to the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InTarget {
    /// Nothing.
    Absent,
    /// The same content.
    Same,
    /// Other content: the files that differ; none when only metadata does.
    Different(Vec<FileDifference>),
}

impl Route<'_> {
    /// Compares the target's content with the source's, which is known by its revision. The same revision is the same
    /// content; another one may still hold the same files.
    ///
    /// # Errors
    /// When either cannot be read.
    pub async fn in_target(
        &self,
        package: &PackageKey,
        version: &VersionName,
        revision: Option<&Revision>,
    ) -> Result<InTarget> {
        let Self { codeartifact, domain, to, .. } = *self;
        let held = match codeartifact.describe_version(domain, to, package, version).await {
            Ok(detail) => detail.summary.revision,
            Err(error) if error.is_not_found() => return Ok(InTarget::Absent),
            Err(error) => return Err(error),
        };
        if revision.is_some() && held.as_ref() == revision {
            return Ok(InTarget::Same);
        }
        Ok(InTarget::Different(self.differing(to, package, version).await?))
    }

    /// The files of a version that differ between the source and another repository.
    ///
    /// # Errors
    /// When either cannot be read.
    pub async fn differing(
        &self,
        other: &RepositoryName,
        package: &PackageKey,
        version: &VersionName,
    ) -> Result<Vec<FileDifference>> {
        let Self { codeartifact, domain, from, .. } = *self;
        let (source, other) = tokio::try_join!(
            codeartifact.list_assets(domain, from, package, version),
            codeartifact.list_assets(domain, other, package, version)
        )?;
        Ok(differences(&source, &other))
    }
}

/// The files that differ, by name.
pub fn differences(source: &[Asset], target: &[Asset]) -> Vec<FileDifference> {
    let mut pairs = BTreeMap::<&str, (Option<&Asset>, Option<&Asset>)>::new();
    for asset in source {
        pairs.entry(&asset.name).or_default().0 = Some(asset);
    }
    for asset in target {
        pairs.entry(&asset.name).or_default().1 = Some(asset);
    }
    let kind = |pair| match pair {
        (Some(source), Some(target)) if same_bytes(source, target) => None,
        (Some(_), Some(_)) => Some(DifferenceKind::Changed),
        (Some(_), None) => Some(DifferenceKind::OnlyInSource),
        (None, _) => Some(DifferenceKind::OnlyInTarget),
    };
    pairs
        .into_iter()
        .filter_map(|(name, pair)| {
            let (source, target) = (pair.0.map(facts), pair.1.map(facts));
            Some(FileDifference { name: name.to_owned(), kind: kind(pair)?, source, target })
        })
        .collect()
}

fn facts(asset: &Asset) -> FileFacts {
    FileFacts { size: asset.size, sha256: asset.sha256().map(str::to_owned) }
}

/// By SHA-256. Files without it are taken for different: nobody is told "same" on a guess.
fn same_bytes(source: &Asset, target: &Asset) -> bool {
    source.sha256().is_some() && source.sha256() == target.sha256()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asset(name: &str, digest: Option<&str>) -> Asset {
        let hashes = digest.map(|digest| ("SHA-256".to_owned(), digest.to_owned())).into_iter().collect();
        Asset { name: name.to_owned(), size: 1, hashes }
    }

    #[test]
    fn files_are_compared_by_name_and_digest() {
        let source =
            [asset("same", Some("1")), asset("changed", Some("1")), asset("gone", Some("1")), asset("unknown", None)];
        let target =
            [asset("unknown", None), asset("new", Some("1")), asset("changed", Some("2")), asset("same", Some("1"))];
        let found = differences(&source, &target);
        let digest = |facts: &Option<FileFacts>| facts.as_ref().map(|facts| facts.sha256.clone());
        assert_eq!(digest(&found[0].source), Some(Some("1".to_owned())));
        assert_eq!(digest(&found[0].target), Some(Some("2".to_owned())));
        assert_eq!((digest(&found[1].target), digest(&found[3].source)), (None, Some(None)));
        let found: Vec<_> = found.iter().map(|difference| (difference.name.as_str(), difference.kind)).collect();
        assert_eq!(
            found,
            [
                ("changed", DifferenceKind::Changed),
                ("gone", DifferenceKind::OnlyInSource),
                ("new", DifferenceKind::OnlyInTarget),
                ("unknown", DifferenceKind::Changed),
            ]
        );
    }
}
