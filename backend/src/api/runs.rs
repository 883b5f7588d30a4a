//! Runs: started, watched, steered, undone.

use std::convert::Infallible;
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use shared::api::{CreateRun, CreateUndo, GetRun, ListRuns, PreviewUndo, RunPath, SteerRun, WatchRun};
use shared::names::{ConnectionKey, RunId};
use shared::needs::PlannedNeeds;
use shared::run::{Run, RunAction, RunEvent, RunPage};
use shared::undo::UndoPreview;
use tokio::sync::{OwnedSemaphorePermit, watch};

use crate::access;
use crate::app::AppState;
use crate::approval::{self, Team};
use crate::error::{Error, Kind, Result};
use crate::extract::Asked;
use crate::record::Begun;
use crate::run::entry::{Entry, Head, NewEntry};
use crate::run::permit::Permit;
use crate::store::{Writing, blocks, chunks, plans, runs};
use crate::{plan, promotion, run, undo};

/// How often a stream looks for what another process has written.
const ROUND: Duration = Duration::from_secs(1);

/// How often a stream says that it is still there.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// Runs a plan. Asked again, it answers the same run.
pub async fn create(app: AppState, asked: Asked<CreateRun>) -> Result<Run> {
    let begun = begin(app.clone(), asked);
    Ok(app.written(begun).await?.run)
}

async fn begin(app: AppState, asked: Asked<CreateRun>) -> Result<Begun> {
    promotion::check_reason(&asked.body.reason)?;
    let path = asked.path;
    let codeartifact = app.connection(&path.connection)?;
    let mut reading = app.store.read().await?;
    let (plan, _) = plans::get(&mut reading, &path.connection, &path.domain, &path.plan).await?;
    if plan.hash != asked.body.hash {
        return Err(Error::new(Kind::Conflict, "This is not the plan that you saw. Open it anew."));
    }
    if let Some(id) = runs::of_plan(&mut reading, &plan.id).await? {
        return Ok(Begun { run: told(&mut reading, &id).await?, is_new: false });
    }
    let blocks = blocks::all(reading.sql(), &path.connection, &path.domain).await?;
    drop(reading);
    if plan::is_expired(&plan) {
        return Err(Error::new(Kind::Conflict, "This plan is older than 24 hours. Plan again."));
    }
    if let Some(refusal) = plan.needs.as_ref().and_then(PlannedNeeds::refusal) {
        return Err(Error::new(Kind::Conflict, refusal));
    }
    let changed = match approval::is_asked(&app.store, &path.connection, &plan).await? {
        true => Some(plan::has_changed(codeartifact, &blocks, &plan, &[]).await?),
        false => None,
    };
    let team = Team::of(&app.access);
    let (head, entries) = run::of_plan(&path.connection, &plan, &asked.body.reason, asked.by.person.clone())?;
    let mut writing = app.store.write().await?;
    let permit = approval::permit(&mut writing, &team, &path.connection, &plan, changed, &asked.by.person).await?;
    let is_new = start(&app, writing, &head, &entries, &permit).await?;
    let mut reading = app.store.read().await?;
    // Somebody may have been a moment earlier.
    let id = runs::of_plan(&mut reading, &plan.id).await?.unwrap_or(head.summary.id);
    Ok(Begun { run: told(&mut reading, &id).await?, is_new })
}

/// Puts a run into the journal, unless it stands there already, and wakes the worker. Whether it was put there.
async fn start(
    app: &AppState,
    mut writing: Writing,
    head: &Head,
    entries: &[NewEntry],
    permit: &Permit,
) -> Result<bool> {
    let is_new = runs::insert(&mut writing, head, entries, permit).await?;
    if is_new {
        writing.commit().await?;
        app.hub.changed();
        app.hub.wake();
    }
    Ok(is_new)
}

async fn told(reading: &mut crate::store::Reading, id: &RunId) -> Result<Run> {
    let head = runs::head(reading, id).await?;
    runs::run(reading, head).await
}

/// The runs of a domain.
pub async fn list(app: AppState, asked: Asked<ListRuns>) -> Result<RunPage> {
    app.connection(&asked.path.connection)?;
    let mut reading = app.store.read().await?;
    let (runs, more) = runs::list(&mut reading, &asked.path.connection, &asked.path.domain, &asked.query).await?;
    Ok(RunPage { runs, more })
}

/// One run with its rows.
pub async fn get(app: AppState, asked: Asked<GetRun>) -> Result<Run> {
    let mut reading = app.store.read().await?;
    let head = head(&mut reading, &asked.path).await?;
    runs::run(&mut reading, head).await
}

async fn head(reading: &mut crate::store::Reading, path: &RunPath) -> Result<Head> {
    runs::head_in(reading, &path.connection, &path.domain, &path.run).await
}

/// Stops a run, or goes on with it. Credentials may have been mended meanwhile, so they are read anew.
pub async fn steer(app: AppState, asked: Asked<SteerRun>) -> Result<Run> {
    let steered = steer_now(app.clone(), asked);
    Ok(app.written(steered).await?.run)
}

async fn steer_now(app: AppState, asked: Asked<SteerRun>) -> Result<Begun> {
    let id = get_id(&app, &asked.path).await?;
    let codeartifact = app.connection(&asked.path.connection)?;
    if asked.body.action == RunAction::GoOn {
        codeartifact.renew().await;
    }
    let mut writing = app.store.write().await?;
    match asked.body.action {
        RunAction::Stop => chunks::stop(&mut writing, &id).await?,
        RunAction::GoOn => chunks::go_on(&mut writing, &id).await?,
    }
    writing.commit().await?;
    app.hub.changed();
    app.hub.wake();
    Ok(Begun { run: told(&mut app.store.read().await?, &id).await?, is_new: true })
}

async fn get_id(app: &AppState, path: &RunPath) -> Result<RunId> {
    Ok(head(&mut app.store.read().await?, path).await?.summary.id)
}

/// What undoing a run would do. Changes nothing.
pub async fn preview_undo(app: AppState, asked: Asked<PreviewUndo>) -> Result<UndoPreview> {
    let (head, entries) = undoable(&app, &asked.path).await?;
    let codeartifact = app.connection(&asked.path.connection)?;
    let how = asked.query.how;
    let planned = undo::plan(codeartifact, &head, &entries, how).await?;
    let rows = planned.into_iter().map(|(row, _)| row).collect();
    Ok(UndoPreview { run: head.summary.id, how, rows })
}

async fn undoable(app: &AppState, path: &RunPath) -> Result<(Head, Vec<Entry>)> {
    let mut reading = app.store.read().await?;
    let head = head(&mut reading, path).await?;
    undo::check(&head)?;
    let entries = runs::entries(&mut reading, &head.summary.id).await?;
    Ok((head, entries))
}

/// Undoes a run. Asked again, it answers the same undoing.
pub async fn create_undo(app: AppState, asked: Asked<CreateUndo>) -> Result<Run> {
    let begun = begin_undo(app.clone(), asked);
    Ok(app.written(begun).await?.run)
}

async fn begin_undo(app: AppState, asked: Asked<CreateUndo>) -> Result<Begun> {
    promotion::check_reason(&asked.body.reason)?;
    let (undone, entries) = undoable(&app, &asked.path).await?;
    if let Some(id) = &undone.summary.undone_by {
        return Ok(Begun { run: told(&mut app.store.read().await?, id).await?, is_new: false });
    }
    let codeartifact = app.connection(&asked.path.connection)?;
    let planned = undo::plan(codeartifact, &undone, &entries, asked.body.how).await?;
    let entries = undo::entries(planned);
    let new = run::of_undo(&undone, asked.body.how, &entries, &asked.body.reason, asked.by.person)?;
    let is_new = start(&app, app.store.write().await?, &new, &entries, &Permit::to_undo()).await?;
    let mut reading = app.store.read().await?;
    // Somebody may have been a moment earlier.
    let id = runs::head(&mut reading, &undone.summary.id).await?.summary.undone_by.unwrap_or(new.summary.id);
    Ok(Begun { run: told(&mut reading, &id).await?, is_new })
}

/// What changes in a run from now on, until it has come to rest.
pub async fn watch(app: AppState, asked: Asked<WatchRun>) -> Result<Response> {
    let place = app.hub.stream(access::session_of(&asked.headers))?;
    let run = get_id(&app, &asked.path).await?;
    let changes = app.hub.changes();
    let (connection, after) = (asked.path.connection, asked.query.after);
    let watcher = Watcher { app, connection, run, after, changes, is_over: false, _place: place };
    let events = stream::unfold(watcher, |mut watcher| async move {
        let event = watcher.next().await?;
        Some((Ok::<_, Infallible>(event), watcher))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response())
}

/// Somebody who watches a run.
struct Watcher {
    app: AppState,
    connection: ConnectionKey,
    run: RunId,
    after: u64,
    changes: watch::Receiver<u64>,
    is_over: bool,
    _place: OwnedSemaphorePermit,
}

impl Watcher {
    /// The next event; none when the run has come to rest, or the program ends.
    async fn next(&mut self) -> Option<Event> {
        while !self.is_over {
            self.changes.borrow_and_update();
            let told =
                self.read().await.and_then(|(event, is_moving)| Ok((event.map(|e| write(&e)).transpose()?, is_moving)));
            match told {
                Ok((event, is_moving)) => {
                    self.is_over = !is_moving;
                    if event.is_some() {
                        return event;
                    }
                }
                Err(error) => {
                    // The page opens another stream.
                    tracing::warn!(target: "run", connection = %self.connection, error = ?error.chain(), "a stream ended");
                    return None;
                }
            }
            if self.is_over {
                return None;
            }
            tokio::select! {
                _ = self.changes.changed() => {}
                () = tokio::time::sleep(ROUND) => {}
                () = self.app.hub.closed() => return None,
            }
        }
        None
    }

    /// What changed since, if something did, and whether more is to come.
    async fn read(&mut self) -> Result<(Option<RunEvent>, bool)> {
        let mut reading = self.app.store.read().await?;
        let head = runs::head(&mut reading, &self.run).await?;
        let is_moving = head.summary.state.is_moving();
        if head.at <= self.after {
            return Ok((None, is_moving));
        }
        let rows = runs::rows_after(&mut reading, &self.run, self.after).await?;
        self.after = head.at;
        Ok((Some(RunEvent { at: head.at, summary: head.summary, rows }), is_moving))
    }
}

fn write(event: &RunEvent) -> Result<Event> {
    Event::default().id(event.at.to_string()).json_data(event).map_err(Error::unexpected)
}
