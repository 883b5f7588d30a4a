//! What a promotion would do. Reads only.

use std::collections::BTreeMap;
use std::time::SystemTime;

use futures_util::{FutureExt, StreamExt, stream};
use shared::block::Blocks;
use shared::effect::{Content, Effect, Reachable, grows};
use shared::names::{DomainName, RepositoryName, Revision};
use shared::package::PackageKey;
use shared::promotion::{Blocked, BlockedReason, Preview, PreviewRequest, PreviewRow, Verdict, VersionChoice};
use shared::version::{PackageVersionStatus, VersionSummary};

use super::denied::{Denials, denials};
use super::package::{self, Package};
use super::reached::reached;
use super::{Route, by_package};
use crate::codeartifact::{CodeArtifact, MOST_AT_ONCE};
use crate::error::{Error, Result};

/// Each package makes up to some four calls at a time.
const PACKAGES_AT_ONCE: usize = MOST_AT_ONCE / 2;

/// Says row by row what a promotion would do. What is blocked is copied by none.
///
/// # Errors
/// When source or target repository does not exist or may not be seen. What goes wrong with a row stands in the row.
pub async fn preview(
    codeartifact: &CodeArtifact,
    domain: &DomainName,
    blocks: &Blocks,
    request: PreviewRequest,
) -> Result<Preview> {
    let read_at = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0.0, |time| time.as_secs_f64());
    let route = Route { codeartifact, domain, from: &request.from, to: &request.to };
    // A missing repository would look like a missing version otherwise. Upstreams that may not be seen are another matter.
    let (from, to, reach) = tokio::join!(
        codeartifact.describe_repository(domain, route.from),
        codeartifact.describe_repository(domain, route.to),
        reached(codeartifact, domain, route.to)
    );
    let (from, to) = (from?, to?);
    let reach = &reach;
    let packages = stream::iter(by_package(&request.versions)).map(|(package, versions)| async move {
        let read = package::read(route, reach, &package, &versions).await;
        (package, read)
    });
    let packages = packages.buffer_unordered(PACKAGES_AT_ONCE).collect::<BTreeMap<PackageKey, Package>>();
    let (packages, denials) = tokio::join!(packages, denials(route, &from, &to));
    let stops = Stops { blocks, denials: denials.as_ref() };
    let fed = !to.upstreams.is_empty() || !to.external_connections.is_empty();
    let rows = request.versions.into_iter().filter_map(|choice| {
        let package = packages.get(&choice.package)?;
        Some(row(route, stops, choice, package, fed).boxed())
    });
    let rows = stream::iter(rows.collect::<Vec<_>>()).buffered(MOST_AT_ONCE).collect().await;
    Ok(Preview { from: request.from, to: request.to, rows, read_at })
}

/// What keeps versions from being copied, besides what is in the repositories.
#[derive(Clone, Copy)]
struct Stops<'a> {
    blocks: &'a Blocks,
    denials: Option<&'a Denials>,
}

/// A row. Only where revisions differ it takes calls of its own.
async fn row(route: Route<'_>, stops: Stops<'_>, choice: VersionChoice, package: &Package, fed: bool) -> PreviewRow {
    let (revision, verdict) = match verdict(route, stops, &choice, package).await {
        Ok((revision, verdict)) => (Some(revision), verdict),
        Err((revision, blocked)) => (revision, Verdict::Blocked(blocked)),
    };
    let copies = verdict.copies();
    let (tags, tags_problem) = match &package.tags {
        Ok(moves) if copies => (moves.iter().filter(|tag| tag.to == choice.version).cloned().collect(), None),
        Err(problem) if copies => (Vec::new(), Some(problem.clone())),
        Ok(_) | Err(_) => (Vec::new(), None),
    };
    let (effects, effects_problem) = match effects(route, &choice, package, &verdict, fed).await {
        Ok(effects) => (effects, None),
        Err(error) => (Vec::new(), Some(error.problem())),
    };
    let in_target = package.target.as_ref().ok().and_then(|target| target.shown.clone());
    PreviewRow { choice, revision, in_target, verdict, tags, tags_problem, effects, effects_problem }
}

/// A row that cannot be promoted, with the revision in the source where it is known.
type Stopped = (Option<Revision>, Blocked);

/// The verdict and the revision it is about, or why there is none.
async fn verdict(
    route: Route<'_>,
    stops: Stops<'_>,
    choice: &VersionChoice,
    package: &Package,
) -> std::result::Result<(Revision, Verdict), Stopped> {
    let source = package.source.as_ref().map_err(|error| (None, unreadable(&error.message)))?;
    let held = source.get(&choice.version).ok_or_else(|| (None, not_in_source(route, choice)))?;
    if let Some(blocked) = stops.blocks.verdict(choice) {
        return Err((held.revision.clone(), blocked));
    }
    if let Some(explanation) = forbidden_status(route, choice, held) {
        return Err((held.revision.clone(), Blocked { reason: BlockedReason::Status, explanation }));
    }
    let Some(revision) = held.revision.clone() else {
        return Err((None, unreadable("AWS does not tell the revision of its content.")));
    };
    let stopped = |error: &Error| (Some(revision.clone()), unreadable(&error.message));
    let target = package.target.as_ref().map_err(stopped)?;
    let verdict = match target.held.as_ref().and_then(|held| held.get(&choice.version)) {
        None => match stops.denials.and_then(|denials| denials.of(route, &choice.package)) {
            Some(blocked) => return Err((Some(revision), blocked)),
            None => Verdict::New,
        },
        Some(there) if there.revision.as_ref() == Some(&revision) => Verdict::Same,
        Some(_) => {
            let files = route.differing(route.to, &choice.package, &choice.version).await;
            Verdict::Different(files.map_err(|error| stopped(&error))?)
        }
    };
    Ok((revision, verdict))
}

/// What a row brings with it besides the version.
async fn effects(
    route: Route<'_>,
    choice: &VersionChoice,
    package: &Package,
    verdict: &Verdict,
    fed: bool,
) -> Result<Vec<Effect>> {
    let VersionChoice { package: key, version } = choice;
    let (Ok(source), Ok(target)) = (&package.source, &package.target) else { return Ok(Vec::new()) };
    let (there, known) = (target.held.as_ref(), source.get(version));
    let summary = match verdict {
        Verdict::New => known,
        Verdict::Same => there.and_then(|held| held.get(version)),
        Verdict::Different(_) | Verdict::Blocked(_) => None,
    };
    let Some(summary) = summary else { return Ok(Vec::new()) };
    let around = package.around.as_ref().map_err(Clone::clone)?;
    let control = around.control;
    let mut effects = Vec::new();
    if verdict.copies() {
        if let Some((through, found)) = around.upstream.get(version) {
            let content = content(route, choice, known, through, found).await;
            effects.push(Effect::Reachable(Reachable { through: through.clone(), content }));
        }
        effects.extend(match there {
            None => Some(Effect::FirstOfPackage(control)),
            Some(_) => control.map(Effect::Control),
        });
    }
    effects.push(Effect::Kept { grows: grows(key.format, &summary.origin, fed, control) });
    Ok(effects)
}

/// Whether an upstream has what the source has.
async fn content(
    route: Route<'_>,
    choice: &VersionChoice,
    source: Option<&VersionSummary>,
    through: &RepositoryName,
    found: &VersionSummary,
) -> Content {
    let revision = source.and_then(|source| source.revision.as_ref());
    if through == route.from || (revision.is_some() && revision == found.revision.as_ref()) {
        return Content::Same;
    }
    match route.differing(through, &choice.package, &choice.version).await {
        Ok(files) if files.is_empty() => Content::Same,
        Ok(_) => Content::Other,
        Err(_) => Content::Unknown,
    }
}

fn not_in_source(route: Route<'_>, choice: &VersionChoice) -> Blocked {
    let (from, name) = (route.from, choice.package.full_name());
    let explanation = format!(
        "{from} does not hold {name} {}. If it comes through an upstream, install it once through {from}, which keeps a \
         copy; or promote from the repository that holds it.",
        choice.version
    );
    Blocked { reason: BlockedReason::NotInSource, explanation }
}

fn unreadable(message: &str) -> Blocked {
    Blocked { reason: BlockedReason::Unreadable, explanation: message.to_owned() }
}

/// Why the status in the source does not allow a promotion, and what would have to be different.
fn forbidden_status(route: Route<'_>, choice: &VersionChoice, held: &VersionSummary) -> Option<String> {
    let what = format!("{} {}", choice.package.full_name(), choice.version);
    let from = route.from;
    match held.status {
        Some(PackageVersionStatus::Published | PackageVersionStatus::Unlisted) => None,
        Some(PackageVersionStatus::Unfinished) => {
            Some(format!("The upload of {what} to {from} is not finished. Finish it, so that it is Published."))
        }
        Some(PackageVersionStatus::Archived) => Some(format!(
            "{what} is Archived in {from}: nobody can install it. Set its status to Published or Unlisted first."
        )),
        Some(PackageVersionStatus::Disposed) => {
            Some(format!("{what} is Disposed in {from}: its files are gone for good. Publish a new version."))
        }
        None => Some(format!("{what} has a status in {from} that this program does not know. Update headwater.")),
    }
}
