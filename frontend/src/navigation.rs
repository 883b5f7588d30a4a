//! Moving between places: the address bar, links, and the browser's back and forward.
//!
//! A program whose places are one enum needs no more of a router than this. A general one weighs 30 kB of the first load.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::place::Place;

/// The User Timing mark of the moment a place was asked for.
pub const ASKED: &str = "asked";

/// Where the program is, and how it gets elsewhere. A context of the whole program.
#[derive(Clone, Copy)]
pub struct Navigation {
    place: Memo<Option<Place>>,
    address: RwSignal<String>,
}

impl Navigation {
    /// Reads the address bar, and follows links and the browser's back and forward from now on.
    pub fn start() -> Self {
        let address = RwSignal::new(current_address());
        let place = Memo::new(move |_| {
            let address = address.get();
            let (path, query) = address.split_once('?').unwrap_or((&address, ""));
            Place::parse(path, query)
        });
        let navigation = Self { place, address };
        let _ = window_event_listener(leptos::ev::popstate, move |_| {
            mark_asked();
            address.set(current_address());
        });
        let _ = window_event_listener(leptos::ev::click, move |event| {
            if let Some(target) = followed_link(&event) {
                event.prevent_default();
                navigation.push(&target);
            }
        });
        navigation
    }

    /// The place shown now; none where the address names no place.
    pub fn place(self) -> Memo<Option<Place>> {
        self.place
    }

    /// Goes to a place. Back returns from it.
    pub fn go(self, place: &Place) {
        self.push(&place.href());
    }

    /// Goes to a place instead of this one: for what refines a place, such as a filter while it is typed.
    pub fn replace(self, place: &Place) {
        let href = place.href();
        if let Ok(history) = window().history() {
            // A refused call (Safari limits their number) leaves the address behind; the page is right all the same.
            let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&href));
        }
        self.address.set(href);
    }

    fn push(self, href: &str) {
        if self.address.with_untracked(|address| address == href) {
            return;
        }
        mark_asked();
        if let Ok(history) = window().history() {
            let _ = history.push_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(href));
        }
        self.address.set(href.to_owned());
    }
}

/// Notes the moment, so that pages can tell how long they took to appear.
fn mark_asked() {
    if let Some(performance) = window().performance() {
        performance.clear_marks_with_mark_name(ASKED);
        // A browser that keeps no marks measures nothing; the page works all the same.
        let _ = performance.mark(ASKED);
    }
}

fn current_address() -> String {
    let location = window().location();
    location.pathname().unwrap_or_default() + &location.search().unwrap_or_default()
}

/// The address of the link that a plain click follows inside the program.
/// Clicks with a modifier, and links that leave the program or ask for a window of their own, are the browser's.
fn followed_link(event: &leptos::ev::MouseEvent) -> Option<String> {
    let modified = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    if event.default_prevented() || event.button() != 0 || modified {
        return None;
    }
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let link = target.closest("a[href]").ok()??;
    if link.has_attribute("target") || link.has_attribute("download") {
        return None;
    }
    // Links of ours are written as path and query; `//host` would be another machine.
    link.get_attribute("href").filter(|href| href.starts_with('/') && !href.starts_with("//"))
}
