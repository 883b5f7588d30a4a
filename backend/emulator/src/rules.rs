//! The semantics of CodeArtifact: nothing here reads a request or writes an answer.

pub(crate) mod arn;
pub(crate) mod batch;
pub mod constraint;
pub mod content;
pub(crate) mod copy;
pub(crate) mod find;
pub mod group;
pub(crate) mod growth;
pub(crate) mod ingest;
pub(crate) mod policy;
pub(crate) mod publish;
pub(crate) mod resolve;
pub(crate) mod retention;
pub mod search;
pub(crate) mod status;
pub(crate) mod tags;
pub(crate) mod upstreams;
