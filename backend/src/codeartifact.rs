//! AWS CodeArtifact: the only room that knows the AWS SDK. One file per noun; faults and types are translated at its door.

pub mod archives;
mod assets;
pub mod calls;
mod classify;
mod client;
mod convert;
mod credentials;
mod domains;
mod fault;
mod pace;
mod package_groups;
pub mod packages;
mod paging;
pub mod permissions;
mod publish;
mod registry;
mod renewal;
mod repositories;
mod resource_tags;
mod snapshot;
mod source;
mod status;
pub mod sts;
mod tags;
mod token;
mod trouble;
pub mod versions;

pub use client::CodeArtifact;
pub use trouble::trouble;
pub use versions::{BatchAnswer, Failure};

/// How many calls of one page may be under way at the same time.
pub const MOST_AT_ONCE: usize = 40;
