//! What the protection of a target asks of a promotion that is not planned yet.

use leptos::prelude::*;
use shared::api::ListProtections;
use shared::approval::{Approval, Approvers, Facts, Obstacle, judge};
use shared::names::RepositoryName;
use shared::person::Person;
use shared::protection::ProtectionList;

use crate::api::{Reading, Reads, Request};
use crate::parts::DomainData;
use crate::place::Place;
use crate::ui::{Notice, Prose, Tone, now};

/// The protections of the domain, for whoever wants to promote.
#[derive(Clone, Copy)]
pub struct Guard {
    reading: Reading<ProtectionList>,
}

impl Guard {
    /// Reads them.
    pub fn read() -> Self {
        let (data, reads) = (expect_context::<DomainData>(), expect_context::<Reads>());
        let reading =
            reads.reading::<ListProtections>(move || Some(Request::of::<ListProtections>(&data.path(), &(), &())));
        Self { reading }
    }

    /// How a plan from here to there would stand that nobody has said anything about. Tracked; empty while it is not
    /// known: the server judges when it matters.
    pub fn approval(self, from: &RepositoryName, to: &RepositoryName) -> Approval {
        let Some(list) = self.reading.get() else { return Approval::default() };
        let nobody = Person { id: String::new(), name: String::new() };
        judge(&Facts {
            protections: &list.protections.list,
            from,
            to,
            requester: &nobody,
            votes: &[],
            changed: false,
            over: false,
            approvers: list.approvers.as_deref().map_or(Approvers::Alone, Approvers::People),
            asker: &nobody,
            now: now(),
        })
    }

    /// What a repository's protections ask for, in one line; none where it has none. Tracked.
    pub fn words(self, to: &RepositoryName) -> Option<String> {
        let list = self.reading.get()?;
        let found = shared::protection::of(&list.protections.list, to);
        let words: Vec<_> = found.iter().map(|protection| protection.words()).collect();
        (!words.is_empty()).then(|| words.join("; "))
    }
}

/// Approvals are all that is missing, so that they can be asked for.
pub fn asks(approval: &Approval) -> bool {
    approval.waits()
}

/// Why it cannot even be asked for, or started; none if approvals are all that is missing, or nothing is.
pub fn obstacle(approval: &Approval) -> Option<String> {
    let others = approval.obstacles.iter().filter(|what| !matches!(what, Obstacle::Missing { .. }));
    let words: Vec<_> = others
        .filter(|what| !(asks(approval) && matches!(what, Obstacle::Window { .. })))
        .map(Obstacle::words)
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// What the target asks for, before anything is planned. Nothing where it is not protected.
#[component]
pub fn Protected(approval: Approval) -> impl IntoView {
    let data = expect_context::<DomainData>();
    (!approval.demands.is_empty()).then(|| {
        let lines = approval.demands.iter().map(|demand| {
            let pattern = demand.protection.pattern.to_string();
            view! { <li>"The protection of "<code>{pattern}</code>" asks for: "{demand.protection.words()}</li> }
        });
        let lines = lines.collect::<Vec<_>>();
        let obstacles = obstacle(&approval).map(|words| view! { <p><Prose text=words /></p> });
        let next = asks(&approval).then(|| {
            view! { <p>"Ask for approval: that saves the plan. Somebody else approves it on its page, and then it can be run."</p> }
        });
        view! {
            <Notice tone=Tone::Warn>
                <p class="notice__title">"This repository is protected."</p>
                <ul>{lines}</ul>
                {obstacles}
                {next}
                <p><a href=Place::Protection(data.path()).href()>"Protections of the domain"</a></p>
            </Notice>
        }
    })
}
