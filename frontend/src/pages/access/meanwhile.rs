//! Somebody saved or deleted the policy while it was edited: three versions, and the choice between them.

use leptos::prelude::*;

use super::difference::Difference;
use super::draft::{Draft, shown};
use crate::parts::Change;
use crate::ui::{Button, ButtonKind, Notice, Tone};

/// What the edit began with, what is there now and what is typed, side by side. Nothing is saved until one is chosen.
#[component]
pub fn Meanwhile(draft: Draft, change: Change, field: NodeRef<leptos::html::Textarea>) -> impl IntoView {
    let conflict = Memo::new(move |_| draft.is_conflict());
    move || conflict.get().then(|| view! { <Versions draft change field /> })
}

#[component]
fn Versions(draft: Draft, change: Change, field: NodeRef<leptos::html::Textarea>) -> impl IntoView {
    let began = Memo::new(move |_| shown(draft.seen.read().as_ref()));
    let theirs = Memo::new(move |_| shown(draft.there.read().as_ref()));
    let gone = move || draft.there.read().is_none();
    // What was refused is decided then: its notice goes with it.
    let take = move || {
        draft.take_theirs();
        change.settle();
    };
    let keep = move || {
        draft.keep_mine();
        change.settle();
    };
    let edit = move || {
        if let Some(field) = field.get_untracked() {
            let _ = field.focus();
        }
    };
    view! {
        <section class="meanwhile" aria-label="Somebody changed the policy">
            <Notice tone=Tone::Warn>
                <p class="notice__title">
                    {move || if gone() { "Somebody deleted the policy since you began." } else { "Somebody saved another policy since you began." }}
                </p>
                <p>"Nothing of yours was written, and nothing you typed is lost. Choose what goes on; until then it cannot be saved."</p>
            </Notice>
            <div class="meanwhile__three">
                <div class="meanwhile__one">
                    <h3 class="form-page__title">"What you began with"</h3>
                    {move || text_of(began.get(), "What you began with")}
                </div>
                <div class="meanwhile__one">
                    <h3 class="form-page__title">"What is there now"</h3>
                    {move || if gone() {
                        view! { <p class="meanwhile__none">"No policy."</p> }.into_any()
                    } else {
                        view! { <Difference before=began.get() after=theirs.get() label="What is there now, compared with what you began with" /> }.into_any()
                    }}
                </div>
                <div class="meanwhile__one">
                    <h3 class="form-page__title">"What you typed"</h3>
                    {move || view! {
                        <Difference before=began.get() after=draft.text.get() label="What you typed, compared with what you began with" />
                    }}
                </div>
            </div>
            <p class="form-page__foot">
                <Button on_click=take>"Take theirs"</Button>
                <Button kind=ButtonKind::Danger on_click=keep>"Keep mine over theirs"</Button>
                <Button on_click=edit>"Edit on"</Button>
            </p>
        </section>
    }
}

fn text_of(text: String, label: &'static str) -> AnyView {
    if text.is_empty() {
        return view! { <p class="meanwhile__none">"No policy."</p> }.into_any();
    }
    view! { <pre class="difference" tabindex="0" role="group" aria-label=label>{text}</pre> }.into_any()
}

/// Offers what was typed before another text took its place.
#[component]
pub fn Aside(draft: Draft) -> impl IntoView {
    let kept = Memo::new(move |_| draft.aside.read().is_some());
    move || {
        kept.get().then(|| {
            view! {
                <Notice tone=Tone::Info>
                    <p>"What you typed before is kept until you leave this page."</p>
                    <Button kind=ButtonKind::Small on_click=move || draft.bring_back()>"Bring back what I typed"</Button>
                </Notice>
            }
        })
    }
}
