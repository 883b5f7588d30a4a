//! What people are told.

use super::{Approval, Obstacle, Void, VoteRefusal};
use crate::protection::Pattern;

impl Obstacle {
    /// In one or two sentences, with the way on where there is one. A time is left to whoever can write it as people do.
    pub fn words(&self) -> String {
        match self {
            Self::Rejected { by, reason } => {
                format!("{} rejected it: {} It cannot be run; plan again.", by.name, sentence(reason))
            }
            Self::Source { to, from, allowed } => {
                let allowed: Vec<_> = allowed.iter().map(Pattern::as_str).collect();
                format!("{to} takes promotions only from {}, not from {from}.", allowed.join(", "))
            }
            Self::Alone { to } => format!(
                "{to} asks for the approval of a second person, and you are alone here: start Headwater with `--people FILE`, \
                 so that several people can sign in."
            ),
            Self::Changed => {
                "Source or target have changed since the plan was made, so approvals are void: plan again.".to_owned()
            }
            Self::Missing { missing, pattern, too_few } => {
                let missing = match missing {
                    1 => "1 approval is missing".to_owned(),
                    missing => format!("{missing} approvals are missing"),
                };
                let more = if *too_few { " Fewer people than that may give one." } else { "" };
                format!("{missing}, as the protection of {pattern} asks.{more}")
            }
            Self::Window { window, .. } => format!("The change window is closed. It is open {window}."),
        }
    }
}

fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

impl VoteRefusal {
    /// In one sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::NotAsked => "The target asks for no approval.",
            Self::Alone => "Approval needs a second person: start Headwater with `--people FILE`.",
            Self::Over => "It was run already, or has expired.",
            Self::Rejected => "It was rejected.",
            Self::Requester => "You made this plan: somebody else must approve it.",
            Self::NotApprover => "You are not among those who may approve it.",
            Self::Already => "You have approved it already.",
            Self::Changed => "Source or target have changed since the plan was made: plan again.",
        }
    }

    /// Whether they may say no all the same: also after their own yes, and to what has changed.
    pub fn lets_reject(self) -> bool {
        matches!(self, Self::Already | Self::Changed)
    }
}

impl Void {
    /// In one sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::RoleLost => "Does not count: they may not approve any more.",
            Self::Changed => "Void: source or target have changed since.",
        }
    }
}

impl Approval {
    /// Whether the target asks for approvals at all.
    pub fn is_asked(&self) -> bool {
        self.demands.iter().any(|demand| demand.protection.approvals > 0)
    }

    /// Whether somebody rejected it.
    pub fn is_rejected(&self) -> bool {
        self.obstacles.iter().any(|what| matches!(what, Obstacle::Rejected { .. }))
    }

    /// What people see of it change without a look at the packages: votes, what is asked for, and the change window.
    pub fn is_as(&self, other: &Self) -> bool {
        let votes = |it: &Self| it.votes.iter().map(|counted| counted.vote.clone()).collect::<Vec<_>>();
        let protections = |it: &Self| it.demands.iter().map(|demand| demand.protection.clone()).collect::<Vec<_>>();
        let closed = |it: &Self| it.obstacles.iter().any(|what| matches!(what, Obstacle::Window { .. }));
        let over = |it: &Self| it.refusal == Some(VoteRefusal::Over);
        votes(self) == votes(other)
            && protections(self) == protections(other)
            && closed(self) == closed(other)
            && over(self) == over(other)
    }

    /// Why the plan cannot be run, in sentences; none if nothing is in the way.
    pub fn refusal_to_run(&self) -> Option<String> {
        let words: Vec<_> = self.obstacles.iter().map(Obstacle::words).collect();
        (!words.is_empty()).then(|| words.join(" "))
    }

    /// Whether approvals are all that is missing.
    pub fn waits(&self) -> bool {
        !self
            .obstacles
            .iter()
            .any(|what| matches!(what, Obstacle::Rejected { .. } | Obstacle::Source { .. } | Obstacle::Changed))
            && self.obstacles.iter().any(|what| matches!(what, Obstacle::Missing { .. }))
    }
}
