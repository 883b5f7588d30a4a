//! The Headwater dashboard in the browser: a Leptos program over the API that `shared::api` defines.
//!
//! `pages` read the address, load and lay out; `parts` know our types; `ui` knows HTML only.
//! The address is the state: whatever can be seen can be linked.

mod api;
mod app;
mod map;
mod navigation;
mod pages;
mod parts;
mod place;
mod session;
mod ui;

/// Starts the program in the page that loaded it.
pub fn start() {
    std::panic::set_hook(Box::new(|panic| leptos::logging::error!("{panic}")));
    // The secret of a sign-in link leaves the address bar before anything else happens.
    let secret = session::take_secret();
    leptos::mount::mount_to_body(move || app::App(app::AppProps { secret }));
}
