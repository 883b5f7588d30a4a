//! The side navigation of a domain: the map, and its repositories by lane.

use std::sync::Arc;

use leptos::prelude::*;
use shared::api::HistoryQuery;
use shared::domain::DomainMap;
use shared::export::ExportKind;
use shared::names::RepositoryName;
use shared::topology::{Lane, Role};

use super::{DomainData, Me, Name};
use crate::navigation::Navigation;
use crate::place::{ComparisonPlace, Place};
use crate::ui::{Glyph, Icon, SkeletonRows, grouped, once_painted};

/// How many repositories of a lane are listed before one asks for the rest.
const LISTED: usize = 30;

/// The side navigation of a domain.
#[component]
pub fn Sidebar(
    /// It covers the page, where it does not fit beside it.
    open: RwSignal<bool>,
) -> impl IntoView {
    let (data, me) = (expect_context::<DomainData>(), expect_context::<Me>());
    let navigation = expect_context::<Navigation>();
    let on_map = Memo::new(move |_| matches!(&*navigation.place().read(), Some(Place::Map(_))));
    let on_comparison = Memo::new(move |_| matches!(&*navigation.place().read(), Some(Place::Comparison(_))));
    let on_export = Memo::new(move |_| matches!(&*navigation.place().read(), Some(Place::Export(..))));
    let on_doctor = Memo::new(move |_| matches!(&*navigation.place().read(), Some(Place::Doctor(_))));
    let on_promotions = Memo::new(move |_| {
        matches!(
            &*navigation.place().read(),
            Some(Place::Promotions(_) | Place::Plan(_) | Place::Run(_) | Place::Undo(_))
        )
    });
    let on_history = Memo::new(move |_| matches!(&*navigation.place().read(), Some(Place::History(_))));
    let on_access = Memo::new(move |_| {
        matches!(
            &*navigation.place().read(),
            Some(Place::DomainAccess(_) | Place::GeneratePolicy(_) | Place::ExplainAccess(_))
        )
    });
    // Going somewhere closes it. Whoever opened it while this part was still loading keeps it open.
    Effect::new(move |before: Option<()>| {
        navigation.place().track();
        if before.is_some() {
            open.set(false);
        }
    });
    let escape = window_event_listener(leptos::ev::keydown, move |event| {
        if event.key() == "Escape" {
            open.set(false);
        }
    });
    on_cleanup(move || escape.remove());
    let listed = once_painted(data.map);
    view! {
        <div class="scrim" class:scrim--open=move || open.get() on:click=move |_| open.set(false)></div>
        <nav class="sidebar" class:sidebar--open=move || open.get() aria-label="Domain">
            <a class="sidebar__place" href=Place::map(&data.path()).href() aria-current=move || on_map.get().then_some("page")>
                <Icon glyph=Glyph::Map />
                "Map"
            </a>
            <a class="sidebar__place" href=Place::Comparison(ComparisonPlace::of(&data.path(), None, None)).href()
                aria-current=move || on_comparison.get().then_some("page")>
                <Icon glyph=Glyph::Columns />
                "Compare"
            </a>
            <a class="sidebar__place" href=Place::promotions(&data.path(), None).href() aria-current=move || on_promotions.get().then_some("page")>
                <Icon glyph=Glyph::Arrow />
                "Promotions"
            </a>
            <a class="sidebar__place" href=Place::history(&data.path(), HistoryQuery::default()).href() aria-current=move || on_history.get().then_some("page")>
                <Icon glyph=Glyph::Clock />
                "History"
            </a>
            <a class="sidebar__place" href=Place::DomainAccess(data.path()).href() aria-current=move || on_access.get().then_some("page")>
                <Icon glyph=Glyph::Key />
                "Access"
            </a>
            {move || match listed.get() {
                Some(map) => lanes(&map).into_any(),
                None if data.problem.read().is_some() => ().into_any(),
                None => view! { <SkeletonRows rows=8 what="repositories" /> }.into_any(),
            }}
            <a class="sidebar__new" href=Place::NewRepository(data.path()).href()>"New repository"</a>
            {Place::set_up(&data.path()).map(|place| view! {
                <a class="sidebar__place sidebar__place--last" href=place.href()><Icon glyph=Glyph::Check />"Set-up"</a>
            })}
            <a class="sidebar__place" href=Place::Export(data.path(), ExportKind::default()).href()
                aria-current=move || on_export.get().then_some("page")>
                <Icon glyph=Glyph::Code />
                "Export"
            </a>
            <a class="sidebar__place" href=Place::Doctor(data.path()).href() aria-current=move || on_doctor.get().then_some("page")>
                <Icon glyph=Glyph::Pulse />
                "Doctor"
            </a>
            {move || me.named().map(|(name, roles)| view! {
                <p class="sidebar__me">"Signed in as "<strong>{name}</strong><span class="muted">{roles}</span></p>
            })}
        </nav>
    }
}

fn lanes(map: &Arc<DomainMap>) -> impl IntoView + use<> {
    let lanes = [Lane::Stores, Lane::Teams, Lane::Release];
    lanes
        .into_iter()
        .map(|lane| {
            let of_lane = map.repositories.iter().map(|repository| (repository.name.clone(), Role::of(repository)));
            let repositories: Vec<_> = of_lane.filter(|(_, role)| role.lane() == lane).collect();
            view! { <LaneList lane repositories /> }
        })
        .collect::<Vec<_>>()
}

/// The repositories of one lane.
#[component]
fn LaneList(lane: Lane, repositories: Vec<(RepositoryName, Role)>) -> impl IntoView {
    let all = RwSignal::new(repositories.len() <= LISTED);
    let total = repositories.len();
    (total > 0).then(|| {
        let repositories = StoredValue::new(repositories);
        let listed = move || {
            let most = if all.get() { total } else { LISTED };
            repositories.with_value(|repositories| {
                repositories
                    .iter()
                    .take(most)
                    .cloned()
                    .map(|(name, role)| view! { <Entry name role /> })
                    .collect::<Vec<_>>()
            })
        };
        view! {
            <h2 class="sidebar__lane">{lane.title()}</h2>
            <ul class="sidebar__list">{listed}</ul>
            {move || (!all.get()).then(|| view! {
                <button type="button" class="sidebar__more" on:click=move |_| all.set(true)>
                    {format!("{} more", grouped((total - LISTED) as u64))}
                </button>
            })}
        }
    })
}

/// One repository, with how many packages it holds.
#[component]
fn Entry(name: RepositoryName, role: Role) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let navigation = expect_context::<Navigation>();
    let href = Place::repository(&data.path(), &name).href();
    let text = name.to_string();
    let here = {
        let name = name.clone();
        move || match &*navigation.place().read() {
            Some(Place::Repository(place)) if place.repository.repository == name => Some("page"),
            _ => None,
        }
    };
    let packages = move || {
        let counts = data.counts.read();
        let counts = counts.get(&name).filter(|counts| counts.problem.is_none())?;
        let total = counts.formats.iter().map(|(_, number)| u64::from(*number)).sum();
        Some(if counts.more { format!("{}+", grouped(total)) } else { grouped(total) })
    };
    view! {
        <li>
            <a class="sidebar__entry" href=href aria-current=here>
                <i class="swatch" data-role=role.as_str()></i>
                <Name text />
                <span class="sidebar__count">{packages}</span>
            </a>
        </li>
    }
}
