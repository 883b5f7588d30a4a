//! Which npm dist-tags a copy would move.
//!
//! "When you copy npm package versions, all dist-tags that point to a copied version are copied, and overwrite equally
//! named tags in the destination" (user guide, "Copy packages between repositories").

use std::collections::BTreeMap;

use shared::format::PackageFormat;
use shared::names::VersionName;
use shared::package::PackageKey;
use shared::problem::Problem;
use shared::promotion::TagMove;

use super::Route;

/// Tags that would change, or why that cannot be told.
pub type TagMoves = Result<Vec<TagMove>, Problem>;

/// Every tag of the source that the target has not, or has elsewhere. Which of them move depends on what is copied.
pub async fn tag_moves(route: Route<'_>, package: &PackageKey) -> TagMoves {
    if package.format != PackageFormat::Npm {
        return Ok(Vec::new());
    }
    let Route { codeartifact, domain, from, to } = route;
    let read =
        tokio::try_join!(codeartifact.dist_tags(domain, from, package), codeartifact.dist_tags(domain, to, package));
    match read {
        Ok((source, target)) => Ok(moves(source, &target)),
        Err(error) => {
            tracing::warn!(%domain, package = ?package.full_name(), error = ?error.chain(), "dist-tags could not be read");
            Err(error.problem())
        }
    }
}

fn moves(source: BTreeMap<String, VersionName>, target: &BTreeMap<String, VersionName>) -> Vec<TagMove> {
    source
        .into_iter()
        .filter(|(tag, version)| target.get(tag) != Some(version))
        .map(|(tag, to)| TagMove { from: target.get(&tag).cloned(), tag, to })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(pairs: &[(&str, &str)]) -> BTreeMap<String, VersionName> {
        pairs.iter().map(|(tag, version)| ((*tag).to_owned(), version.parse().unwrap())).collect()
    }

    #[test]
    fn only_tags_that_would_change_are_told() {
        let found = moves(
            tags(&[("latest", "2.0.0"), ("next", "3.0.0"), ("lts", "1.0.0")]),
            &tags(&[("latest", "1.0.0"), ("lts", "1.0.0"), ("old", "0.1.0")]),
        );
        let found: Vec<_> = found
            .iter()
            .map(|tag| (tag.tag.as_str(), tag.from.as_ref().map(VersionName::as_str), tag.to.as_str()))
            .collect();
        assert_eq!(found, [("latest", Some("1.0.0"), "2.0.0"), ("next", None, "3.0.0")]);
    }
}
