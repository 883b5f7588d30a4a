//! What an archive holds, file by file, to be compared with another one.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use sha2::{Digest, Sha256};

use super::tarball::walk;
use super::{ArchiveError, LARGEST_ARCHIVE, is_archive_name, python};

/// Bytes of one file that are read as text: 512 KiB.
pub const MOST_TEXT: u64 = 512 << 10;

/// Bytes of text that are kept of one archive: 16 MiB.
const MOST_KEPT: u64 = 16 << 20;

/// The SHA-256 of some bytes.
pub type Digest256 = [u8; 32];

/// The files of an archive: path, size and digest of each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    /// By path. Where a path stands there twice it is the last one, as whoever unpacks it finds it.
    pub files: BTreeMap<String, (u64, Digest256)>,
}

impl Contents {
    /// Reads what an archive holds. A file that is no archive by its name counts as one with a single file.
    ///
    /// # Errors
    /// See [`ArchiveError`].
    pub fn read(file: &str, bytes: &[u8]) -> Result<Self, ArchiveError> {
        let mut files = BTreeMap::new();
        each(file, bytes, &mut |path, _, reader| {
            let (mut digest, mut size, mut buffer) = (Sha256::new(), 0, [0_u8; 8192]);
            loop {
                let count = reader.read(&mut buffer)?;
                if count == 0 {
                    break;
                }
                digest.update(&buffer[..count]);
                size += count as u64;
            }
            files.insert(path.to_owned(), (size, digest.finalize().into()));
            Ok(())
        })?;
        Ok(Self { files })
    }

    /// The texts of some files: those that are UTF-8 without a NUL, at most [`MOST_TEXT`] each. All others are left out.
    ///
    /// # Errors
    /// See [`ArchiveError`].
    pub fn texts(
        file: &str,
        bytes: &[u8],
        wanted: &BTreeSet<String>,
    ) -> Result<BTreeMap<String, String>, ArchiveError> {
        let (mut texts, mut left) = (BTreeMap::new(), MOST_KEPT);
        each(file, bytes, &mut |path, _, reader| {
            if !wanted.contains(path) {
                return Ok(());
            }
            // A later file of the same path takes the place of an earlier one, even when it is no text.
            texts.remove(path);
            let most = MOST_TEXT.min(left);
            let mut text = Vec::new();
            reader.take(most + 1).read_to_end(&mut text)?;
            if text.len() as u64 > most || text.contains(&0) {
                return Ok(());
            }
            left -= text.len() as u64;
            if let Ok(text) = String::from_utf8(text) {
                texts.insert(path.to_owned(), text);
            }
            Ok(())
        })?;
        Ok(texts)
    }
}

fn each(file: &str, bytes: &[u8], take: &mut super::Take<'_>) -> Result<(), ArchiveError> {
    if bytes.len() as u64 > LARGEST_ARCHIVE {
        return Err(ArchiveError::TooLarge);
    }
    if file.ends_with(".whl") {
        python::walk_wheel(bytes, take)
    } else if is_archive_name(file) {
        walk(bytes, take)
    } else {
        take(file, bytes.len() as u64, &mut &*bytes)
    }
}
