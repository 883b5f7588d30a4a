//! Connecting: what to type and to write so that a client uses a repository.

use leptos::prelude::*;
use shared::api::{GetRepositoryEndpoints, ListPackages, PackagesQuery, RepositoryPath};
use shared::connect::{Client, RepositoryEndpoints, Target, Way, guide};
use shared::package::{PackageKey, PackagePage};

use crate::api::{Reading, Reads, Request};
use crate::navigation::Navigation;
use crate::parts::{ClientPicker, DomainData, Loaded, Name, ProblemNotice, Steps, TokenPanel, WaySwitch, served};
use crate::place::{ConnectPlace, Place};
use crate::ui::{CopyButton, Notice, SkeletonRows, Tone};

/// What is chosen, by the address or for want of a choice.
#[derive(Clone, Copy)]
struct Choice {
    client: Memo<Client>,
    way: Memo<Way>,
}

/// Points clients at a repository.
#[component]
pub fn ConnectPage(path: RepositoryPath) -> impl IntoView {
    let (navigation, reads, data) =
        (expect_context::<Navigation>(), expect_context::<Reads>(), expect_context::<DomainData>());
    let name = StoredValue::new(path.repository.clone());
    let served = Memo::new(move |_| {
        let (map, counts) = (data.map.get(), data.counts.read());
        let name = name.read_value();
        map.map(|map| served(&map, &name, counts.get(&*name))).unwrap_or_default()
    });
    let chosen = Memo::new(move |before: Option<&(Option<Client>, Option<Way>)>| match &*navigation.place().read() {
        Some(Place::Connect(place)) => (place.client, place.way),
        // The page is being left: what it shows must not change on the way out.
        _ => before.copied().unwrap_or_default(),
    });
    let client = Memo::new(move |_| {
        // The first client of what the repository serves; where that is nothing yet, the first of all.
        let serving = || Client::ALL.into_iter().find(|client| served.read().contains_key(&client.format()));
        chosen.get().0.or_else(serving).unwrap_or(Client::Npm)
    });
    let choice = Choice { client, way: Memo::new(move |_| chosen.get().1.unwrap_or(Way::Login)) };
    let (endpoints_of, packages_of) = (path.clone(), path.clone());
    let endpoints = reads.reading::<GetRepositoryEndpoints>(move || {
        Some(Request::of::<GetRepositoryEndpoints>(&endpoints_of, &(), &()))
    });
    // Only to name a package that is really there.
    let packages = reads.reading::<ListPackages>(move || {
        let query = PackagesQuery { format: Some(client.get().format()), ..PackagesQuery::default() };
        Some(Request::of::<ListPackages>(&packages_of, &query, &()))
    });
    let place = ConnectPlace { repository: path.clone(), client: None, way: None };
    let back = Place::repository(&path.domain_path(), &path.repository).href();
    let ready = move |endpoints: std::sync::Arc<RepositoryEndpoints>| {
        let path = path.clone();
        view! { <HowTo path endpoints=endpoints.as_ref().clone() packages choice /> }.into_any()
    };
    view! {
        <div class="domain__page">
            <header class="page-head">
                <div class="page-head__title">
                    <h1>"Connect to "<Name text=place.repository.repository.as_str() /></h1>
                    <a class="button button--small" href=back>"Packages"</a>
                </div>
                <p class="page__about">"Choose a client. What it needs stands below, to copy line by line, and so does how to undo it."</p>
            </header>
            <div class="connect">
                <ClientPicker place=place.clone() client served />
                <div class="connect__main">
                    <h2 class="connect__client">{move || client.get().title()}</h2>
                    <WaySwitch place=place.clone() client way=choice.way />
                    <Loaded reading=endpoints what="The endpoints" placeholder=|| view! { <SkeletonRows rows=6 what="the endpoints" /> } ready />
                </div>
                <aside class="connect__side"><TokenPanel domain=place.repository.domain_path() /></aside>
            </div>
        </div>
    }
}

/// The endpoint, and the guide for the client that is chosen.
#[component]
fn HowTo(
    path: RepositoryPath,
    endpoints: RepositoryEndpoints,
    packages: Reading<PackagePage>,
    choice: Choice,
) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let package = Memo::new(move |_| example(&*packages.get()?, choice.client.get()));
    let owner = Memo::new(move |_| data.map.read().as_ref().map(|map| map.domain.owner.clone()));
    let target = Memo::new(move |_| {
        Some(Target {
            domain: path.domain.clone(),
            owner: owner.get()?,
            repository: path.repository.clone(),
            endpoint: endpoints.endpoints.get(&choice.client.get().format())?.clone(),
            options: data.command_options.get(),
            package: package.get(),
        })
    });
    move || {
        match target.get() {
        Some(target) => view! {
            <p class="connect__endpoint">
                <span>"Endpoint"</span>
                <code>{target.endpoint.clone()}</code>
                <CopyButton text=target.endpoint.clone() what="endpoint" />
            </p>
            <Steps guide=guide(choice.client.get(), choice.way.get(), &target) />
        }
        .into_any(),
        None => match (owner.read().is_some(), data.problem.get()) {
            (false, Some(problem)) => {
                let retry = Callback::new(move |()| data.resource.refetch());
                view! { <ProblemNotice what="The domain could not be read." problem retry /> }.into_any()
            }
            (false, None) => view! { <SkeletonRows rows=6 what="the domain" /> }.into_any(),
            (true, _) => view! {
                <Notice tone=Tone::Warn>
                    <p>{format!("CodeArtifact has no {} endpoint for this repository in this region.", choice.client.get().format())}</p>
                </Notice>
            }
            .into_any(),
        },
    }
    }
}

/// A package that the repository holds, of the client's format: while another format is being read, none. A name that
/// may be taken for another one is nothing to copy into a shell.
fn example(page: &PackagePage, client: Client) -> Option<PackageKey> {
    let packages = page.packages.iter().map(|summary| &summary.package);
    let mut packages = packages.filter(|package| package.full_name().is_ascii());
    packages.find(|package| package.format == client.format()).cloned()
}
