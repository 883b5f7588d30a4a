//! Walking a gzipped tar file within the limits of [`super`].

use std::io::{self, Read};

use flate2::read::MultiGzDecoder;
use tar::EntryType;

use super::{ArchiveError, MOST_ENTRIES, MOST_INFLATED, MOST_MANIFEST, MOST_README, Take, check_path};

/// What is found in a tarball directly inside its one folder.
#[derive(Debug, Default)]
pub(super) struct Tarball {
    /// `package.json`
    pub(super) package_json: Option<String>,
    /// `PKG-INFO`
    pub(super) pkg_info: Option<String>,
    /// The readme.
    pub(super) readme: Option<String>,
    /// How many files there are.
    pub(super) files: usize,
}

/// Hands on at most [`MOST_INFLATED`] bytes, then fails rather than ending early.
pub(super) struct Capped<R> {
    pub(super) inner: R,
    /// Bytes that may still come.
    pub(super) left: u64,
}

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        match self.left.checked_sub(count as u64) {
            Some(left) => self.left = left,
            None => return Err(io::Error::other(ArchiveError::Inflates)),
        }
        Ok(count)
    }
}

/// What is there in the archive, for its publication.
pub(super) fn read(bytes: &[u8]) -> Result<Tarball, ArchiveError> {
    let mut found = Tarball::default();
    walk(bytes, &mut |path, size, mut reader| {
        found.files += 1;
        found.take(path, size, &mut reader)
    })?;
    Ok(found)
}

/// Hands on every plain file. Walks the whole archive, so that a hostile entry at its end is seen as well.
pub(super) fn walk(bytes: &[u8], take: &mut Take<'_>) -> Result<(), ArchiveError> {
    let capped = Capped { inner: MultiGzDecoder::new(bytes), left: MOST_INFLATED };
    let mut archive = tar::Archive::new(capped);
    for (index, entry) in archive.entries()?.enumerate() {
        if index >= MOST_ENTRIES {
            return Err(ArchiveError::TooManyEntries);
        }
        let mut entry = entry?;
        let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        check_path(&path)?;
        match entry.header().entry_type() {
            EntryType::Regular | EntryType::Continuous => {
                let size = entry.size();
                take(&path, size, &mut entry)?;
            }
            EntryType::Directory | EntryType::XGlobalHeader => {}
            _ => return Err(ArchiveError::Link(path)),
        }
    }
    Ok(())
}

impl Tarball {
    fn take(&mut self, path: &str, size: u64, reader: &mut impl Read) -> Result<(), ArchiveError> {
        // npm takes off the first folder whatever it is called.
        let Some((_, name)) = path.split_once('/').filter(|(_, rest)| !rest.contains('/')) else { return Ok(()) };
        let too_large = |name| ArchiveError::BadManifest(name, "it is larger than 4 MiB".to_owned());
        match name {
            "package.json" => {
                self.package_json = Some(text(size, MOST_MANIFEST, reader)?.ok_or_else(|| too_large("package.json"))?);
            }
            "PKG-INFO" => {
                self.pkg_info = Some(text(size, MOST_MANIFEST, reader)?.ok_or_else(|| too_large("PKG-INFO"))?);
            }
            _ if self.readme.is_none() && is_readme(name) => self.readme = text(size, MOST_README, reader)?,
            _ => {}
        }
        Ok(())
    }
}

fn is_readme(name: &str) -> bool {
    ["readme.md", "readme.markdown", "readme"].iter().any(|readme| name.eq_ignore_ascii_case(readme))
}

/// A text of at most `limit` bytes; none if it is longer, whatever size is declared. Bytes that are not UTF-8 become U+FFFD.
pub(super) fn text(size: u64, limit: u64, reader: &mut impl Read) -> io::Result<Option<String>> {
    if size > limit {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    reader.take(limit + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then(|| String::from_utf8_lossy(&bytes).into_owned()))
}
