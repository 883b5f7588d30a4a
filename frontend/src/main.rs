//! The Headwater dashboard in the browser.

fn main() {
    frontend::start();
}
