//! Walking a gzipped tar file within the limits of [`super`].

use std::io::{self, Read};

use flate2::read::MultiGzDecoder;
use tar::{Archive, EntryType};

use super::{ArchiveError, MAX_ENTRIES, MAX_INFLATED, check_path};

/// Hands on at most [`MAX_INFLATED`] bytes, then fails with [`ArchiveError::TooLarge`] rather than ending early.
struct Capped<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        match self.left.checked_sub(count as u64) {
            Some(left) => self.left = left,
            None => return Err(io::Error::other(ArchiveError::TooLarge)),
        }
        Ok(count)
    }
}

/// Calls `visit` with the path, the declared size and the content of each plain file, in the order of the archive.
///
/// The whole archive is walked, so that a hostile entry at its end is seen as well.
///
/// # Errors
/// Everything in [`ArchiveError`] except a missing manifest, which is the caller's to notice.
pub(super) fn each_file(
    bytes: &[u8],
    mut visit: impl FnMut(&str, u64, &mut dyn Read) -> Result<(), ArchiveError>,
) -> Result<(), ArchiveError> {
    let capped = Capped { inner: MultiGzDecoder::new(bytes), left: MAX_INFLATED };
    let mut archive = Archive::new(capped);
    for (index, entry) in archive.entries()?.enumerate() {
        if index >= MAX_ENTRIES {
            return Err(ArchiveError::TooManyEntries);
        }
        let mut entry = entry?;
        let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        check_path(&path)?;
        match entry.header().entry_type() {
            EntryType::Regular | EntryType::Continuous => visit(&path, entry.size(), &mut entry)?,
            EntryType::Directory | EntryType::XGlobalHeader => {}
            _ => return Err(ArchiveError::Link(path)),
        }
    }
    Ok(())
}

/// Reads a text of at most `limit` bytes; `None` if it is longer. Bytes that are not UTF-8 become U+FFFD.
pub(super) fn read_text(size: u64, limit: u64, reader: &mut dyn Read) -> io::Result<Option<String>> {
    if size > limit {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    reader.take(limit).read_to_end(&mut bytes)?;
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}
