//! The tray holds versions of another repository.

use leptos::prelude::*;
use shared::names::RepositoryName;

use super::Tray;
use crate::ui::{Button, Notice, Tone};

/// Says that the tray holds versions of another repository than this one, and offers to clear it.
#[component]
pub fn OtherSource(repository: RepositoryName) -> impl IntoView {
    let tray = expect_context::<Tray>();
    let refusal = Memo::new(move |_| tray.refusal(&repository));
    move || {
        refusal.get().map(|refusal| {
            view! {
                <Notice tone=Tone::Info>
                    <p>{refusal}</p>
                    <Button on_click=move || tray.clear()>"Clear the tray"</Button>
                </Notice>
            }
        })
    }
}
