//! The external connection of a repository: made, or taken away.

use leptos::prelude::*;
use shared::api::{RepositoryPath, SetConnection};
use shared::command;
use shared::external::PublicRegistry;
use shared::feeding::Connect;

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::navigation::Navigation;
use crate::parts::{Change, DomainData, FormPage};
use crate::place::Place;
use crate::ui::{Announcer, Field, Select, after_paint};

/// The choice of a public registry.
const CHOICE: &str = "public-registry";

/// A form for the external connection.
#[component]
pub fn Connection(path: RepositoryPath) -> impl IntoView {
    let (data, announcer) = (expect_context::<DomainData>(), expect_context::<Announcer>());
    let change = Change::new();
    let name = StoredValue::new(path.repository.clone());
    // Whoever dropped a public registry on the repository finds it chosen here.
    let navigation = expect_context::<Navigation>();
    let asked = match &*navigation.place().read_untracked() {
        Some(Place::RepositorySettings(_, registry)) => registry.map(PublicRegistry::name),
        _ => None,
    };
    let chosen = RwSignal::new(asked.unwrap_or_default().to_owned());
    if asked.is_some() {
        after_paint(|| {
            let choice = document().get_element_by_id(CHOICE).and_then(|found| found.dyn_into::<HtmlElement>().ok());
            if let Some(choice) = choice {
                let _ = choice.focus();
            }
        });
    }
    // What is there now: the connection, and whether there are upstreams.
    let there = Memo::new(move |_| {
        let map = data.map.read();
        let repository = map.as_ref()?.repositories.iter().find(|one| one.name == *name.read_value())?;
        let connection = repository.external_connections.first().map(|connection| connection.name.clone());
        Some((connection, !repository.upstreams.is_empty()))
    });
    let connected = Memo::new(move |_| there.get().and_then(|(connection, _)| connection));
    let wanted = Memo::new(move |_| {
        let name = connected.get().unwrap_or_else(|| chosen.get());
        name.parse::<PublicRegistry>().ok().map(|registry| Connect { registry, connected: connected.read().is_none() })
    });
    let refusal = Signal::derive(move || match (there.get(), wanted.get()) {
        (None, _) => Some("The repository is still being read.".to_owned()),
        (Some((None, true)), _) => Some(
            "It has upstreams. Remove them first: a repository has upstreams or an external connection, not both."
                .to_owned(),
        ),
        (Some((Some(_), _)), None) => {
            Some("Headwater does not know this connection. Take it away with the aws CLI.".to_owned())
        }
        (Some((None, false)), None) => Some("Choose a public registry first.".to_owned()),
        (Some(_), Some(_)) => None,
    });
    let command = Signal::derive(move || {
        let (Connect { registry, connected }, options) = (wanted.get()?, data.command_options.get());
        let make =
            if connected { command::associate_external_connection } else { command::disassociate_external_connection };
        Some(make(&data.path().domain, &name.read_value(), registry.name(), &options))
    });
    let send = Callback::new(move |()| {
        let Some(connect) = wanted.get_untracked() else { return };
        change.send::<SetConnection>(&path, &connect, move || {
            let done = if connect.connected { "Connected to" } else { "Took away" };
            announcer.say(format!("{done} {}.", connect.registry.name()));
        });
    });
    let options = StoredValue::new(PublicRegistry::all().map(|one| (one.name(), one.title())).collect::<Vec<_>>());
    move || {
        let (title, action) = match connected.get() {
            Some(name) => (format!("External connection: {name}"), format!("Take {name} away")),
            None => ("External connection".to_owned(), "Connect".to_owned()),
        };
        let choice = connected.read().is_none().then(|| view! {
            <Field label="Public registry" for_id=CHOICE>
                <Select id=CHOICE any="Choose one" options=options.get_value() value=chosen on_choose=move |name| chosen.set(name) />
            </Field>
        });
        let about = match connected.get() {
            Some(_) => {
                "It fetches from the public registry what nobody has asked for yet. Without it, what was fetched stays, and nothing new comes."
            }
            None => {
                "A repository has one external connection at most, and none while it has upstreams. Usually one store per public registry has it, and all others take from the store."
            }
        };
        view! {
            <FormPage part=true danger=connected.get().is_some() title about what="The external connection could not be changed." change action refusal command send>
                {choice}
            </FormPage>
        }
    }
}
