//! Stands in for `remote.rs` in builds without sockets (feature `native` off): every named source says that it cannot be used.

use bytes::Bytes;

use super::{NpmDocument, PypiFile, SourceError};

/// A source that can never be opened.
pub(super) enum Remote {}

impl Remote {
    /// Always refuses.
    pub(super) fn new(connection: &str, _address: &str) -> Result<Self, SourceError> {
        let reason = "this build has no network; leave the source out to use the built-in packages".to_owned();
        Err(SourceError::BadAddress { connection: connection.to_owned(), reason })
    }

    /// Cannot be called: there is no value of this type.
    pub(super) async fn npm(&self, _name: &str) -> Result<Option<NpmDocument>, SourceError> {
        match *self {}
    }

    /// Cannot be called: there is no value of this type.
    pub(super) async fn pypi(&self, _name: &str) -> Result<Option<Vec<PypiFile>>, SourceError> {
        match *self {}
    }

    /// Cannot be called: there is no value of this type.
    pub(super) async fn file(&self, _url: &str) -> Result<Bytes, SourceError> {
        match *self {}
    }
}
