//! A wire-compatible AWS CodeArtifact, as a library.
//!
//! It answers the CodeArtifact API (`/v1/…`, Signature Version 4), the one STS call that clients make first
//! (`GetCallerIdentity`), and the package managers' endpoints (`/npm/…`, `/pypi/…`).
//! In a test of your own it needs no socket and no setting of the machine:
//!
//! ```
//! # use codeartifact_emulator::{Emulator, Options};
//! # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let emulator = Emulator::new(Options::default());
//! let client = aws_sdk_codeartifact::Client::new(&emulator.sdk_config());
//! client.create_domain().domain("acme").send().await?;
//! let domains = client.list_domains().send().await?;
//! assert_eq!(domains.domains()[0].name(), Some("acme"));
//! # Ok(()) }
//! ```
//!
//! [`Emulator::router`] is an ordinary `axum::Router`: serve it on a socket for every other client.
//!
//! One account, one region, one caller who owns everything. Everything is in memory and gone with the last clone.
//!
//! # What it does not imitate
//!
//! - Permissions: policies are kept and checked for their form, not enforced. There is no IAM and no other account;
//!   a [`fault_plan`] makes calls end in `AccessDeniedException` when a test needs that.
//! - Rates: nothing is throttled unless a [`fault_plan`] says so, or [`Quotas::Aws`] holds.
//! - KMS: key names become ARNs, nothing is encrypted with them. There is no S3 behind it, and no events, logs or metrics.
//! - Presigned requests, and every package format but npm, PyPI, Cargo and generic on the package managers' endpoints.
//! - Delays: everything is visible at once. AWS lists a fetched version some minutes later.
//! - Size: an asset has at most 512 MiB in `PublishPackageVersion` (AWS: 5 GB), every other request at most 1 MiB.
//! - Names may be told in headers percent-encoded (`X-AssetName` of `GetPackageVersionAsset`), where they are not ASCII.
//!
//! # Choices where AWS documents nothing
//!
//! | question | here |
//! |---|---|
//! | an upstream list with the repository itself, a name twice, or a cycle | `ValidationException` |
//! | more than 10 direct upstreams | `ServiceQuotaExceededException` |
//! | an unknown external connection | `ValidationException` |
//! | does the requested repository count among the 25 searched | yes |
//! | a deleted repository in the upstream lists of others | leaves them |
//! | repository names that differ by case only | two repositories |
//! | deleting a domain or repository that does not exist | no error, an empty answer |
//! | token durations from 1 to 899 seconds | `ValidationException` |
//! | a `policyRevision` that is not the current one, or where no policy is set | `ConflictException` |
//! | a stale `revision` in `GetPackageVersionAsset` | `ConflictException` |
//! | `GetPackageVersionAsset` of an archived version, of a disposed one | `ConflictException`, `ResourceNotFoundException` |
//! | `x-amz-content-sha256` unlike the body in `PublishPackageVersion` | `ValidationException` |
//! | `PublishPackageVersion` where publishing is blocked | `AccessDeniedException` |
//! | the same asset again in an archived or disposed version | `ConflictException` |
//! | an unfinished version that is to be archived, disposed of | `NOT_ALLOWED`, allowed |
//! | a status that is set again | success |
//! | `DeletePackageVersions` with one version that cannot be deleted | nothing is deleted, the others are `SKIPPED` |
//! | copying versions that are unfinished, archived or disposed | `NOT_ALLOWED` |
//! | copying onto a disposed version | `NOT_ALLOWED`, even with `allowOverwrite` |
//! | `includeFromUpstream` where the source's package blocks upstreams | nothing beyond that repository is found |
//! | `includeFromUpstream` and public registries | only what the domain holds already is found |
//! | copying a repository onto itself | `ValidationException` |
//! | copying into a package that blocks publishing | allowed |
//! | npm dist-tags of versions that were identical already | stay as they are |
//! | origin control of a package that comes into being by a copy | that of its source |
//! | status, origin and `publishedTime` of a copy | those of its source |
//! | `defaultDisplayVersion` without a tag `latest` | newest version that is `Published`; absent if there is none |
//! | deleting the root package group | `ValidationException` |
//! | copying a package that its package group would not let be published | allowed |
//! | adding a repository that does not exist to a package group's list | `ResourceNotFoundException` |
//! | `resourceType` of errors about package groups | `domain` |
//! | `ListAssociatedPackages` with `preview` | leaves out what a more specific group has |
//! | which names look alike | UTS 39 skeletons, without case, `-`, `.` and `_` as one |
//! | page size of lists that have no documented one | 50; 100 for dependencies |
//! | order of lists | by name; versions by text unless sorted by time |
//! | several invalid members in one request | the first is reported |
//!
//! The choices of the package managers' endpoints stand at the top of `src/data.rs`.

pub mod archive;
pub mod clock;
mod control;
mod data;
mod emulator;
pub mod fault_plan;
pub mod model;
mod options;
mod random;
mod rates;
pub mod rules;
#[cfg(feature = "sdk")]
pub mod sdk;
pub mod seed;
pub mod sources;
pub mod wire;

pub use clock::Clock;
pub use emulator::Emulator;
pub use options::Options;
pub use rates::Quotas;
