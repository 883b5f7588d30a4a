//! Deleting a policy.

use leptos::prelude::*;
use shared::permission::consequences;

use super::draft::Draft;
use super::holder::Holder;
use crate::parts::{Change, Confirm, DomainData};
use crate::ui::Announcer;

/// Deletes the policy, where there is one, and says what is lost.
#[component]
pub fn Removal(holder: Holder, draft: Draft) -> impl IntoView {
    // A failure stays on the page, also when the policy is gone by then.
    let change = Change::new();
    let offered = Memo::new(move |_| draft.there.read().is_some() || change.problem().is_some());
    move || offered.get().then(|| view! { <Deletion holder=holder.clone() draft change /> })
}

#[component]
fn Deletion(holder: Holder, draft: Draft, change: Change) -> impl IntoView {
    let (data, announcer) = (expect_context::<DomainData>(), expect_context::<Announcer>());
    let level = holder.level();
    let revision = Memo::new(move |_| draft.there.read().as_ref().and_then(|policy| policy.revision.clone()));
    let lost = Signal::derive(move || {
        let there = draft.there.read();
        let mut lines = consequences(there.as_ref().map(|policy| policy.document.as_str()), None, level);
        let map = data.map.read();
        let owner = map.as_ref().map(|map| map.domain.owner.to_string()).unwrap_or_default();
        lines.push(format!("In account {owner}, what IAM allows stays allowed. People of other accounts lose what only this policy allowed."));
        lines.push("The document: copy it first if it is to come back.".to_owned());
        lines
    });
    let obstacle = Signal::derive(move || match &*draft.there.read() {
        None => Some("There is no policy to delete.".to_owned()),
        Some(policy) if policy.revision.is_none() => Some(
            "CodeArtifact told no revision of it, so it cannot be deleted safely here. Use the command.".to_owned(),
        ),
        Some(_) => None,
    });
    let command = {
        let holder = holder.clone();
        Signal::derive(move || holder.delete_command(revision.read().as_ref(), &data.command_options.get()))
    };
    let name = holder.name().to_owned();
    let what = holder.what();
    let send = Callback::new(move |()| {
        let Some(revision) = revision.get_untracked() else { return };
        holder.delete(change, revision, move || {
            draft.deleted();
            announcer.say(format!("Deleted the policy of the {what}."));
        });
    });
    view! {
        <Confirm title="Delete this policy" what="The policy could not be deleted." name lost obstacle command change send />
    }
}
