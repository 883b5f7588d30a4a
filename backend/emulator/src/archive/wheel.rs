//! Wheels: `{name}-{version}.dist-info/METADATA` (PEP 427).

use std::io::Cursor;

use zip::ZipArchive;
use zip::result::ZipError;

use super::tarball::read_text;
use super::{ArchiveError, CoreMetadata, MAX_ENTRIES, MAX_MANIFEST, check_path};

/// Begins each entry of a zip file's directory (APPNOTE.TXT 4.3.12).
const CENTRAL_HEADER: &[u8; 4] = b"PK\x01\x02";

/// Reads a wheel. Of its entries only the metadata file is inflated.
///
/// # Errors
/// See [`ArchiveError`].
pub fn read(bytes: &[u8]) -> Result<CoreMetadata, ArchiveError> {
    // Counted before anything is built from them: each header that is parsed costs far more memory than its bytes.
    if bytes.windows(4).filter(|window| *window == CENTRAL_HEADER).count() > MAX_ENTRIES {
        return Err(ArchiveError::TooManyEntries);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    let mut found = None;
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(unreadable)?;
        let path = String::from_utf8_lossy(entry.name_raw()).into_owned();
        check_path(&path)?;
        if entry.is_symlink() {
            return Err(ArchiveError::Link(path));
        }
        if path.split_once('/').is_some_and(|(folder, file)| folder.ends_with(".dist-info") && file == "METADATA") {
            found = Some(index);
        }
    }
    let index = found.ok_or(ArchiveError::NoManifest("METADATA"))?;
    let mut entry = archive.by_index(index).map_err(unreadable)?;
    // The declared size may lie; `read_text` stops at the limit whatever it says.
    let text = read_text(entry.size(), MAX_MANIFEST, &mut entry)?
        .ok_or_else(|| ArchiveError::BadManifest("METADATA", "it is larger than 4 MiB".into()))?;
    CoreMetadata::parse("METADATA", &text)
}

fn unreadable(error: ZipError) -> ArchiveError {
    match error {
        ZipError::Io(error) => error.into(),
        other => ArchiveError::Unreadable(other.to_string()),
    }
}
