use std::collections::BTreeMap;
use std::time::UNIX_EPOCH;

use bytes::Bytes;

use super::*;
use crate::model::{Format, PackageGroups, Repository, Status};
use crate::rules::content;

const FILE: &str = "acme-1.0.tar.gz";

fn key() -> PackageKey {
    PackageKey { format: Format::Pypi, namespace: None, name: "acme".to_owned() }
}

fn from_pypi() -> Origin {
    Origin::External { connection: "public:pypi".to_owned() }
}

fn version(origin: Origin, status: Status, files: &[&str]) -> PackageVersion {
    let assets = files.iter().map(|name| ((*name).to_owned(), content::asset(Bytes::new()))).collect();
    let content = Arc::new(Content { assets, ..Content::default() });
    PackageVersion { version: "1.0".to_owned(), status, published: UNIX_EPOCH, released: None, origin, content }
}

/// A domain whose repository `dev` holds the version.
fn domain(held: PackageVersion, upstream: bool) -> Domain {
    let origin_control = OriginControl { publish: true, upstream };
    let versions = BTreeMap::from([("1.0".to_owned(), held)]);
    let dev = Repository {
        name: "dev".to_owned(),
        description: None,
        upstreams: Vec::new(),
        external_connection: None,
        created: UNIX_EPOCH,
        tags: BTreeMap::new(),
        policy: None,
        packages: BTreeMap::from([(key(), Package { origin_control, versions, ..Package::default() })]),
    };
    Domain {
        name: "d".to_owned(),
        created: UNIX_EPOCH,
        encryption_key: String::new(),
        tags: BTreeMap::new(),
        policy: None,
        repositories: BTreeMap::from([("dev".to_owned(), dev)]),
        package_groups: PackageGroups::new(UNIX_EPOCH),
    }
}

fn assets(domain: &Domain) -> &BTreeMap<String, crate::model::Asset> {
    &domain.repositories["dev"].packages[&key()].versions["1.0"].content.assets
}

/// Origin, status and upstream control of a held version, and whether it follows its public source.
fn table() -> [(Origin, Status, bool, bool); 6] {
    [
        (from_pypi(), Status::Published, true, true),
        (from_pypi(), Status::Unlisted, true, true),
        (from_pypi(), Status::Archived, true, false),
        (from_pypi(), Status::Published, false, false),
        (Origin::Internal { repository: "dev".to_owned() }, Status::Published, true, false),
        (Origin::Internal { repository: "base".to_owned() }, Status::Published, true, false),
    ]
}

#[test]
fn a_package_that_was_changed_while_the_source_was_asked_takes_no_yank() {
    for (origin, status, upstream, follows) in table() {
        let mut domain = domain(version(origin.clone(), status, &[FILE]), upstream);
        mirror_yanked(&mut domain, "dev", &key(), "1.0", FILE, Some("broken"));
        assert_eq!(assets(&domain)[FILE].yanked.is_some(), follows, "{origin:?} {status:?} {upstream}");
    }
}

#[test]
fn a_package_that_was_changed_while_the_source_was_asked_takes_no_file() {
    for (origin, status, upstream, follows) in table() {
        let mut domain = domain(version(origin.clone(), status, &[FILE]), upstream);
        let fetched = version(from_pypi(), Status::Published, &[FILE, "acme-1.0.zip"]);
        keep(&mut domain, "dev", &key(), &fetched, OriginControl::default());
        assert_eq!(assets(&domain).len() == 2, follows, "{origin:?} {status:?} {upstream}");
    }
}
