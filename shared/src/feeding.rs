//! What feeds a repository, to be changed: a list of upstreams, or one external connection, never both.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::external::PublicRegistry;
use crate::names::RepositoryName;
use crate::repository::Repository;
use crate::topology::{Leak, MOST_SEARCHED, Topology};

/// How many direct upstreams a repository may have (quotas table; it cannot be raised).
pub const MOST_UPSTREAMS: usize = 10;

/// A new list of upstreams. CodeArtifact replaces the whole list: the one that was seen goes along, so that nothing is
/// undone that somebody else did meanwhile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewUpstreams {
    /// The list as it was when the person began.
    pub seen: Vec<RepositoryName>,
    /// The list as it is to be, highest priority first.
    pub upstreams: Vec<RepositoryName>,
}

/// An external connection to be made or taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Connect {
    /// Which one.
    pub registry: PublicRegistry,
    /// Made, or taken away.
    pub connected: bool,
}

/// Why a repository cannot have a list of upstreams; none if it can.
pub fn refusal(repositories: &[Repository], name: &RepositoryName, upstreams: &[RepositoryName]) -> Option<String> {
    let topology = Topology::new(repositories);
    let repository = topology.get(name)?;
    if let (Some(connection), false) = (repository.external_connections.first(), upstreams.is_empty()) {
        let connection = &connection.name;
        return Some(format!(
            "{name} has the external connection {connection}. Take it away first: a repository has upstreams or an external connection, not both."
        ));
    }
    if upstreams.len() > MOST_UPSTREAMS {
        return Some(format!("A repository has at most {MOST_UPSTREAMS} direct upstreams."));
    }
    let mut seen = BTreeSet::new();
    upstreams.iter().find_map(|upstream| {
        if upstream == name {
            Some(format!("{name} cannot be its own upstream."))
        } else if !seen.insert(upstream) {
            Some(format!("{upstream} stands there twice."))
        } else if topology.search_order(upstream).steps.iter().any(|step| &step.repository == name) {
            Some(format!("{upstream} already takes from {name}: packages would go round in a circle."))
        } else {
            None
        }
    })
}

/// What another list of upstreams changes for a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consequences {
    /// The search order as it would be, the repository itself first.
    pub order: Vec<RepositoryName>,
    /// Where it would look that it does not look now.
    pub gained: Vec<RepositoryName>,
    /// Where it would look no longer.
    pub lost: Vec<RepositoryName>,
    /// What would reach production unpromoted that does not now, in words.
    pub leaks: Vec<String>,
    /// How many upstreams would be beyond the limit of [`MOST_SEARCHED`].
    pub beyond: usize,
}

/// What another list of upstreams would change.
pub fn effect(repositories: &[Repository], name: &RepositoryName, upstreams: &[RepositoryName]) -> Consequences {
    let mut changed = repositories.to_vec();
    for repository in changed.iter_mut().filter(|repository| &repository.name == name) {
        repository.upstreams = upstreams.to_vec();
    }
    let (before, after) = (Topology::new(repositories), Topology::new(&changed));
    let looks = |topology: &Topology| -> Vec<RepositoryName> {
        topology.search_order(name).steps.into_iter().map(|step| step.repository).collect()
    };
    let (was, order) = (looks(&before), looks(&after));
    let told: BTreeSet<String> = before.leaks().iter().map(Leak::headline).collect();
    let leaks: BTreeSet<String> =
        after.leaks().iter().map(Leak::headline).filter(|leak| !told.contains(leak)).collect();
    Consequences {
        gained: order.iter().filter(|name| !was.contains(name)).cloned().collect(),
        lost: was.iter().filter(|name| !order.contains(name)).cloned().collect(),
        leaks: leaks.into_iter().collect(),
        beyond: after.search_order(name).beyond.len(),
        order,
    }
}

impl Consequences {
    /// Says what lies beyond the limit, where something does.
    pub fn warning(&self) -> Option<String> {
        (self.beyond > 0).then(|| {
            format!("CodeArtifact searches {MOST_SEARCHED} repositories; {} would never be searched.", self.beyond)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repository::sample::repository;

    fn acme() -> Vec<Repository> {
        vec![
            repository("production", &[], None),
            repository("staging", &["team-dev"], None),
            repository("team-dev", &["npm-store"], None),
            repository("npm-store", &[], Some("public:npmjs")),
        ]
    }

    fn names(names: &[&str]) -> Vec<RepositoryName> {
        names.iter().map(|name| name.parse().unwrap()).collect()
    }

    fn refused(name: &str, upstreams: &[&str]) -> Option<String> {
        refusal(&acme(), &name.parse().unwrap(), &names(upstreams))
    }

    #[test]
    fn what_cannot_be_is_said_before_it_is_asked() {
        assert_eq!(refused("production", &["staging", "npm-store"]), None);
        assert!(refused("npm-store", &["team-dev"]).unwrap().contains("not both"));
        assert!(refused("team-dev", &["team-dev"]).unwrap().contains("its own upstream"));
        assert!(refused("team-dev", &["npm-store", "npm-store"]).unwrap().contains("twice"));
        assert!(refused("team-dev", &["staging"]).unwrap().contains("circle"));
        let many: Vec<String> = (0..11).map(|number| format!("r{number:02}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert!(refused("production", &many).unwrap().contains("at most 10"));
        assert_eq!(refused("npm-store", &[]), None);
    }

    #[test]
    fn the_effect_tells_what_is_gained_what_is_lost_and_what_leaks() {
        let effect = effect(&acme(), &"production".parse().unwrap(), &names(&["team-dev"]));
        assert_eq!(effect.order, names(&["production", "team-dev", "npm-store"]));
        assert_eq!(effect.gained, names(&["team-dev", "npm-store"]));
        assert!(effect.lost.is_empty());
        assert!(effect.leaks[0].contains("public:npmjs can reach production"), "{:?}", effect.leaks);
        let less = super::effect(&acme(), &"staging".parse().unwrap(), &[]);
        assert_eq!(less.lost, names(&["team-dev", "npm-store"]));
        assert!(less.leaks.is_empty() && less.warning().is_none());
    }
}
