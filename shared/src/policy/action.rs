//! Every action of CodeArtifact, and what it works on.
//!
//! From the service authorization reference, *Actions, resources, and condition keys for AWS CodeArtifact*: 48 operations
//! and three permissions that no operation is called after.

use super::near::nearest;
use super::wildcard::{is_pattern, matches};

/// The action that lets a principal ask for a token. It belongs to STS, works on no resource, and is asked of identity
/// policies alone.
pub const GET_SERVICE_BEARER_TOKEN: &str = "sts:GetServiceBearerToken";

/// What stands before the name of every action of CodeArtifact.
pub const SERVICE: &str = "codeartifact";

/// What an action can work on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ResourceKind {
    /// `domain/{domain}`
    Domain,
    /// `repository/{domain}/{repository}`
    Repository,
    /// `package/{domain}/{repository}/{format}/{namespace}/{name}`
    Package,
    /// `package-group/{domain}{pattern}`
    PackageGroup,
}

impl ResourceKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Domain, Self::Repository, Self::Package, Self::PackageGroup];

    /// The word that its ARN begins with, after the account.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::Repository => "repository",
            Self::Package => "package",
            Self::PackageGroup => "package-group",
        }
    }

    /// How it is called in a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::Domain => "a domain",
            Self::Repository => "a repository",
            Self::Package => "a package",
            Self::PackageGroup => "a package group",
        }
    }
}

/// How deep an action reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Access {
    /// Tells names.
    List,
    /// Tells content.
    Read,
    /// Changes something.
    Write,
    /// Changes tags.
    Tag,
    /// Changes who may do what. The reference calls two of the four just *Write*.
    Permissions,
}

/// An action of CodeArtifact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Action {
    /// Its name, without `codeartifact:`.
    pub name: &'static str,
    /// How deep it reaches.
    pub access: Access,
    /// What it works on. Nothing: no resource can be named, and it must be granted on `*`.
    pub on: &'static [ResourceKind],
}

macro_rules! actions {
    ($($name:ident: $access:ident [$($kind:ident),*];)*) => {
        /// All of them, in the order of the alphabet.
        pub const ACTIONS: &[Action] = &[$(
            Action { name: stringify!($name), access: Access::$access, on: &[$(ResourceKind::$kind),*] }
        ),*];
    };
}

actions! {
    AssociateExternalConnection: Write [Repository];
    AssociateWithDownstreamRepository: Write [Repository];
    CopyPackageVersions: Write [Package, Repository];
    CreateDomain: Write [];
    CreatePackageGroup: Write [];
    CreateRepository: Write [];
    DeleteDomain: Write [Domain];
    DeleteDomainPermissionsPolicy: Permissions [Domain];
    DeletePackage: Write [Package];
    DeletePackageGroup: Write [PackageGroup];
    DeletePackageVersions: Write [Package];
    DeleteRepository: Write [Repository];
    DeleteRepositoryPermissionsPolicy: Permissions [Repository];
    DescribeDomain: Read [Domain];
    DescribePackage: Read [Package];
    DescribePackageGroup: Read [PackageGroup];
    DescribePackageVersion: Read [Package];
    DescribeRepository: Read [Repository];
    DisassociateExternalConnection: Write [Repository];
    DisposePackageVersions: Write [Package];
    GetAssociatedPackageGroup: Read [PackageGroup];
    GetAuthorizationToken: Read [Domain];
    GetDomainPermissionsPolicy: Read [Domain];
    GetPackageVersionAsset: Read [Package];
    GetPackageVersionReadme: Read [Package];
    GetRepositoryEndpoint: Read [Repository];
    GetRepositoryPermissionsPolicy: Read [Repository];
    ListAllowedRepositoriesForGroup: List [PackageGroup];
    ListAssociatedPackages: List [PackageGroup];
    ListDomains: List [];
    ListPackageGroups: List [Domain];
    ListPackageVersionAssets: List [Package];
    ListPackageVersionDependencies: List [Package];
    ListPackageVersions: List [Package];
    ListPackages: List [Repository];
    ListRepositories: List [];
    ListRepositoriesInDomain: List [Domain];
    ListSubPackageGroups: List [PackageGroup];
    ListTagsForResource: List [Domain, PackageGroup, Repository];
    PublishPackageVersion: Write [Package];
    PutDomainPermissionsPolicy: Permissions [Domain];
    PutPackageMetadata: Write [Package];
    PutPackageOriginConfiguration: Write [Package];
    PutRepositoryPermissionsPolicy: Permissions [Repository];
    ReadFromRepository: Read [Repository];
    TagResource: Tag [Domain, PackageGroup, Repository];
    UntagResource: Tag [Domain, PackageGroup, Repository];
    UpdatePackageGroup: Write [PackageGroup];
    UpdatePackageGroupOriginConfiguration: Write [PackageGroup];
    UpdatePackageVersionsStatus: Write [Package];
    UpdateRepository: Write [Repository];
}

impl Action {
    /// The action of this name, with or without `codeartifact:`. Case does not count, as in IAM.
    pub fn named(name: &str) -> Option<&'static Self> {
        let name = name.split_once(':').map_or(name, |(_, name)| name);
        ACTIONS.iter().find(|action| action.name.eq_ignore_ascii_case(name))
    }

    /// The name as it stands in a policy.
    pub fn full_name(&self) -> String {
        format!("{SERVICE}:{}", self.name)
    }

    /// Whether the policy of a domain has a say. Operations of the account ask identity policies alone, except that
    /// creating a repository or a package group in somebody's domain asks the domain (CodeArtifact user guide).
    pub fn asks_domain(&self) -> bool {
        !self.on.is_empty() || matches!(self.name, "CreateRepository" | "CreatePackageGroup")
    }

    /// Whether the policy of a repository has a say.
    pub fn asks_repository(&self) -> bool {
        self.on.iter().any(|kind| matches!(kind, ResourceKind::Repository | ResourceKind::Package))
    }
}

/// The name that was probably meant.
pub(super) fn nearest_action(name: &str) -> Option<&'static str> {
    nearest(name, ACTIONS.iter().map(|action| action.name))
}

/// Whether a pattern of a policy, such as `codeartifact:Get*`, takes in an action (written in full). Case does not count.
pub fn takes_in(pattern: &str, action: &str) -> bool {
    matches(&pattern.to_ascii_lowercase(), &action.to_ascii_lowercase())
}

/// The actions of CodeArtifact that a pattern of a policy takes in.
pub fn taken_in(pattern: &str) -> impl Iterator<Item = &'static Action> {
    ACTIONS.iter().filter(move |action| {
        if is_pattern(pattern) {
            takes_in(pattern, &action.full_name())
        } else {
            pattern.eq_ignore_ascii_case(&action.full_name())
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_51_actions_in_order() {
        assert_eq!(ACTIONS.len(), 51);
        assert!(ACTIONS.is_sorted_by_key(|action| action.name));
        assert_eq!(ACTIONS.iter().filter(|action| action.on.is_empty()).count(), 5);
    }

    #[test]
    fn a_pattern_takes_in_what_it_describes_in_any_case() {
        assert_eq!(taken_in("codeartifact:*").count(), 51);
        assert_eq!(taken_in("CODEARTIFACT:readfromrepository").count(), 1);
        assert_eq!(taken_in("codeartifact:Delete*PermissionsPolicy").count(), 2);
        assert_eq!(taken_in("s3:*").count(), 0);
        assert_eq!(nearest_action("ReadFromRepo"), Some("ReadFromRepository"));
    }
}
