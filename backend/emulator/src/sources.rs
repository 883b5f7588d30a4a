//! What stands behind an external connection: a registry that the user named, or a few packages that the crate makes itself.
//!
//! Nothing here goes out to the real public registries unless the user names their address.

mod builtin;
mod crates;
pub mod html_index;
pub mod integrity;
pub mod json_index;
#[cfg(feature = "native")]
mod remote;
#[cfg(not(feature = "native"))]
#[path = "sources/no_remote.rs"]
mod remote;

use std::collections::BTreeMap;

use bytes::Bytes;
use serde_json::{Map, Value};

use crate::Options;
use crate::rules::constraint::PACKAGE_WORD;

pub(crate) use builtin::builtin;

/// What an npm registry says of a package (a packument).
#[derive(Debug, Clone, Default)]
pub struct NpmDocument {
    /// Tag to version.
    pub dist_tags: BTreeMap<String, String>,
    /// Manifests by version, `dist` included.
    pub versions: Map<String, Value>,
    /// When each version was published, RFC 3339.
    pub time: Map<String, Value>,
    /// Readme of the latest version.
    pub readme: Option<String>,
}

/// One file that a Python index offers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PypiFile {
    /// File name.
    pub name: String,
    /// Where to fetch it, absolute.
    pub url: String,
    /// Lower-case hex.
    pub sha256: Option<String>,
    /// `Requires-Python` of the file.
    pub requires_python: Option<String>,
    /// Why it was yanked (may be empty), if it was.
    pub yanked: Option<String>,
    /// When it was uploaded, RFC 3339.
    pub uploaded: Option<String>,
    /// In bytes; pages in HTML do not tell it.
    pub size: Option<u64>,
}

/// One version that a registry of crates offers.
#[derive(Debug, Clone, PartialEq)]
pub struct CrateFile {
    /// The version.
    pub version: String,
    /// Its line of the index.
    pub line: Value,
    /// Where to fetch the crate.
    pub url: String,
}

/// Why a source could not answer. Addresses are told without user names and passwords.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// The address given for the connection is of no use.
    #[error("The source given for {connection} cannot be used: {reason}")]
    BadAddress {
        /// Such as `public:npmjs`.
        connection: String,
        /// What is wrong with it.
        reason: String,
    },
    /// It does not answer, or not as a registry does.
    #[error("The source of {connection} cannot be reached: {reason}")]
    Unreachable {
        /// Such as `public:npmjs`.
        connection: String,
        /// What happened.
        reason: String,
    },
    /// The bytes are not those that the source's own index promised.
    #[error("The file that the source of {connection} sent is not the one its index names: {reason}")]
    Altered {
        /// Such as `public:npmjs`.
        connection: String,
        /// Which digest differs.
        reason: String,
    },
}

enum Source {
    Remote(remote::Remote),
    Unusable(SourceError),
}

/// The sources of all external connections.
pub struct Sources {
    named: BTreeMap<String, Source>,
}

impl Sources {
    /// The sources that `options` name. One with an address of no use answers with the reason each time; see [`check_source`].
    #[must_use]
    pub fn new(options: &Options) -> Self {
        let open = |(connection, address): &(String, String)| {
            let source = match remote::Remote::new(connection, address) {
                Ok(remote) => Source::Remote(remote),
                Err(error) => Source::Unusable(error),
            };
            (connection.clone(), source)
        };
        Self { named: options.sources.iter().map(open).collect() }
    }

    /// The packument of `name` (`@scope/name` for scoped ones); `None` if the source does not have the package.
    ///
    /// # Errors
    /// See [`SourceError`].
    pub async fn npm(&self, connection: &str, name: &str) -> Result<Option<NpmDocument>, SourceError> {
        match self.named.get(connection) {
            None if connection == "public:npmjs" => Ok(builtin().npm(name)),
            None => Ok(None),
            Some(Source::Unusable(error)) => Err(error.clone()),
            Some(Source::Remote(remote)) => remote.npm(name).await,
        }
    }

    /// The files of a Python package, by its normalised name; `None` if the source does not have it.
    ///
    /// # Errors
    /// See [`SourceError`].
    pub async fn pypi(&self, connection: &str, name: &str) -> Result<Option<Vec<PypiFile>>, SourceError> {
        match self.named.get(connection) {
            None if connection == "public:pypi" => Ok(builtin().pypi(name)),
            None => Ok(None),
            Some(Source::Unusable(error)) => Err(error.clone()),
            Some(Source::Remote(remote)) => remote.pypi(name).await,
        }
    }

    /// The versions of a crate; `None` if the source does not have it. Only the built-in crates can be had: no source of
    /// crates can be named.
    ///
    /// # Errors
    /// See [`SourceError`].
    pub fn cargo(&self, connection: &str, name: &str) -> Result<Option<Vec<CrateFile>>, SourceError> {
        match self.named.get(connection) {
            None if connection == "public:crates-io" => Ok(builtin().cargo(name)),
            None | Some(Source::Remote(_)) => Ok(None),
            Some(Source::Unusable(error)) => Err(error.clone()),
        }
    }

    /// The bytes at `url`, which an index of the same source named.
    ///
    /// # Errors
    /// See [`SourceError`].
    pub async fn file(&self, connection: &str, url: &str) -> Result<Bytes, SourceError> {
        match self.named.get(connection) {
            None => builtin().file(url).ok_or_else(|| SourceError::Unreachable {
                connection: connection.to_owned(),
                reason: "the built-in packages do not have this file".to_owned(),
            }),
            Some(Source::Unusable(error)) => Err(error.clone()),
            Some(Source::Remote(remote)) => remote.file(url).await,
        }
    }
}

/// Whether `address` can serve as the source of `connection`; for a command line to refuse it early.
///
/// # Errors
/// [`SourceError::BadAddress`] in words for the person who typed it.
pub fn check_source(connection: &str, address: &str) -> Result<(), SourceError> {
    remote::Remote::new(connection, address).map(|_| ())
}

/// Reads a packument. Versions that the CodeArtifact API could not name are left out.
///
/// # Errors
/// What is missing, in words.
pub fn npm_document(value: Value) -> Result<NpmDocument, String> {
    let Value::Object(mut object) = value else { return Err("the packument is not a JSON object".to_owned()) };
    let mut map = |key: &str| match object.shift_remove(key) {
        Some(Value::Object(map)) => Some(map),
        _ => None,
    };
    let mut versions = map("versions").ok_or("the packument has no versions")?;
    versions.retain(|version, _| PACKAGE_WORD.fits(version));
    let tags = map("dist-tags").unwrap_or_default();
    let dist_tags = tags.into_iter().filter_map(|(tag, version)| Some((tag, version.as_str()?.to_owned()))).collect();
    let time = map("time").unwrap_or_default();
    let readme = object.get("readme").and_then(Value::as_str).map(str::to_owned);
    Ok(NpmDocument { dist_tags, versions, time, readme })
}
