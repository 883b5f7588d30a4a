//! Domains.

use serde::{Deserialize, Serialize};

use crate::names::{AccountId, DomainName};
use crate::repository::Repository;

/// A domain as lists tell it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DomainSummary {
    /// Unique per account and region.
    pub name: DomainName,
    /// The account that owns it.
    pub owner: AccountId,
    /// Its ARN.
    pub arn: String,
    /// Epoch seconds.
    pub created: Option<f64>,
    /// ARN of the KMS key.
    pub encryption_key: Option<String>,
}

/// A domain in full.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Domain {
    /// Unique per account and region.
    pub name: DomainName,
    /// The account that owns it.
    pub owner: AccountId,
    /// Its ARN.
    pub arn: String,
    /// Epoch seconds.
    pub created: Option<f64>,
    /// ARN of the KMS key.
    pub encryption_key: Option<String>,
    /// How many repositories it has.
    pub repository_count: u32,
    /// Bytes of all assets, each distinct one counted once.
    pub asset_size_bytes: u64,
}

/// All of a domain that the map draws.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DomainMap {
    /// The domain itself.
    pub domain: Domain,
    /// Its repositories, by name. One that could not be described says so in its `problem`.
    pub repositories: Vec<Repository>,
    /// When the oldest part was read from AWS, epoch seconds.
    pub read_at: f64,
}
