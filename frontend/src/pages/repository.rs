//! The packages of a repository.

use leptos::prelude::*;
use shared::api::RepositoryPath;
use shared::repository::Repository;
use shared::topology::Role;

use crate::api::{Freshness, Reads};
use crate::navigation::Navigation;
use crate::parts::{
    DomainData, DropFiles, FilterBar, Guard, KnownBlocks, Listing, Name, NoPackages, OtherSource, PackageList,
};
use crate::place::{ComparisonPlace, MapPlace, MapView, PackageFilter, Place, RepositoryPlace, Selected};
use crate::ui::{Chip, Tone};

/// The packages of a repository, narrowed as the address says.
#[component]
pub fn RepositoryPage(path: RepositoryPath) -> impl IntoView {
    let (navigation, reads) = (expect_context::<Navigation>(), expect_context::<Reads>());
    KnownBlocks::provide(path.domain_path());
    let path = StoredValue::new(path);
    let filter = Memo::new(move |before: Option<&PackageFilter>| match &*navigation.place().read() {
        Some(Place::Repository(place)) => place.filter.clone(),
        // The page is being left: what it shows must not change on the way out.
        _ => before.cloned().unwrap_or_default(),
    });
    let listing = Listing::of(path.get_value());
    let seen = StoredValue::new(reads.generation_untracked());
    Effect::new(move |_| {
        let generation = reads.generation();
        let freshness = if seen.get_value() == generation { Freshness::Cached } else { Freshness::Anew };
        seen.set_value(generation);
        listing.start(filter.get(), freshness);
    });
    let narrow = Callback::new(move |filter: PackageFilter| {
        navigation.replace(&Place::Repository(RepositoryPlace { repository: path.get_value(), filter }));
    });
    // Files dropped here are to be published here.
    let dropped = Callback::new(move |()| navigation.go(&Place::Publish(path.get_value())));
    let empty = move || {
        let filtered = filter.get() != PackageFilter::default();
        view! { <NoPackages filtered repository=path.get_value() clear=move |()| narrow.run(PackageFilter::default()) /> }
    };
    view! {
        <DropFiles class="domain__page repository" dropped>
            <Head path=path.get_value() />
            <FilterBar filter narrow />
            <OtherSource repository=path.get_value().repository />
            <PackageList listing repository=path.get_value() empty />
        </DropFiles>
    }
}

/// Name, role and what feeds it.
#[component]
fn Head(path: RepositoryPath) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let on_map = Place::Map(MapPlace {
        domain: path.domain_path(),
        selected: Some(Selected::Repository(path.repository.clone())),
        upstreams: None,
        view: MapView::Flow,
    });
    let connect = Place::connect(&path.domain_path(), &path.repository).href();
    let settings = Place::RepositorySettings(path.clone(), None).href();
    let doctor = Place::Doctor(path.domain_path()).href();
    let publish = Place::Publish(path.clone()).href();
    let access = Place::RepositoryAccess(path.clone()).href();
    let compare = Place::Comparison(ComparisonPlace::of(&path.domain_path(), Some(&path.repository), None)).href();
    let promotions = Place::promotions(&path.domain_path(), Some(path.repository.clone())).href();
    let history = Place::history_of(&path.domain_path(), &path.repository).href();
    let name = path.repository.clone();
    let repository = Memo::new(move |_| {
        let map = data.map.read();
        map.as_ref()?.repositories.iter().find(|repository| repository.name == name).cloned()
    });
    let (guard, target) = (Guard::read(), path.repository.clone());
    let is_protected = {
        let target = target.clone();
        move || guard.words(&target).map(|_| view! { <Chip tone=Tone::Info text="Protected" /> })
    };
    let protected = move || {
        let words = guard.words(&target)?;
        Some(view! {
            " Promotions into it need: "{words}". "<a href=Place::Protection(data.path()).href()>"Protection"</a>
        })
    };
    view! {
        <header class="page-head">
            <div class="page-head__title">
                <h1><Name text=path.repository.as_str() /></h1>
                {move || repository.get().map(|repository| view! { <Chip text=Role::of(&repository).as_str() /> })}
                {is_protected}
                <a class="button button--small" href=publish>"Publish"</a>
                <a class="button button--small" href=on_map.href()>"Show on the map"</a>
                <a class="button button--small" href=compare>"Compare"</a>
                <a class="button button--small" href=connect>"Connect"</a>
                <a class="button button--small" href=promotions>"Promotions"</a>
                <a class="button button--small" href=history>"History"</a>
                <a class="button button--small" href=access>"Access"</a>
                <a class="button button--small" href=settings>"Settings"</a>
                <a class="button button--small" href=doctor>"Doctor"</a>
            </div>
            <p class="page__about">{move || repository.get().map(|repository| about(&repository))}{protected}</p>
        </header>
    }
}

/// Its description, and where it looks for what it does not hold.
fn about(repository: &Repository) -> String {
    let connections = repository.external_connections.iter().map(|connection| connection.name.as_str());
    let feeds: Vec<&str> = connections.chain(repository.upstreams.iter().map(|name| name.as_str())).collect();
    let fed = match feeds.as_slice() {
        _ if repository.problem.is_some() => "What feeds it could not be read.".to_owned(),
        [] => "Nothing feeds it: it holds what is published or promoted here.".to_owned(),
        feeds => format!("Fed by {}.", feeds.join(", ")),
    };
    match repository.description.trim_end_matches('.') {
        "" => fed,
        description => format!("{description}. {fed}"),
    }
}
