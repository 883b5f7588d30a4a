//! Package groups: which packages of a domain may come from where (CodeArtifact user guide, "Working with package groups").

use std::collections::{BTreeMap, BTreeSet};
use std::time::SystemTime;

use crate::rules::group::Pattern;

/// The package groups of a domain, the root included, which is always there.
#[derive(Debug)]
pub struct PackageGroups {
    /// By pattern, in the order of their texts.
    pub by_pattern: BTreeMap<Pattern, PackageGroup>,
}

/// One package group.
#[derive(Debug, Clone)]
pub struct PackageGroup {
    /// Shown as `createdTime`.
    pub created: SystemTime,
    /// Whom to ask; free text of at most 1,000 characters.
    pub contact_info: Option<String>,
    /// Free text of at most 1,000 characters.
    pub description: Option<String>,
    /// Tags in key order.
    pub tags: BTreeMap<String, String>,
    /// One for each way in which versions come.
    pub restrictions: BTreeMap<RestrictionType, Restriction>,
}

/// How versions may come in one way.
#[derive(Debug, Clone)]
pub struct Restriction {
    /// As it was set.
    pub mode: RestrictionMode,
    /// What `ALLOW_SPECIFIC_REPOSITORIES` allows. Kept whatever the mode is.
    pub repositories: BTreeSet<String>,
}

/// In which way versions come (`PackageGroupOriginRestrictionType`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RestrictionType {
    /// `PUBLISH`: straight into the repository.
    Publish,
    /// `EXTERNAL_UPSTREAM`: from the repository's external connection.
    ExternalUpstream,
    /// `INTERNAL_UPSTREAM`: from upstreams of the repository.
    InternalUpstream,
}

impl RestrictionType {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Publish, Self::ExternalUpstream, Self::InternalUpstream];

    /// The word on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Publish => "PUBLISH",
            Self::ExternalUpstream => "EXTERNAL_UPSTREAM",
            Self::InternalUpstream => "INTERNAL_UPSTREAM",
        }
    }

    /// The type that `word` names on the wire.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// What is allowed (`PackageGroupOriginRestrictionMode`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RestrictionMode {
    /// `ALLOW`
    Allow,
    /// `ALLOW_SPECIFIC_REPOSITORIES`
    AllowSpecificRepositories,
    /// `BLOCK`
    Block,
    /// `INHERIT`: as the parent says.
    Inherit,
}

impl RestrictionMode {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Allow, Self::AllowSpecificRepositories, Self::Block, Self::Inherit];

    /// The word on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "ALLOW",
            Self::AllowSpecificRepositories => "ALLOW_SPECIFIC_REPOSITORIES",
            Self::Block => "BLOCK",
            Self::Inherit => "INHERIT",
        }
    }

    /// The mode that `word` names on the wire.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.as_str() == word)
    }
}

impl PackageGroup {
    /// A group that says the same of all three ways. New ones inherit; the root allows.
    pub fn new(created: SystemTime, mode: RestrictionMode) -> Self {
        let restriction = Restriction { mode, repositories: BTreeSet::new() };
        Self {
            created,
            contact_info: None,
            description: None,
            tags: BTreeMap::new(),
            restrictions: RestrictionType::ALL.map(|kind| (kind, restriction.clone())).into(),
        }
    }
}

impl PackageGroups {
    /// What a new domain has: the root, which allows everything.
    pub fn new(created: SystemTime) -> Self {
        let root = PackageGroup::new(created, RestrictionMode::Allow);
        Self { by_pattern: BTreeMap::from([(Pattern::root(), root)]) }
    }
}
