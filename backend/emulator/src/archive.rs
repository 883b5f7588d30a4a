//! Reading package archives from memory: what a package says of itself, and nothing more.
//!
//! Archives come from strangers. Nothing is ever unpacked to disk, no more than [`MAX_INFLATED`] bytes are inflated and no more
//! than [`MAX_ENTRIES`] entries are looked at, so a few kilobytes that claim to be gigabytes cost little and are refused.

mod core_metadata;
pub mod file_name;
pub mod make;
pub mod npm;
pub mod sdist;
mod tarball;
pub mod wheel;

pub use core_metadata::CoreMetadata;

/// Bytes that are inflated of one archive at most: 64 MiB.
pub const MAX_INFLATED: u64 = 64 * 1024 * 1024;

/// Entries of one archive that are looked at.
pub const MAX_ENTRIES: usize = 65_536;

/// Bytes of one manifest (`package.json`, `METADATA`, `PKG-INFO`): 4 MiB.
pub const MAX_MANIFEST: u64 = 4 * 1024 * 1024;

/// Bytes of one readme: 1 MiB. A longer one is left out.
pub const MAX_README: u64 = 1024 * 1024;

/// Why an archive was refused. The words are meant for the person who uploads it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveError {
    /// Not a gzip, tar or zip file, or a damaged one.
    #[error("The archive cannot be read: {0}. Build the package again and upload the new file.")]
    Unreadable(String),
    /// More than [`MAX_INFLATED`] bytes.
    #[error("The archive unpacks to more than 64 MiB, which is not accepted here.")]
    TooLarge,
    /// More than [`MAX_ENTRIES`] entries.
    #[error("The archive has more than 65536 entries, which is not accepted here.")]
    TooManyEntries,
    /// A path that is absolute or climbs out of the archive.
    #[error("The archive names a file outside of itself: {0:?}. Such an archive is not accepted.")]
    Escapes(String),
    /// A symbolic or hard link, or a device.
    #[error("The archive has a link or a special file: {0:?}. Packages hold plain files and folders only.")]
    Link(String),
    /// The manifest is not there.
    #[error("The archive has no {0}. Is it really a package of this format?")]
    NoManifest(&'static str),
    /// The manifest is there and makes no sense.
    #[error("The file {0} of the archive cannot be understood: {1}.")]
    BadManifest(&'static str, String),
}

impl From<std::io::Error> for ArchiveError {
    fn from(error: std::io::Error) -> Self {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<Self>()) {
            Some(own) => own.clone(),
            None => Self::Unreadable(error.to_string()),
        }
    }
}

/// Refuses a path that is absolute, has a drive, climbs with `..`, or holds a NUL or a backslash.
pub(crate) fn check_path(path: &str) -> Result<(), ArchiveError> {
    let escapes = path.starts_with('/')
        || path.contains(['\\', '\0'])
        || path.split('/').any(|part| part == "..")
        || path.split('/').next().is_some_and(|first| first.len() == 2 && first.ends_with(':'));
    if escapes { Err(ArchiveError::Escapes(path.to_owned())) } else { Ok(()) }
}

/// Whether a file name (without its folder) is that of a readme, and in which order to prefer it.
pub(crate) fn readme_rank(file_name: &str) -> Option<u8> {
    let lower = file_name.to_ascii_lowercase();
    match lower.as_str() {
        "readme.md" | "readme.markdown" => Some(0),
        "readme.rst" | "readme.txt" => Some(1),
        "readme" => Some(2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_leave_the_archive_are_refused() {
        for bad in ["/etc/passwd", "package/../../x", "..", "a\\..\\b", "c:/x", "a\0b"] {
            assert_eq!(check_path(bad), Err(ArchiveError::Escapes(bad.to_owned())), "{bad:?}");
        }
        for good in ["package/package.json", "a/..b/c", "a/b..", "x:y/z"] {
            assert_eq!(check_path(good), Ok(()), "{good:?}");
        }
    }
}
