//! Which files of a Python package are to be seen from a repository.

use std::collections::BTreeMap;

use crate::archive::file_name;
use crate::data::{Call, pull, text};
use crate::model::{PackageKey, PackageVersion};
use crate::rules::constraint::{ASSET_NAME, PACKAGE_WORD};
use crate::rules::growth::Search;
use crate::rules::resolve::{Stop, is_listed};
use crate::sources::{PypiFile, SourceError};

/// One file of a page.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) version: String,
    pub(super) file: PypiFile,
}

/// What stands about a version at its first hit.
struct Decision {
    search: Search,
    /// Its files are shown.
    listed: bool,
}

/// A page in the making: rows by version and file name, and what has been decided about each version.
#[derive(Default)]
struct Found {
    rows: BTreeMap<(String, String), Row>,
    decided: BTreeMap<String, Decision>,
}

/// The files of the listed versions, in the order of version and file name, and the failure of a source, if one failed.
pub(super) async fn rows(call: &Call, key: &PackageKey, stops: &[Stop]) -> (Vec<Row>, Option<SourceError>) {
    let mut found = Found::default();
    let mut failure = None;
    for (place, stop) in stops.iter().enumerate() {
        found.held_by(stop);
        let Some(connection) = &stop.connection else { continue };
        match call.emulator.sources().pypi(connection, &key.name).await {
            Ok(offered) => {
                let mut offered: Vec<_> = with_versions(key, offered.unwrap_or_default()).collect();
                offered.retain(|(version, _)| found.is_offered(version, connection));
                pull::mirror_yanked(call, key, stops, place, offered.iter().map(|(of, file)| (of.as_str(), file)));
                for (version, file) in offered {
                    found.add(&version, file);
                }
            }
            Err(error) => failure = Some(error),
        }
    }
    (found.rows.into_values().collect(), failure)
}

impl Found {
    /// The first hit decides whether a version is shown; later ones may add files to it.
    fn held_by(&mut self, stop: &Stop) {
        for (version, held) in stop.package.iter().flat_map(|package| &package.versions) {
            let listed = is_listed(held.status);
            let first = || Decision { search: Search::default(), listed };
            let decision = self.decided.entry(version.clone()).or_insert_with(first);
            if decision.search.comes_to(stop, held) && decision.listed {
                held_files(held).for_each(|file| self.add(version, file));
            }
        }
    }

    /// Whether a file of `version` that an external connection offers is to be shown.
    fn is_offered(&mut self, version: &str, connection: &str) -> bool {
        let first = || Decision { search: Search::default(), listed: true };
        let decision = self.decided.entry(version.to_owned()).or_insert_with(first);
        decision.search.is_offered_by(connection) && decision.listed
    }

    /// Adds a file, unless a nearer place has it. Whether it is yanked is what its source says last
    /// (user guide, "Python: yanked packages").
    fn add(&mut self, version: &str, file: PypiFile) {
        let yanked = file.yanked.clone();
        let at = (version.to_owned(), file.name.clone());
        let first = || Row { version: version.to_owned(), file };
        self.rows.entry(at).or_insert_with(first).file.yanked = yanked;
    }
}

/// The offered files that installers use, with the version that each belongs to. Those that the API could not name are left out.
pub(super) fn with_versions(key: &PackageKey, offered: Vec<PypiFile>) -> impl Iterator<Item = (String, PypiFile)> {
    offered
        .into_iter()
        .filter_map(|file| Some((file_name::parse(&key.name, &file.name)?.version, file)))
        .filter(|(version, file)| PACKAGE_WORD.fits(version) && ASSET_NAME.fits(&file.name))
}

fn held_files(held: &PackageVersion) -> impl Iterator<Item = PypiFile> {
    held.content.assets.iter().map(|(name, asset)| PypiFile {
        name: name.clone(),
        url: String::new(),
        sha256: Some(asset.hashes.sha256.clone()),
        requires_python: asset.requires_python.clone(),
        yanked: asset.yanked.clone(),
        uploaded: Some(asset.uploaded.clone().unwrap_or_else(|| text::time(held.published))),
        size: Some(asset.bytes.len() as u64),
    })
}
