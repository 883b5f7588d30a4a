//! The closure of what is known: a pure rule.

use shared::closure::{ClosureRow, UnreadVersion};
use shared::names::RepositoryName;
use shared::promotion::VersionChoice;

use super::super::by_package;
use super::known::{Known, Wanted};
use super::lookup::{Lookup, Together};
use super::walk::Walk;

/// How often one version for everybody is looked for. Each time what it needs itself may ask for more; where that does
/// not come to rest, every requirement gets the version that is best for it alone.
const MOST_ROUNDS: usize = 8;

/// What is needed, as far as is known.
#[derive(Debug)]
pub struct Solution {
    /// By package.
    pub rows: Vec<ClosureRow>,
    /// Versions whose dependencies could not be read.
    pub unread: Vec<UnreadVersion>,
    /// What has to be read to know more; nothing when the rows are all there are.
    pub wanted: Wanted,
    /// How many versions were followed.
    pub followed: usize,
    /// There are more than `most`.
    pub capped: bool,
}

/// What the chosen versions of the source need, as far as is known, over at most `most` versions.
pub fn solve(source: &RepositoryName, chosen: &[VersionChoice], known: &Known, most: usize) -> Solution {
    let by_package = by_package(chosen);
    let walk = |together: &Together| {
        let mut walk = Walk::run(source, chosen, Lookup { chosen: &by_package, known, together }, most);
        let next = std::mem::take(&mut walk.together);
        let solution = Solution {
            rows: walk.rows(),
            unread: std::mem::take(&mut walk.unread),
            wanted: std::mem::take(&mut walk.wanted),
            followed: walk.followed(),
            capped: walk.capped,
        };
        (solution, next)
    };
    let mut together = Together::new();
    for _ in 0..MOST_ROUNDS {
        let (solution, next) = walk(&together);
        if next == together || !solution.wanted.is_empty() {
            return solution;
        }
        together = next;
    }
    walk(&Together::new()).0
}
