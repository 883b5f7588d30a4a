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
        let place = Memo::new(move |_| parse(&address.get()));
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

    /// Tells of each place whose link the pointer or the keyboard comes to: a moment before it may be followed.
    pub fn on_approach(self, tell: fn(Place)) {
        let approach = move |event: &web_sys::Event| {
            if let Some(place) = link_under(event).and_then(|(_, href)| parse(&href)) {
                tell(place);
            }
        };
        let _ = window_event_listener(leptos::ev::pointerover, move |event| approach(&event));
        let _ = window_event_listener(leptos::ev::focusin, move |event| approach(&event));
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
    let (link, href) = link_under(event)?;
    (!link.has_attribute("target") && !link.has_attribute("download")).then_some(href)
}

/// The link of ours that an event happened on, and its address. They are written as path and query; `//host` would be
/// another machine.
fn link_under(event: &web_sys::Event) -> Option<(web_sys::Element, String)> {
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let link = target.closest("a[href]").ok()??;
    let href = link.get_attribute("href").filter(|href| href.starts_with('/') && !href.starts_with("//"))?;
    Some((link, href))
}

fn parse(address: &str) -> Option<Place> {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    Place::parse(path, query)
}
