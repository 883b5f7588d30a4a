//! What every page of a domain needs: its repositories, how many packages they hold, and who may be asked.

use std::collections::HashMap;
use std::sync::Arc;

use leptos::prelude::*;
use shared::api::{CountRepositoryPackages, DescribeDomainMap, DomainPath, ListConnections};
use shared::connection::Connection;
use shared::domain::DomainMap;
use shared::names::RepositoryName;
use shared::problem::Problem;
use shared::repository::{CountPackages, PackageCounts};
use shared::topology::Role;

use crate::api::{Api, Freshness, Reading, Reads, Request};

/// The connections of the server. A context of the whole program.
#[derive(Clone, Copy)]
pub struct Connections {
    /// The connections, and how reading them went.
    pub reading: Reading<Vec<Connection>>,
}

impl Connections {
    /// Reads them.
    pub fn read(reads: Reads) -> Self {
        Self { reading: reads.reading::<ListConnections>(|| Some(Request::of::<ListConnections>(&(), &(), &()))) }
    }

    /// The connection that a domain is reached by, tracked.
    pub fn of(self, domain: &DomainPath) -> Option<Connection> {
        let connections = self.reading.get()?;
        connections.iter().find(|connection| connection.key == domain.connection).cloned()
    }
}

/// A domain's repositories and counts. A context of every page of the domain.
#[derive(Clone, Copy)]
pub struct DomainData {
    path: StoredValue<DomainPath>,
    /// The map, and how reading it went.
    pub resource: Reading<DomainMap>,
    /// The map as it was last read well. A later read that fails, or tells the same, changes nothing here.
    pub map: Memo<Option<Arc<DomainMap>>>,
    /// Why the last read failed, if it did.
    pub problem: RwSignal<Option<Problem>>,
    /// Package counts by repository, as they come in.
    pub counts: RwSignal<HashMap<RepositoryName, PackageCounts>>,
    /// What to add to an `aws` command so that it speaks to the same CodeArtifact.
    pub command_options: Memo<Vec<String>>,
}

impl DomainData {
    /// Reads the domain, and then the counts of its repositories.
    pub fn read(path: DomainPath) -> Self {
        let (api, reads, connections) =
            (expect_context::<Api>(), expect_context::<Reads>(), expect_context::<Connections>());
        let path = StoredValue::new(path);
        let resource = reads
            .reading::<DescribeDomainMap>(move || Some(Request::of::<DescribeDomainMap>(&path.read_value(), &(), &())));
        let map = Memo::new_with_compare(
            move |_| resource.get(),
            // An answer that tells the same is not set anew, so another pointer is another map.
            |before, after| {
                before.map(Option::as_ref).map(|map| map.map(Arc::as_ptr))
                    != after.map(Option::as_ref).map(|map| map.map(Arc::as_ptr))
            },
        );
        let problem = resource.problem();
        let counts = RwSignal::new(HashMap::new());
        let seen = StoredValue::new(reads.generation_untracked());
        Effect::new(move |_| {
            let generation = reads.generation();
            let freshness = if seen.get_value() == generation { Freshness::Cached } else { Freshness::Anew };
            if let Some(map) = map.get() {
                seen.set_value(generation);
                let names = map.repositories.iter().map(|repository| repository.name.clone()).collect();
                let is_last = move || reads.is_still(generation);
                leptos::task::spawn_local(count(api, path.get_value(), names, counts, freshness, is_last));
            }
        });
        let command_options = Memo::new(move |_| {
            connections.of(&path.get_value()).map(|connection| connection.command_options).unwrap_or_default()
        });
        Self { path, resource, map, problem, counts, command_options }
    }

    /// The domain.
    pub fn path(self) -> DomainPath {
        self.path.get_value()
    }

    /// The role of a repository; none while the map has not been read, or when there is no such repository. Tracked.
    pub fn role(self, name: &RepositoryName) -> Option<Role> {
        let map = self.map.read();
        map.as_ref()?.repositories.iter().find(|repository| &repository.name == name).map(Role::of)
    }
}

/// Counts the packages of repositories, one batch after the other so that a large domain does not flood AWS. Ends when
/// it `is_last` no more: all is counted anew then, and an older number must not come after a newer one.
async fn count(
    api: Api,
    path: DomainPath,
    names: Vec<RepositoryName>,
    counts: RwSignal<HashMap<RepositoryName, PackageCounts>>,
    freshness: Freshness,
    is_last: impl Fn() -> bool,
) {
    for batch in names.chunks(CountPackages::MOST) {
        let body = CountPackages { repositories: batch.to_vec() };
        let answer = api.send::<CountRepositoryPackages>(&path, &(), &body, freshness).await;
        // Counts are an extra: without them the page still says what it is for. A failed batch shows no number.
        let told = answer.map(|told| told.to_vec()).unwrap_or_default();
        if !is_last() {
            return;
        }
        let kept = counts.try_update(|counts| {
            counts.extend(told.into_iter().map(|told| (told.repository.clone(), told)));
        });
        if kept.is_none() {
            return; // The person has left the domain.
        }
    }
}
