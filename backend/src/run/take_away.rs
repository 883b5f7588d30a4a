//! Undoing at AWS: tags go back, then the versions are deleted or archived.

use shared::format::PackageFormat;
use shared::promotion::CopyResult;
use shared::status::{Batch, Step};
use shared::undo::{LostTag, UndoHow, UndoStep};
use shared::version::{PackageVersionStatus, VersionSummary};

use super::entry::Entry;
use super::job::{Job, Look};
use crate::codeartifact::{BatchAnswer, Failure};
use crate::error::{Error, Kind, Result};
use crate::promotion::Route;

/// The status that an undone version had when somebody agreed to the undoing.
fn expected(entry: &Entry) -> Option<PackageVersionStatus> {
    match &entry.kept.row.undo {
        Some(UndoStep::TakeAway { status, .. }) => Some(*status),
        _ => None,
    }
}

fn step(how: UndoHow) -> Step {
    match how {
        UndoHow::Delete => Step::Delete,
        UndoHow::Archive => Step::Archive,
    }
}

impl Job<'_> {
    pub(super) async fn look_for_undone(self, how: UndoHow, entry: &Entry) -> Result<Look> {
        let Route { codeartifact, domain, to, .. } = self.route;
        let read = codeartifact.describe_version(domain, to, self.package, &entry.kept.row.choice.version).await;
        let found = match read {
            Ok(detail) => Some(detail.summary),
            Err(error) if error.is_not_found() => None,
            Err(error) => return Err(error),
        };
        self.before_undoing(how, entry, found.as_ref()).await
    }

    /// A version that has the status and content that somebody saw can be taken away; nothing else.
    pub(super) async fn before_undoing(
        self,
        how: UndoHow,
        entry: &Entry,
        found: Option<&VersionSummary>,
    ) -> Result<Look> {
        let Some(found) = found else { return Ok(Look::Done) };
        if found.revision != entry.fixed.pin {
            return Ok(Look::Ended(self.changed("has other content by now")));
        }
        if how == UndoHow::Archive && found.status == Some(PackageVersionStatus::Archived) {
            return Ok(Look::Done);
        }
        if found.status != expected(entry) {
            return Ok(Look::Ended(self.changed("has another status by now")));
        }
        Ok(Look::NotDone)
    }

    fn changed(self, how: &str) -> CopyResult {
        let message = format!("In {} it {how}, so it was left alone.", self.route.to);
        CopyResult::Refused { code: "CHANGED".to_owned(), message }
    }

    /// Tags first: a tag whose version is gone cannot be told from one that somebody removed.
    pub(super) async fn take_away(self, how: UndoHow, rows: &mut [&mut Entry]) -> Result<BatchAnswer> {
        self.return_tags(rows).await?;
        let Some(expected) = rows.first().and_then(|entry| expected(entry)) else {
            return Err(Error::new(Kind::Unexpected, "The journal does not say how this version is undone."));
        };
        let versions =
            rows.iter().map(|entry| (entry.kept.row.choice.version.clone(), entry.fixed.pin.clone())).collect();
        let Route { codeartifact, domain, to, .. } = self.route;
        codeartifact.change_status(domain, to, self.package, step(how), &Batch { expected, versions }).await
    }

    /// Moves back the tags that still point at what the run brought. The others are noted as lost.
    async fn return_tags(self, rows: &mut [&mut Entry]) -> Result<()> {
        let has_tags = |entry: &&mut Entry| matches!(&entry.kept.row.undo, Some(UndoStep::TakeAway { tags, .. }) if !tags.is_empty());
        if self.package.format != PackageFormat::Npm || !rows.iter().any(has_tags) {
            return Ok(());
        }
        let Route { codeartifact, domain, to, .. } = self.route;
        let now = codeartifact.dist_tags(domain, to, self.package).await.map_err(without_effect)?;
        for entry in rows.iter_mut() {
            let version = entry.kept.row.choice.version.clone();
            let Some(UndoStep::TakeAway { tags, lost, .. }) = &mut entry.kept.row.undo else { continue };
            let (mut moved, mut gone) = (Vec::new(), Vec::new());
            for back in tags.iter().cloned() {
                let points = now.get(&back.tag);
                let set = match points {
                    _ if points == Some(&version) => {
                        codeartifact.set_dist_tag(domain, to, self.package, &back.tag, back.to.as_ref()).await
                    }
                    // An earlier try moved it.
                    _ if points == back.to.as_ref() => Ok(()),
                    _ => Err(Error::new(Kind::Conflict, "It points elsewhere by now, so it was left there.")),
                };
                match set {
                    Ok(()) => moved.push(back),
                    Err(error) if is_final(error.kind) => {
                        gone.push(LostTag { tag: back.tag, was: back.to, why: error.message });
                    }
                    Err(error) => return Err(error),
                }
            }
            *tags = moved;
            lost.extend(gone);
        }
        Ok(())
    }

    pub(super) fn refused_to_undo(self, failure: &Failure) -> CopyResult {
        let to = self.route.to;
        let plain = match failure.code.as_str() {
            "MISMATCHED_STATUS" => format!("Its status in {to} is not the one you saw any more."),
            "MISMATCHED_REVISION" => format!("Its content in {to} is not the one you saw any more."),
            "NOT_FOUND" => format!("{to} does not hold it any more."),
            "NOT_ALLOWED" => format!("Its status in {to} does not allow it."),
            _ => "CodeArtifact refused it.".to_owned(),
        };
        CopyResult::Refused {
            code: failure.code.clone(),
            message: format!("{plain} CodeArtifact says: {}", failure.message),
        }
    }
}

/// Whether asking again would be answered the same.
fn is_final(kind: Kind) -> bool {
    matches!(kind, Kind::Conflict | Kind::Forbidden | Kind::NotFound | Kind::BadRequest)
}

/// A reading that failed has changed nothing, whatever came of its answer.
fn without_effect(error: Error) -> Error {
    match error.kind {
        Kind::Unreachable | Kind::Faulty => Error { kind: Kind::NotSent, ..error },
        _ => error,
    }
}
