//! The order in which repositories are searched for a package.

use std::collections::HashSet;

use crate::model::Domain;

#[cfg(test)]
mod tests;

/// How many repositories one request searches at most (CodeArtifact quotas, "upstream repositories searched").
/// Whether the requested repository counts is not documented; here it does.
pub const MOST_SEARCHED: usize = 25;

/// The repositories that a request to `repository` searches, in order, itself first.
///
/// Depth first, each upstream before its next sibling (CodeArtifact user guide, "Upstream repository priority order").
/// A repository that is reached twice is searched once, at its first place. Unknown names are left out.
pub fn search_order(domain: &Domain, repository: &str) -> Vec<String> {
    let mut seen = HashSet::new();
    let mut order = Vec::new();
    let mut waiting = vec![repository];
    while let Some(name) = waiting.pop() {
        let Some(found) = domain.repositories.get(name) else { continue };
        if order.len() == MOST_SEARCHED || !seen.insert(name) {
            continue;
        }
        order.push(name.to_owned());
        waiting.extend(found.upstreams.iter().rev().map(String::as_str));
    }
    order
}
