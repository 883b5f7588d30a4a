//! What a promotion would do. Reads only.

use std::collections::BTreeMap;
use std::time::SystemTime;

use futures_util::{StreamExt, stream};
use shared::names::{DomainName, Revision, VersionName};
use shared::package::PackageKey;
use shared::promotion::{Blocked, BlockedReason, Preview, PreviewRequest, PreviewRow, Verdict, VersionChoice};
use shared::version::{PackageVersionStatus, VersionSummary};

use super::Route;
use super::content::InTarget;
use super::tags::{TagMoves, tag_moves};
use crate::codeartifact::{CodeArtifact, MOST_AT_ONCE};
use crate::error::Result;

/// Each row makes up to two calls at a time.
const MOST_ROWS_AT_ONCE: usize = MOST_AT_ONCE / 2;

/// Says row by row what a promotion would do.
///
/// # Errors
/// When source or target repository does not exist or may not be seen. What goes wrong with a row stands in the row.
pub async fn preview(codeartifact: &CodeArtifact, domain: &DomainName, request: PreviewRequest) -> Result<Preview> {
    let read_at = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0.0, |time| time.as_secs_f64());
    let route = Route { codeartifact, domain, from: &request.from, to: &request.to };
    // A missing repository would look like a missing version otherwise.
    tokio::try_join!(
        codeartifact.describe_repository(domain, route.from),
        codeartifact.describe_repository(domain, route.to)
    )?;
    let rows = stream::iter(request.versions).map(|choice| row(route, choice));
    let mut rows: Vec<PreviewRow> = rows.buffered(MOST_ROWS_AT_ONCE).collect().await;
    let packages = packages(route, &rows).await;
    for row in &mut rows {
        if let Some(package) = packages.get(&row.choice.package) {
            package.tell(row);
        }
    }
    Ok(Preview { from: request.from, to: request.to, rows, read_at })
}

async fn row(route: Route<'_>, choice: VersionChoice) -> PreviewRow {
    let (revision, verdict) = match verdict(route, &choice).await {
        Ok((revision, verdict)) => (Some(revision), verdict),
        Err((revision, blocked)) => (revision, Verdict::Blocked(blocked)),
    };
    PreviewRow { choice, revision, in_target: None, verdict, tags: Vec::new(), tags_problem: None }
}

/// A row that cannot be promoted, with the revision in the source where it is known.
type Stopped = (Option<Revision>, Blocked);

/// The verdict and the revision it is about, or why there is none.
async fn verdict(route: Route<'_>, choice: &VersionChoice) -> std::result::Result<(Revision, Verdict), Stopped> {
    let VersionChoice { package, version } = choice;
    let read = route.codeartifact.describe_version(route.domain, route.from, package, version).await;
    let held = match read {
        Ok(detail) => detail.summary,
        Err(error) if error.is_not_found() => return Err((None, not_in_source(route, choice))),
        Err(error) => return Err((None, unreadable(&error.message))),
    };
    if let Some(explanation) = forbidden_status(route, choice, &held) {
        return Err((held.revision, Blocked { reason: BlockedReason::Status, explanation }));
    }
    let Some(revision) = held.revision else {
        return Err((None, unreadable("AWS does not tell the revision of its content.")));
    };
    match route.in_target(package, version, Some(&revision)).await {
        Ok(InTarget::Absent) => Ok((revision, Verdict::New)),
        Ok(InTarget::Same) => Ok((revision, Verdict::Same)),
        Ok(InTarget::Different(files)) => Ok((revision, Verdict::Different(files))),
        Err(error) => Err((Some(revision), unreadable(&error.message))),
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

/// What is read once for all rows of a package.
struct Package {
    in_target: Option<VersionName>,
    tags: TagMoves,
}

impl Package {
    fn tell(&self, row: &mut PreviewRow) {
        row.in_target.clone_from(&self.in_target);
        if row.verdict.copies() {
            match &self.tags {
                Ok(moves) => row.tags = moves.iter().filter(|tag| tag.to == row.choice.version).cloned().collect(),
                Err(problem) => row.tags_problem = Some(problem.clone()),
            }
        }
    }
}

async fn packages(route: Route<'_>, rows: &[PreviewRow]) -> BTreeMap<PackageKey, Package> {
    let mut copied = BTreeMap::<PackageKey, bool>::new();
    for row in rows {
        *copied.entry(row.choice.package.clone()).or_default() |= row.verdict.copies();
    }
    let reads = stream::iter(copied).map(|(package, copies)| async move {
        let tags = async { if copies { tag_moves(route, &package).await } else { Ok(Vec::new()) } };
        // A package that the target does not have, or cannot tell, shows no version; the verdict says which it is.
        let shown = route.codeartifact.list_versions(route.domain, route.to, &package, None, 1, None);
        let (shown, tags) = tokio::join!(shown, tags);
        let in_target = shown.ok().and_then(|page| page.shown);
        (package, Package { in_target, tags })
    });
    reads.buffer_unordered(MOST_ROWS_AT_ONCE).collect().await
}
