//! Where the text is pasted, typed or dropped. It holds the masked text only.

use leptos::prelude::*;
use shared::doctor::mask::Masked;
use shared::doctor::{Known, take};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use super::examples::examples;
use crate::ui::{Announcer, Button, ButtonKind, bytes, count};

/// More bytes of a file are not read: of a larger one, the end, where a log says why it failed.
const MOST_OF_FILE: f64 = 8.0 * 1024.0 * 1024.0;

/// The field for the text, and what fills it.
#[component]
pub fn Paste(text: RwSignal<Masked>, known: Memo<Known>) -> impl IntoView {
    let announcer = expect_context::<Announcer>();
    let over = RwSignal::new(false);
    let read = move |file: web_sys::File| {
        leptos::task::spawn_local(async move {
            let large = file.size() > MOST_OF_FILE;
            let part = match large {
                true => file.slice_with_f64_and_f64(file.size() - MOST_OF_FILE, file.size()).ok(),
                false => Some(web_sys::Blob::from(file.clone())),
            };
            let Some(part) = part else { return };
            match JsFuture::from(part.text()).await.ok().and_then(|content| content.as_string()) {
                Some(content) => {
                    text.try_set(take(&content));
                    let end = if large { format!(", its last {}", bytes(MOST_OF_FILE as u64)) } else { String::new() };
                    announcer.say(format!("Read {}{end}.", file.name()));
                }
                None => announcer.say(format!("{} could not be read.", file.name())),
            }
        });
    };
    let drop = move |event: web_sys::DragEvent| {
        event.prevent_default();
        over.set(false);
        if let Some(file) = event.data_transfer().and_then(|data| data.files()).and_then(|files| files.get(0)) {
            read(file);
        }
    };
    let choose = move |event: web_sys::Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok()) else {
            return;
        };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            read(file);
        }
        // The same file can be chosen again after it has changed.
        input.set_value("");
    };
    view! {
        <section
            class="doctor__paste"
            class:doctor__paste--over=move || over.get()
            aria-label="Text"
            on:dragover=move |event| { event.prevent_default(); over.set(true); }
            on:dragleave=move |_| over.set(false)
            on:drop=drop
        >
            <div class="field">
                <label class="field__label" for="doctor-text">"Settings file or log"</label>
                <textarea
                    id="doctor-text"
                    class="input input--code doctor__text"
                    rows="18"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    aria-describedby="doctor-hint"
                    placeholder="Paste it here, or drop a file"
                    prop:value=move || text.read().text.clone()
                    on:input=move |event| typed(&event, text)
                ></textarea>
                <p id="doctor-hint" class="field__hint">{move || hidden(&text.read())}</p>
            </div>
            <div class="doctor__tools">
                <label class="button doctor__file">"Choose a file"<input type="file" class="visually-hidden" on:change=choose /></label>
                {move || (!text.read().text.is_empty()).then(|| view! {
                    <Button on_click=move || text.set(take(""))>"Clear"</Button>
                })}
            </div>
            {move || text.read().text.is_empty().then(|| view! { <Examples text known /> })}
        </section>
    }
}

/// Takes what was typed or pasted; the field holds it masked before it is drawn again.
fn typed(event: &web_sys::Event, text: RwSignal<Masked>) {
    let Some(field) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlTextAreaElement>().ok()) else {
        return;
    };
    let raw = field.value();
    let masked = take(&raw);
    if masked.text != raw {
        // The caret stays behind what stood before it.
        let units: Vec<u16> = raw.encode_utf16().collect();
        let caret = field.selection_start().ok().flatten().map_or(units.len(), |caret| caret as usize).min(units.len());
        let before = take(&String::from_utf16_lossy(&units[..caret])).text.encode_utf16().count();
        field.set_value(&masked.text);
        let caret = u32::try_from(before).unwrap_or(u32::MAX);
        let _ = field.set_selection_range(caret, caret);
    }
    text.set(masked);
}

/// What was hidden, in words.
fn hidden(text: &Masked) -> String {
    if text.hidden.is_empty() {
        return "Tokens, passwords and keys are hidden as they are pasted. npm, pnpm, Yarn, pip, uv, twine, Maven, Gradle, NuGet, Cargo and the aws CLI are known."
            .to_owned();
    }
    let kinds: Vec<String> = text.hidden.iter().map(|(secret, number)| count(*number, secret.noun())).collect();
    format!("Hidden: {}.", kinds.join(", "))
}

/// Texts to try, while there is none.
#[component]
fn Examples(text: RwSignal<Masked>, known: Memo<Known>) -> impl IntoView {
    move || {
        let examples = examples(&known.read());
        let buttons = examples.into_iter().map(|example| {
            let content = example.text;
            view! { <li><Button kind=ButtonKind::Small on_click=move || text.set(take(&content))>{example.title}</Button></li> }
        });
        let buttons = buttons.collect::<Vec<_>>();
        (!buttons.is_empty()).then(|| {
            view! {
                <h2 class="form-page__title">"Or try one"</h2>
                <ul class="doctor__examples">{buttons}</ul>
            }
        })
    }
}
