//! A policy for somebody: who it is, which repositories, and the document that lets them do that and nothing else.

use leptos::prelude::*;
use shared::format::PackageFormat;
use shared::names::{Namespace, RepositoryName};
use shared::policy::arn::Home;
use shared::policy::generate::{Person, Wanted, sources_of};

mod choice;
mod document;

use choice::{Packages, People, RepositoryChoice};
use document::Document;

use super::places::Places;
use crate::navigation::Navigation;
use crate::parts::DomainData;
use crate::place::{GeneratePlace, Place};
use crate::ui::{Notice, SkeletonRows, Tone};

/// What is chosen on the page. The address keeps who and which repositories.
#[derive(Clone, Copy)]
pub struct Choice {
    place: Memo<GeneratePlace>,
    navigation: Navigation,
    data: DomainData,
    /// The format that a publisher is held to, as its word; empty for every one.
    pub format: RwSignal<String>,
    /// The namespace of it; empty for every one.
    pub namespace: RwSignal<String>,
}

impl Choice {
    fn new() -> Self {
        let (navigation, data) = (expect_context::<Navigation>(), expect_context::<DomainData>());
        let place = Memo::new(move |before: Option<&GeneratePlace>| match &*navigation.place().read() {
            Some(Place::GeneratePolicy(place)) => place.clone(),
            // The place is leaving this page.
            _ => before.cloned().unwrap_or_else(|| GeneratePlace::new(data.path())),
        });
        Self { place, navigation, data, format: RwSignal::new(String::new()), namespace: RwSignal::new(String::new()) }
    }

    /// Who it is for. Tracked.
    pub fn person(self) -> Person {
        self.place.read().person
    }

    /// Chooses somebody else; the repositories stay.
    pub fn set_person(self, person: Person) {
        self.change(|place| {
            place.person = person;
            place.sources = None;
        });
    }

    /// The repositories of the domain. Tracked.
    pub fn all(self) -> Vec<RepositoryName> {
        let map = self.data.map.read();
        map.as_ref().map_or_else(Vec::new, |map| map.repositories.iter().map(|one| one.name.clone()).collect())
    }

    /// The chosen ones that there are. Tracked.
    pub fn repositories(self) -> Vec<RepositoryName> {
        let all = self.all();
        self.place.read().repositories.iter().filter(|name| all.contains(name)).cloned().collect()
    }

    /// The further ones: as chosen, or for a developer the stores that the chosen ones take from. Tracked.
    pub fn sources(self) -> Vec<RepositoryName> {
        let place = self.place.read();
        match (&place.sources, self.data.map.read().as_ref()) {
            (_, None) => Vec::new(),
            (Some(sources), Some(_)) => {
                let all = self.all();
                sources.iter().filter(|name| all.contains(name)).cloned().collect()
            }
            (None, Some(map)) if place.person == Person::Developer => {
                sources_of(&map.repositories, &place.repositories)
            }
            (None, Some(_)) => Vec::new(),
        }
    }

    /// Takes a repository in or out.
    pub fn toggle(self, name: &RepositoryName, chosen: bool) {
        let now = untrack(move || self.repositories());
        self.change(|place| place.repositories = with(now, name, chosen));
    }

    /// Takes a further repository in or out.
    pub fn toggle_source(self, name: &RepositoryName, chosen: bool) {
        let now = untrack(move || self.sources());
        self.change(|place| place.sources = Some(with(now, name, chosen)));
    }

    fn change(self, change: impl FnOnce(&mut GeneratePlace)) {
        let mut place = self.place.get_untracked();
        change(&mut place);
        self.navigation.replace(&Place::GeneratePolicy(place));
    }

    /// What is asked for; none while the domain is being read. Tracked.
    fn wanted(self) -> Option<Wanted> {
        let home = Home::of_domain(&self.data.map.read().as_ref()?.domain.arn)?;
        let format = self.format.read().parse::<PackageFormat>().ok();
        let namespace = self.namespace.read().parse::<Namespace>().ok();
        let person = self.person();
        Some(Wanted {
            person,
            home,
            repositories: self.repositories(),
            sources: self.sources(),
            packages: format.filter(|_| person == Person::Publisher).map(|format| (format, namespace)),
        })
    }
}

fn with(mut names: Vec<RepositoryName>, name: &RepositoryName, chosen: bool) -> Vec<RepositoryName> {
    names.retain(|one| one != name);
    if chosen {
        names.push(name.clone());
    }
    names
}

/// Chooses who and what, beside the policy that comes of it.
#[component]
pub fn GeneratePage() -> impl IntoView {
    let data = expect_context::<DomainData>();
    let choice = Choice::new();
    let known = Memo::new(move |_| data.map.read().is_some());
    view! {
        <div class="domain__page access">
            <header class="page-head">
                <h1>"Generate a policy"</h1>
                <p class="page__about">
                    "The least that somebody needs, for a user or a role of your account. It is made here in the page: nothing is sent or changed until you run a command."
                </p>
            </header>
            <Places />
            {move || match known.get() {
                false => view! { <SkeletonRows rows=8 what="the repositories" /> }.into_any(),
                true => view! { <Chosen choice /> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Chosen(choice: Choice) -> impl IntoView {
    let wanted = Memo::new(move |_| choice.wanted());
    let person = Memo::new(move |_| choice.person());
    view! {
        <div class="generate">
            <div class="generate__choice">
                <People choice />
                {move || match person.get().repositories_are() {
                    Some(legend) => view! {
                        <RepositoryChoice
                            legend
                            about=match person.get() {
                                Person::Consumer => "They install from these, and from what these take from.",
                                Person::Promoter => "Versions are copied into these.",
                                _ => "They publish to these, and install from them.",
                            }
                            all=Signal::derive(move || choice.all())
                            chosen=Signal::derive(move || choice.repositories())
                            toggle=Callback::new(move |(name, chosen)| choice.toggle(&name, chosen))
                        />
                    }
                    .into_any(),
                    None => view! {
                        <Notice tone=Tone::Info><p>"An administrator has the whole domain, with repositories that are made later."</p></Notice>
                    }
                    .into_any(),
                }}
                {move || person.get().sources_are().map(|legend| view! {
                    <RepositoryChoice
                        legend
                        about=match person.get() {
                            Person::Promoter => "Versions are copied from these. They are read, and nothing in them is changed.",
                            _ => "The stores that the chosen repositories take from are ticked for you.",
                        }
                        all=Signal::derive(move || choice.all())
                        chosen=Signal::derive(move || choice.sources())
                        toggle=Callback::new(move |(name, chosen)| choice.toggle_source(&name, chosen))
                    />
                })}
                {move || (person.get() == Person::Publisher).then(|| view! { <Packages choice /> })}
            </div>
            <Document wanted />
        </div>
    }
}
