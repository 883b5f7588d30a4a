//! Plans and runs, made through the API as the page makes them.

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use shared::api::{AfterQuery, CreatePlan, CreateRun, GetRun, PlanPath, RunPath, SteerRun, WatchRun};
use shared::block::BlockChange;
use shared::names::{PlanId, RunId};
use shared::plan::{NewPlan, Plan};
use shared::promotion::{CopyResult, VersionChoice};
use shared::protection::Protection;
use shared::run::{NewRun, RowState, Run, RunAction, RunEvent, RunState, Steer};

use super::{TestApp, domain, npm};

/// The address of a plan.
pub fn plan_path(plan: &PlanId) -> PlanPath {
    let domain = domain();
    PlanPath { connection: domain.connection, domain: domain.domain, plan: plan.clone() }
}

/// The address of a run.
pub fn run_path(run: &RunId) -> RunPath {
    let domain = domain();
    RunPath { connection: domain.connection, domain: domain.domain, run: run.clone() }
}

/// Versions of npm packages, written `name@version`.
pub fn choices(of: &[&str]) -> Vec<VersionChoice> {
    let choice = |text: &&str| {
        let (name, version) = text.rsplit_once('@').unwrap();
        VersionChoice { package: npm(name), version: version.parse().unwrap() }
    };
    of.iter().map(choice).collect()
}

/// A plan from team-dev.
pub fn new_plan(to: &str, versions: &[&str]) -> NewPlan {
    let from = "team-dev".parse().unwrap();
    NewPlan { from, to: to.parse().unwrap(), versions: choices(versions), reason: "release".into(), needs: None }
}

/// Asks to block an npm version, written `name@version`, or to unblock it.
pub fn block(of: &str, reason: &str) -> BlockChange {
    let VersionChoice { package, version } = choices(&[of]).remove(0);
    BlockChange { package, version, reason: reason.into() }
}

/// Asks for approvals of promotions into the repositories that a pattern matches.
pub fn protection(pattern: &str, approvals: u8) -> Protection {
    let pattern = pattern.parse().unwrap();
    Protection { pattern, approvals, approvers: Vec::new(), sources: Vec::new(), window: None }
}

impl TestApp {
    pub async fn plan(&self, to: &str, versions: &[&str]) -> Plan {
        self.get(CreatePlan, &domain(), &(), &new_plan(to, versions)).await
    }

    /// Starts the run of a plan.
    pub async fn start(&self, plan: &Plan) -> Run {
        let new = NewRun { hash: plan.hash.clone(), reason: "release".into() };
        self.get(CreateRun, &plan_path(&plan.id), &(), &new).await
    }

    pub async fn run(&self, id: &RunId) -> Run {
        self.get(GetRun, &run_path(id), &(), &()).await
    }

    pub async fn steer(&self, id: &RunId, action: RunAction) -> Run {
        self.get(SteerRun, &run_path(id), &(), &Steer { action }).await
    }

    /// Waits until a run is as it should be.
    pub async fn wait(&self, id: &RunId, wanted: impl Fn(&Run) -> bool) -> Run {
        let mut changes = self.state.hub.changes();
        let wait = async {
            loop {
                changes.borrow_and_update();
                let run = self.run(id).await;
                if wanted(&run) {
                    return run;
                }
                changes.changed().await.unwrap();
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(60), wait).await.unwrap()
    }

    /// Waits until a run has ended.
    pub async fn ended(&self, id: &RunId) -> Run {
        self.wait(id, |run| run.summary.state == RunState::Ended).await
    }

    /// Plans, runs, and waits for the end.
    pub async fn promote(&self, to: &str, versions: &[&str]) -> Run {
        let run = self.start(&self.plan(to, versions).await).await;
        self.ended(&run.summary.id).await
    }

    /// All events of a run after one, until its stream ends.
    pub fn events(&self, id: &RunId, after: u64) -> BoxFuture<'_, Vec<RunEvent>> {
        let path = run_path(id);
        async move {
            let answer = self.ask(WatchRun, &path, &AfterQuery { after }, &()).await;
            assert_eq!(answer.headers["content-type"], "text/event-stream");
            let text = answer.text();
            text.lines()
                .filter_map(|line| line.strip_prefix("data: "))
                .map(|json| serde_json::from_str(json).unwrap())
                .collect()
        }
        .boxed()
    }
}

/// What came of a row.
pub fn result(run: &Run, row: usize) -> &CopyResult {
    match &run.rows[row].state {
        RowState::Ended(result) => result,
        other => panic!("{other:?} is no end"),
    }
}
