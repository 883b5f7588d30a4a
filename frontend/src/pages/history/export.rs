//! The history as a file.

use leptos::prelude::*;
use shared::api::{ExportHistory, HistoryExportQuery, HistoryQuery};
use shared::history::HistoryFormat;
use shared::problem::Problem;

use crate::api::Api;
use crate::parts::{DomainData, ProblemNotice};
use crate::ui::{Announcer, Button, ButtonKind, save_file};

/// Downloads all rows that fit, in one of the forms.
#[component]
pub fn Export(query: Memo<HistoryQuery>) -> impl IntoView {
    let problem = RwSignal::new(None::<Problem>);
    let buttons = HistoryFormat::ALL.map(|kind| view! { <One kind query problem /> });
    view! {
        <div class="history__export" role="group" aria-label="Download">
            <span class="muted">"Download all that fits:"</span>
            {buttons.into_iter().collect::<Vec<_>>()}
        </div>
        {move || problem.get().map(|problem| view! { <ProblemNotice what="The history could not be downloaded." problem /> })}
    }
}

#[component]
fn One(kind: HistoryFormat, query: Memo<HistoryQuery>, problem: RwSignal<Option<Problem>>) -> impl IntoView {
    let (api, data, announcer) =
        (expect_context::<Api>(), expect_context::<DomainData>(), expect_context::<Announcer>());
    let busy = RwSignal::new(false);
    let press = move || {
        busy.set(true);
        problem.set(None);
        let asked = HistoryExportQuery { kind, rows: HistoryQuery { before: None, ..query.get_untracked() } };
        let name = format!("history-{}.{}", data.path().domain, kind.as_str());
        leptos::task::spawn_local(async move {
            match api.download::<ExportHistory>(&data.path(), &asked).await {
                Ok(file) => announcer.say(match save_file(&name, &file) {
                    Ok(()) => format!("Saved {name}."),
                    Err(_) => format!("The browser did not allow saving {name}."),
                }),
                // The page may have been left meanwhile.
                Err(told) => drop(problem.try_set(Some(told))),
            }
            busy.try_set(false);
        });
    };
    view! { <Button kind=ButtonKind::Small busy label=format!("Download as {}", kind.words()) on_click=press>{kind.words()}</Button> }
}
