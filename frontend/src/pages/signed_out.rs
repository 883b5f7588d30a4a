//! Nobody is signed in.

use leptos::prelude::*;
use shared::problem::Problem;

use crate::parts::{Mark, ProblemNotice};

/// Says how to get a sign-in link.
#[component]
pub fn SignedOutPage(
    /// Why the link was refused, where one was.
    problem: Option<Problem>,
) -> impl IntoView {
    view! {
        <main class="signed-out" id="main" tabindex="-1">
            <div class="signed-out__card">
                <Mark />
                <h1>"Signed out"</h1>
                {problem.map(|problem| view! { <ProblemNotice what="The sign-in link was refused." problem /> })}
                <p>"Go to the terminal where Headwater runs and press "<kbd>"Enter"</kbd>". It prints a new sign-in link; open it here."</p>
                <p class="muted">"Where it runs without a terminal, send it the signal "<code>"SIGUSR1"</code>": the new link then stands in its ready file."</p>
                <p class="muted">
                    "A link works once and for five minutes. A session belongs to one tab and lasts eight hours; when it ends by itself, the tray is kept."
                </p>
            </div>
        </main>
    }
}
