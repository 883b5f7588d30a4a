//! Promoting: copying package versions from one repository into another of the same domain, each pinned to the content
//! that somebody saw.

use std::collections::{BTreeMap, BTreeSet};

use shared::names::{DomainName, RepositoryName, VersionName};
use shared::package::PackageKey;
use shared::promotion::{LONGEST_REASON, MOST_VERSIONS, PreviewRequest, VersionChoice};

use crate::codeartifact::CodeArtifact;
use crate::error::{Error, Result};

mod closure;
pub mod content;
mod denied;
mod package;
mod preview;
mod reached;
mod refusal;
pub mod tags;

pub use closure::closure;
pub use content::differences;
pub use preview::preview;
pub use refusal::refused;

/// Where versions are copied from and to.
#[derive(Debug, Clone, Copy)]
pub struct Route<'a> {
    /// Through this connection.
    pub codeartifact: &'a CodeArtifact,
    /// Within this domain.
    pub domain: &'a DomainName,
    /// The source.
    pub from: &'a RepositoryName,
    /// The target.
    pub to: &'a RepositoryName,
}

/// The chosen versions by package.
fn by_package(chosen: &[VersionChoice]) -> BTreeMap<PackageKey, Vec<VersionName>> {
    let mut by_package = BTreeMap::<PackageKey, Vec<VersionName>>::new();
    for choice in chosen {
        by_package.entry(choice.package.clone()).or_default().push(choice.version.clone());
    }
    by_package
}

/// Refuses a preview that breaks a rule, before AWS is asked anything.
///
/// # Errors
/// `BadRequest` with the rule.
pub fn check_preview(request: &PreviewRequest) -> Result<()> {
    check(&request.from, &request.to, request.versions.iter().map(|choice| (&choice.package, choice.version.as_str())))
}

/// Refuses a reason that is missing or too long.
///
/// # Errors
/// `BadRequest` with the rule.
pub fn check_reason(reason: &str) -> Result<()> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::bad_request("This needs a reason: who reads the log later will ask why."));
    }
    if reason.chars().count() > LONGEST_REASON {
        return Err(Error::bad_request(format!("A reason has at most {LONGEST_REASON} characters.")));
    }
    Ok(())
}

fn check<'a>(
    from: &RepositoryName,
    to: &RepositoryName,
    versions: impl ExactSizeIterator<Item = (&'a PackageKey, &'a str)>,
) -> Result<()> {
    if from == to {
        return Err(Error::bad_request("Source and target are the same repository. Choose another target."));
    }
    if versions.len() == 0 {
        return Err(Error::bad_request("No version is chosen. Choose at least one."));
    }
    if versions.len() > MOST_VERSIONS {
        return Err(Error::bad_request(format!(
            "At most {MOST_VERSIONS} versions are promoted at once. Choose fewer."
        )));
    }
    let mut seen = BTreeSet::new();
    for (package, version) in versions {
        if !seen.insert((package, version)) {
            return Err(Error::bad_request(format!("{} {version} is chosen twice.", package.full_name())));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use shared::format::PackageFormat;

    use super::*;

    fn request(to: &str, versions: usize) -> PreviewRequest {
        let choice = |n: usize| VersionChoice {
            package: PackageKey { format: PackageFormat::Npm, namespace: None, name: "ui".parse().unwrap() },
            version: format!("1.0.{n}").parse().unwrap(),
        };
        PreviewRequest {
            from: "team-dev".parse().unwrap(),
            to: to.parse().unwrap(),
            versions: (0..versions).map(choice).collect(),
        }
    }

    #[test]
    fn a_promotion_keeps_to_its_rules_at_their_limits() {
        assert!(check_preview(&request("prod", 1)).is_ok() && check_preview(&request("prod", 500)).is_ok());
        for (to, versions, word) in
            [("team-dev", 1, "same repository"), ("prod", 0, "No version"), ("prod", 501, "At most 500 versions")]
        {
            let error = check_preview(&request(to, versions)).unwrap_err();
            assert!(error.message.contains(word), "{}", error.message);
        }
        assert!(check_reason(" r ").is_ok() && check_reason(&"ü".repeat(500)).is_ok());
        for (reason, word) in [(" \n", "needs a reason"), (&*"r".repeat(501), "at most 500 characters")] {
            let error = check_reason(reason).unwrap_err();
            assert!(error.message.contains(word), "{}", error.message);
        }
    }

    #[test]
    fn a_version_is_chosen_once() {
        let mut request = request("prod", 2);
        request.versions[1] = request.versions[0].clone();
        assert!(check_preview(&request).unwrap_err().message.contains("ui 1.0.0 is chosen twice"));
    }
}
