//! Reading package archives: what a package says of itself, and nothing more.
//!
//! Archives come from strangers. Nothing is unpacked to disk, no more than [`MOST_INFLATED`] bytes are inflated, no more than
//! [`MOST_ENTRIES`] entries are looked at, and paths that lead outside, links and devices are refused. The page reads an
//! archive to show it, and the server reads it again before it publishes it: it believes no page.

mod contents;
mod core_metadata;
mod npm;
mod python;
mod tarball;

pub use contents::{Contents, MOST_TEXT};
pub use core_metadata::CoreMetadata;
pub use python::normalise;

use crate::format::PackageFormat;
use crate::names::VersionName;
use crate::package::PackageKey;

/// The largest archive that is published from the page, in bytes: 100 MB. It has to be held as a whole, because an npm
/// publication is one JSON document.
pub const LARGEST_ARCHIVE: u64 = 100_000_000;

/// Bytes that are inflated of one archive at most: 256 MiB.
pub const MOST_INFLATED: u64 = 256 << 20;

/// Entries of one archive that are looked at.
pub const MOST_ENTRIES: usize = 65_536;

/// Bytes of one manifest (`package.json`, `METADATA`, `PKG-INFO`): 4 MiB.
const MOST_MANIFEST: u64 = 4 << 20;

/// Bytes of one readme: 1 MiB. A longer one is left out.
const MOST_README: u64 = 1 << 20;

/// What an archive is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A tarball as `npm pack` makes it.
    Npm,
    /// A built Python package, `.whl`.
    Wheel,
    /// A source archive of a Python package, `.tar.gz`.
    Sdist,
}

impl Kind {
    /// In words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Npm => "npm package",
            Self::Wheel => "Python wheel",
            Self::Sdist => "Python source archive",
        }
    }

    /// The format that it is published in.
    pub fn format(self) -> PackageFormat {
        match self {
            Self::Npm => PackageFormat::Npm,
            Self::Wheel | Self::Sdist => PackageFormat::Pypi,
        }
    }
}

/// What an archive says of itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Archive {
    /// What it is.
    pub kind: Kind,
    /// The package, by the name that CodeArtifact keeps.
    pub package: PackageKey,
    /// The version.
    pub version: VersionName,
    /// One line. Written by strangers.
    pub description: Option<String>,
    /// What it needs. Written by strangers.
    pub needs: Vec<Need>,
    /// How many files it holds.
    pub files: usize,
    /// What else publishing it takes.
    pub manifest: Manifest,
}

/// Something that a package needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// As it is written.
    pub name: String,
    /// Such as `^1.0.0` or `>=2; python_version < "3.12"`.
    pub requirement: String,
    /// `dependencies`, `peerDependencies`, `optionalDependencies`; empty where the format has one kind.
    pub kind: &'static str,
}

/// What the format's own manifest says.
#[derive(Debug, Clone, PartialEq)]
pub enum Manifest {
    /// `package.json`, and the readme.
    Npm(serde_json::Map<String, serde_json::Value>, Option<String>),
    /// `METADATA` or `PKG-INFO`.
    Python(CoreMetadata),
}

/// Why an archive is not taken. In words for the person who chose it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveError {
    /// Not by its name.
    #[error("Its name does not end in .tgz, .tar.gz or .whl: it is no npm package and no Python package.")]
    Unknown,
    /// More than [`LARGEST_ARCHIVE`] bytes.
    #[error("It is larger than 100 MB, which is the most that is published from here. Publish it by command.")]
    TooLarge,
    /// Not a gzip, tar or zip file, or a damaged one.
    #[error("It cannot be read: {0}. Is it damaged? Build the package again.")]
    Unreadable(String),
    /// More than [`MOST_INFLATED`] bytes.
    #[error("It unpacks to more than 256 MiB, which is not taken here.")]
    Inflates,
    /// More than [`MOST_ENTRIES`] entries.
    #[error("It has more than 65,536 entries, which is not taken here.")]
    TooManyEntries,
    /// A path that is absolute or climbs out of the archive.
    #[error("It names a file outside of itself ({0:?}). Such an archive is not taken.")]
    Escapes(String),
    /// A symbolic or hard link, or a device.
    #[error("It has a link or a special file ({0:?}). Packages hold plain files and folders only.")]
    Link(String),
    /// The manifest is not there.
    #[error("It has no {0}. Is it really a package?")]
    NoManifest(&'static str),
    /// The manifest is there and makes no sense.
    #[error("Its {0} cannot be understood: {1}.")]
    BadManifest(&'static str, String),
    /// The package says that it must not be published.
    #[error("Its package.json says \"private\": true, so that nobody publishes it by mistake.")]
    Private,
    /// The file's name says something else than the manifest.
    #[error(
        "Its file name is not that of {name} {version}, which it holds. Installers would not find it: build the package again, and do not rename the file."
    )]
    OtherName {
        /// Name in the manifest.
        name: String,
        /// Version in the manifest.
        version: String,
    },
}

impl From<std::io::Error> for ArchiveError {
    fn from(error: std::io::Error) -> Self {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<Self>()) {
            Some(own) => own.clone(),
            None => Self::Unreadable(error.to_string()),
        }
    }
}

/// Whether a file of this name is taken for a package.
pub fn is_archive_name(file: &str) -> bool {
    [".tgz", ".tar.gz", ".whl"].iter().any(|end| file.ends_with(end))
}

/// Takes a plain file of an archive: its path, the size that is declared, and its bytes.
type Take<'a> = dyn FnMut(&str, u64, &mut dyn std::io::Read) -> Result<(), ArchiveError> + 'a;

/// Reads an archive.
///
/// # Errors
/// See [`ArchiveError`].
pub fn read(file: &str, bytes: &[u8]) -> Result<Archive, ArchiveError> {
    if bytes.len() as u64 > LARGEST_ARCHIVE {
        return Err(ArchiveError::TooLarge);
    }
    if file.ends_with(".whl") {
        return python::read_wheel(file, bytes);
    }
    if !is_archive_name(file) {
        return Err(ArchiveError::Unknown);
    }
    let tarball = tarball::read(bytes)?;
    // A source archive of Python may hold a package.json too; a package of npm has no PKG-INFO.
    match tarball.pkg_info {
        Some(_) => python::read_sdist(file, tarball),
        None => npm::read(tarball),
    }
}

/// Refuses a path that is absolute, has a drive, climbs with `..`, or holds a NUL or a backslash.
fn check_path(path: &str) -> Result<(), ArchiveError> {
    let escapes = path.starts_with('/')
        || path.contains(['\\', '\0'])
        || path.split('/').any(|part| part == "..")
        || path.split('/').next().is_some_and(|first| first.len() == 2 && first.ends_with(':'));
    if escapes { Err(ArchiveError::Escapes(path.to_owned())) } else { Ok(()) }
}

#[cfg(test)]
mod tests;
