//! The control plane as the real AWS SDK for Rust sees it: the router is the SDK's HTTP client, nothing is faked between.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

mod assets;
mod batches;
mod copying;
mod copying_npm;
mod domains;
mod fault_plans;
mod faults;
mod names;
mod npm;
mod package_groups;
mod packages;
mod paging;
mod policies;
mod publishing;
mod repositories;
mod signatures;
mod sts;
mod support;
mod tags;
mod tokens;
mod upstreams;
mod versions;
