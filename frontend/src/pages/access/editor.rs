//! The editor of a policy: the text, what is wrong with it, and what saving it would change.

use leptos::prelude::*;
use shared::permission::consequences;
use shared::policy::{Level, check};

use super::difference::Difference;
use super::draft::{Draft, shown};
use super::examples::Examples;
use super::findings::{self, Findings, rested};
use super::holder::Holder;
use super::layout::tidy;
use super::meanwhile::{Aside, Meanwhile};
use super::text::NumberedText;
use crate::parts::{Change, DomainData, FormPage};
use crate::ui::{Announcer, Button, ButtonKind};

/// A form for the policy of a domain or repository.
#[component]
pub fn Editor(holder: Holder, draft: Draft) -> impl IntoView {
    let (data, announcer) = (expect_context::<DomainData>(), expect_context::<Announcer>());
    let (change, level) = (Change::new(), holder.level());
    let field = NodeRef::<leptos::html::Textarea>::new();
    let all = Memo::new(move |_| match draft.text.read().trim() {
        "" => Vec::new(),
        _ => check(&draft.text.read(), level),
    });
    let findings = rested(all);
    let refusal = Signal::derive(move || {
        if draft.text.read().trim().is_empty() {
            let missing = "Write a policy first, or start from an example.";
            let emptied = "Nothing is typed. To have no policy at all, delete it below.";
            return Some(if draft.seen.read().is_some() { emptied } else { missing }.to_owned());
        }
        if draft.is_conflict() {
            return Some("Somebody changed the policy since you began. Choose above what goes on.".to_owned());
        }
        if !draft.is_changed() {
            return Some("Nothing is changed yet.".to_owned());
        }
        findings::refusal(&all.read())
    });
    let command = {
        let holder = holder.clone();
        Signal::derive(move || {
            let document = draft.text.read().parse().ok().filter(|_| findings::refusal(&all.read()).is_none())?;
            let seen = draft.seen.read();
            let revision = seen.as_ref().and_then(|seen| seen.revision.as_ref());
            (!draft.text.read().trim().is_empty())
                .then(|| holder.put_command(&document, revision, &data.command_options.get()))
        })
    };
    let (title, about) = words(&holder);
    let send = Callback::new(move |()| {
        let Some(new) = draft.new_policy() else { return };
        holder.put(change, &new, move |policy| {
            draft.saved((*policy).clone());
            announcer.say("Saved the policy.");
        });
    });
    view! {
        <FormPage part=true title about what="The policy could not be saved." change action="Save the policy" refusal command send>
            <Meanwhile draft change field />
            <Examples level draft />
            <NumberedText text=draft.text findings field />
            <Findings findings text=draft.text field />
            <Tools draft />
            <Aside draft />
            <Preview draft level />
        </FormPage>
    }
}

fn words(holder: &Holder) -> (String, String) {
    let name = holder.name();
    match holder {
        Holder::Domain(_) => (
            "Policy of the domain".to_owned(),
            format!(
                "Counts for {name} and for every repository in it. Saving replaces the whole document; the policies of repositories stay."
            ),
        ),
        Holder::Repository(_) => (
            "Policy of the repository".to_owned(),
            format!(
                "Counts for {name} and the packages in it. Saving replaces the whole document; the policy of the domain stays."
            ),
        ),
    }
}

/// What can be done to the text as a whole.
#[component]
fn Tools(draft: Draft) -> impl IntoView {
    let tidied = Memo::new(move |_| tidy(&draft.text.read()));
    let untidy = Signal::derive(move || match &*tidied.read() {
        _ if draft.text.read().trim().is_empty() => Some("Nothing is typed yet.".to_owned()),
        None => Some("This is not JSON yet: correct it first.".to_owned()),
        Some(tidy) if *tidy == *draft.text.read() => Some("It is tidy.".to_owned()),
        Some(_) => None,
    });
    let unchanged = Signal::derive(move || (!draft.is_changed()).then(|| "Nothing is changed yet.".to_owned()));
    let lay_out = move || {
        if let Some(text) = tidied.get_untracked() {
            draft.text.set(text);
        }
    };
    view! {
        <p class="form-page__foot">
            <Button kind=ButtonKind::Small disabled_reason=untidy on_click=lay_out>"Tidy up"</Button>
            <Button kind=ButtonKind::Small disabled_reason=unchanged on_click=move || draft.take_theirs()>"Discard changes"</Button>
        </p>
    }
}

/// What saving would change: in sentences, and line by line.
#[component]
fn Preview(draft: Draft, level: Level) -> impl IntoView {
    let changed = Memo::new(move |_| draft.is_changed() && !draft.text.read().trim().is_empty());
    let there = Memo::new(move |_| draft.there.read().as_ref().map(|policy| policy.document.clone()));
    let sentences = move || {
        let text = draft.text.read();
        let told = consequences(there.read().as_deref(), Some(&text), level);
        let same_words =
            there.read().as_deref().is_some_and(|there| tidy(there).is_some() && tidy(there) == tidy(&text));
        let told =
            if same_words { vec!["Only white space changes: the policy says the same.".to_owned()] } else { told };
        told.into_iter().map(|sentence| view! { <li>{sentence}</li> }).collect::<Vec<_>>()
    };
    move || {
        changed.get().then(|| {
            view! {
                <section class="feeding__preview" aria-label="What would change">
                    <h3 class="form-page__title">"What would change"</h3>
                    <ul class="confirm__lost">{sentences}</ul>
                    {move || view! {
                        <Difference before=shown(draft.there.read().as_ref()) after=draft.text.get() label="What would change, line by line" />
                    }}
                </section>
            }
        })
    }
}
