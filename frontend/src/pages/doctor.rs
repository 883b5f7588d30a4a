//! The doctor: a settings file or a failing log is pasted, and one cause is named with what mends it.
//!
//! What is pasted becomes its masked text before it is kept in memory or shown. Nothing of it is sent, stored or put
//! into the address; the domain is asked for the name of a package at most.

mod asking;
mod examples;
mod paste;
mod report;

use leptos::prelude::*;
use shared::doctor::mask::Masked;
use shared::doctor::{Known, Report, examine};

use crate::parts::{Connections, DomainData};
use crate::ui::now;
use asking::Asking;
use paste::Paste;
use report::ReportView;

/// The doctor of a domain.
#[component]
pub fn DoctorPage() -> impl IntoView {
    let data = expect_context::<DomainData>();
    let text = RwSignal::new(Masked { text: String::new(), hidden: Vec::new() });
    let known = known(data);
    let report = Memo::new(move |_| {
        let text = text.read();
        (!text.text.trim().is_empty()).then(|| examine(&text.text, &known.read()))
    });
    let asking = Asking::watch(report, known);
    view! {
        <div class="domain__page doctor">
            <header class="page-head">
                <h1>"Doctor"</h1>
                <p class="page__about">
                    "Paste the settings file of a package manager, or the log of one that failed. One cause is named, with the lines that say so and what mends it. "
                    "Secrets are hidden here in the browser as you paste; the text is neither sent nor kept."
                </p>
            </header>
            <div class="doctor__columns">
                <Paste text known />
                <section class="doctor__report" aria-label="Diagnosis">
                    {move || report.get().map(|report: Report| view! { <ReportView report asking text /> })}
                    {move || report.read().is_none().then(|| view! {
                        <p class="doctor__waiting muted">"The diagnosis stands here as soon as there is a text."</p>
                    })}
                </section>
            </div>
        </div>
    }
}

/// What the text is compared with.
fn known(data: DomainData) -> Memo<Known> {
    let connections = expect_context::<Connections>();
    Memo::new(move |_| {
        let map = data.map.get();
        let connection = connections.of(&data.path());
        let options = data.command_options.get();
        let endpoint_url =
            options.iter().position(|option| option == "--endpoint-url").and_then(|at| options.get(at + 1));
        Known {
            domain: Some(data.path().domain),
            owner: map.as_ref().map(|map| map.domain.owner.clone()),
            region: connection.map(|connection| connection.region),
            repositories: map.as_ref().map(|map| map.repositories.clone()),
            endpoint_url: endpoint_url.cloned(),
            options,
            now: Some(now()),
        }
    })
}
