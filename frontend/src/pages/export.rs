//! The domain as code.

use leptos::prelude::*;
use shared::api::{ExportDomain, ExportQuery};
use shared::command;
use shared::export::{Export, ExportFile, ExportKind};

use crate::api::{Reads, Request};
use crate::navigation::Navigation;
use crate::parts::{DomainData, Loaded};
use crate::place::Place;
use crate::ui::{Command, CopyButton, DownloadButton, Notice, SkeletonRows, Tone};

/// The domain in one of the languages that people keep such things in.
#[component]
pub fn ExportPage() -> impl IntoView {
    let (data, navigation, reads) =
        (expect_context::<DomainData>(), expect_context::<Navigation>(), expect_context::<Reads>());
    let kind = Memo::new(move |_| match &*navigation.place().read() {
        Some(Place::Export(_, kind)) => *kind,
        _ => ExportKind::default(),
    });
    let reading = reads.reading::<ExportDomain>(move || {
        Some(Request::of::<ExportDomain>(&data.path(), &ExportQuery { kind: kind.get() }, &()))
    });
    let empty = Memo::new(move |_| data.map.read().as_ref().is_some_and(|map| map.repositories.is_empty()));
    let command = move || command::export(&data.path().domain, kind.get(), &data.command_options.get());
    view! {
        <div class="domain__page">
            <h1>{format!("Export {}", data.path().domain)}</h1>
            <p class="page__about">"The domain as it is now, as code: its repositories with what feeds them, policies and tags. Exporting changes nothing."</p>
            <Languages kind />
            <div class="export">
                <div class="export__files">
                    <Loaded
                        reading
                        what="The domain"
                        placeholder=|| view! { <SkeletonRows rows=12 what="code" /> }
                        // Until the code of the language comes that was asked for last, no other one is shown for it.
                        ready=move |export| view! {
                            {move || (export.kind == kind.get()).then(|| view! { <Files export=Export::clone(&export) /> })}
                        }.into_any()
                    />
                </div>
                <aside class="export__side" aria-label="About this export">
                    <h2 class="form-page__title">"Same thing, by command"</h2>
                    {move || view! { <Command text=command() /> }}
                    {move || empty.get().then(|| view! {
                        <p class="muted">"It has no repositories yet."</p>
                        <p><a class="button button--small" href=Place::NewRepository(data.path()).href()>"Make one"</a></p>
                    })}
                    {move || reading.get().filter(|export| export.kind == kind.get()).map(|export| view! {
                        <h2 class="form-page__title">"What is not in it"</h2>
                        <ul class="export__left-out">
                            {export.left_out.iter().map(|sentence| view! { <li>{sentence.clone()}</li> }).collect::<Vec<_>>()}
                        </ul>
                    })}
                </aside>
            </div>
        </div>
    }
}

/// The languages, each with an address of its own.
#[component]
fn Languages(kind: Memo<ExportKind>) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let link = |one: ExportKind| {
        view! {
            <a class="tabs__one" href=Place::Export(data.path(), one).href()
                aria-current=move || (kind.get() == one).then_some("page")>{one.title()}</a>
        }
    };
    view! { <nav class="tabs" aria-label="Language">{ExportKind::ALL.map(link).into_iter().collect::<Vec<_>>()}</nav> }
}

/// What is missing, and then the files.
#[component]
fn Files(export: Export) -> impl IntoView {
    let missing = export.unread.into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect::<Vec<_>>();
    let missing = (!missing.is_empty()).then(|| {
        view! {
            <Notice tone=Tone::Danger>
                <p class="notice__title">"This export is not complete."</p>
                {missing}
                <p>"The files say so as well. Read anew to try again."</p>
            </Notice>
        }
    });
    let files = export.files.into_iter().map(|file| view! { <File file /> }).collect::<Vec<_>>();
    view! { {missing} {files} }
}

#[component]
fn File(file: ExportFile) -> impl IntoView {
    let ExportFile { name, text } = file;
    view! {
        <section class="code-file" aria-label=name.clone()>
            <header class="code-file__head">
                <h2 class="code-file__name">{name.clone()}</h2>
                <CopyButton text=text.clone() what=format!("file {name}") />
                <DownloadButton name=name.clone() text=text.clone() />
            </header>
            // Long lines scroll sideways, so the keyboard has to reach it.
            <pre tabindex="0" aria-label=format!("Text of {name}")>{text}</pre>
        </section>
    }
}
