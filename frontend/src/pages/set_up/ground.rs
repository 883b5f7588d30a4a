//! Steps 1 to 4 at one go, with what that will do shown before.

use leptos::prelude::*;
use shared::command;
use shared::recipe::{Call, Step, calls};

use super::{RunAt, SetUp};
use crate::parts::RunList;
use crate::ui::{Button, ButtonKind, Command, count};

/// Does all that is left of steps 1 to 4.
#[component]
pub fn Ground() -> impl IntoView {
    let set_up = expect_context::<SetUp>();
    let planned = Memo::new(move |_| {
        set_up.state().map(|state| calls(&Step::GROUND, &set_up.recipe(), &state)).unwrap_or_default()
    });
    let left = Memo::new(move |_| planned.read().len());
    let shown = Memo::new(move |_| left.get() > 0 || set_up.run_at.get() == Some(RunAt::Ground));
    let list = move || {
        let planned = planned.read();
        planned.iter().map(|call| view! { <li>{call.title()}</li> }).collect::<Vec<_>>()
    };
    let commands = move || {
        let domain = set_up.domain();
        let (planned, options) = (planned.get(), set_up.options.get());
        let commands = planned.iter().flat_map(|call: &Call| call.commands(&domain.domain, &options));
        let text = command::in_turn(commands);
        view! { <Command text /> }
    };
    let refusal = Signal::derive(move || {
        set_up
            .change_refusal()
            .or_else(|| (left.get() == 0).then(|| "Nothing is left to do of steps 1 to 4.".to_owned()))
    });
    let press = move || set_up.run(RunAt::Ground, &Step::GROUND);
    move || {
        shown.get().then(|| view! {
            <section class="ground" aria-labelledby="ground-title">
                <h2 id="ground-title" class="form-page__title">"In a hurry?"</h2>
                <p class="muted">
                    {move || match left.get() {
                        0 => "Steps 1 to 4 are done.".to_owned(),
                        left => format!("Steps 1 to 4 need {} more. Nothing that is there already is changed or removed.", count(left, "call")),
                    }}
                </p>
                <Show when=move || { left.get() > 0 }>
                    <details class="ground__plan">
                        <summary>"What it will do"</summary>
                        <ol class="ground__calls">{list}</ol>
                        {commands}
                    </details>
                </Show>
                <p class="form-page__foot">
                    <Button kind=ButtonKind::Primary busy=Signal::derive(move || set_up.runner.running() && set_up.run_at.get() == Some(RunAt::Ground)) disabled_reason=refusal on_click=press>
                        "Do all that is left of steps 1 to 4"
                    </Button>
                </p>
                <Show when=move || set_up.run_at.get() == Some(RunAt::Ground)>
                    <RunList runner=set_up.runner what="Not everything could be made." />
                </Show>
            </section>
        })
    }
}
