//! Choosing a client, and the way to point it at the repository. Each choice is a link, so it stands in the address.

use std::collections::BTreeMap;

use leptos::prelude::*;
use shared::connect::{Client, Way};
use shared::format::PackageFormat;

use super::Served;
use crate::place::{ConnectPlace, Place};

/// All clients by format, with what the repository serves of it.
#[component]
pub fn ClientPicker(
    place: ConnectPlace,
    #[prop(into)] client: Signal<Client>,
    #[prop(into)] served: Signal<BTreeMap<PackageFormat, Served>>,
) -> impl IntoView {
    let groups = PackageFormat::ALL.into_iter().map(|format| {
        let clients = Client::ALL.into_iter().filter(|client| client.format() == format).map(|one| {
            let here = move || (client.get() == one).then_some("true");
            let href = Place::Connect(ConnectPlace { client: Some(one), way: None, ..place.clone() }).href();
            view! { <li><a class="clients__one" href=href aria-current=here>{one.title()}</a></li> }
        });
        let words = move || served.read().get(&format).map(Served::words);
        let serves = move || served.read().contains_key(&format);
        view! {
            <section class="clients__group" class:clients__group--served=serves>
                <h2 class="clients__format">{format.as_str()}<span class="clients__served">{words}</span></h2>
                <ul class="clients__list">{clients.collect::<Vec<_>>()}</ul>
            </section>
        }
    });
    view! { <nav class="clients" aria-label="Client">{groups.collect::<Vec<_>>()}</nav> }
}

/// Login or by hand, where there is a choice.
#[component]
pub fn WaySwitch(
    place: ConnectPlace,
    #[prop(into)] client: Signal<Client>,
    #[prop(into)] way: Signal<Way>,
) -> impl IntoView {
    move || {
        let client = client.get();
        client.login_tool().map(|_| {
            let ways = [(Way::Login, "aws codeartifact login"), (Way::Hand, "By hand")].map(|(one, text)| {
                let here = move || (way.get() == one).then_some("true");
                let chosen = ConnectPlace { client: Some(client), way: Some(one), ..place.clone() };
                view! { <a class="ways__one" href=Place::Connect(chosen).href() aria-current=here>{text}</a> }
            });
            view! { <nav class="ways" aria-label="Way">{ways.into_iter().collect::<Vec<_>>()}</nav> }
        })
    }
}
