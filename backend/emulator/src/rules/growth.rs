//! Which places tell of the files of one Python version. Python versions grow: wheels follow a release for days.
//!
//! A version that was retained gains files, and learns that files were yanked, from the upstream or public registry that it came from, while
//! it is Published or Unlisted, its package's upstream control is `ALLOW`, and it was not published straight into the repository
//! (CodeArtifact user guide, "Package retention from upstream repositories"). AWS does not say what happens when something else
//! stands there under the same version by now; here only places count that hold the version with the
//! same origin, and the connection that is its origin.

use super::resolve::{Stop, is_downloadable};
use crate::model::{Origin, Package, PackageVersion};

/// Whether `held`, a version of `package` in `repository`, takes files from upstream.
#[must_use]
pub fn grows(repository: &str, package: &Package, held: &PackageVersion) -> bool {
    is_downloadable(held.status) && package.origin_control.upstream && !held.origin.is_repository(repository)
}

/// The way of a request through its stops, as far as one version is concerned.
#[derive(Debug, Default)]
pub struct Search {
    /// Where the version entered the domain, once something was found.
    origin: Option<Origin>,
    /// What stands further up does not count.
    ended: bool,
}

impl Search {
    /// The search comes to a stop that holds the version. Whether its files count.
    pub fn comes_to(&mut self, stop: &Stop, held: &PackageVersion) -> bool {
        if self.ended || self.origin.as_ref().is_some_and(|origin| *origin != held.origin) {
            return false;
        }
        self.origin = Some(held.origin.clone());
        self.ended = !stop.package.as_ref().is_some_and(|package| grows(&stop.repository, package, held));
        is_downloadable(held.status)
    }

    /// Whether the files of an external connection would count.
    #[must_use]
    pub fn may_ask(&self, connection: &str) -> bool {
        let same = |origin: &Origin| matches!(origin, Origin::External { connection: from } if from == connection);
        !self.ended && self.origin.as_ref().is_none_or(same)
    }

    /// The external connection offers the version. Whether its files count.
    pub fn is_offered_by(&mut self, connection: &str) -> bool {
        let counts = self.may_ask(connection);
        if counts && self.origin.is_none() {
            self.origin = Some(Origin::External { connection: connection.to_owned() });
        }
        counts
    }
}
