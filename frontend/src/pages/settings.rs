//! Settings of a repository and of a domain: the words that describe it, what feeds it, and deleting it.

use leptos::prelude::*;
use shared::api::{DeleteDomain, DeleteRepository, RepositoryPath, UpdateRepository};
use shared::command;
use shared::domain::Domain;
use shared::names::Description;
use shared::repository::{DescribedAnew, Repository};
use shared::topology::Topology;

mod connection;
mod tags;
mod upstreams;

use connection::Connection;
use tags::{DomainTags, RepositoryTags};
pub use upstreams::{Proposed, Upstreams};

use crate::navigation::Navigation;
use crate::parts::{Change, Confirm, DomainData, FormPage, TextField, problem_of};
use crate::place::Place;
use crate::ui::{Announcer, CopyButton, EmptyState, Moment, SkeletonRows, bytes, count};

/// Describes a repository anew, or deletes it.
#[component]
pub fn RepositorySettingsPage(path: RepositoryPath) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let name = path.repository.clone();
    // Typed words stay while the domain is read anew: only whether it is there, and its words at first, count.
    let there = Memo::new(move |_| {
        let map = data.map.read();
        map.as_ref().map(|map| map.repositories.iter().find(|one| one.name == name).cloned())
    });
    let known = Memo::new(move |_| there.read().as_ref().map(Option::is_some));
    move || {
        match known.get() {
        None => view! { <SkeletonRows rows=4 what="the repository" /> }.into_any(),
        Some(false) => view! {
            <EmptyState title="This domain has no such repository">
                <p>"If it was made a moment ago, read the page anew with the button in the header."</p>
                <a class="button" href=Place::map(&data.path()).href()>"Show the map"</a>
            </EmptyState>
        }
        .into_any(),
        Some(true) => match there.get_untracked().flatten() {
            Some(repository) => view! {
                <div class="domain__page">
                    <h1 class="settings__title">{format!("Settings of {}", path.repository)}</h1>
                    <p class="settings__links">
                        <a class="button button--small" href=Place::repository(&data.path(), &path.repository).href()>"Packages"</a>
                        <a class="button button--small" href=Place::connect(&data.path(), &path.repository).href()>"Connect clients"</a>
                        <a class="button button--small" href=Place::access(&data.path(), &path.repository).href()>"Access"</a>
                    </p>
                    <Describe path=path.clone() repository=repository.clone() />
                    <Upstreams path=path.clone() repository />
                    <Connection path=path.clone() />
                    <RepositoryTags path=path.clone() />
                    <DeleteIt path=path.clone() />
                </div>
            }
            .into_any(),
            None => ().into_any(),
        },
    }
    }
}

#[component]
fn Describe(path: RepositoryPath, repository: Repository) -> impl IntoView {
    let (data, announcer) = (expect_context::<DomainData>(), expect_context::<Announcer>());
    let change = Change::new();
    let before = RwSignal::new(repository.description.clone());
    let text = RwSignal::new(repository.description);
    let typed = Memo::new(move |_| text.read().parse::<Description>());
    let refusal = Signal::derive(move || match &*typed.read() {
        Err(error) => Some(format!("{error}.")),
        Ok(description) if description.as_str() == *before.read() => Some("Nothing is changed yet.".to_owned()),
        Ok(_) => None,
    });
    let name = path.repository.clone();
    let command = Signal::derive(move || {
        let description = typed.read().as_ref().ok().cloned()?;
        Some(command::set_description(&data.path().domain, &name, &description, &data.command_options.get()))
    });
    let send = Callback::new(move |()| {
        let Ok(description) = typed.get_untracked() else { return };
        let said = description.to_string();
        change.send::<UpdateRepository>(&path, &DescribedAnew { description }, move || {
            before.try_set(said);
            announcer.say("Saved the description.");
        });
    });
    view! {
        <FormPage
            part=true
            title="Description"
            about="What it is for. The name of a repository is for good."
            what="The description could not be saved."
            change
            action="Save the description"
            refusal
            command
            send
        >
            <TextField id="repository-description" label="Description" value=text hint="What it is for, in one line."
                problem=Signal::derive(move || problem_of::<Description>(&text.read())) />
        </FormPage>
    }
}

#[component]
fn DeleteIt(path: RepositoryPath) -> impl IntoView {
    let (data, navigation, announcer) =
        (expect_context::<DomainData>(), expect_context::<Navigation>(), expect_context::<Announcer>());
    let change = Change::new();
    let name = path.repository.clone();
    let lost = Signal::derive({
        let name = name.clone();
        move || {
            let counts = data.counts.read();
            let held = counts
                .get(&name)
                .filter(|counts| counts.problem.is_none())
                .map(|counts| counts.formats.iter().map(|(_, number)| *number as usize).sum::<usize>());
            let mut lines = vec![match held {
                Some(0) => "It holds no packages.".to_owned(),
                Some(number) => format!("{} with all their versions and files.", count(number, "package")),
                None => "All packages that it holds, with their versions and files.".to_owned(),
            }];
            let map = data.map.read();
            let fed: Vec<String> = map.as_ref().map_or_else(Vec::new, |map| {
                let topology = Topology::new(&map.repositories);
                topology.downstreams(&name).into_iter().map(|one| one.name.to_string()).collect()
            });
            if !fed.is_empty() {
                lines.push(format!(
                    "It is an upstream of {}: what they find only through it, they find no longer.",
                    fed.join(", ")
                ));
            }
            lines.push("Copies that other repositories keep stay there.".to_owned());
            lines
        }
    });
    let command = {
        let name = name.clone();
        Signal::derive(move || command::delete_repository(&data.path().domain, &name, &data.command_options.get()))
    };
    let gone = name.clone();
    let send = Callback::new(move |()| {
        let gone = gone.clone();
        change.send::<DeleteRepository>(&path, &(), move || {
            announcer.say(format!("Deleted the repository {gone}."));
            navigation.go(&Place::map(&data.path()));
        });
    });
    view! {
        <Confirm title="Delete this repository" what="The repository could not be deleted." name=name.to_string()
            lost command change send />
    }
}

/// Deletes a domain that has no repositories left.
#[component]
pub fn DomainSettingsPage() -> impl IntoView {
    let (data, navigation, announcer) =
        (expect_context::<DomainData>(), expect_context::<Navigation>(), expect_context::<Announcer>());
    let change = Change::new();
    let obstacle = Signal::derive(move || match data.map.read().as_ref().map(|map| map.repositories.len()) {
        None => Some("Its repositories are still being read.".to_owned()),
        Some(0) => None,
        Some(1) => Some("It still has 1 repository. Delete it first.".to_owned()),
        Some(number) => Some(format!("It still has {number} repositories. Delete them first.")),
    });
    let lost = Signal::derive(|| {
        vec![
            "Its policy, its package groups and its tags.".to_owned(),
            "Its name can be used again; the addresses of its repositories lead nowhere until then.".to_owned(),
        ]
    });
    let command = Signal::derive(move || command::delete_domain(&data.path().domain, &data.command_options.get()));
    let send = Callback::new(move |()| {
        change.send::<DeleteDomain>(&data.path(), &(), move || {
            announcer.say(format!("Deleted the domain {}.", data.path().domain));
            navigation.go(&Place::Connections);
        });
    });
    let name = data.path().domain.to_string();
    view! {
        <div class="domain__page">
            <h1>{format!("Settings of {name}")}</h1>
            <p class="page__about">"Name and encryption key of a domain are for good."</p>
            <p class="settings__links">
                <a class="button button--small" href=Place::Protection(data.path()).href()>"Protection"</a>
                <a class="button button--small" href=Place::DomainAccess(data.path()).href()>"Access"</a>
            </p>
            <DomainFacts />
            <DomainTags path=data.path() />
            <p class="settings__clean-up"><a class="button" href=Place::CleanUp(data.path()).href()>"Clean up the whole domain"</a></p>
            <Confirm title="Delete this domain" what="The domain could not be deleted." name lost obstacle command change send />
        </div>
    }
}

/// What the domain is, as AWS describes it.
#[component]
fn DomainFacts() -> impl IntoView {
    let data = expect_context::<DomainData>();
    // A memo, so that the same facts are not drawn anew.
    let domain = Memo::new(move |_| data.map.read().as_ref().map(|map| map.domain.clone()));
    let code = |text: String, what: &'static str| {
        view! { <dd class="facts-list__code"><code title=text.clone()>{text.clone()}</code><CopyButton text what /></dd> }
    };
    move || {
        let Domain { owner, arn, created, encryption_key, asset_size_bytes, .. } = domain.get()?;
        Some(view! {
            <dl class="facts-list settings__facts">
                <div><dt>"Owner"</dt><dd>{format!("account {owner}")}</dd></div>
                {encryption_key.map(|key| view! { <div><dt>"Encryption key"</dt>{code(key, "ARN of the key")}</div> })}
                <div><dt>"ARN"</dt>{code(arn, "ARN")}</div>
                {created.map(|at| view! { <div><dt>"Created"</dt><dd><Moment at /></dd></div> })}
                <div><dt>"Stored"</dt><dd>{bytes(asset_size_bytes)}</dd></div>
            </dl>
        })
    }
}
