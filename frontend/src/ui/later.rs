//! A part of the page whose program is loaded when it is first shown.

use std::pin::Pin;
use std::sync::Arc;

use leptos::prelude::*;

use super::{ErrorNotice, SkeletonRows};

/// Loads a part of the program, and tells whether it came.
pub type Load = fn() -> Pin<Box<dyn Future<Output = bool>>>;

/// Loads, then draws. A part that did not come says so and can be asked for again.
#[component]
pub fn Later(
    load: Load,
    /// Draws the part; called when it has been loaded.
    draw: Box<dyn Fn() -> AnyView + Send + Sync>,
    /// The part is the whole page, with a `main` of its own.
    #[prop(optional)]
    page: bool,
) -> impl IntoView {
    let came = RwSignal::new(None);
    let begin = Callback::new(move |()| {
        came.set(None);
        leptos::task::spawn_local(async move {
            let loaded = load().await;
            // The person may have gone elsewhere meanwhile.
            came.try_set(Some(loaded));
        });
    });
    begin.run(());
    let draw = Arc::new(draw);
    let framed = move |words: AnyView| match page {
        true => view! { <main class="page" id="main" tabindex="-1">{words}</main> }.into_any(),
        false => view! { <div class="domain__page">{words}</div> }.into_any(),
    };
    move || match came.get() {
        None => framed(view! { <SkeletonRows rows=4 what="this part of Headwater" /> }.into_any()),
        Some(true) => draw(),
        Some(false) => framed(view! { <DidNotCome retry=begin /> }.into_any()),
    }
}

#[component]
fn DidNotCome(retry: Callback<()>) -> impl IntoView {
    view! {
        <h1 class="visually-hidden">"Not loaded"</h1>
        <ErrorNotice
            what="This part of Headwater could not be loaded."
            message="Look whether Headwater is still running in its terminal, then try again. After an update, reload the page."
            request_id=None
            retry
        />
    }
}
