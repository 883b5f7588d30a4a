//! Package groups of a domain, and the origins they restrict (CodeArtifact guide, "Package group origin controls").

use crate::names::RepositoryName;
use crate::tag::Tag;

/// The pattern of the group that every domain has from the start.
const ROOT: &str = "/*";

/// A package group of a [`super::Snapshot`].
#[derive(Debug, Clone, PartialEq)]
pub struct PackageGroupSnapshot {
    /// Which packages belong to it, such as `/npm/acme/*`; unique in the domain.
    pub pattern: String,
    /// Whom to ask about it; empty when nobody is named.
    pub contact_info: String,
    /// Free text; empty when there is none.
    pub description: String,
    /// What it says of each origin, in the order of [`GroupOrigin::ALL`]; without those it says nothing of.
    pub restrictions: Vec<GroupRestriction>,
    /// Its tags.
    pub tags: Vec<Tag>,
}

/// What a package group says of one origin.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupRestriction {
    /// The origin.
    pub origin: GroupOrigin,
    /// Whether versions may come from there.
    pub mode: GroupMode,
    /// Into which repositories they may come, for [`GroupMode::AllowSpecificRepositories`].
    pub repositories: Vec<RepositoryName>,
}

/// Where package versions come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupOrigin {
    /// Published to a repository.
    Publish,
    /// Fetched from a public registry.
    ExternalUpstream,
    /// Fetched from an upstream of the domain.
    InternalUpstream,
}

impl GroupOrigin {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Publish, Self::ExternalUpstream, Self::InternalUpstream];

    /// Its word in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Publish => "PUBLISH",
            Self::ExternalUpstream => "EXTERNAL_UPSTREAM",
            Self::InternalUpstream => "INTERNAL_UPSTREAM",
        }
    }

    /// Its property in CloudFormation.
    pub(super) fn property(self) -> &'static str {
        match self {
            Self::Publish => "Publish",
            Self::ExternalUpstream => "ExternalUpstream",
            Self::InternalUpstream => "InternalUpstream",
        }
    }
}

/// Whether versions may come from an origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupMode {
    /// Into every repository.
    Allow,
    /// Into those of its list.
    AllowSpecificRepositories,
    /// Into none.
    Block,
    /// As the next group above says. A new group begins with it, and the root cannot have it.
    Inherit,
}

impl GroupMode {
    /// Its word in the API and in CloudFormation.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "ALLOW",
            Self::AllowSpecificRepositories => "ALLOW_SPECIFIC_REPOSITORIES",
            Self::Block => "BLOCK",
            Self::Inherit => "INHERIT",
        }
    }
}

impl PackageGroupSnapshot {
    /// Whether it is the group that no domain is without.
    pub fn is_root(&self) -> bool {
        self.pattern == ROOT
    }

    /// The mode that its restrictions begin with.
    fn first_mode(&self) -> GroupMode {
        if self.is_root() { GroupMode::Allow } else { GroupMode::Inherit }
    }

    /// What it says of origins that it did not say from the start.
    pub(super) fn set_restrictions(&self) -> impl Iterator<Item = &GroupRestriction> {
        let first = self.first_mode();
        self.restrictions.iter().filter(move |one| one.mode != first || !one.repositories.is_empty())
    }

    /// Whether a domain that was just made has it as it is.
    pub(super) fn is_given(&self) -> bool {
        let words = [&self.contact_info, &self.description];
        let bare = self.tags.is_empty() && words.iter().all(|word| word.is_empty());
        self.is_root() && bare && self.set_restrictions().next().is_none()
    }
}
