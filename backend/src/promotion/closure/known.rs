//! What is known of the domain, and what is wanted to know more.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use shared::names::{RepositoryName, VersionName};
use shared::package::PackageKey;
use shared::problem::Problem;
use shared::promotion::VersionChoice;
use shared::version::{Dependency, PackageVersionStatus};

use crate::requirement::{self, Meaning};

/// A version whose dependencies are followed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node {
    /// Which version.
    pub choice: VersionChoice,
    /// The repository that tells its dependencies.
    pub at: RepositoryName,
    /// Python: the extras that it was asked for with. What it needs without them belongs to the node that has none.
    pub extras: BTreeSet<String>,
}

/// Everything that has been read.
#[derive(Debug, Default)]
pub struct Known {
    /// What each version asks for, as written and as meant.
    pub needs: HashMap<Node, Result<Vec<(Dependency, Meaning)>, Problem>>,
    /// Which versions of a package there are.
    pub held: HashMap<PackageKey, Result<Held, Problem>>,
    /// npm dist-tags, in the target and in the source.
    pub tags: HashMap<PackageKey, Result<Tags, Problem>>,
}

/// Which versions of a package there are, from the target's point of view and in the source.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Held {
    /// What the target has, or reaches: the version's status where it is found first, and the repository of that place.
    pub target: BTreeMap<VersionName, (Option<PackageVersionStatus>, RepositoryName)>,
    /// Versions that the target itself has, in whatever status: nothing can be copied over them.
    pub occupied: BTreeSet<VersionName>,
    /// What the source has.
    pub source: BTreeMap<VersionName, Offered>,
    /// Versions that nobody is to promote, and why.
    pub blocked: BTreeMap<VersionName, String>,
    /// The repository with the first external connection that the target reaches for this package, and the connection.
    pub outside: Option<(RepositoryName, String)>,
}

/// A version of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offered {
    /// Its status there; none where this program does not know it.
    pub status: Option<PackageVersionStatus>,
    /// It came from a public registry.
    pub external: bool,
}

/// npm dist-tags.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tags {
    /// As a client of the target sees them.
    pub target: BTreeMap<String, VersionName>,
    /// As a client of the source sees them.
    pub source: BTreeMap<String, VersionName>,
}

/// What has to be read to know more.
#[derive(Debug, Default)]
pub struct Wanted {
    /// Versions whose dependencies are to be read.
    pub nodes: BTreeSet<Node>,
    /// Packages whose versions are to be listed.
    pub packages: BTreeSet<PackageKey>,
    /// npm packages whose dist-tags are to be read.
    pub tags: BTreeSet<PackageKey>,
}

impl Wanted {
    /// Nothing is.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty() && self.packages.is_empty() && self.tags.is_empty()
    }
}

impl Known {
    /// Takes what a version asks for, and reads what that means.
    pub fn learn(&mut self, node: Node, dependencies: Result<Vec<Dependency>, Problem>) {
        let format = node.choice.package.format;
        let none = BTreeSet::new();
        let meaning = |dependency: Dependency| {
            let meaning = requirement::read(format, &dependency, &node.extras);
            // What is needed without extras as well, the node that has none asks for.
            let known = !node.extras.is_empty() && requirement::read(format, &dependency, &none) == meaning;
            (!known && meaning != Meaning::NotNeeded).then_some((dependency, meaning))
        };
        let needs = dependencies.map(|dependencies| dependencies.into_iter().filter_map(meaning).collect());
        self.needs.insert(node, needs);
    }
}
