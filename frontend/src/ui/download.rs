//! Downloading.

use js_sys::Array;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use super::{Announcer, Button, ButtonKind};

/// A button that saves a text as a file.
#[component]
pub fn DownloadButton(
    /// The name of the file.
    #[prop(into)]
    name: String,
    #[prop(into)] text: String,
) -> impl IntoView {
    let announcer = expect_context::<Announcer>();
    let label = format!("Download {name}");
    let save = move || {
        announcer.say(match save(&name, &text) {
            Ok(()) => format!("Saved {name}."),
            Err(_) => format!("The browser did not allow saving {name}. Copy it instead."),
        });
    };
    view! { <Button kind=ButtonKind::Small label on_click=save>"Download"</Button> }
}

/// Has the browser save a text that is in the page already: nothing is asked of any server.
fn save(name: &str, text: &str) -> Result<(), JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type("text/plain;charset=utf-8");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &kind)?;
    save_file(name, &blob)
}

/// Has the browser save what it holds already as a file.
///
/// # Errors
/// When the browser does not allow it.
pub fn save_file(name: &str, file: &Blob) -> Result<(), JsValue> {
    let url = Url::create_object_url_with_blob(file)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&url)
}
