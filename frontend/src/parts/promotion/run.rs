//! Making a plan of what was previewed, and starting its run.

use leptos::prelude::*;
use shared::api::{CreatePlan, CreateRun, DomainPath, PlanPath};
use shared::closure::Decisions;
use shared::names::{PlanId, RepositoryName};
use shared::needs::PlannedNeeds;
use shared::person::Role;
use shared::plan::{NewPlan, Plan, changes};
use shared::problem::{Problem, ProblemCode};
use shared::promotion::{PinnedVersion, Preview};
use shared::run::{NewRun, Run as StartedRun};

use super::reason;
use crate::api::{Api, Freshness, Reads};
use crate::navigation::Navigation;
use crate::parts::{Me, Tray};
use crate::place::Place;
use crate::ui::count;

/// How a promotion stands that has not been started.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// It is being planned.
    Planning,
    /// The plan is being saved.
    Saving,
    /// It is being saved and started.
    Starting,
    /// The plan could not be saved: nothing happened.
    NotSaved(Problem),
    /// What was read anew is not what the person saw: so many rows differ. Nothing happened.
    Changed(usize),
    /// Something that the rows need is undecided, in words. Its plan is saved; nothing was promoted.
    Undecided(String),
    /// Whether the run of this plan was started is not known, or it was refused.
    NotStarted(PlanId, Problem),
}

/// One promotion at a time: what is typed, and how starting it goes.
#[derive(Clone, Copy)]
pub struct Run {
    api: Api,
    reads: Reads,
    navigation: Navigation,
    tray: Tray,
    me: Me,
    stage: RwSignal<Stage>,
    /// Why the promotion is made. Stays through every failure.
    pub reason: RwSignal<String>,
}

impl Run {
    /// Nothing sent yet.
    pub fn new() -> Self {
        let tray: Tray = expect_context();
        Self {
            api: expect_context(),
            reads: expect_context(),
            navigation: expect_context(),
            tray,
            me: expect_context(),
            stage: RwSignal::new(Stage::Planning),
            reason: tray.reason,
        }
    }

    /// For a plan that was saved: its reason is apart from that of the tray.
    pub fn of_plan() -> Self {
        Self { reason: RwSignal::new(String::new()), ..Self::new() }
    }

    /// It is being started, tracked.
    pub fn running(self) -> bool {
        *self.stage.read() == Stage::Starting
    }

    /// Its plan is being saved, tracked.
    pub fn saving(self) -> bool {
        *self.stage.read() == Stage::Saving
    }

    /// How it stands, tracked.
    pub fn stage(self) -> Stage {
        self.stage.get()
    }

    /// Why these rows cannot be promoted now; none if they can. Tracked.
    pub fn refusal(self, to: Option<&RepositoryName>, preview: Option<&Preview>) -> Option<String> {
        let save = self.save_refusal(to, preview);
        if save.is_some() || preview.is_some_and(|preview| pins(preview).is_empty()) {
            return save.or_else(|| Some("Nothing here would be copied.".to_owned()));
        }
        reason::refusal(&self.reason.read())
    }

    /// Why these rows cannot be saved as a plan; none if they can. Tracked.
    pub fn save_refusal(self, to: Option<&RepositoryName>, preview: Option<&Preview>) -> Option<String> {
        if let Some(lacks) = self.me.lacks(Role::Promoter) {
            return Some(lacks);
        }
        match (to, preview) {
            (None, _) => Some("Choose where to promote to first.".to_owned()),
            (_, None) => Some("The plan has not been read yet.".to_owned()),
            // A plan may still be without a reason.
            _ if self.reason.read().trim().is_empty() => None,
            _ => reason::refusal(&self.reason.read()),
        }
    }

    /// Saves a plan of these rows, and goes to it. A second press while something is under way does nothing.
    pub fn save(self, domain: DomainPath, preview: &Preview, needs: Option<Decisions>) {
        let Some(new) = self.begin(Stage::Saving, preview, needs) else { return };
        leptos::task::spawn_local(async move {
            match self.api.send::<CreatePlan>(&domain, &(), &new, Freshness::Anew).await {
                Ok(plan) => self.arrive(&Place::Plan(path(&domain, &plan.id))),
                Err(problem) => drop(self.stage.try_set(Stage::NotSaved(problem))),
            }
        });
    }

    /// Promotes the rows of a preview that are new: makes a plan of them, and runs it if it is what the person saw.
    pub fn start(self, domain: DomainPath, mut preview: Preview, needs: Option<Decisions>) {
        preview.rows.retain(|row| row.verdict.copies());
        let Some(new) = self.begin(Stage::Starting, &preview, needs) else { return };
        leptos::task::spawn_local(async move {
            match self.api.send::<CreatePlan>(&domain, &(), &new, Freshness::Anew).await {
                Ok(plan) => match (changes(&preview, &plan.seen).len(), undecided(&plan)) {
                    (0, None) => self.send(domain, (*plan).clone(), new.reason).await,
                    (0, Some(refusal)) => drop(self.stage.try_set(Stage::Undecided(refusal))),
                    (changed, _) => {
                        self.stage.try_set(Stage::Changed(changed));
                        self.reads.refresh();
                    }
                },
                Err(problem) => drop(self.stage.try_set(Stage::NotSaved(problem))),
            }
        });
    }

    /// Runs a plan that was saved before.
    pub fn start_plan(self, domain: DomainPath, plan: Plan) {
        if self.begin(Stage::Starting, &plan.seen, None).is_none() {
            return;
        }
        let reason = self.reason.read_untracked().trim().to_owned();
        leptos::task::spawn_local(self.send(domain, plan, reason));
    }

    /// The plan of these rows, unless something is under way.
    fn begin(self, stage: Stage, preview: &Preview, needs: Option<Decisions>) -> Option<NewPlan> {
        if matches!(*self.stage.read_untracked(), Stage::Saving | Stage::Starting) {
            return None;
        }
        self.stage.set(stage);
        Some(NewPlan {
            from: preview.from.clone(),
            to: preview.to.clone(),
            versions: preview.rows.iter().map(|row| row.choice.clone()).collect(),
            reason: self.reason.read_untracked().trim().to_owned(),
            needs,
        })
    }

    async fn send(self, domain: DomainPath, plan: Plan, reason: String) {
        let asked = NewRun { hash: plan.hash.clone(), reason };
        match self.api.send::<CreateRun>(&path(&domain, &plan.id), &(), &asked, Freshness::Anew).await {
            Ok(run) => {
                let run: &StartedRun = &run;
                // The run has them now. What fails is offered again where it is told.
                self.tray.take_all(plan.seen.rows.iter().map(|row| &row.choice));
                self.reason.try_set(String::new());
                self.arrive(&Place::run(&domain, &run.summary.id));
            }
            Err(problem) => drop(self.stage.try_set(Stage::NotStarted(plan.id, problem))),
        }
    }

    /// Goes to what was made, unless the person has left the page meanwhile.
    fn arrive(self, place: &Place) {
        if self.stage.try_set(Stage::Planning).is_none() {
            self.navigation.go(place);
        }
    }
}

/// What went wrong, in words; none while nothing did. Tracked.
#[component]
pub fn StartProblem(run: Run) -> impl IntoView {
    use crate::parts::{DomainData, ProblemNotice};
    use crate::ui::{Notice, Tone};
    let data = expect_context::<DomainData>();
    move || {
        match run.stage() {
        Stage::Planning | Stage::Saving | Stage::Starting => ().into_any(),
        Stage::NotSaved(problem) => {
            view! { <ProblemNotice what="The plan could not be saved. Nothing was promoted." problem /> }.into_any()
        }
        Stage::Changed(rows) => view! {
            <Notice tone=Tone::Warn>
                <p>{format!("Since you read this plan, {} changed. Nothing was promoted. The plan has been read anew: look again, then promote.", count(rows, "row"))}</p>
            </Notice>
        }
        .into_any(),
        Stage::Undecided(refusal) => view! {
            <Notice tone=Tone::Warn><p>{format!("Nothing was promoted. {refusal}")}</p></Notice>
        }
        .into_any(),
        Stage::NotStarted(plan, problem) => view! {
            <ProblemNotice
                what=match problem.code {
                    // This server said no before it wrote anything.
                    ProblemCode::Forbidden | ProblemCode::Conflict => "The promotion was not started.",
                    _ => "Whether the promotion was started is not known.",
                }
                problem
            />
            <p>
                "Its plan is saved, and a plan is run once: "
                <a href=Place::Plan(path(&data.path(), &plan)).href()>"open the plan"</a>
                " to see whether it runs, and start it there if it does not."
            </p>
        }
        .into_any(),
    }
    }
}

/// Why a plan cannot be run although its rows are what the person saw: what it needs is not all decided.
pub fn undecided(plan: &Plan) -> Option<String> {
    plan.needs.as_ref().and_then(PlannedNeeds::refusal)
}

fn path(domain: &DomainPath, plan: &PlanId) -> PlanPath {
    PlanPath { connection: domain.connection.clone(), domain: domain.domain.clone(), plan: plan.clone() }
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
