//! The work on one claimed chunk: settle what is in doubt by reading, then send what waits. Before each call the intent
//! stands in the journal; after it, the result.

use shared::block::Blocks;
use shared::promotion::CopyResult;
use shared::run::{RowState, RunState};

use super::entry::{Entry, Head};
use super::hub::Hub;
use super::job::{Job, Look};
use crate::codeartifact::{BatchAnswer, CodeArtifact};
use crate::error::{Error, Kind, Result};
use crate::looking::LOOKS;
use crate::promotion::Route;
use crate::random;
use crate::store::chunks::{self, Claim, Hold, Written};
use crate::store::{Store, blocks};

/// How often a row is sent whose calls failed and did nothing.
const MOST_FAULTS: u32 = 5;

/// How often in a row a chunk waits before a person is asked: about a quarter of an hour.
const MOST_WAITS: i64 = 50;

/// The longest wait that this program chooses, in seconds.
const LONGEST_WAIT: f64 = 20.0;

/// A claimed chunk and the one who works on it.
pub struct Chunk<'a> {
    /// The journal.
    pub store: &'a Store,
    /// Who is told of changes.
    pub hub: &'a Hub,
    /// AWS.
    pub codeartifact: &'a CodeArtifact,
    /// The hold on it.
    pub claim: Claim,
    /// Its run.
    pub head: Head,
    /// Its rows.
    pub rows: Vec<Entry>,
    /// Why rows are in doubt, where a call of this worker left them so.
    pub doubt: Option<Error>,
}

impl Chunk<'_> {
    /// Works until all rows have come to their end, or somebody else goes on later.
    ///
    /// # Errors
    /// When the journal cannot be used. The claim then ends by itself.
    pub async fn work(&mut self) -> Result<()> {
        while self.step().await? {}
        Ok(())
    }

    /// One step. Whether there is another one.
    async fn step(&mut self) -> Result<bool> {
        if self.rows.iter().any(|entry| is_in_doubt(&entry.kept.row.state)) {
            return self.check().await;
        }
        if self.rows.iter().all(|entry| entry.kept.has_ended()) {
            self.write(&[], Hold::Done, Some(&RunState::Running), false).await?;
            return Ok(false);
        }
        if self.hub.is_closing() {
            self.write(&[], Hold::Release { wait: 0.0, tries: self.claim.tries }, None, false).await?;
            return Ok(false);
        }
        self.send().await
    }

    /// Finds out by reading what came of rows that nobody knows about.
    async fn check(&mut self) -> Result<bool> {
        let places = self.places(|entry| is_in_doubt(&entry.kept.row.state));
        for place in &places {
            let kept = &mut self.rows[*place].kept;
            // A call that was begun by a worker that died.
            kept.doubt |= kept.row.state == RowState::UnderWay;
            kept.row.state = RowState::Checking;
        }
        if self.write(&places, Hold::Keep, None, false).await? != Written::Yes {
            return Ok(false);
        }
        let (again, unread) = self.look(&places).await;
        let spent = self.give_up(&again);
        match (unread, again.len() > spent, self.doubt.take()) {
            (Some(error), ..) => self.leave(&places, &error).await,
            (None, true, Some(error)) => self.leave(&places, &error).await,
            (None, ..) => Ok(self.write(&places, Hold::Keep, Some(&RunState::Running), false).await? == Written::Yes),
        }
    }

    /// Reads the rows, several times where nothing is to be seen. Those that are to be sent again, and why one could not
    /// be read.
    async fn look(&mut self, places: &[usize]) -> (Vec<usize>, Option<Error>) {
        let mut open = places.to_vec();
        let mut unread = None;
        for wait in LOOKS {
            tokio::time::sleep(wait).await;
            let rows: Vec<&Entry> = open.iter().map(|place| &self.rows[*place]).collect();
            let looks = job(self.codeartifact, &self.head, &self.rows).look(&rows).await;
            unread = None;
            let mut left = Vec::new();
            for (place, look) in open.into_iter().zip(looks) {
                let kept = &mut self.rows[place].kept;
                match look {
                    Ok(Look::Done) if kept.doubt => kept.end(CopyResult::Copied),
                    Ok(Look::Done) => kept.end(CopyResult::AlreadySame),
                    Ok(Look::Ended(result)) => kept.end(result),
                    Ok(Look::NotDone) => left.push(place),
                    Err(error) if passes(error.kind) => {
                        left.push(place);
                        unread = Some(error);
                    }
                    Err(error) => kept.end(CopyResult::Unknown(error.problem())),
                }
            }
            open = left;
            if open.is_empty() || unread.is_some() {
                break;
            }
        }
        if unread.is_none() {
            for place in &open {
                self.rows[*place].kept.row.state = RowState::Waiting;
            }
            return (open, None);
        }
        (Vec::new(), unread)
    }

    /// Ends those of the rows that were sent often enough. How many.
    fn give_up(&mut self, again: &[usize]) -> usize {
        let Some(error) = self.doubt.clone() else { return 0 };
        for place in again {
            self.rows[*place].kept.faults += 1;
        }
        let spent = again.iter().copied().filter(|place| self.rows[*place].kept.faults >= MOST_FAULTS);
        let spent: Vec<usize> = spent.collect();
        for place in &spent {
            // AWS has answered, so it is done with the call: what is not there will not come.
            let result = match error.kind {
                Kind::Faulty => CopyResult::Failed(error.problem()),
                _ => CopyResult::Unknown(error.problem()),
            };
            let kept = &mut self.rows[*place].kept;
            kept.row.request_id.clone_from(&error.request_id);
            kept.end(result);
        }
        spent.len()
    }

    /// Sends all rows that wait, in one call.
    async fn send(&mut self) -> Result<bool> {
        let places = self.places(|entry| entry.kept.row.state == RowState::Waiting);
        let (head, codeartifact) = (self.head.clone(), self.codeartifact);
        let package = self.rows[0].kept.row.choice.package.clone();
        let job = job_of(codeartifact, &head, &package);
        let mut waiting = pick(&mut self.rows, &places);
        if let Err(error) = job.prepare(&mut waiting).await {
            return self.unsent(&places, &error).await;
        }
        if head.how.is_none() {
            let mut reading = self.store.read().await?;
            let (connection, domain) = (&head.connection, &head.summary.domain);
            refuse(&mut waiting, &blocks::of_package(reading.sql(), connection, domain, &package).await?);
        }
        for entry in waiting.iter_mut().filter(|entry| !entry.kept.has_ended()) {
            entry.kept.row.state = RowState::UnderWay;
            entry.kept.row.attempts += 1;
        }
        // The intent: from here on, whoever finds these rows knows that a call may have been made.
        match self.write(&places, Hold::Keep, Some(&RunState::Running), true).await? {
            Written::Yes => {}
            Written::Lost => return Ok(false),
            Written::Stopped => {
                self.write(&[], Hold::Release { wait: 0.0, tries: 0 }, None, false).await?;
                return Ok(false);
            }
        }
        let sent = self.places(|entry| entry.kept.row.state == RowState::UnderWay);
        if sent.is_empty() {
            return Ok(true);
        }
        let answer = job.send(&mut pick(&mut self.rows, &sent)).await;
        self.hub.cache_is_stale();
        match answer {
            Ok(answer) => self.read(job, &sent, answer),
            Err(error) => return self.failed(&sent, error).await,
        }
        self.claim.tries = 0;
        Ok(self.write(&sent, Hold::Keep, Some(&RunState::Running), false).await? == Written::Yes)
    }

    /// Nothing was sent.
    async fn unsent(&mut self, places: &[usize], error: &Error) -> Result<bool> {
        for place in places {
            let kept = &mut self.rows[*place].kept;
            if passes(error.kind) {
                kept.row.state = RowState::Waiting;
            } else {
                kept.row.request_id.clone_from(&error.request_id);
                kept.end(CopyResult::Failed(error.problem()));
            }
        }
        match passes(error.kind) {
            true => self.leave(places, error).await,
            false => Ok(self.write(places, Hold::Keep, Some(&RunState::Running), false).await? == Written::Yes),
        }
    }

    /// What an answer says of each row.
    fn read(&mut self, job: Job<'_>, sent: &[usize], mut answer: BatchAnswer) {
        let (mut skipped, mut silent, mut refused) = (Vec::new(), Vec::new(), 0);
        for place in sent.iter().copied() {
            let kept = &mut self.rows[place].kept;
            kept.row.request_id.clone_from(&answer.request_id);
            let done = answer.done.contains(&kept.row.choice.version);
            match answer.failed.remove(&kept.row.choice.version) {
                // In both maps: what is there came by this call, since the row was looked at before it was sent.
                Some(_) if done => {
                    kept.doubt = true;
                    silent.push(place);
                }
                Some(failure) if failure.code == "SKIPPED" => skipped.push((place, failure)),
                Some(failure) => {
                    refused += 1;
                    kept.end(job.refused(&failure));
                }
                None if done => kept.end(CopyResult::Copied),
                None => silent.push(place),
            }
        }
        for place in silent {
            self.rows[place].kept.row.state = RowState::Checking;
            let words = "CodeArtifact's answer does not say what came of this version, and it is not there.";
            self.doubt = Some(Error { request_id: answer.request_id.clone(), ..Error::new(Kind::Faulty, words) });
        }
        // Each answer decides at least one row, or names no cause.
        let no_cause = skipped.len() == sent.len() && refused == 0;
        for (place, failure) in skipped {
            let kept = &mut self.rows[place].kept;
            kept.row.state = RowState::Waiting;
            if no_cause {
                let message =
                    format!("CodeArtifact skipped it and named no version as the cause. It says: {}", failure.message);
                kept.end(CopyResult::Refused { code: failure.code, message });
            }
        }
    }

    /// The call failed as a whole.
    async fn failed(&mut self, sent: &[usize], error: Error) -> Result<bool> {
        tracing::warn!(target: "run", run = %self.claim.run, error = ?error.chain(), request_id = error.request_id, "a call failed");
        if !error.kind.is_doubtful() {
            return self.unsent(sent, &error).await;
        }
        for place in sent {
            let kept = &mut self.rows[*place].kept;
            kept.row.state = RowState::Checking;
            kept.row.request_id.clone_from(&error.request_id);
            kept.doubt = true;
        }
        self.doubt = Some(error);
        Ok(self.write(sent, Hold::Keep, None, false).await? == Written::Yes)
    }

    /// Lets go of the chunk until it makes sense to try again, and says why.
    async fn leave(&mut self, places: &[usize], error: &Error) -> Result<bool> {
        let tries = self.claim.tries + 1;
        let waits = tries <= MOST_WAITS && error.kind != Kind::Credentials;
        let (wait, tries) = if waits { (patience(error, tries), tries) } else { (0.0, 0) };
        let mut problem = error.problem();
        if let (true, Kind::Throttled(Some(seconds))) = (waits, error.kind) {
            problem.message = format!("AWS asks to wait {seconds} s. {}", problem.message);
        }
        let state = if waits { RunState::Waiting(problem) } else { RunState::Paused(problem) };
        self.write(places, Hold::Release { wait, tries }, Some(&state), false).await?;
        Ok(false)
    }

    async fn write(
        &mut self,
        places: &[usize],
        then: Hold,
        state: Option<&RunState>,
        only_moving: bool,
    ) -> Result<Written> {
        let rows: Vec<&Entry> = places.iter().map(|place| &self.rows[*place]).collect();
        let mut writing = self.store.write().await?;
        let written = chunks::write(&mut writing, &self.claim, &rows, then, state, only_moving).await?;
        if written == Written::Yes {
            writing.commit().await?;
            self.hub.changed();
        }
        Ok(written)
    }

    fn places(&self, wanted: impl Fn(&Entry) -> bool) -> Vec<usize> {
        (0..self.rows.len()).filter(|place| wanted(&self.rows[*place])).collect()
    }
}

/// What was blocked since the run was planned is not sent.
fn refuse(waiting: &mut [&mut Entry], blocks: &Blocks) {
    for entry in waiting.iter_mut().filter(|entry| !entry.kept.has_ended()) {
        if let Some(blocked) = blocks.verdict(&entry.kept.row.choice) {
            entry.kept.end(CopyResult::Refused { code: "BLOCKED".to_owned(), message: blocked.explanation });
        }
    }
}

fn is_in_doubt(state: &RowState) -> bool {
    matches!(state, RowState::UnderWay | RowState::Checking)
}

/// Whether it passes by itself, or when somebody mends the credentials.
fn passes(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Throttled(_) | Kind::NotSent | Kind::Unreachable | Kind::Faulty | Kind::Credentials | Kind::Unavailable
    )
}

/// How long to wait, in seconds: as long as AWS says; else twice as long each time, up to a limit, and by chance a part
/// of that, so that many do not come back at once.
fn patience(error: &Error, tries: i64) -> f64 {
    if let Kind::Throttled(Some(seconds)) = error.kind {
        return seconds as f64;
    }
    let most = (0.25 * 2_f64.powi(i32::try_from(tries.min(20)).unwrap_or(20))).min(LONGEST_WAIT);
    let [chance] = random::bytes::<1>();
    most * (1.0 + f64::from(chance)) / 256.0
}

fn pick<'e>(rows: &'e mut [Entry], places: &[usize]) -> Vec<&'e mut Entry> {
    rows.iter_mut().enumerate().filter(|(place, _)| places.contains(place)).map(|(_, entry)| entry).collect()
}

fn job<'j>(codeartifact: &'j CodeArtifact, head: &'j Head, rows: &'j [Entry]) -> Job<'j> {
    job_of(codeartifact, head, &rows[0].kept.row.choice.package)
}

fn job_of<'j>(codeartifact: &'j CodeArtifact, head: &'j Head, package: &'j shared::package::PackageKey) -> Job<'j> {
    let summary = &head.summary;
    let route = Route { codeartifact, domain: &summary.domain, from: &summary.from, to: &summary.to };
    Job { route, package, how: head.how }
}
