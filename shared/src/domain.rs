//! Domains.

use serde::{Deserialize, Serialize};

use crate::names::{AccountId, DomainName, EncryptionKey};
use crate::repository::Repository;
use crate::tag::Tag;

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

/// A domain to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewDomain {
    /// Its name, for good.
    pub name: DomainName,
    /// What encrypts its assets, for good; without one, a key that AWS holds for the account.
    pub encryption_key: Option<EncryptionKey>,
    /// Its tags.
    pub tags: Vec<Tag>,
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
