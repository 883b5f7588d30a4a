//! Ways by which packages that nobody promoted reach a repository, and how to close them.

use leptos::prelude::*;
use shared::command;
use shared::names::{DomainName, RepositoryName};
use shared::repository::Repository;
use shared::topology::{Leak, LeakSource};

use super::super::DomainData;
use super::Section;
use crate::place::Place;
use crate::ui::{Button, Command, Notice, Tone};

/// The leaks into a repository, in words: those through the same upstream together.
#[component]
pub fn Leaks(
    leaks: Vec<Leak>,
    /// The whole way is marked on the map.
    path_shown: RwSignal<bool>,
    /// The map is drawn: a way can be marked on it.
    #[prop(into)]
    drawn: Signal<bool>,
) -> impl IntoView {
    let domain = expect_context::<DomainData>().path();
    let close = leaks.first().map(|leak| Place::settings(&domain, leak.into_repository()).href());
    let mut doors: Vec<Vec<Leak>> = Vec::new();
    for leak in leaks {
        match doors.iter_mut().find(|door| door[0].path.get(1) == leak.path.get(1)) {
            Some(door) => door.push(leak),
            None => doors.push(vec![leak]),
        }
    }
    let told: Vec<_> = doors.iter().map(|door| view! { <li>{through(door)}</li> }).collect();
    view! {
        <section class="inspector__section">
            <Notice tone=Tone::Danger><ul class="leaks">{told}</ul></Notice>
            <p class="inspector__actions">
                <Show when=move || drawn.get()>
                    <ShowPath path_shown />
                </Show>
                <a class="button button--primary" href=close>"Close the leak…"</a>
            </p>
        </section>
    }
}

/// What comes through one upstream, why, and by which ways.
fn through(leaks: &[Leak]) -> impl IntoView + use<> {
    let headlines: Vec<_> =
        leaks.iter().map(|leak| view! { <p class="leaks__headline">{leak.headline()}</p> }).collect();
    let ways: Vec<_> = leaks.iter().map(|leak| view! { <p class="leaks__way">{way(leak)}</p> }).collect();
    view! { {headlines}<p>{leaks.first().map(Leak::explanation)}</p>{ways} }
}

#[component]
fn ShowPath(path_shown: RwSignal<bool>) -> impl IntoView {
    view! {
        <Button on_click=move || path_shown.update(|shown| *shown = !*shown)>
            {move || if path_shown.get() { "Hide the path" } else { "Show the path" }}
        </Button>
    }
}

/// The way packages take, in the direction they flow.
pub fn way(leak: &Leak) -> String {
    let source = match &leak.source {
        LeakSource::External(connection) => Some(connection.as_str()),
        LeakSource::Published => None,
    };
    let path = leak.path.iter().rev().map(RepositoryName::as_str);
    source.into_iter().chain(path).collect::<Vec<_>>().join(" → ")
}

/// The same thing by command: what closes the leaks, or what reads this repository where there are none.
#[component]
pub fn SameByCommand(repository: Repository, leaks: Vec<Leak>) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let domain = data.path().domain;
    let title = if leaks.is_empty() { "Same thing, by command" } else { "Close the leak, by command" };
    let commands = move || {
        let commands = commands(&domain, &repository, &leaks, &data.command_options.get());
        commands.into_iter().map(|text| view! { <Command text /> }).collect::<Vec<_>>()
    };
    view! { <Section title>{commands}</Section> }
}

fn commands(domain: &DomainName, repository: &Repository, leaks: &[Leak], options: &[String]) -> Vec<String> {
    if leaks.is_empty() {
        return vec![command::describe_repository(domain, &repository.name, options)];
    }
    let leaking: Vec<&RepositoryName> = leaks.iter().filter_map(|leak| leak.path.get(1)).collect();
    let mut commands = Vec::new();
    if !leaking.is_empty() {
        let rest: Vec<_> = repository.upstreams.iter().filter(|name| !leaking.contains(name)).cloned().collect();
        commands.push(command::set_upstreams(domain, &repository.name, &rest, options));
    }
    // A leak whose way is the repository alone comes by its own external connection.
    let own = leaks.iter().filter(|leak| leak.path.len() == 1);
    commands.extend(own.filter_map(|leak| match &leak.source {
        LeakSource::External(connection) => {
            Some(command::disassociate_external_connection(domain, &repository.name, connection, options))
        }
        LeakSource::Published => None,
    }));
    commands
}

#[cfg(test)]
mod tests {
    use shared::repository::ExternalConnection;
    use shared::topology::Topology;

    use super::*;

    fn repository(name: &str, upstreams: &[&str], connection: Option<&str>) -> Repository {
        Repository {
            name: name.parse().unwrap(),
            description: String::new(),
            administrator: None,
            arn: String::new(),
            created: None,
            upstreams: upstreams.iter().map(|upstream| upstream.parse().unwrap()).collect(),
            external_connections: connection
                .map(|name| ExternalConnection { name: name.into(), format: None, status: "AVAILABLE".into() })
                .into_iter()
                .collect(),
            problem: None,
        }
    }

    fn closing(repositories: &[Repository], name: &str) -> Vec<String> {
        let topology = Topology::new(repositories);
        let name = name.parse().unwrap();
        commands(&"acme".parse().unwrap(), topology.get(&name).unwrap(), &topology.leaks_into(&name), &[])
    }

    #[test]
    fn a_leak_is_closed_by_the_other_upstreams() {
        let repositories = [
            repository("production", &["staging", "team-dev"], None),
            repository("staging", &[], None),
            repository("team-dev", &["npm-store"], None),
            repository("npm-store", &[], Some("public:npmjs")),
        ];
        let commands = closing(&repositories, "production");
        assert_eq!(commands.len(), 1);
        assert!(commands[0].ends_with("--upstreams repositoryName=staging"), "{}", commands[0]);
    }

    #[test]
    fn a_connection_of_its_own_is_closed_by_taking_it_away() {
        let commands = closing(&[repository("production", &[], Some("public:npmjs"))], "production");
        assert_eq!(commands.len(), 1);
        assert!(commands[0].ends_with("--external-connection public:npmjs"), "{}", commands[0]);
    }

    #[test]
    fn where_nothing_leaks_the_command_reads() {
        let commands = closing(&[repository("team", &[], None)], "team");
        assert!(commands[0].starts_with("aws codeartifact describe-repository"), "{}", commands[0]);
    }

    #[test]
    fn the_way_of_a_leak_starts_at_its_source() {
        let repositories =
            [repository("production", &["npm-store"], None), repository("npm-store", &[], Some("public:npmjs"))];
        assert_eq!(way(&Topology::new(&repositories).leaks()[0]), "public:npmjs → npm-store → production");
    }
}
