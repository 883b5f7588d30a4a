//! What a page of another site, another program on this machine, or a slow client can do to the back end: nothing.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

#[path = "support/app.rs"]
mod support;

#[path = "security/answers.rs"]
mod answers;
#[path = "security/other_sites.rs"]
mod other_sites;
#[path = "security/secrets.rs"]
mod secrets;
#[path = "security/slow_clients.rs"]
mod slow_clients;
