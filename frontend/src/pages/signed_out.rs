//! Nobody is signed in.

use leptos::prelude::*;
use shared::api::GetSignIn;
use shared::problem::Problem;
use shared::session::SignInWay;

use crate::api::{Freshness, Request};
use crate::parts::{Mark, ProblemNotice};
use crate::session::Session;
use crate::ui::{Button, ButtonKind, Field};

/// Says how to get in: by a sign-in link, or by the token that one has.
#[component]
pub fn SignedOutPage(
    /// Why the link was refused, where one was.
    problem: Option<Problem>,
) -> impl IntoView {
    let way = RwSignal::new(None);
    leptos::task::spawn_local(async move {
        let answer = Request::of::<GetSignIn>(&(), &(), &()).exchange(None, Freshness::Anew).await;
        // A server that does not answer cannot be signed in to: the words about links do no harm then.
        let told = answer.ok().and_then(|answer| answer.value::<SignInWay>()).map_or(SignInWay::Link, |told| *told);
        way.try_set(Some(told));
    });
    view! {
        <main class="signed-out" id="main" tabindex="-1">
            <div class="signed-out__card" aria-busy=move || way.get().is_none().to_string()>
                <Mark />
                {move || way.get().map(|way| match way {
                    SignInWay::Token => view! { <ByToken /> }.into_any(),
                    SignInWay::Link => by_link(problem.clone()).into_any(),
                })}
            </div>
        </main>
    }
}

fn by_link(problem: Option<Problem>) -> impl IntoView {
    view! {
        <h1>"Signed out"</h1>
        {problem.map(|problem| view! { <ProblemNotice what="The sign-in link was refused." problem /> })}
        <p>"Go to the terminal where Headwater runs and press "<kbd>"Enter"</kbd>". It prints a new sign-in link; open it here."</p>
        <p class="muted">"Where it runs without a terminal, send it the signal "<code>"SIGUSR1"</code>": the new link then stands in its ready file."</p>
        <p class="muted">
            "A link works once and for five minutes. A session belongs to one tab and lasts eight hours; when it ends by itself, the tray is kept."
        </p>
    }
}

/// The form of those who have a token.
#[component]
fn ByToken() -> impl IntoView {
    let session = expect_context::<Session>();
    let (token, busy, problem) = (RwSignal::new(String::new()), RwSignal::new(false), RwSignal::new(None));
    let refusal = Signal::derive(move || token.read().trim().is_empty().then(|| "Type your token first.".to_owned()));
    let send = move || {
        if refusal.get_untracked().is_some() || busy.get_untracked() {
            return;
        }
        busy.set(true);
        let typed = token.get_untracked().trim().to_owned();
        leptos::task::spawn_local(async move {
            // Where it was taken this page is gone by now.
            if let Err(refused) = session.sign_in(typed).await {
                busy.try_set(false);
                problem.try_set(Some(refused));
            }
        });
    };
    view! {
        <h1>"Sign in"</h1>
        <form class="signed-out__form" on:submit=move |event| { event.prevent_default(); send(); }>
            <Field label="Your token" for_id="token">
                <input id="token" class="input input--code" type="password" autocomplete="current-password" spellcheck="false"
                    prop:value=move || token.get() on:input=move |event| token.set(event_target_value(&event)) />
            </Field>
            {move || problem.get().map(|problem| view! { <ProblemNotice what="You are not signed in." problem /> })}
            <p><Button kind=ButtonKind::Primary busy disabled_reason=refusal on_click=send>"Sign in"</Button></p>
        </form>
        <p class="muted">"Whoever runs Headwater gives tokens out. A session belongs to one tab and lasts eight hours; when it ends by itself, the tray is kept."</p>
    }
}
