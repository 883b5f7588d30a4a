//! Sending a promotion, once.

use leptos::prelude::*;
use shared::api::{CreatePromotion, DomainPath};
use shared::names::RepositoryName;
use shared::problem::Problem;
use shared::promotion::{CopyResult, PinnedVersion, Preview, PromotionOutcome, PromotionRequest};

use super::reason;
use crate::api::{Api, Freshness, Reads};
use crate::parts::Tray;

/// How a promotion stands.
#[derive(Debug, Clone, PartialEq)]
enum Stage {
    /// It is being planned.
    Planning,
    /// It is under way.
    Running,
    /// No answer came: whether it happened has to be looked up.
    Unanswered(Problem),
    /// It has an answer.
    Done(PromotionRequest, PromotionOutcome),
}

/// One promotion at a time: what is typed and what came of it.
#[derive(Clone, Copy)]
pub struct Run {
    api: Api,
    reads: Reads,
    tray: Tray,
    stage: RwSignal<Stage>,
    /// Why the promotion is made. Stays through every failure.
    pub reason: RwSignal<String>,
}

impl Run {
    /// Nothing sent yet.
    pub fn new() -> Self {
        Self {
            api: expect_context(),
            reads: expect_context(),
            tray: expect_context(),
            stage: RwSignal::new(Stage::Planning),
            reason: RwSignal::new(String::new()),
        }
    }

    /// It is under way, tracked.
    pub fn running(self) -> bool {
        *self.stage.read() == Stage::Running
    }

    /// Why there was no answer, tracked.
    pub fn problem(self) -> Option<Problem> {
        match &*self.stage.read() {
            Stage::Unanswered(problem) => Some(problem.clone()),
            _ => None,
        }
    }

    /// What was asked and what came of it, tracked.
    pub fn outcome(self) -> Option<(PromotionRequest, PromotionOutcome)> {
        match &*self.stage.read() {
            Stage::Done(request, outcome) => Some((request.clone(), outcome.clone())),
            _ => None,
        }
    }

    /// Plans anew what is left in the tray.
    pub fn plan_again(self) {
        self.stage.set(Stage::Planning);
    }

    /// Why these rows cannot be promoted now; none if they can. Tracked.
    pub fn refusal(self, to: Option<&RepositoryName>, preview: Option<&Preview>) -> Option<String> {
        if to.is_none() {
            return Some("Choose where to promote to first.".to_owned());
        }
        let Some(preview) = preview else { return Some("The plan has not been read yet.".to_owned()) };
        if pins(preview).is_empty() {
            return Some("Nothing here would be copied.".to_owned());
        }
        reason::refusal(&self.reason.read())
    }

    /// Promotes the rows of a preview that are new. A second press while it is under way does nothing.
    pub fn start(self, domain: DomainPath, preview: &Preview) {
        if *self.stage.read_untracked() == Stage::Running {
            return;
        }
        let request = PromotionRequest {
            from: preview.from.clone(),
            to: preview.to.clone(),
            versions: pins(preview),
            reason: self.reason.read_untracked().trim().to_owned(),
        };
        self.stage.set(Stage::Running);
        leptos::task::spawn_local(async move {
            match self.api.send::<CreatePromotion>(&domain, &(), &request, Freshness::Anew).await {
                Ok(outcome) => {
                    self.reason_is_used(&outcome);
                    self.stage.try_set(Stage::Done(request, (*outcome).clone()));
                    // What arrived has left the tray; what failed stays in it.
                    self.tray.take_all(outcome.rows.iter().filter(|row| arrived(&row.result)).map(|row| &row.choice));
                }
                Err(problem) => {
                    self.stage.try_set(Stage::Unanswered(problem));
                }
            }
            // The map and the lists show at once what has changed, and so does the next plan.
            self.reads.refresh();
        });
    }

    /// The reason belongs to this promotion: it is kept only while something of it is left to do.
    fn reason_is_used(self, outcome: &PromotionOutcome) {
        if outcome.rows.iter().all(|row| arrived(&row.result)) {
            self.reason.try_set(String::new());
        }
    }
}

/// The target has the version now.
pub fn arrived(result: &CopyResult) -> bool {
    matches!(result, CopyResult::Copied | CopyResult::AlreadySame)
}

/// The versions that promoting a preview would copy, pinned to the content seen.
pub fn pins(preview: &Preview) -> Vec<PinnedVersion> {
    let copied = preview.rows.iter().filter(|row| row.verdict.copies());
    copied
        .filter_map(|row| {
            let revision = row.revision.clone()?;
            Some(PinnedVersion { package: row.choice.package.clone(), version: row.choice.version.clone(), revision })
        })
        .collect()
}
