//! How a plan stands, from the protections of its target and from what people said. Pure: the same in every place that
//! asks, and above all in the one that starts a run.

use super::{Approval, CountedVote, Demand, Obstacle, Said, Void, Vote, VoteRefusal};
use crate::names::RepositoryName;
use crate::person::Person;
use crate::protection::{self, MOST_APPROVALS, Protection};

/// Who has the role to approve.
#[derive(Debug, Clone, Copy)]
pub enum Approvers<'a> {
    /// One person is alone with the program: nobody can approve.
    Alone,
    /// These people, now.
    People(&'a [Person]),
}

/// What is known about a plan when it is judged.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// All protections of the domain.
    pub protections: &'a [Protection],
    /// The plan's source.
    pub from: &'a RepositoryName,
    /// Its target.
    pub to: &'a RepositoryName,
    /// Who made it.
    pub requester: &'a Person,
    /// What was said about it, for its hash, oldest first.
    pub votes: &'a [Vote],
    /// Whether source or target are not as they were.
    pub changed: bool,
    /// Whether it was run, or is too old to be run.
    pub over: bool,
    /// Who has the role.
    pub approvers: Approvers<'a>,
    /// Whoever asks.
    pub asker: &'a Person,
    /// Now, epoch seconds.
    pub now: f64,
}

/// Whether two ids are of the same person. Whoever plans on the command line is known there as `cli:` and their name on
/// that machine, and must not approve on the page what they planned so.
fn is_same(one: &str, other: &str) -> bool {
    let name = |id: &str| id.strip_prefix("cli:").unwrap_or(id).to_owned();
    name(one) == name(other)
}

/// How a plan stands. It may run when nothing is in the way.
pub fn judge(facts: &Facts) -> Approval {
    let holding = protection::of(facts.protections, facts.to);
    let demands: Vec<_> = holding.iter().map(|protection| demand(facts, protection)).collect();
    let votes = facts.votes.iter().map(|vote| CountedVote { vote: vote.clone(), void: void(facts, vote) }).collect();
    let refusal = vote_refusal(facts, &holding);
    Approval { obstacles: obstacles(facts, &demands), demands, votes, refusal }
}

fn people<'a>(facts: &Facts<'a>) -> &'a [Person] {
    match facts.approvers {
        Approvers::Alone => &[],
        Approvers::People(people) => people,
    }
}

fn has_role(facts: &Facts, id: &str) -> bool {
    people(facts).iter().any(|person| person.id == id)
}

/// Why a yes does not count. A no counts for good.
fn void(facts: &Facts, vote: &Vote) -> Option<Void> {
    match vote.said {
        Said::Rejected(_) => None,
        // What was run was approved, whatever came later.
        Said::Approved if facts.over => None,
        Said::Approved if !has_role(facts, &vote.by.id) => Some(Void::RoleLost),
        Said::Approved if facts.changed => Some(Void::Changed),
        Said::Approved => None,
    }
}

/// Those who have said yes and are not the one who asks, each once.
fn approving<'a>(facts: &Facts<'a>) -> Vec<&'a str> {
    let mut ids: Vec<&str> = facts
        .votes
        .iter()
        .filter(|vote| vote.said == Said::Approved && void(facts, vote).is_none())
        .map(|vote| vote.by.id.as_str())
        .filter(|id| !is_same(id, &facts.requester.id))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn demand(facts: &Facts, protection: &Protection) -> Demand {
    let approving = approving(facts);
    let given = approving.iter().filter(|id| protection.lets(id)).count();
    let can = people(facts).iter().filter(|person| {
        !is_same(&person.id, &facts.requester.id)
            && protection.lets(&person.id)
            && !approving.contains(&person.id.as_str())
    });
    Demand {
        protection: protection.clone(),
        // More than any protection asks for is as good.
        given: u8::try_from(given).unwrap_or(MOST_APPROVALS),
        can: can.cloned().collect(),
    }
}

fn obstacles(facts: &Facts, demands: &[Demand]) -> Vec<Obstacle> {
    if demands.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    found.extend(facts.votes.iter().find_map(|vote| match &vote.said {
        Said::Rejected(reason) => Some(Obstacle::Rejected { by: vote.by.clone(), reason: reason.clone() }),
        Said::Approved => None,
    }));
    let sources = demands.iter().filter(|demand| !demand.protection.takes_from(facts.from));
    found.extend(sources.map(|demand| Obstacle::Source {
        to: facts.to.clone(),
        from: facts.from.clone(),
        allowed: demand.protection.sources.clone(),
    }));
    let asking: Vec<_> = demands.iter().filter(|demand| demand.protection.approvals > 0).collect();
    if !asking.is_empty() {
        if matches!(facts.approvers, Approvers::Alone) {
            found.push(Obstacle::Alone { to: facts.to.clone() });
        } else if facts.changed {
            found.push(Obstacle::Changed);
        } else if !found.iter().any(|what| matches!(what, Obstacle::Rejected { .. })) {
            // What was rejected needs no more approvals.
            found.extend(asking.into_iter().filter_map(missing));
        }
    }
    let windows = demands.iter().filter_map(|demand| demand.protection.window.as_ref());
    found.extend(
        windows
            .filter(|window| !window.is_open(facts.now))
            .map(|window| Obstacle::Window { opens_at: window.opens_at(facts.now), window: window.to_string() }),
    );
    found
}

fn missing(demand: &Demand) -> Option<Obstacle> {
    let missing = demand.protection.approvals.saturating_sub(demand.given);
    (missing > 0).then(|| Obstacle::Missing {
        missing,
        pattern: demand.protection.pattern.clone(),
        too_few: demand.can.len() < usize::from(missing),
    })
}

fn vote_refusal(facts: &Facts, holding: &[&Protection]) -> Option<VoteRefusal> {
    let asking: Vec<_> = holding.iter().filter(|protection| protection.approvals > 0).collect();
    let asker = facts.asker.id.as_str();
    if asking.is_empty() {
        Some(VoteRefusal::NotAsked)
    } else if matches!(facts.approvers, Approvers::Alone) {
        Some(VoteRefusal::Alone)
    } else if facts.over {
        Some(VoteRefusal::Over)
    } else if facts.votes.iter().any(|vote| vote.said != Said::Approved) {
        Some(VoteRefusal::Rejected)
    } else if is_same(&facts.requester.id, asker) {
        Some(VoteRefusal::Requester)
    } else if !has_role(facts, asker) || !asking.iter().any(|protection| protection.lets(asker)) {
        Some(VoteRefusal::NotApprover)
    } else if facts.votes.iter().any(|vote| vote.by.id == asker) {
        Some(VoteRefusal::Already)
    } else if facts.changed {
        Some(VoteRefusal::Changed)
    } else {
        None
    }
}

#[cfg(test)]
mod tests;
