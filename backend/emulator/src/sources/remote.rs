//! A registry over HTTP: bounded in size, time and redirects.

use std::net::IpAddr;
use std::sync::OnceLock;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{StatusCode, header};
use reqwest::{Client, Response, Url, redirect};

use super::{NpmDocument, PypiFile, SourceError, html_index, json_index, npm_document};

/// An index page may have this many bytes: 64 MiB, twice the largest packument of the public registry.
const MAX_INDEX: usize = 64 * 1024 * 1024;
/// A package file may have this many bytes: 512 MiB.
const MAX_FILE: usize = 512 * 1024 * 1024;
const CONNECT_TIME: Duration = Duration::from_secs(5);
const TOTAL_TIME: Duration = Duration::from_secs(120);
const MAX_REDIRECTS: usize = 5;
const PYPI_ACCEPT: &str = "application/vnd.pypi.simple.v1+json, text/html;q=0.5";

/// A registry at an address.
pub(super) struct Remote {
    connection: String,
    base: Url,
    /// Made at the first request: reading the trusted certificates takes time that a start does not need to spend.
    client: OnceLock<Client>,
}

impl Remote {
    /// A source for `connection` at `address`; nothing is sent yet.
    pub(super) fn new(connection: &str, address: &str) -> Result<Self, SourceError> {
        let bad =
            |reason: &str| SourceError::BadAddress { connection: connection.to_owned(), reason: reason.to_owned() };
        if !matches!(connection, "public:npmjs" | "public:pypi") {
            return Err(bad("only public:npmjs and public:pypi can be given a source"));
        }
        let mut base = Url::parse(address)
            .map_err(|error| bad(&format!("{error}; give a full address such as http://127.0.0.1:4873/")))?;
        if !matches!(base.scheme(), "http" | "https") || !base.has_host() {
            return Err(bad("the address must begin with http:// or https:// and name a host"));
        }
        base.set_query(None);
        base.set_fragment(None);
        if !base.path().ends_with('/') {
            let path = format!("{}/", base.path());
            base.set_path(&path);
        }
        Ok(Self { connection: connection.to_owned(), base, client: OnceLock::new() })
    }

    /// `GET {base}/{name}`, the slash of a scoped name encoded as npm does.
    pub(super) async fn npm(&self, name: &str) -> Result<Option<NpmDocument>, SourceError> {
        let url = self.below(&[name])?;
        let Some(response) = self.get(url, "application/json").await? else { return Ok(None) };
        let bytes = self.read(response, MAX_INDEX).await?;
        let value = serde_json::from_slice(&bytes)
            .map_err(|error| self.unreachable(format!("it answered no JSON: {error}")))?;
        npm_document(value).map(Some).map_err(|reason| self.unreachable(reason))
    }

    /// `GET {base}/{name}/`, JSON or HTML (PEP 691, PEP 503).
    pub(super) async fn pypi(&self, name: &str) -> Result<Option<Vec<PypiFile>>, SourceError> {
        let Some(response) = self.get(self.below(&[name, ""])?, PYPI_ACCEPT).await? else { return Ok(None) };
        let address = response.url().clone();
        let content_type =
            response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let is_json = content_type.contains("json");
        let bytes = self.read(response, MAX_INDEX).await?;
        let mut files = if is_json {
            json_index::parse(&bytes).map_err(|reason| self.unreachable(reason))?
        } else {
            html_index::parse(&String::from_utf8_lossy(&bytes))
        };
        files.retain_mut(|file| match address.join(&file.url) {
            Ok(url) => {
                file.url = url.into();
                true
            }
            Err(_) => false,
        });
        Ok(Some(files))
    }

    /// The bytes of a file that the index named.
    pub(super) async fn file(&self, url: &str) -> Result<Bytes, SourceError> {
        let url =
            Url::parse(url).map_err(|error| self.unreachable(format!("its index names a bad address: {error}")))?;
        if url.scheme() != self.base.scheme() {
            return Err(self.unreachable(format!(
                "its index names a file by {}, not by {}",
                url.scheme(),
                self.base.scheme()
            )));
        }
        let response = self
            .get(url, "*/*")
            .await?
            .ok_or_else(|| self.unreachable("it does not have a file that its index names".into()))?;
        self.read(response, MAX_FILE).await
    }

    /// The address of `segments` below the base, each encoded. `.` and `..` name no package, and no other place either.
    fn below(&self, segments: &[&str]) -> Result<Url, SourceError> {
        let elsewhere = || self.unreachable("the name leads elsewhere".to_owned());
        let mut url = self.base.clone();
        if segments.iter().any(|segment| matches!(*segment, "." | "..")) {
            return Err(elsewhere());
        }
        url.path_segments_mut().map_err(|()| elsewhere())?.pop_if_empty().extend(segments);
        Ok(url)
    }

    /// `None` for 404 and 410.
    async fn get(&self, mut url: Url, accept: &'static str) -> Result<Option<Response>, SourceError> {
        let client = match self.client.get() {
            Some(client) => client,
            None => {
                let client = client(&self.base).map_err(|error| self.failed(error))?;
                self.client.get_or_init(|| client)
            }
        };
        // A user name and password belong to the registry named, and to no other host that its index points at.
        // They are taken over as they are; the client moves them into a header. Setting them fails for addresses without a host only.
        if url.origin() == self.base.origin() && url.set_username(self.base.username()).is_ok() {
            let _ = url.set_password(self.base.password());
        }
        let request = client.get(url).header(header::ACCEPT, accept);
        let response = request.send().await.map_err(|error| self.failed(error))?;
        match response.status() {
            StatusCode::NOT_FOUND | StatusCode::GONE => Ok(None),
            status if status.is_success() => Ok(Some(response)),
            status => Err(self.unreachable(format!("it answered {status}"))),
        }
    }

    async fn read(&self, mut response: Response, limit: usize) -> Result<Bytes, SourceError> {
        let mut bytes = BytesMut::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| self.failed(error))? {
            if bytes.len() + chunk.len() > limit {
                return Err(self.unreachable(format!("it sent more than {limit} bytes")));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes.freeze())
    }

    fn failed(&self, error: reqwest::Error) -> SourceError {
        // The address may hold a password.
        let error = error.without_url();
        let mut reason = error.to_string();
        let mut cause = std::error::Error::source(&error);
        while let Some(inner) = cause {
            reason = format!("{reason}: {inner}");
            cause = inner.source();
        }
        self.unreachable(reason)
    }

    fn unreachable(&self, reason: String) -> SourceError {
        tracing::warn!(connection = self.connection, reason, "a source did not answer as hoped");
        SourceError::Unreachable { connection: self.connection.clone(), reason }
    }
}

fn client(base: &Url) -> Result<Client, reqwest::Error> {
    let same_scheme = redirect::Policy::custom(|attempt| {
        let first = attempt.previous().first().map(Url::scheme);
        if attempt.previous().len() > MAX_REDIRECTS {
            attempt.error("too many redirects")
        } else if first.is_some_and(|scheme| scheme != attempt.url().scheme()) {
            attempt.error("a redirect to another scheme is not followed")
        } else {
            attempt.follow()
        }
    });
    let mut builder = Client::builder();
    // A proxy of the environment knows nothing of this machine's own ports.
    if is_loopback(base) {
        builder = builder.no_proxy();
    }
    builder
        .user_agent(concat!("codeartifact-emulator/", env!("CARGO_PKG_VERSION")))
        .redirect(same_scheme)
        .connect_timeout(CONNECT_TIME)
        .timeout(TOTAL_TIME)
        .build()
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}
