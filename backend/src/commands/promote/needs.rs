//! What the versions on the command line need, and what `--needs` decides about it.

use std::fmt::Write;

use shared::closure::{Closure, ClosureRow, Decisions};
use shared::needs::{Fate, PlannedNeed, PlannedNeeds};
use shared::plan::NewPlan;
use shared::promotion::PreviewRequest;

use super::{Desk, asked};
use crate::api::promotions;
use crate::cli::{NeedsArgs, NeedsChoice};

/// How often something is added: what is added has been followed already, so a second time is rare.
const MOST_ROUNDS: usize = 8;

/// The plan of what was asked for, with what it needs decided.
///
/// # Errors
/// One clear line when what the versions need cannot be read.
pub async fn decided(
    desk: &Desk,
    mut wanted: PreviewRequest,
    args: &NeedsArgs,
    reason: String,
) -> Result<NewPlan, String> {
    let why = args.needs_reason.as_deref().unwrap_or_default();
    let needs = match args.needs {
        NeedsChoice::Skip => None,
        NeedsChoice::Check => Some(Decisions::default()),
        NeedsChoice::Leave => Some(left(&closure(desk, &wanted).await?, why)),
        NeedsChoice::Add => Some(left(&added(desk, &mut wanted).await?, why)),
    };
    let PreviewRequest { from, to, versions } = wanted;
    Ok(NewPlan { from, to, versions, reason, needs })
}

async fn closure(desk: &Desk, wanted: &PreviewRequest) -> Result<Closure, String> {
    let read = promotions::closure(desk.app.clone(), asked(desk.path.clone(), wanted.clone())).await;
    read.map_err(|error| format!("What the versions need cannot be read: {error}"))
}

/// Adds what the source has of what is needed, until nothing more is.
async fn added(desk: &Desk, wanted: &mut PreviewRequest) -> Result<Closure, String> {
    let mut found = closure(desk, wanted).await?;
    for _ in 0..MOST_ROUNDS {
        let proposed: Vec<_> = found.rows.iter().filter(|row| row.required).filter_map(ClosureRow::proposal).collect();
        if proposed.is_empty() {
            break;
        }
        wanted.versions.extend(proposed);
        found = closure(desk, wanted).await?;
    }
    Ok(found)
}

/// Leaves what needs a decision. A reason that will not do decides nothing.
fn left(closure: &Closure, reason: &str) -> Decisions {
    let mut decisions = Decisions::default();
    closure.rows.iter().filter(|row| row.needs_decision()).for_each(|row| decisions.leave(row, reason));
    decisions
}

/// What the versions need, in lines. What is in the target already is only counted.
pub fn told(needs: &PlannedNeeds) -> String {
    let (mut text, mut satisfied) = (String::new(), 0);
    for need in &needs.rows {
        let word = match need.fate() {
            Fate::Satisfied => {
                satisfied += 1;
                continue;
            }
            Fate::Added => "added",
            Fate::Left => "left",
            Fate::Undecided => "undecided",
            Fate::Dispensable => "optional",
            Fate::Unchecked => "unchecked",
        };
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  {word:<10} {}", plain(need));
    }
    for unread in &needs.unread {
        let name = super::name(&unread.choice);
        let _ = writeln!(text, "  unread     what {name} needs: {}", unread.problem);
    }
    if satisfied > 0 {
        let _ = writeln!(text, "  satisfied  {satisfied} needed packages");
    }
    match text.is_empty() {
        true => text,
        false => format!("They need\n{text}"),
    }
}

/// Names and requirements are the packages' own words.
fn plain(need: &PlannedNeed) -> String {
    need.words().chars().filter(|c| !c.is_control()).collect()
}
