//! The policies of all repositories of a domain, read in batches.

use leptos::prelude::*;
use shared::api::{DomainPath, GlanceAtPolicies};
use shared::names::RepositoryName;
use shared::permission::{GlancePolicies, PolicyGlance};

use crate::api::{Api, Freshness, Reads};
use crate::parts::DomainData;

/// The policies, once they are read; read again whenever the domain is told anew or somebody asks.
pub fn policies(data: DomainData) -> RwSignal<Option<Vec<PolicyGlance>>> {
    let (api, reads) = (expect_context::<Api>(), expect_context::<Reads>());
    let policies = RwSignal::new(None);
    Effect::new(move |_| {
        // A policy may have changed where the repositories have not.
        reads.generation();
        let Some(map) = data.map.get() else { return };
        let names: Vec<RepositoryName> = map.repositories.iter().map(|repository| repository.name.clone()).collect();
        leptos::task::spawn_local(async move {
            let read = read(api, data.path(), names).await;
            policies.try_set(Some(read));
        });
    });
    policies
}

/// A batch that cannot be read says so for each of its repositories: their policies go with them.
async fn read(api: Api, path: DomainPath, names: Vec<RepositoryName>) -> Vec<PolicyGlance> {
    let mut all = Vec::new();
    for batch in names.chunks(GlancePolicies::MOST) {
        let body = GlancePolicies { repositories: batch.to_vec() };
        match api.send::<GlanceAtPolicies>(&path, &(), &body, Freshness::Anew).await {
            Ok(glances) => all.extend(glances.iter().cloned()),
            Err(problem) => all.extend(batch.iter().map(|repository| PolicyGlance {
                repository: repository.clone(),
                policy: None,
                problem: Some(problem.clone()),
            })),
        }
    }
    all
}
