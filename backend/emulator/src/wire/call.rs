//! One request to one operation, as handlers read it.

use std::fmt::Display;
use std::str::FromStr;
use std::sync::MutexGuard;

use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::request::Parts;
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::Emulator;
use crate::model::{Format, State};
use crate::wire::fault::Fault;
use crate::wire::member::{self, Member};
use crate::wire::paging::Paging;

/// What a handler gives back.
pub(crate) type Answer = Result<Response, Fault>;

/// A request whose signature holds.
pub(crate) struct Call<'a> {
    /// The CodeArtifact that is asked.
    pub(crate) emulator: &'a Emulator,
    /// Method, address and headers.
    pub(crate) parts: &'a Parts,
    /// The body as it came.
    pub(crate) body: &'a Bytes,
    /// Such as `CopyPackageVersions`.
    pub(crate) operation: &'static str,
    query: Vec<(String, String)>,
}

impl<'a> Call<'a> {
    /// Reads the query string. Unknown names are ignored, as AWS does.
    pub(crate) fn new(emulator: &'a Emulator, operation: &'static str, parts: &'a Parts, body: &'a Bytes) -> Self {
        let query = decode_query(parts.uri.query().unwrap_or_default());
        Self { emulator, parts, body, operation, query }
    }

    /// The account of the caller, which owns everything here.
    pub(crate) fn account(&self) -> &str {
        &self.emulator.options().account
    }

    /// The one state, locked.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.emulator.state()
    }

    /// A query parameter as it came.
    pub(crate) fn raw(&self, wire: &str) -> Option<&str> {
        self.query.iter().find(|(name, _)| name == wire).map(|(_, value)| value.as_str())
    }

    /// A string member that may be left out.
    pub(crate) fn optional(&self, member: &Member) -> Result<Option<&str>, Fault> {
        self.raw(member.wire).map(|value| member::checked(value, member.name, member.shape)).transpose()
    }

    /// A string member that must be there.
    pub(crate) fn required(&self, member: &Member) -> Result<&str, Fault> {
        self.optional(member)?.ok_or_else(|| member::missing(member.name))
    }

    /// An enum member that may be left out. `known` are its words.
    pub(crate) fn choice<T>(
        &self,
        name: &str,
        known: &[&str],
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, Fault> {
        self.raw(name).map(|value| member::one_of(value, name, known, parse)).transpose()
    }

    /// The package format, where it may be left out.
    pub(crate) fn optional_format(&self) -> Result<Option<Format>, Fault> {
        self.choice("format", &Format::ALL.map(Format::as_str), Format::parse)
    }

    /// The package format.
    pub(crate) fn format(&self) -> Result<Format, Fault> {
        self.optional_format()?.ok_or_else(|| member::missing("format"))
    }

    /// `true` or `false`; `false` when left out.
    pub(crate) fn flag(&self, wire: &str) -> Result<bool, Fault> {
        self.number(wire).map(Option::unwrap_or_default)
    }

    /// Anything that is written in digits or the like.
    pub(crate) fn number<T: FromStr<Err: Display>>(&self, wire: &str) -> Result<Option<T>, Fault> {
        let parse = |value: &str| {
            value.parse().map_err(|error| Fault::cannot_parse(format!("'{value}' at '{wire}' cannot be read: {error}")))
        };
        self.raw(wire).map(parse).transpose()
    }

    /// The members in the JSON body. No body at all is an empty object, as clients send none when no member is set.
    pub(crate) fn members<T: DeserializeOwned>(&self) -> Result<T, Fault> {
        let text: &[u8] = if self.body.is_empty() { b"{}" } else { self.body };
        serde_json::from_slice(text)
            .map_err(|error| Fault::cannot_parse(format!("the request body cannot be read: {error}")))
    }

    /// Which page of a list is asked for, with everything that filters the list bound into it.
    pub(crate) fn paging(&self, default: usize) -> Result<Paging, Fault> {
        let filters = self.query.iter().filter(|(name, _)| name != "max-results" && name != "next-token");
        let filters: Vec<_> = filters.map(|(name, value)| [name.as_str(), value.as_str()]).collect();
        let limit = self.number("max-results")?;
        Paging::new(self.operation, &filters, limit, self.raw("next-token"), default)
    }
}

/// A JSON answer.
pub(crate) fn json(value: Value) -> Answer {
    Ok(axum::Json(value).into_response())
}

/// Names and values of a query string, percent-decoded. `+` is a plus sign: signers write a space as `%20`.
pub(crate) fn decode_query(query: &str) -> Vec<(String, String)> {
    let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        })
        .collect()
}
