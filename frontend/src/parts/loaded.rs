//! Loading, shown the same way everywhere.

use std::sync::Arc;

use leptos::prelude::*;

use super::ProblemNotice;
use crate::api::{Answer, RawReading, Reading};

/// Draws a reading: the shape of it while it is read, then what came. A read that fails later keeps what was there
/// and says so above it. An answer that is the same as before changes nothing on the page.
#[component]
pub fn Loaded<T>(
    reading: Reading<T>,
    /// What is read, such as `The package`.
    #[prop(into)]
    what: String,
    /// The shape of what comes.
    #[prop(into)]
    placeholder: ViewFn,
    /// Draws what came.
    ready: impl Fn(Arc<T>) -> AnyView + Send + Sync + 'static,
) -> impl IntoView
where
    T: Send + Sync + 'static,
{
    let ready = move |answer: &Answer| answer.value().map(&ready);
    draw(reading.raw(), what, placeholder, Box::new(ready))
}

/// Draws an answer of the type that the page knows.
type Ready = Box<dyn Fn(&Answer) -> Option<AnyView> + Send + Sync>;

/// All of it that is the same for every type.
fn draw(reading: RawReading, what: String, placeholder: ViewFn, ready: Ready) -> AnyView {
    let retry = Callback::new(move |()| reading.again.notify());
    let absent = Memo::new(move |_| reading.answer.read().is_none());
    let failed = Memo::new(move |_| reading.problem.read().is_some());
    view! {
        {move || {
            let what = format!("{what} could not be read.");
            reading.problem.get().map(|problem| view! { <ProblemNotice what problem retry /> })
        }}
        {move || (absent.get() && !failed.get()).then(|| placeholder.run())}
        {move || reading.answer.read().as_ref().and_then(&ready)}
    }
    .into_any()
}
