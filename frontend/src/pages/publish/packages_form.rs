//! The packages that were chosen: what is in each, what the registry would say, and publishing them.

use leptos::prelude::*;
use shared::api::RepositoryPath;
use shared::archive::{Archive, Kind, Need};
use shared::command;
use shared::names::DistTag;
use shared::problem::{Problem, ProblemCode};

use super::archives::{Package, Packages};
use super::{ByCommand, Chosen, Foot, forget_outcomes, tell_sending};
use crate::parts::{DomainData, Files, Name, ProblemNotice, Stage, TextField, Words, problem_of};
use crate::place::{Held, Place};
use crate::ui::{Announcer, Button, Chip, Notice, Tone, count};

/// How many of the things that a package needs are listed.
const SHOWN_NEEDS: usize = 12;

/// Shows the packages and publishes them.
#[component]
pub fn PackagesForm(
    path: RepositoryPath,
    /// Is told whether something is being sent.
    sending: RwSignal<bool>,
) -> impl IntoView {
    let (files, data, announcer) =
        (expect_context::<Files>(), expect_context::<DomainData>(), expect_context::<Announcer>());
    let repository = StoredValue::new(path.repository.clone());
    forget_outcomes(files);
    let packages = Packages::of(path);
    let busy = Signal::derive(move || packages.busy());
    tell_sending(sending, busy);
    let is_npm = move |package: &Package| matches!(package.read.get(), Some(Ok(archive)) if archive.kind == Kind::Npm);
    let any_npm = Memo::new(move |_| packages.list().iter().any(is_npm));
    let waiting = move |package: &Package| *package.picked.stage.read() != Stage::There;
    let refusal = Signal::derive(move || {
        let list = packages.list();
        if list.is_empty() {
            return Some("Choose files first.".to_owned());
        }
        if any_npm.get() && packages.tag.read().parse::<DistTag>().is_err() {
            return Some("Correct the dist-tag first.".to_owned());
        }
        let left: Vec<_> = list.into_iter().filter(waiting).collect();
        if left.is_empty() {
            return Some("All of these are published.".to_owned());
        }
        let plans: Vec<_> = left.iter().map(|package| packages.plan(package)).collect();
        if plans.iter().any(Option::is_none) {
            return Some("The files are still being read.".to_owned());
        }
        plans.iter().all(|plan| !matches!(plan, Some(Ok(_)))).then(|| "None of these can be published.".to_owned())
    });
    let all_there = move || !packages.list().is_empty() && !packages.list().iter().any(waiting);
    let commands = Memo::new(move |_| {
        let one = |package: &Package| {
            let query = packages.query(package)?;
            Some(command::publish_archive(
                &data.path().domain,
                &repository.read_value(),
                query.format,
                &query.file,
                query.tag.as_ref(),
                &data.command_options.get(),
            ))
        };
        let all: Vec<String> = packages.list().iter().filter_map(one).collect();
        (!all.is_empty()).then(|| command::in_turn(all))
    });
    let press = move || {
        packages.start(move |there| {
            if there > 0 {
                announcer.say(format!("Published {}.", count(there, "package file")));
            }
        });
    };
    view! {
        <div class="form-page">
            <div class="form-page__fields">
                <p class="page__about">"Packages as their package managers publish them: npm tarballs, Python wheels and source archives, at most 100 MB each. They are read here first."</p>
                <Chosen busy />
                <ul class="archives" aria-label="Packages">
                    <For each=move || packages.list() key=|package| package.picked.id let:package>
                        <Card package packages repository />
                    </For>
                </ul>
                {move || any_npm.get().then(|| view! {
                    <TextField id="publish-tag" label="Dist-tag" value=packages.tag code=true
                        hint="What npm installs by this word: latest is what it installs without one. Give a trial version another, such as next."
                        problem=Signal::derive(move || problem_of::<DistTag>(&packages.tag.read())) />
                })}
                <p class="form-page__foot">
                    {move || match all_there() && !busy.get() {
                        true => view! { <Button on_click=move || files.clear()>"Publish another"</Button> }.into_any(),
                        false => view! { <Foot busy refusal action=Signal::stored("Publish") press=move |()| press() stop=move |()| packages.stop() /> }.into_any(),
                    }}
                </p>
            </div>
            <ByCommand commands not_yet="Stands here as soon as a package has been read." />
        </div>
    }
}

/// One package.
#[component]
fn Card(package: Package, packages: Packages, repository: StoredValue<shared::names::RepositoryName>) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let (read, stage, failed) = (package.read.clone(), package.picked.stage.clone(), package.failed.clone());
    let file = package.picked.name.clone();
    let href = {
        let read = read.clone();
        move || {
            let archive = read.get()?.ok()?;
            let held = Held { repository: repository.get_value(), version: archive.version.clone() };
            Some(Place::package(&data.path(), &archive.package, Some(held)).href())
        }
    };
    let outcome = move || {
        if stage.get() == Stage::There {
            let href = href().unwrap_or_default();
            return view! { <Notice tone=Tone::Ok><p>"Published. "<a href=href>"Look at it"</a>"."</p></Notice> }
                .into_any();
        }
        if let Some(problem) = failed.get() {
            return view! { <ProblemNotice what=what_failed(&problem) problem /> }.into_any();
        }
        match packages.plan(&package) {
            None => ().into_any(),
            Some(Ok(told)) => view! { <Notice tone=Tone::Info><p>{told}</p></Notice> }.into_any(),
            Some(Err(reason)) => view! { <Notice tone=Tone::Warn><p>{reason}</p></Notice> }.into_any(),
        }
    };
    view! {
        <li class="archive">
            {move || match read.get() {
                None => view! { <p class="muted">"Reading "{file.clone()}"…"</p> }.into_any(),
                Some(Err(_)) => view! { <h2 class="archive__title"><Name text=file.clone() /></h2> }.into_any(),
                Some(Ok(archive)) => view! { <Inside archive=(*archive).clone() /> }.into_any(),
            }}
            {outcome}
        </li>
    }
}

/// What is known to have failed. Without an answer the package may be there.
fn what_failed(problem: &Problem) -> &'static str {
    match problem.code {
        ProblemCode::Unreachable => "No answer came. It may be published.",
        _ => "It was not published.",
    }
}

/// What is in it. Everything here was written by strangers.
#[component]
fn Inside(archive: Archive) -> impl IntoView {
    let Archive { kind, package, version, description, needs, files, .. } = archive;
    let more = needs.len().saturating_sub(SHOWN_NEEDS);
    let need = |Need { name, requirement, kind }: Need| {
        let kind = if kind == "dependencies" { "" } else { kind };
        view! { <li><Name text=name />" "<Words text=requirement />" "<span class="muted">{kind}</span></li> }
    };
    let list = needs.into_iter().take(SHOWN_NEEDS).map(need).collect::<Vec<_>>();
    let needs = match list.is_empty() {
        true => view! { <p class="muted">"It needs no other package."</p> }.into_any(),
        false => view! {
            <h3 class="form-page__title">"Needs"</h3>
            <ul class="archive__needs">{list}{(more > 0).then(|| view! { <li class="muted">{format!("and {more} more")}</li> })}</ul>
        }
        .into_any(),
    };
    view! {
        <h2 class="archive__title"><Name text=package.full_name() />" "<Name text=version.to_string() /></h2>
        <p class="archive__facts"><Chip text=kind.as_str() /><span class="muted">{count(files, "file")}</span></p>
        {description.map(|text| view! { <p><Words text /></p> })}
        {needs}
    }
}
