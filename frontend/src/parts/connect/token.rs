//! A token on request: hidden at first, with the time it has left. It is kept in this panel alone, and gone with it.

use std::time::Duration;

use leptos::prelude::*;
use shared::api::{CreateToken, DomainPath};
use shared::person::Role;
use shared::problem::Problem;
use shared::token::{IssuedToken, NewToken, TokenLife, is_temporary};

use crate::api::{Api, Freshness};
use crate::parts::{Connections, Me, ProblemNotice};
use crate::ui::{Announcer, Button, ButtonKind, Command, CopyButton, Field, now};

/// Reads a token into a shell without leaving it in the history.
const INTO_THE_SHELL: &str = "read -rs CODEARTIFACT_AUTH_TOKEN && export CODEARTIFACT_AUTH_TOKEN";

/// Seconds before the end at which listeners are told how long is left. Every second would be no use to anybody.
const TOLD: [u64; 2] = [300, 60];

/// How the panel stands.
#[derive(Clone, PartialEq)]
enum Stage {
    Nothing,
    Asking,
    Here(IssuedToken),
    Ended,
    Failed(Problem),
}

/// Gives out a token of a chosen life.
#[component]
pub fn TokenPanel(domain: DomainPath) -> impl IntoView {
    let (api, announcer) = (expect_context::<Api>(), expect_context::<Announcer>());
    let stage = RwSignal::new(Stage::Nothing);
    let life = RwSignal::new(TokenLife::CHOICES[1].0);
    let clock = RwSignal::new(now());
    watch_the_clock(stage, clock, announcer);
    let path = StoredValue::new(domain.clone());
    let ask = move || {
        if *stage.read_untracked() == Stage::Asking {
            return;
        }
        stage.set(Stage::Asking);
        leptos::task::spawn_local(async move {
            let body = NewToken { life: life.get_untracked() };
            let answer = api.send::<CreateToken>(&path.get_value(), &(), &body, Freshness::Anew).await;
            clock.try_set(now());
            match answer {
                Ok(issued) => {
                    announcer.say(format!("A token is here. It ends in {}.", left(issued.expires - now())));
                    stage.try_set(Stage::Here((*issued).clone()));
                }
                Err(problem) => drop(stage.try_set(Stage::Failed(problem))),
            }
        });
    };
    let forget = move || {
        stage.set(Stage::Nothing);
        announcer.say("Forgot the token. It stays good until it ends.");
    };
    let here = Memo::new(move |_| match &*stage.read() {
        Stage::Here(issued) => Some(issued.clone()),
        _ => None,
    });
    let me = expect_context::<Me>();
    // A token lets package managers read and publish: promoters and administrators may have one.
    let lacks = Signal::derive(move || me.lacks(Role::Promoter).and(me.lacks(Role::Admin)));
    view! {
        <section class="token" aria-label="Token">
            <h2 class="form-page__title">"A token"</h2>
            <p class="token__about">"For all repositories of the domain, with your rights. It stays in this page until you leave it, and nowhere else."</p>
            <LifeField domain life />
            <Button kind=ButtonKind::Plain busy=Signal::derive(move || *stage.read() == Stage::Asking) disabled_reason=lacks on_click=ask>
                {move || if here.read().is_some() { "Get another token" } else { "Get a token" }}
            </Button>
            {move || match &*stage.read() {
                Stage::Failed(problem) => view! {
                    <ProblemNotice what="There is no token." problem=problem.clone() />
                }.into_any(),
                Stage::Ended => view! { <p class="token__ended">"The token has ended."</p> }.into_any(),
                Stage::Nothing | Stage::Asking | Stage::Here(_) => ().into_any(),
            }}
            {move || here.get().map(|issued| view! { <Here issued clock forget /> })}
        </section>
    }
}

/// How long the token is to live.
#[component]
fn LifeField(domain: DomainPath, life: RwSignal<TokenLife>) -> impl IntoView {
    let connections = expect_context::<Connections>();
    let temporary = Memo::new(move |_| {
        connections.of(&domain).and_then(|connection| connection.caller).is_some_and(|caller| is_temporary(&caller))
    });
    let choose = move |event| {
        if let Ok(Ok(chosen)) = event_target_value(&event).parse::<u32>().map(TokenLife::try_from) {
            life.set(chosen);
        }
    };
    let option = move |one: TokenLife, text: &'static str| {
        view! { <option value=one.seconds().to_string() selected=move || life.get() == one>{text}</option> }
    };
    view! {
        <Field label="Good for" for_id="token-life">
            <select id="token-life" class="input" prop:value=move || life.get().seconds().to_string() on:change=choose>
                {TokenLife::CHOICES.map(|(one, text)| option(one, text)).into_iter().collect::<Vec<_>>()}
                {move || temporary.get().then(|| option(TokenLife::SESSION, "As long as my session"))}
            </select>
        </Field>
    }
}

/// The token that is there.
#[component]
fn Here(issued: IssuedToken, clock: RwSignal<f64>, forget: impl Fn() + Copy + 'static) -> impl IntoView {
    let shown = RwSignal::new(false);
    let IssuedToken { token, expires } = issued;
    let text = token.clone();
    // Hidden means that it does not stand in the page at all.
    let text = move || if shown.get() { text.clone() } else { "•".repeat(24) };
    view! {
        <div class="token__here">
            <div class="command">
                <pre class="token__text" tabindex="0" aria-label=move || if shown.get() { "Token" } else { "Token, hidden" }>{text}</pre>
                <CopyButton text=token what="token" />
            </div>
            <p class="token__left">"Ends in " <strong>{move || left(expires - clock.get())}</strong></p>
            <p class="token__tools">
                <Button kind=ButtonKind::Small on_click=move || shown.update(|shown| *shown = !*shown)>
                    {move || if shown.get() { "Hide" } else { "Show" }}
                </Button>
                <Button kind=ButtonKind::Small on_click=forget>"Forget"</Button>
            </p>
        </div>
        <p class="token__about">"To give it to a shell: run this, paste the token, press Enter. It does not show, and does not stand in the history."</p>
        <Command text=INTO_THE_SHELL />
    }
}

/// Moves the clock on, tells listeners when little is left, and drops the token when it has ended or the page is left.
fn watch_the_clock(stage: RwSignal<Stage>, clock: RwSignal<f64>, announcer: Announcer) {
    let told = StoredValue::new(u64::MAX);
    let tick = move || {
        let Stage::Here(IssuedToken { expires, .. }) = *stage.read_untracked() else { return };
        clock.set(now());
        let seconds = (expires - now()).max(0.0) as u64;
        if seconds == 0 {
            stage.set(Stage::Ended);
            announcer.say("The token has ended.");
        } else if TOLD.iter().any(|mark| seconds <= *mark && told.get_value() > *mark) {
            announcer.say(format!("The token ends in {}.", left(seconds as f64)));
        }
        told.set_value(seconds);
    };
    if let Ok(ticking) = set_interval_with_handle(tick, Duration::from_secs(1)) {
        on_cleanup(move || ticking.clear());
    }
    // A browser may keep a page that was left, to come back to it quickly.
    let leaving = window_event_listener_untyped("pagehide", move |_| {
        stage.try_set(Stage::Nothing);
    });
    on_cleanup(move || leaving.remove());
}

/// The time left, with seconds once they matter.
fn left(seconds: f64) -> String {
    let seconds = seconds.max(0.0) as u64;
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::left;

    #[test]
    fn the_time_left_is_told_with_seconds_once_they_matter() {
        for (seconds, text) in
            [(-1.0, "0 s"), (59.9, "59 s"), (60.0, "1 min 0 s"), (3599.0, "59 min 59 s"), (43_199.0, "11 h 59 min")]
        {
            assert_eq!(left(seconds), text);
        }
    }
}
