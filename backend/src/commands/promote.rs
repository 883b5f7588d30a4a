//! `headwater plan` and `headwater promote`: the same rules and the same journal as the page's, for pipelines.

use std::fmt::Write;
use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;
use serde::Serialize;
use shared::api::{DomainPath, Endpoint, PlanPath, RunPath};
use shared::approval::Approval;
use shared::needs::PlannedNeeds;
use shared::person::{Person, Role, Who};
use shared::plan::{NewPlan, Plan};
use shared::promotion::{CopyResult, PreviewRequest, PreviewRow, Verdict, VersionChoice};
use shared::run::{NewRun, RowState, Run, RunState};

use super::Failure;
use crate::access::people::check_id;
use crate::api::{plans, runs};
use crate::app::AppState;
use crate::approval::{self, Seen};
use crate::cli::{self, Where};
use crate::codeartifact::CodeArtifact;
use crate::config;
use crate::error::Kind;
use crate::extract::Asked;
use crate::store::Store;

mod needs;

/// How often to look whether another process has gone on with the run.
const ROUND: Duration = Duration::from_secs(1);

/// The program ends with it when a plan waits for approvals, for its change window, or for another source.
pub const NOT_APPROVED: u8 = 3;

/// A plan, and how it stands.
#[derive(Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    plan: &'a Plan,
    approval: &'a Approval,
}

/// Makes a plan and prints it.
///
/// # Errors
/// One clear line when it cannot be made, or a version of it cannot be promoted.
pub async fn plan(args: cli::Plan) -> Result<(), Failure> {
    let desk = Desk::open(&args.place).await?;
    let asked = PreviewRequest { from: args.from, to: args.to, versions: args.packages };
    let plan = desk.plan(needs::decided(&desk, asked, &args.needs, args.reason).await?).await?;
    let left = plan.seen.rows.iter().filter(|row| !matches!(row.verdict, Verdict::New | Verdict::Same)).count();
    let approval = desk.approval(&plan).await?;
    let waiting = approval.refusal_to_run().map(|words| format!("  {words}\n")).unwrap_or_default();
    print(if args.place.json { json(&Told { plan: &plan, approval: &approval })? } else { told(&plan) + &waiting })?;
    desk.close().await;
    match (left, plan.needs.as_ref().and_then(PlannedNeeds::refusal)) {
        (0, None) => Ok(()),
        (0, Some(refusal)) => Err(refusal.into()),
        (left, _) => Err(format!("{left} of the versions cannot be promoted.").into()),
    }
}

/// Runs a plan, waits for its end, and prints what came of each version.
///
/// # Errors
/// One clear line when it cannot be run, or not every version was promoted. With [`NOT_APPROVED`] when it only waits for
/// what its target's protection asks.
pub async fn promote(args: cli::Promote) -> Result<(), Failure> {
    let desk = Desk::open(&args.place).await?;
    let plan = match (args.plan, args.from, args.to) {
        (Some(id), ..) => desk.saved(id).await?,
        (None, Some(from), Some(to)) => {
            let asked = PreviewRequest { from, to, versions: args.packages };
            desk.plan(needs::decided(&desk, asked, &args.needs, args.reason.clone()).await?).await?
        }
        // The command line asks for one of the two.
        _ => return Err("Name a plan, or --from, --to and --package.".to_owned().into()),
    };
    let run = match desk.run(&plan, args.reason).await {
        Ok(run) => run,
        Err(failure) => {
            if failure.code == NOT_APPROVED && args.place.json {
                print(json(&Told { plan: &plan, approval: &desk.approval(&plan).await? })?)?;
            }
            desk.close().await;
            return Err(failure);
        }
    };
    print(if args.place.json { json(&run)? } else { came(&run) })?;
    desk.close().await;
    let counts = run.summary.counts;
    match (&run.summary.state, counts.failed + counts.unknown) {
        (RunState::Ended, 0) => Ok(()),
        (RunState::Ended, left) => Err(format!("{left} of the versions were not promoted.").into()),
        (RunState::Paused(problem), _) => Err(format!("The run is paused: {problem}").into()),
        _ => Err("The run was stopped before its end.".to_owned().into()),
    }
}

/// What a command works with.
struct Desk {
    app: AppState,
    path: DomainPath,
}

impl Desk {
    async fn open(place: &Where) -> Result<Self, String> {
        let codeartifact = CodeArtifact::connect(config::connection(&place.connection, place.key.as_ref())?).await?;
        let path = DomainPath { connection: codeartifact.settings.key.clone(), domain: place.domain.clone() };
        let store = Store::open(&config::store(&place.data)?).await?;
        let mut app = AppState::new(vec![codeartifact], store);
        app.access = Arc::new(place.people.access()?);
        Ok(Self { app, path })
    }

    async fn plan(&self, new: NewPlan) -> Result<Plan, String> {
        let made = plans::create(self.app.clone(), asked(self.path.clone(), new)).await;
        made.map_err(|error| format!("The plan cannot be made: {error}"))
    }

    async fn saved(&self, plan: shared::names::PlanId) -> Result<Plan, String> {
        let DomainPath { connection, domain } = self.path.clone();
        let opened = plans::open(self.app.clone(), asked(PlanPath { connection, domain, plan }, ())).await;
        opened.map(|opened| opened.plan).map_err(|error| format!("The plan cannot be opened: {error}"))
    }

    /// How a plan stands with the protections of its target.
    async fn approval(&self, plan: &Plan) -> Result<Approval, String> {
        let seen = Seen { changed: false, over: false };
        let standing = approval::standing(&self.app, &self.path.connection, plan, seen, &Who::local().person).await;
        standing.map_err(|error| format!("The protections cannot be read: {error}"))
    }

    /// Runs a plan and waits until nothing more happens by itself.
    async fn run(&self, plan: &Plan, reason: String) -> Result<Run, Failure> {
        let DomainPath { connection, domain } = self.path.clone();
        let path = PlanPath { connection: connection.clone(), domain: domain.clone(), plan: plan.id.clone() };
        let mut changes = self.app.hub.changes();
        self.app.start_worker();
        let new = NewRun { hash: plan.hash.clone(), reason };
        let run = runs::create(self.app.clone(), asked(path, new)).await;
        let mut run = run.map_err(|error| match error.kind {
            Kind::NotApproved => Failure {
                message: format!("{error} When that is done: `headwater promote --plan {}`.", plan.id),
                code: NOT_APPROVED,
            },
            _ => format!("The plan cannot be run: {error}").into(),
        })?;
        let path = RunPath { connection, domain, run: run.summary.id.clone() };
        let mut waits = None;
        while run.summary.state.is_moving() {
            if let RunState::Waiting(problem) = &run.summary.state
                && waits.as_ref() != Some(problem)
            {
                eprintln!("headwater: waiting. {problem}");
                waits = Some(problem.clone());
            }
            let _ = tokio::time::timeout(ROUND, changes.changed()).await;
            let read = runs::get(self.app.clone(), asked(path.clone(), ())).await;
            run = read.map_err(|error| format!("The run cannot be read: {error}"))?;
        }
        Ok(run)
    }

    async fn close(self) {
        self.app.hub.close();
        self.app.work.done().await;
        self.app.store.close().await;
    }
}

/// What a handler is given when a command asks it.
fn asked<E>(path: E::Path, body: E::Body) -> Asked<E>
where
    E: Endpoint<Query = ()>,
{
    Asked { path, query: (), body, anew: false, headers: HeaderMap::new(), by: person() }
}

/// Whoever gives the command, by the name of their account. What they may do is up to who may read the store's folder.
fn person() -> Who {
    let account = config::account().filter(|account| check_id(account).is_ok());
    let account = account.unwrap_or_else(|| "unknown".to_owned());
    Who { person: Person::of_account(&account), roles: Role::ALL.to_vec() }
}

fn json<T: Serialize>(value: &T) -> Result<String, String> {
    serde_json::to_string_pretty(value)
        .map(|json| json + "\n")
        .map_err(|error| format!("The answer cannot be written: {error}."))
}

fn print(text: String) -> Result<(), String> {
    let mut out = std::io::stdout().lock();
    let printed = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    printed.map_err(|error| format!("Standard output cannot be written: {error}."))
}

fn told(plan: &Plan) -> String {
    let mut text = format!("Plan {}: from {} to {}\n", plan.id, plan.seen.from, plan.seen.to);
    for row in &plan.seen.rows {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  {:<10} {}{}", verdict(&row.verdict), name(&row.choice), more(row));
    }
    text + &plan.needs.as_ref().map(needs::told).unwrap_or_default()
}

fn verdict(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::New => "new",
        Verdict::Same => "same",
        Verdict::Different(_) => "different",
        Verdict::Blocked(_) => "blocked",
    }
}

fn more(row: &PreviewRow) -> String {
    let moves = row.tags.iter().map(|tag| match &tag.from {
        Some(from) => format!("; {} moves from {from}", tag.tag),
        None => format!("; {} is set", tag.tag),
    });
    let particular = row.effects.iter().filter(|effect| effect.is_particular());
    let mut text: String = moves.chain(particular.map(|effect| format!("; {}", effect.brief()))).collect();
    match &row.verdict {
        Verdict::Blocked(blocked) => text.push_str(&format!(": {}", blocked.explanation)),
        Verdict::Different(files) => {
            let names: Vec<_> = files.iter().map(|file| file.name.as_str()).collect();
            text.push_str(&format!(": {}", names.join(", ")));
        }
        Verdict::New | Verdict::Same => {}
    }
    // Names are the packages' own words.
    text.chars().filter(|c| !c.is_control()).collect()
}

fn name(choice: &VersionChoice) -> String {
    let name = format!("{}:{} {}", choice.package.format, choice.package.full_name(), choice.version);
    name.chars().filter(|c| !c.is_control()).collect()
}

fn came(run: &Run) -> String {
    let mut text = format!("Run {}: from {} to {}\n", run.summary.id, run.summary.from, run.summary.to);
    for row in &run.rows {
        let (word, why) = result(&row.state);
        let why: String = why.chars().filter(|c| !c.is_control()).collect();
        let _ = writeln!(text, "  {word:<10} {}{why}", name(&row.choice));
    }
    text
}

fn result(state: &RowState) -> (&'static str, String) {
    match state {
        RowState::Waiting => ("waiting", String::new()),
        RowState::UnderWay | RowState::Checking => ("under way", String::new()),
        RowState::Ended(CopyResult::Copied) => ("promoted", String::new()),
        RowState::Ended(CopyResult::AlreadySame) => ("same", String::new()),
        RowState::Ended(CopyResult::Refused { code, message }) => ("refused", format!(": {code}. {message}")),
        RowState::Ended(CopyResult::Failed(problem)) => ("failed", format!(": {problem}")),
        RowState::Ended(CopyResult::Unknown(problem)) => ("unknown", format!(": {problem}")),
    }
}
