//! Runs a promotion: one copy a package and hundred versions, and an answer for every row.

use std::collections::BTreeMap;

use futures_util::{StreamExt, stream};
use shared::command::MOST_VERSIONS_A_CALL;
use shared::names::DomainName;
use shared::package::PackageKey;
use shared::promotion::{OutcomeRow, PinnedVersion, PromotionOutcome, PromotionRequest, VersionChoice};

use super::chunk::{Outcome, Pin, copy};
use super::{Route, record};
use crate::codeartifact::CodeArtifact;

/// How many copies may wait for their turn at the same time; the quota is kept by the client.
const MOST_CHUNKS_AT_ONCE: usize = 4;

/// Copies the versions of a request that [`super::check_promotion`] let through, and writes the record.
/// Never fails as a whole: whatever happens to a version stands in its row.
pub async fn run(codeartifact: &CodeArtifact, domain: &DomainName, request: &PromotionRequest) -> PromotionOutcome {
    let route = Route { codeartifact, domain, from: &request.from, to: &request.to };
    let chunks = chunks(&request.versions);
    let copies = stream::iter(chunks).map(|(package, pins)| async move {
        let outcomes = copy(route, &package, pins).await;
        outcomes.into_iter().map(|outcome| row(&package, outcome)).collect::<Vec<_>>()
    });
    let done: Vec<Vec<OutcomeRow>> = copies.buffer_unordered(MOST_CHUNKS_AT_ONCE).collect().await;
    let outcome = PromotionOutcome { rows: in_order(&request.versions, done.into_iter().flatten()) };
    record::write(route, &request.reason, &outcome).await;
    outcome
}

fn chunks(versions: &[PinnedVersion]) -> Vec<(PackageKey, Vec<Pin>)> {
    let mut packages = BTreeMap::<&PackageKey, Vec<Pin>>::new();
    for pin in versions {
        packages.entry(&pin.package).or_default().push((pin.version.clone(), pin.revision.clone()));
    }
    packages
        .into_iter()
        .flat_map(|(package, pins)| {
            pins.chunks(MOST_VERSIONS_A_CALL).map(|chunk| (package.clone(), chunk.to_vec())).collect::<Vec<_>>()
        })
        .collect()
}

fn row(package: &PackageKey, outcome: Outcome) -> OutcomeRow {
    OutcomeRow {
        choice: VersionChoice { package: package.clone(), version: outcome.version },
        result: outcome.result,
        request_id: outcome.request_id,
    }
}

fn in_order(asked: &[PinnedVersion], rows: impl Iterator<Item = OutcomeRow>) -> Vec<OutcomeRow> {
    let places: BTreeMap<_, _> =
        asked.iter().enumerate().map(|(place, pin)| ((&pin.package, &pin.version), place)).collect();
    let mut rows: Vec<OutcomeRow> = rows.collect();
    rows.sort_by_key(|row| places.get(&(&row.choice.package, &row.choice.version)).copied());
    rows
}
