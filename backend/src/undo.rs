//! What undoing a run would do: only what the run made is taken away, and only while it still is what the run brought.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::{FutureExt, StreamExt, stream};
use shared::format::PackageFormat;
use shared::names::{RepositoryName, Revision, VersionName};
use shared::package::PackageKey;
use shared::promotion::{CopyResult, TagMove};
use shared::run::{RowState, RunKind, RunRow};
use shared::status::Step;
use shared::undo::{LostTag, TagReturn, UndoHow, UndoRow, UndoStep};
use shared::version::VersionSummary;

use crate::codeartifact::CodeArtifact;
use crate::error::{Error, Kind, Result};
use crate::promotion::content::differences;
use crate::run::chunks;
use crate::run::entry::{Entry, Fixed, Head, Kept, NewEntry};

/// How many packages are read at the same time.
const MOST_AT_ONCE: usize = 8;

/// Refuses to undo what cannot be undone.
///
/// # Errors
/// `Conflict` with the reason.
pub fn check(head: &Head) -> Result<()> {
    let why = match &head.summary.kind {
        RunKind::Undo(_) => "An undoing cannot be undone. Promote the versions again.",
        RunKind::Promotion(_) if head.summary.state.is_moving() => {
            "This run is still at work. Stop it first, or wait until it has ended."
        }
        RunKind::Promotion(_) => return Ok(()),
    };
    Err(Error::new(Kind::Conflict, why))
}

/// One row of an undoing, and the content of it that the target has now.
pub type Planned = (UndoRow, Option<Revision>);

/// What undoing would do, in the order of the run. Reads only.
///
/// # Errors
/// When the target cannot be read.
pub async fn plan(codeartifact: &CodeArtifact, head: &Head, entries: &[Entry], how: UndoHow) -> Result<Vec<Planned>> {
    let packages: BTreeSet<PackageKey> =
        entries.iter().filter(|entry| is_ours(entry)).map(|entry| entry.kept.row.choice.package.clone()).collect();
    let reads: Vec<_> = packages.into_iter().map(|package| target(codeartifact, head, package).boxed()).collect();
    let mut targets = BTreeMap::new();
    let mut reads = stream::iter(reads).buffer_unordered(MOST_AT_ONCE);
    while let Some(read) = reads.next().await {
        let (package, target) = read?;
        targets.insert(package, target);
    }
    let mut planned = Vec::new();
    for entry in entries {
        planned.push(row(codeartifact, head, entry, targets.get(&entry.kept.row.choice.package), how).await?);
    }
    Ok(planned)
}

fn is_ours(entry: &Entry) -> bool {
    entry.kept.row.state == RowState::Ended(CopyResult::Copied)
}

/// What the target has of a package now.
struct Target {
    held: BTreeMap<VersionName, VersionSummary>,
    tags: BTreeMap<String, VersionName>,
}

async fn target(codeartifact: &CodeArtifact, head: &Head, package: PackageKey) -> Result<(PackageKey, Target)> {
    let (domain, to) = (&head.summary.domain, &head.summary.to);
    let versions = match codeartifact.all_versions(domain, to, &package).await {
        Err(error) if error.is_not_found() => Vec::new(),
        versions => versions?,
    };
    let tags = match package.format {
        PackageFormat::Npm => codeartifact.dist_tags(domain, to, &package).await?,
        _ => BTreeMap::new(),
    };
    let held = versions.into_iter().map(|version| (version.version.clone(), version)).collect();
    Ok((package, Target { held, tags }))
}

async fn row(
    codeartifact: &CodeArtifact,
    head: &Head,
    entry: &Entry,
    target: Option<&Target>,
    how: UndoHow,
) -> Result<Planned> {
    let choice = entry.kept.row.choice.clone();
    let leave = |why: String| (UndoRow { choice: choice.clone(), step: UndoStep::Leave(why) }, None);
    let to = &head.summary.to;
    let (Some(target), true) = (target, is_ours(entry)) else {
        return Ok(leave(not_ours(to, &entry.kept.row.state)));
    };
    let Some(found) = target.held.get(&choice.version) else {
        return Ok(leave(format!("It is gone from {to} already.")));
    };
    if !is_what_came(codeartifact, head, entry, found).await? {
        return Ok(leave(format!("It has other content in {to} by now: somebody published it anew.")));
    }
    let step = match how {
        UndoHow::Delete => Step::Delete,
        UndoHow::Archive => Step::Archive,
    };
    let Some(status) = found.status.filter(|status| Step::offered(*status).contains(&step)) else {
        let status = found.status.map_or("a status that this program does not know", |status| status.as_str());
        return Ok(leave(format!("It is {status} in {to}, and cannot be {}.", past(how))));
    };
    let (tags, lost) = tags(to, entry, target);
    let step = UndoStep::TakeAway { status, tags, lost };
    Ok((UndoRow { choice, step }, found.revision.clone()))
}

fn past(how: UndoHow) -> &'static str {
    match how {
        UndoHow::Delete => "deleted",
        UndoHow::Archive => "archived",
    }
}

fn not_ours(to: &RepositoryName, state: &RowState) -> String {
    match state {
        RowState::Ended(CopyResult::AlreadySame) => format!("It was in {to} before the run."),
        RowState::Ended(CopyResult::Unknown(_)) => {
            format!("Nobody knows whether the run brought it to {to}. Go on with the run to find out.")
        }
        RowState::Ended(_) => "The run did not copy it.".to_owned(),
        RowState::Waiting => "The run had not come to it.".to_owned(),
        RowState::UnderWay | RowState::Checking => "The run has not found out yet whether it was copied.".to_owned(),
    }
}

/// Whether the target's content is what the run brought: the same revision, or the same files.
async fn is_what_came(codeartifact: &CodeArtifact, head: &Head, entry: &Entry, found: &VersionSummary) -> Result<bool> {
    if entry.fixed.pin.is_some() && found.revision == entry.fixed.pin {
        return Ok(true);
    }
    let choice = &entry.kept.row.choice;
    let files =
        codeartifact.list_assets(&head.summary.domain, &head.summary.to, &choice.package, &choice.version).await?;
    Ok(!files.is_empty() && differences(&entry.fixed.files, &files).is_empty())
}

/// The tags that go back, and those that cannot.
fn tags(to: &RepositoryName, entry: &Entry, target: &Target) -> (Vec<TagReturn>, Vec<LostTag>) {
    let choice = &entry.kept.row.choice;
    if choice.package.format != PackageFormat::Npm {
        return (Vec::new(), Vec::new());
    }
    let Some(moved) = &entry.kept.tags else {
        let why = "They could not be read when this version was copied, so nobody knows where they pointed.".to_owned();
        return (Vec::new(), vec![LostTag { tag: "all dist-tags".to_owned(), was: None, why }]);
    };
    let (mut back, mut lost) = (Vec::new(), Vec::new());
    for TagMove { tag, from, .. } in moved {
        let why = match (target.tags.get(tag), from) {
            (Some(now), _) if *now != choice.version => Some(format!("It points at {now} by now, and is left there.")),
            (None, _) => Some("Somebody removed it since.".to_owned()),
            (Some(_), Some(was)) if !target.held.contains_key(was) => {
                Some(format!("{to} does not hold {was} itself, and a tag points only at what its repository holds."))
            }
            (Some(_), _) => None,
        };
        match why {
            Some(why) => lost.push(LostTag { tag: tag.clone(), was: from.clone(), why }),
            None => back.push(TagReturn { tag: tag.clone(), to: from.clone() }),
        }
    }
    (back, lost)
}

/// The rows of an undoing, as they are put into the journal. One call has versions of one status.
pub fn entries(planned: Vec<Planned>) -> Vec<NewEntry> {
    let kinds = planned.iter().map(|(row, _)| {
        let status = match &row.step {
            UndoStep::TakeAway { status, .. } => Some(*status),
            UndoStep::Leave(_) => None,
        };
        (row.choice.package.clone(), status)
    });
    let chunks = chunks(kinds);
    let entry = |((row, pin), chunk): (Planned, u32)| {
        let state = match row.step {
            UndoStep::TakeAway { .. } => RowState::Waiting,
            UndoStep::Leave(_) => RowState::Ended(CopyResult::AlreadySame),
        };
        let told = RunRow { choice: row.choice, undo: Some(row.step), state, request_id: None, attempts: 0 };
        NewEntry { chunk, fixed: Fixed { pin, copies: false, files: Vec::new() }, kept: Kept::waiting(told) }
    };
    planned.into_iter().zip(chunks).map(entry).collect()
}
