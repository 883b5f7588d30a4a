//! What a repository serves, by format: what it holds, and which public registries it can fetch from.

use std::collections::BTreeMap;

use shared::domain::DomainMap;
use shared::format::PackageFormat;
use shared::names::RepositoryName;
use shared::repository::PackageCounts;
use shared::topology::Topology;

use crate::ui::grouped;

/// What a repository serves of one format.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Served {
    /// How many packages it holds itself.
    pub held: u32,
    /// The external connections that it fetches through, its own or those of its upstreams.
    pub connections: Vec<String>,
}

impl Served {
    /// In words, such as `12 packages, public:npmjs`.
    pub fn words(&self) -> String {
        let held = match self.held {
            0 => None,
            1 => Some("1 package".to_owned()),
            number => Some(format!("{} packages", grouped(u64::from(number)))),
        };
        held.into_iter().chain(self.connections.iter().cloned()).collect::<Vec<_>>().join(", ")
    }
}

/// What a repository serves. What has not been counted yet is not told.
pub fn served(
    map: &DomainMap,
    repository: &RepositoryName,
    counts: Option<&PackageCounts>,
) -> BTreeMap<PackageFormat, Served> {
    let mut served = BTreeMap::<PackageFormat, Served>::new();
    let topology = Topology::new(&map.repositories);
    for step in topology.search_order(repository).steps {
        let connections = topology.get(&step.repository).map_or(&[][..], |one| &one.external_connections);
        for connection in connections {
            if let Some(format) = connection.format {
                served.entry(format).or_default().connections.push(connection.name.clone());
            }
        }
    }
    for (format, number) in counts.iter().flat_map(|counts| &counts.formats) {
        served.entry(*format).or_default().held = *number;
    }
    served
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_served_is_told_in_words() {
        let words = |held, connections: &[&str]| {
            Served { held, connections: connections.iter().map(|name| (*name).to_owned()).collect() }.words()
        };
        assert_eq!(words(0, &[]), "");
        assert_eq!(words(1, &[]), "1 package");
        assert_eq!(words(1200, &["public:npmjs"]), "1,200 packages, public:npmjs");
    }
}
