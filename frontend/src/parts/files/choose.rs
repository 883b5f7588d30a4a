//! Choosing files, and dropping them.

use leptos::ev::DragEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{FileList, HtmlInputElement};

use super::Files;

/// A button that opens the browser's own dialogue for files. The whole page takes what is dropped on it: see [`DropFiles`].
#[component]
pub fn ChooseFiles(
    /// They cannot be chosen now.
    #[prop(into)]
    busy: Signal<bool>,
) -> impl IntoView {
    let files = expect_context::<Files>();
    let chosen = move |event: leptos::ev::Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
        files.add(all(input.files()));
        // The same file can be chosen again, after it was taken away or has changed.
        input.set_value("");
    };
    view! {
        <div class="choose-files">
            <input id="choose-files" class="choose-files__input" type="file" multiple disabled=move || busy.get() on:change=chosen />
            <label class="button" for="choose-files">"Choose files"</label>
            <span class="muted">"or drop them on this page."</span>
        </div>
    }
}

/// A part of the page that takes files dropped on it.
#[component]
pub fn DropFiles(
    #[prop(into)] class: String,
    /// Called after files were added.
    #[prop(optional, into)]
    dropped: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    let files = expect_context::<Files>();
    let over = RwSignal::new(false);
    let dragged = move |event: DragEvent| {
        if holds_files(&event) {
            event.prevent_default();
            over.set(true);
        }
    };
    let drop = move |event: DragEvent| {
        over.set(false);
        if !holds_files(&event) {
            return;
        }
        // Else the browser would leave the page and show the file.
        event.prevent_default();
        files.add(all(event.data_transfer().and_then(|data| data.files())));
        if let Some(dropped) = dropped {
            dropped.run(());
        }
    };
    let class = format!("{class} drop-files");
    view! {
        <div class=class class:drop-files--over=move || over.get()
            on:dragenter=dragged on:dragover=dragged on:dragleave=move |_| over.set(false) on:drop=drop>
            {children()}
        </div>
    }
}

/// Something else may be dragged as well, such as a text into a field.
fn holds_files(event: &DragEvent) -> bool {
    event.data_transfer().is_some_and(|data| data.types().iter().any(|kind| kind == "Files"))
}

fn all(list: Option<FileList>) -> Vec<web_sys::File> {
    let Some(list) = list else { return Vec::new() };
    (0..list.length()).filter_map(|index| list.get(index)).collect()
}
