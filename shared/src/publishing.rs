//! Publishing from the browser: what is sent, what CodeArtifact takes, and what of it is still to be sent.

use serde::{Deserialize, Serialize};

use crate::archive::{Archive, Kind};
use crate::names::{AssetName, RepositoryName, Sha256, VersionName};
use crate::package::OriginControl;
use crate::version::{Asset, PackageVersionStatus};

/// The largest file that a package version takes, in bytes: 5 GB (CodeArtifact quotas, "Asset file size").
pub const LARGEST_ASSET: u64 = 5 << 30;

/// Regions where a version may have 350 files (CodeArtifact quotas, "Assets per package version").
const LARGE_REGIONS: [&str; 6] = ["us-east-1", "us-east-2", "ap-south-1", "eu-central-1", "eu-west-1", "eu-west-3"];

/// How many files a package version may have in a region.
pub fn most_assets(region: &str) -> usize {
    if LARGE_REGIONS.contains(&region) { 350 } else { 150 }
}

/// What a version is to be after a file has been added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Then {
    /// More files follow: package managers do not see it yet.
    Unfinished,
    /// This was the last one. A generic version takes no file after it.
    Published,
}

impl Then {
    /// The word in the address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unfinished => "unfinished",
            Self::Published => "published",
        }
    }
}

/// What a version is after something of it was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// Its status; absent when this program does not know it.
    pub status: Option<PackageVersionStatus>,
}

/// What a repository holds of a version that somebody wants to publish there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Its status; none where the repository does not hold it.
    pub status: Option<PackageVersionStatus>,
    /// Its files, by name.
    pub assets: Vec<Asset>,
    /// Package origin control, where the repository knows the package and tells it.
    pub origin_control: Option<OriginControl>,
}

/// A file to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// Its name in the version.
    pub name: AssetName,
    /// Of its content.
    pub sha256: Sha256,
}

/// What is left to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Whether each file must be sent, in the order offered. The others are there with the same content.
    pub send: Vec<bool>,
    /// All files are there, and the version is not published yet.
    pub only_finish: bool,
    /// How many files the version holds besides.
    pub others: usize,
}

impl Plan {
    /// Nothing is left to do.
    pub fn is_done(&self) -> bool {
        !self.only_finish && !self.send.contains(&true)
    }
}

/// What is left to do so that a generic version holds these files and is published.
///
/// # Errors
/// Why CodeArtifact would refuse it, and what to do.
pub fn plan(version: &VersionName, standing: &Standing, files: &[Offered]) -> Result<Plan, String> {
    if standing.origin_control.is_some_and(|control| !control.publish) {
        return Err(BLOCKED.to_owned());
    }
    let held = |file: &Offered| standing.assets.iter().find(|asset| asset.name == file.name.as_str());
    let differs = |file: &&Offered| held(file).is_some_and(|asset| asset.sha256() != Some(file.sha256.as_str()));
    if let Some(file) = files.iter().find(differs) {
        return Err(format!(
            "{} is in version {version} already, with other content. A file cannot be replaced: take another version, or delete this one first.",
            file.name
        ));
    }
    let send: Vec<bool> = files.iter().map(|file| held(file).is_none()).collect();
    let others = standing.assets.len() - send.iter().filter(|send| !**send).count();
    let unfinished = matches!(standing.status, None | Some(PackageVersionStatus::Unfinished));
    if let Some(status) = standing.status.filter(|_| !unfinished && send.contains(&true)) {
        return Err(format!(
            "Version {version} is {} already: it takes no more files. Take another version, or delete this one first.",
            status.as_str().to_lowercase()
        ));
    }
    let only_finish = standing.status == Some(PackageVersionStatus::Unfinished) && !send.contains(&true);
    Ok(Plan { send, only_finish, others })
}

/// Why nothing can be published where package origin control blocks it.
pub const BLOCKED: &str = "Package origin control blocks publishing this package to this repository. Allow it there first, or publish to another repository.";

/// Whether a package archive may be published, and what that would do.
///
/// `asset` is the name that the archive has in its version; `upstream` a repository behind this one that offers the version.
///
/// # Errors
/// Why the registry would refuse it, and what to do.
pub fn archive_plan(
    archive: &Archive,
    sha256: &Sha256,
    asset: &str,
    standing: &Standing,
    upstream: Option<&RepositoryName>,
) -> Result<String, String> {
    use PackageVersionStatus::{Published, Unlisted};
    let (name, version) = (archive.package.full_name(), &archive.version);
    if standing.origin_control.is_some_and(|control| !control.publish) {
        return Err(BLOCKED.to_owned());
    }
    let held = standing.assets.iter().find(|held| held.name == asset);
    let another = "Publish it under a new version, or delete this one first.";
    match (standing.status, held) {
        (Some(Published), Some(held)) if held.sha256() == Some(sha256.as_str()) => {
            Err(format!("{name} {version} is there already with exactly this file."))
        }
        (Some(Published | Unlisted), None) if archive.kind != Kind::Npm => {
            Ok(format!("{name} {version} is there. This file is added to its {}.", standing.assets.len()))
        }
        (Some(Published), _) => Err(format!(
            "{name} {version} is there already, with other content. A version cannot be replaced. {another}"
        )),
        (Some(status), _) => {
            let status = status.as_str().to_lowercase();
            Err(format!("{name} {version} is {status}: it takes the version all the same. {another}"))
        }
        (None, _) => match upstream.filter(|_| standing.origin_control.is_none_or(|control| control.upstream)) {
            Some(upstream) => Err(format!(
                "{name} {version} can already be had through the upstream {upstream}, and is refused for that. Publish it under a new version, or block upstreams in the package origin control."
            )),
            None => Ok(format!("{name} {version} will be new.")),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::Manifest;
    use crate::package::PackageKey;

    fn sha256(digit: char) -> Sha256 {
        digit.to_string().repeat(64).parse().unwrap()
    }

    fn offered(name: &str, digit: char) -> Offered {
        Offered { name: name.parse().unwrap(), sha256: sha256(digit) }
    }

    fn standing(status: Option<PackageVersionStatus>, held: &[(&str, char)]) -> Standing {
        let asset = |(name, digit): &(&str, char)| Asset {
            name: (*name).to_owned(),
            size: 1,
            hashes: vec![("SHA-256".to_owned(), sha256(*digit).to_string())],
        };
        Standing { status, assets: held.iter().map(asset).collect(), origin_control: None }
    }

    fn planned(standing: &Standing, files: &[Offered]) -> Result<Plan, String> {
        plan(&"1.0.0".parse().unwrap(), standing, files)
    }

    #[test]
    fn what_is_there_is_not_sent_again() {
        let files = [offered("a", '1'), offered("b", '2')];
        let plan =
            planned(&standing(Some(PackageVersionStatus::Unfinished), &[("a", '1'), ("z", '9')]), &files).unwrap();
        assert_eq!((plan.send, plan.only_finish, plan.others), (vec![false, true], false, 1));
        let all = standing(Some(PackageVersionStatus::Unfinished), &[("a", '1'), ("b", '2')]);
        assert!(planned(&all, &files).unwrap().only_finish);
        let published = standing(Some(PackageVersionStatus::Published), &[("a", '1'), ("b", '2')]);
        assert!(planned(&published, &files).unwrap().is_done());
        assert_eq!(planned(&standing(None, &[]), &files).unwrap().send, [true, true]);
    }

    #[test]
    fn what_would_be_refused_is_said_before() {
        let files = [offered("a", '1')];
        let other = standing(Some(PackageVersionStatus::Unfinished), &[("a", '2')]);
        assert!(planned(&other, &files).unwrap_err().starts_with("a is in version 1.0.0 already, with other content."));
        for status in [PackageVersionStatus::Published, PackageVersionStatus::Archived, PackageVersionStatus::Disposed]
        {
            assert!(planned(&standing(Some(status), &[]), &files).unwrap_err().contains("takes no more files"));
        }
        let control = Some(OriginControl { publish: false, upstream: true });
        let blocked = Standing { origin_control: control, ..standing(None, &[]) };
        assert_eq!(planned(&blocked, &files), Err(BLOCKED.to_owned()));
    }

    #[test]
    fn what_a_registry_would_say_is_known_before() {
        use PackageVersionStatus::{Archived, Published};
        let archive = |kind: Kind| Archive {
            kind,
            package: PackageKey { format: kind.format(), namespace: None, name: "ui".parse().unwrap() },
            version: "1.0.0".parse().unwrap(),
            description: None,
            needs: vec![],
            files: 1,
            manifest: Manifest::Npm(serde_json::Map::new(), None),
        };
        let upstream = "npm-store".parse().unwrap();
        let told = |kind: Kind, standing: &Standing, upstream: Option<&RepositoryName>| {
            archive_plan(&archive(kind), &sha256('1'), "file", standing, upstream)
        };
        let (new, words) = (standing(None, &[]), "through the upstream npm-store");
        assert!(told(Kind::Npm, &new, None).unwrap().ends_with("will be new."));
        assert!(told(Kind::Npm, &new, Some(&upstream)).unwrap_err().contains(words));
        let control = Some(OriginControl { publish: true, upstream: false });
        assert!(told(Kind::Npm, &Standing { origin_control: control, ..new }, Some(&upstream)).is_ok());
        let same = standing(Some(Published), &[("file", '1')]);
        assert!(told(Kind::Npm, &same, None).unwrap_err().contains("exactly this file"));
        let other = standing(Some(Published), &[("file", '2')]);
        assert!(told(Kind::Wheel, &other, None).unwrap_err().contains("cannot be replaced"));
        let more = standing(Some(Published), &[("another", '2')]);
        assert!(told(Kind::Wheel, &more, None).unwrap().contains("is added to its 1"));
        assert!(told(Kind::Npm, &more, None).is_err());
        assert!(told(Kind::Sdist, &standing(Some(Archived), &[]), None).unwrap_err().contains("is archived"));
    }

    #[test]
    fn a_version_has_more_files_in_large_regions() {
        assert_eq!((most_assets("eu-west-1"), most_assets("eu-north-1")), (350, 150));
    }
}
