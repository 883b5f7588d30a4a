//! Packages of Python: wheels (PEP 427) and source archives (PEP 625).

use std::io::Cursor;

use zip::ZipArchive;
use zip::result::ZipError;

use super::tarball::{Capped, Tarball, text};
use super::{
    Archive, ArchiveError, CoreMetadata, Kind, MOST_ENTRIES, MOST_INFLATED, MOST_MANIFEST, Manifest, Take, check_path,
};
use crate::format::PackageFormat;
use crate::package::PackageKey;

/// Begins each entry of a zip file's directory (APPNOTE.TXT 4.3.12).
const CENTRAL_HEADER: &[u8; 4] = b"PK\x01\x02";

/// Hands on every file of a wheel.
pub(super) fn walk_wheel(bytes: &[u8], take: &mut Take<'_>) -> Result<(), ArchiveError> {
    let (mut archive, mut left) = (open(bytes)?, MOST_INFLATED);
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(unreadable)?;
        let path = String::from_utf8_lossy(entry.name_raw()).into_owned();
        check_path(&path)?;
        if entry.is_symlink() {
            return Err(ArchiveError::Link(path));
        }
        if entry.is_dir() {
            continue;
        }
        let (size, mut capped) = (entry.size(), Capped { inner: entry, left });
        take(&path, size, &mut capped)?;
        left = capped.left;
    }
    Ok(())
}

fn open(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, ArchiveError> {
    // Counted before anything is built from them: each header that is parsed costs far more memory than its bytes.
    if bytes.windows(4).filter(|window| *window == CENTRAL_HEADER).count() > MOST_ENTRIES {
        return Err(ArchiveError::TooManyEntries);
    }
    ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)
}

/// Reads a wheel. Of its entries only the metadata file is inflated.
pub(super) fn read_wheel(file: &str, bytes: &[u8]) -> Result<Archive, ArchiveError> {
    let mut archive = open(bytes)?;
    let (mut found, mut files) = (None, 0);
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(unreadable)?;
        let path = String::from_utf8_lossy(entry.name_raw()).into_owned();
        check_path(&path)?;
        if entry.is_symlink() {
            return Err(ArchiveError::Link(path));
        }
        files += usize::from(!entry.is_dir());
        if path.split_once('/').is_some_and(|(folder, file)| folder.ends_with(".dist-info") && file == "METADATA") {
            found = Some(index);
        }
    }
    let index = found.ok_or(ArchiveError::NoManifest("METADATA"))?;
    let mut entry = archive.by_index(index).map_err(unreadable)?;
    let size = entry.size();
    let metadata = text(size, MOST_MANIFEST, &mut entry)?
        .ok_or_else(|| ArchiveError::BadManifest("METADATA", "it is larger than 4 MiB".to_owned()))?;
    described(file, Kind::Wheel, CoreMetadata::parse("METADATA", &metadata)?, files)
}

pub(super) fn read_sdist(file: &str, tarball: Tarball) -> Result<Archive, ArchiveError> {
    let text = tarball.pkg_info.unwrap_or_default();
    described(file, Kind::Sdist, CoreMetadata::parse("PKG-INFO", &text)?, tarball.files)
}

fn described(file: &str, kind: Kind, metadata: CoreMetadata, files: usize) -> Result<Archive, ArchiveError> {
    let manifest = if kind == Kind::Wheel { "METADATA" } else { "PKG-INFO" };
    let said = |field: &str| metadata.first(field).unwrap_or_default().to_owned();
    let (name, version) = (said("Name"), said("Version"));
    let bad = |what: &str, text: &str| ArchiveError::BadManifest(manifest, format!("its {what} is {text:?}"));
    // PEP 508: letters and digits of ASCII, with `.`, `_` and `-` between them.
    let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b));
    let framed =
        name.starts_with(|c: char| c.is_ascii_alphanumeric()) && name.ends_with(|c: char| c.is_ascii_alphanumeric());
    if !plain || !framed {
        return Err(bad("name", &name));
    }
    if !is_name_of(file, kind, &name, &version) {
        return Err(ArchiveError::OtherName { name, version });
    }
    let key = normalise(&name).parse().map_err(|_| bad("name", &name))?;
    Ok(Archive {
        kind,
        package: PackageKey { format: PackageFormat::Pypi, namespace: None, name: key },
        version: version.parse().map_err(|_| bad("version", &version))?,
        description: metadata.first("Summary").map(str::to_owned),
        needs: metadata.needs(),
        files,
        manifest: Manifest::Python(metadata),
    })
}

/// A Python package name as it is compared: lower case, each run of `.`, `_` and `-` one `-` (PEP 503).
pub fn normalise(name: &str) -> String {
    let mut normal = String::with_capacity(name.len());
    for character in name.chars() {
        match character {
            '.' | '_' | '-' if normal.ends_with('-') => {}
            '.' | '_' | '-' => normal.push('-'),
            other => normal.push(other.to_ascii_lowercase()),
        }
    }
    normal
}

/// Whether installers find this version under this file name.
fn is_name_of(file: &str, kind: Kind, name: &str, version: &str) -> bool {
    // Tools spell the separators of a version differently in a file name.
    let same_version = |spelt: &str| normalise(&spelt.replace('+', "-")) == normalise(&version.replace('+', "-"));
    let same_name = |spelt: &str| normalise(spelt) == normalise(name);
    match kind {
        Kind::Wheel => {
            let parts: Vec<&str> = file.strip_suffix(".whl").unwrap_or_default().split('-').collect();
            matches!(parts.len(), 5 | 6) && same_name(parts[0]) && same_version(parts[1])
        }
        Kind::Sdist => {
            let stem = file.strip_suffix(".tar.gz").unwrap_or_default();
            stem.match_indices('-').any(|(at, _)| same_name(&stem[..at]) && same_version(&stem[at + 1..]))
        }
        Kind::Npm => true,
    }
}

fn unreadable(error: ZipError) -> ArchiveError {
    match error {
        ZipError::Io(error) => error.into(),
        other => ArchiveError::Unreadable(other.to_string()),
    }
}
