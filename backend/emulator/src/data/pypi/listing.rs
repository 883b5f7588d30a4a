//! Which files of a Python package are to be seen from a repository.

use std::collections::BTreeMap;

use crate::archive::file_name;
use crate::data::{Call, text};
use crate::model::{Origin, PackageKey, PackageVersion};
use crate::rules::resolve::{Stop, is_listed};
use crate::sources::{PypiFile, SourceError};

/// One file of a page.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) version: String,
    pub(super) file: PypiFile,
    /// In bytes, where it is known.
    pub(super) size: Option<usize>,
}

/// What stands about a version at its first hit.
struct Decision {
    /// The stop that decided.
    place: usize,
    /// Its files are shown, and those that its public source has besides.
    grows: bool,
}

/// The files of the listed versions, in the order of version and file name, and the failure of a source, if one failed.
pub(super) async fn rows(call: &Call, key: &PackageKey, stops: &[Stop]) -> (Vec<Row>, Option<SourceError>) {
    let mut rows: BTreeMap<(String, String), Row> = BTreeMap::new();
    let mut decided: BTreeMap<String, Decision> = BTreeMap::new();
    let mut failure = None;
    for (place, stop) in stops.iter().enumerate() {
        for (version, held) in stop.package.iter().flat_map(|package| &package.versions) {
            if decided.contains_key(version) {
                continue;
            }
            let listed = is_listed(held.status);
            decided.insert(
                version.clone(),
                Decision { place, grows: listed && matches!(held.origin, Origin::External { .. }) },
            );
            if listed {
                rows.extend(held_rows(held).map(|row| ((version.clone(), row.file.name.clone()), row)));
            }
        }
        let Some(connection) = &stop.connection else { continue };
        let offered = match call.emulator.sources().pypi(connection, &key.name).await {
            Ok(offered) => offered.unwrap_or_default(),
            Err(error) => {
                failure = Some(error);
                continue;
            }
        };
        // Held versions of this stop were decided above with the same place; a new one is decided by its first file.
        for (version, file) in with_versions(key, offered) {
            let outside = stops.len() + place;
            let decision = decided.entry(version.clone()).or_insert(Decision { place: outside, grows: true });
            if !decision.grows || (decision.place >= stops.len() && decision.place != outside) {
                continue;
            }
            let row = rows.entry((version.clone(), file.name.clone())).or_insert_with(|| Row {
                version,
                file: file.clone(),
                size: None,
            });
            // Whether a file is yanked is what its source says now (user guide, "Python: yanked packages").
            row.file.yanked = file.yanked;
        }
    }
    (rows.into_values().collect(), failure)
}

/// The offered files that installers use, with the version that each belongs to.
pub(super) fn with_versions(key: &PackageKey, offered: Vec<PypiFile>) -> impl Iterator<Item = (String, PypiFile)> {
    offered.into_iter().filter_map(|file| Some((file_name::parse(&key.name, &file.name)?.version, file)))
}

fn held_rows(held: &PackageVersion) -> impl Iterator<Item = Row> {
    held.content.assets.iter().map(|(name, asset)| Row {
        version: held.version.clone(),
        size: Some(asset.bytes.len()),
        file: PypiFile {
            name: name.clone(),
            url: String::new(),
            sha256: Some(asset.hashes.sha256.clone()),
            requires_python: asset.requires_python.clone(),
            yanked: None,
            uploaded: Some(text::time(held.published)),
        },
    })
}
