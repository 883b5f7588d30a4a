//! What one chunk of a run does at AWS: how it looks, what is sent, what an answer means. Promoting copies versions;
//! undoing takes them away (`undo.rs` next door).

use std::collections::BTreeMap;

use futures_util::{FutureExt, StreamExt, stream};
use shared::names::{Revision, VersionName};
use shared::package::PackageKey;
use shared::promotion::CopyResult;
use shared::undo::UndoHow;
use shared::version::VersionSummary;

use super::entry::Entry;
use crate::codeartifact::{BatchAnswer, Failure};
use crate::error::Result;
use crate::promotion::content::{InTarget, differences};
use crate::promotion::tags::tag_moves;
use crate::promotion::{Route, refused};

/// How many versions are read at the same time.
const MOST_AT_ONCE: usize = 10;

/// The work of one chunk.
#[derive(Debug, Clone, Copy)]
pub struct Job<'a> {
    /// Where.
    pub route: Route<'a>,
    /// The package of all its rows.
    pub package: &'a PackageKey,
    /// How it undoes; none in a promotion.
    pub how: Option<UndoHow>,
}

/// What the target shows of a row.
#[derive(Debug)]
pub enum Look {
    /// What the row is to bring about is so.
    Done,
    /// It is not, and nothing stands in its way.
    NotDone,
    /// It is not, and cannot be any more.
    Ended(CopyResult),
}

impl Job<'_> {
    /// Reads what the target shows of rows, each on its own.
    pub async fn look(self, rows: &[&Entry]) -> Vec<Result<Look>> {
        let looks: Vec<_> = rows.iter().map(|entry| self.look_at(entry).boxed()).collect();
        stream::iter(looks).buffered(MOST_AT_ONCE).collect().await
    }

    async fn look_at(self, entry: &Entry) -> Result<Look> {
        match self.how {
            None => self.look_for_copy(entry).await,
            Some(how) => self.look_for_undone(how, entry).await,
        }
    }

    async fn look_for_copy(self, entry: &Entry) -> Result<Look> {
        Ok(match self.in_target(entry).await? {
            InTarget::Absent => Look::NotDone,
            InTarget::Same => Look::Done,
            InTarget::Different(files) if files.is_empty() => Look::Done,
            InTarget::Different(_) => Look::Ended(self.other_content()),
        })
    }

    /// Compares the target with the content that the plan saw; with the source where the plan could not read files.
    async fn in_target(self, entry: &Entry) -> Result<InTarget> {
        let Route { codeartifact, domain, to, .. } = self.route;
        let version = &entry.kept.row.choice.version;
        if entry.fixed.files.is_empty() {
            return self.route.in_target(self.package, version, entry.fixed.pin.as_ref()).await;
        }
        let held = match codeartifact.describe_version(domain, to, self.package, version).await {
            Ok(detail) => detail.summary.revision,
            Err(error) if error.is_not_found() => return Ok(InTarget::Absent),
            Err(error) => return Err(error),
        };
        if entry.fixed.pin.is_some() && held == entry.fixed.pin {
            return Ok(InTarget::Same);
        }
        let files = codeartifact.list_assets(domain, to, self.package, version).await?;
        Ok(InTarget::Different(differences(&entry.fixed.files, &files)))
    }

    fn other_content(self) -> CopyResult {
        let message = format!("{} has this version with other content. Nothing was overwritten.", self.route.to);
        CopyResult::Refused { code: "ALREADY_EXISTS".to_owned(), message }
    }

    /// Reads the target just before a call, so that only rows are sent that have something to do. Rows that have not
    /// come to their end; npm rows of a promotion are told which tags they are about to set.
    ///
    /// # Errors
    /// When the target cannot be read.
    pub async fn prepare(self, rows: &mut [&mut Entry]) -> Result<()> {
        let held = self.held().await?;
        for entry in rows.iter_mut() {
            let found = held.get(&entry.kept.row.choice.version);
            let look = match self.how {
                None => self.before_copy(entry, found).await?,
                Some(how) => self.before_undoing(how, entry, found).await?,
            };
            match look {
                Look::NotDone => {}
                Look::Done if entry.kept.doubt => entry.kept.end(CopyResult::Copied),
                Look::Done => entry.kept.end(CopyResult::AlreadySame),
                Look::Ended(result) => entry.kept.end(result),
            }
        }
        if self.how.is_none() && rows.iter().any(|entry| !entry.kept.has_ended()) {
            self.note_tags(rows).await;
        }
        Ok(())
    }

    /// What the target has of the package.
    async fn held(self) -> Result<BTreeMap<VersionName, VersionSummary>> {
        let Route { codeartifact, domain, to, .. } = self.route;
        match codeartifact.all_versions(domain, to, self.package).await {
            Ok(versions) => Ok(versions.into_iter().map(|version| (version.version.clone(), version)).collect()),
            Err(error) if error.is_not_found() => Ok(BTreeMap::new()),
            Err(error) => Err(error),
        }
    }

    async fn before_copy(self, entry: &Entry, found: Option<&VersionSummary>) -> Result<Look> {
        match found {
            Some(found) if found.revision.is_some() && found.revision == entry.fixed.pin => Ok(Look::Done),
            Some(_) => self.look_for_copy(entry).await,
            None if entry.fixed.copies => Ok(Look::NotDone),
            None => Ok(Look::Ended(self.gone_from_target())),
        }
    }

    /// The plan said that there is nothing to do. It does not say that this version is copied, so it is not.
    fn gone_from_target(self) -> CopyResult {
        let message = format!(
            "When the plan was made, {} had this version with the same content; now it does not. Plan again to copy it.",
            self.route.to
        );
        CopyResult::Refused { code: "CHANGED".to_owned(), message }
    }

    /// Reads which tags the copy will set. Where they cannot be read the copy goes on, and an undoing will say so.
    async fn note_tags(self, rows: &mut [&mut Entry]) {
        let Ok(moves) = tag_moves(self.route, self.package).await else { return };
        for entry in rows.iter_mut().filter(|entry| !entry.kept.has_ended()) {
            let version = &entry.kept.row.choice.version;
            // What an earlier call of the same row moved already must not be forgotten.
            let known = entry.kept.tags.get_or_insert_default();
            let new = moves.iter().filter(|tag| tag.to == *version);
            let new: Vec<_> = new.filter(|tag| !known.iter().any(|one| one.tag == tag.tag)).cloned().collect();
            known.extend(new);
        }
    }

    /// The one call that changes something.
    ///
    /// # Errors
    /// When the call fails as a whole; `Kind::is_doubtful` says whether it may have taken effect.
    pub async fn send(self, rows: &mut [&mut Entry]) -> Result<BatchAnswer> {
        match self.how {
            None => self.copy(rows).await,
            Some(how) => self.take_away(how, rows).await,
        }
    }

    async fn copy(self, rows: &[&mut Entry]) -> Result<BatchAnswer> {
        let pins: Vec<(VersionName, Revision)> = rows
            .iter()
            .filter_map(|entry| Some((entry.kept.row.choice.version.clone(), entry.fixed.pin.clone()?)))
            .collect();
        let Route { codeartifact, domain, from, to } = self.route;
        codeartifact.copy_versions(domain, from, to, self.package, &pins).await
    }

    /// AWS's refusal of one row, in words.
    pub fn refused(self, failure: &Failure) -> CopyResult {
        match self.how {
            None => refused(self.route, failure),
            Some(_) => self.refused_to_undo(failure),
        }
    }
}
