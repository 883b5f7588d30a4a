//! All versions of a package in one repository, read page after page.

use leptos::prelude::*;
use shared::api::{ListVersions, RepositoryPath, VersionsQuery};
use shared::package::PackageKey;
use shared::problem::Problem;
use shared::version::VersionSummary;

use crate::api::{Api, Freshness, Reads};
use crate::ui::now;

/// The versions as they were last read in full.
#[derive(Clone, Copy)]
pub struct VersionListing {
    /// Newest first; none before they have been read.
    pub versions: RwSignal<Option<Vec<VersionSummary>>>,
    /// Why the last reading failed, if it did.
    pub problem: RwSignal<Option<Problem>>,
    again: Trigger,
}

impl VersionListing {
    /// Reads them: now, and when somebody wants the page read anew. What is there stays until all of it has come.
    pub fn read(path: RepositoryPath, package: PackageKey) -> Self {
        let (api, reads) = (expect_context::<Api>(), expect_context::<Reads>());
        let this = Self { versions: RwSignal::new(None), problem: RwSignal::new(None), again: Trigger::new() };
        let asked = StoredValue::new((path, package));
        let seen = StoredValue::new(reads.generation_untracked());
        let question = StoredValue::new(0_u32);
        Effect::new(move |_| {
            let generation = reads.generation();
            this.again.track();
            let freshness = if seen.get_value() == generation { Freshness::Cached } else { Freshness::Anew };
            seen.set_value(generation);
            question.update_value(|question| *question += 1);
            let number = question.get_value();
            let (path, package) = asked.get_value();
            leptos::task::spawn_local(async move {
                let read = reads.watch(all(api, &path, &package, freshness)).await;
                if question.try_get_value() != Some(number) {
                    return; // It was asked again since, or the person has left the page.
                }
                this.problem.set(read.as_ref().err().cloned());
                if let Ok(versions) = read {
                    reads.note(now());
                    if this.versions.with_untracked(|known| known.as_ref() != Some(&versions)) {
                        this.versions.set(Some(versions));
                    }
                }
            });
        });
        this
    }

    /// Reads them again.
    pub fn retry(self) {
        self.again.notify();
    }
}

async fn all(
    api: Api,
    path: &RepositoryPath,
    package: &PackageKey,
    freshness: Freshness,
) -> Result<Vec<VersionSummary>, Problem> {
    let mut versions = Vec::new();
    let mut next = None;
    loop {
        let PackageKey { format, namespace, name } = package.clone();
        let query = VersionsQuery { format, namespace, package: name, status: None, next };
        let page = api.send::<ListVersions>(path, &query, &(), freshness).await?;
        versions.extend(page.versions.iter().cloned());
        match &page.next {
            Some(page) => next = Some(page.clone()),
            None => return Ok(versions),
        }
    }
}
