//! Publishing files as a generic package.

use leptos::prelude::*;
use shared::api::RepositoryPath;
use shared::command;
use shared::names::{Namespace, PackageName, VersionName};
use shared::problem::ProblemCode;
use shared::publishing::{Then, most_assets};

use super::preview::{Known, is_unfinished, known, told};
use super::run::{Progress, Run, Target, offered};
use super::{ByCommand, Chosen, Foot, forget_outcomes, tell_sending};
use crate::parts::{Connections, DomainData, Files, MARKED, Picked, ProblemNotice, Stage, TextField, problem_of};
use crate::place::{Held, Place};
use crate::ui::{Announcer, Button, Notice, Tone, bytes, count};

/// Names the version, shows what would change, and sends.
#[component]
pub fn GenericForm(
    path: RepositoryPath,
    /// Is told whether something is being sent.
    sending: RwSignal<bool>,
) -> impl IntoView {
    let (files, data, announcer) =
        (expect_context::<Files>(), expect_context::<DomainData>(), expect_context::<Announcer>());
    let connections = expect_context::<Connections>();
    let region =
        Memo::new(move |_| connections.of(&data.path()).map(|connection| connection.region).unwrap_or_default());
    forget_outcomes(files);
    let run = Run::new(path.clone());
    let busy = Signal::derive(move || run.busy());
    tell_sending(sending, busy);
    let (namespace, package, version) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let typed = Memo::new(move |_| typed(&namespace.read(), &package.read(), &version.read()));
    let target = Signal::derive(move || typed.get().ok());
    let known = known(path.clone(), target);
    let preview = Memo::new(move |_| {
        let (of, standing) = known.get()?;
        let standing = standing.ok().filter(|_| target.get().as_ref() == Some(&of))?;
        let files = offered(&files.list());
        Some(told(&of, &standing, files.as_deref()))
    });
    let refusal = Signal::derive(move || {
        let names = || typed.get().err().map(str::to_owned);
        let known = || preview.get().and_then(Result::err);
        files.refusal(&region.read()).or_else(names).or_else(known)
    });
    let repository = StoredValue::new(path.repository.clone());
    let commands = move || {
        let (target, files) = (target.get()?, offered(&files.list()).filter(|files| !files.is_empty())?);
        let last = files.len() - 1;
        let options = data.command_options.get();
        let each = files.iter().enumerate().map(|(index, file)| {
            let then = if index == last { Then::Published } else { Then::Unfinished };
            command::publish_asset(&data.path().domain, &repository.read_value(), &target.asset(file, then), &options)
        });
        // No command runs after one that failed: the last would publish the rest.
        Some(command::in_turn(each))
    };
    let commands = Memo::new(move |_| commands());
    let press = move || {
        let Ok(target) = typed.get_untracked() else { return };
        let said = format!("Published {} {}.", target.key().full_name(), target.version);
        run.start(target, move || announcer.say(said));
    };
    let action = Signal::derive(move || match run.progress() {
        Progress::Stopped | Progress::Failed(_) | Progress::Refused(_) => "Go on",
        Progress::Idle | Progress::Running | Progress::Done(_) => "Publish",
    });
    view! {
        <div class="form-page">
            <div class="form-page__fields">
                <p class="page__about">{move || {
                    let most = most_assets(&region.read());
                    format!("Any files, as one version of a generic package: at most {most} files of 5 GB each. It stays unfinished, and nobody sees it, until its last file is there.")
                }}</p>
                <Chosen busy />
                <TextField id="publish-namespace" label="Namespace" value=namespace code=true placeholder="my-company"
                    hint=format!("It {}.", Namespace::RULE) problem=Signal::derive(move || problem_of::<Namespace>(&namespace.read())) />
                <TextField id="publish-package" label="Package" value=package code=true placeholder="installer"
                    hint=format!("Its name {}.", PackageName::RULE) problem=Signal::derive(move || problem_of::<PackageName>(&package.read())) />
                <TextField id="publish-version" label="Version" value=version code=true placeholder="1.0.0"
                    hint=format!("It {}.", VersionName::RULE) problem=Signal::derive(move || problem_of::<VersionName>(&version.read())) />
                <Preview run known target preview />
                <Outcome run target />
                <p class="form-page__foot">
                    {move || match run.progress() {
                        Progress::Done(_) => view! { <Button on_click=move || { files.clear(); version.set(String::new()); run.reset(); }>"Publish another"</Button> }.into_any(),
                        _ => view! { <Foot busy refusal action=action press=move |()| press() stop=move |()| run.stop() /> }.into_any(),
                    }}
                </p>
            </div>
            <ByCommand commands not_yet="Stands here as soon as files are chosen and named." />
        </div>
    }
}

/// What publishing would change.
#[component]
fn Preview(
    run: Run,
    known: RwSignal<Option<Known>>,
    target: Signal<Option<Target>>,
    preview: Memo<Option<Result<Vec<String>, String>>>,
) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let failed = move || {
        let (of, standing) = known.get()?;
        standing.err().filter(|_| target.get().as_ref() == Some(&of))
    };
    let unfinished = move || {
        let (of, standing) = known.get()?;
        let unfinished = standing.is_ok_and(|standing| is_unfinished(&standing)) && target.get().as_ref() == Some(&of);
        let repository = run.repository();
        unfinished.then(|| {
            let held = Held { repository, version: of.version.clone() };
            let href = Place::package(&data.path(), &of.key(), Some(held)).href();
            view! { <p>"It was begun and not finished. Go on here, or "<a href=href>"look at it and delete it there"</a>"."</p> }
        })
    };
    let lines = move || {
        if run.busy() || matches!(run.progress(), Progress::Done(_)) {
            return None;
        }
        preview.get().map(|told| match told {
            Ok(lines) => {
                let lines = lines.into_iter().map(|line| view! { <p>{line}</p> }).collect::<Vec<_>>();
                view! { <Notice tone=Tone::Info>{lines}{unfinished()}</Notice> }.into_any()
            }
            Err(reason) => view! { <Notice tone=Tone::Warn><p>{reason}</p>{unfinished()}</Notice> }.into_any(),
        })
    };
    view! {
        <section class="publish__preview" aria-label="What would change">
            {lines}
            {move || failed().map(|problem| view! { <ProblemNotice what="What the repository holds could not be read." problem /> })}
        </section>
    }
}

/// How far it is, and what came of it.
#[component]
fn Outcome(run: Run, target: Signal<Option<Target>>) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let total = move || run.sent().iter().map(|picked| picked.size).sum::<u64>();
    let done = Memo::new(move |_| {
        let gone = |picked: &Picked| match *picked.stage.read() {
            Stage::There => picked.size,
            Stage::Sending(bytes) => bytes.min(picked.size),
            Stage::Reading(_) | Stage::Unreadable | Stage::Ready | Stage::Failed | Stage::Unknown => 0,
        };
        run.sent().iter().map(gone).sum::<u64>()
    });
    let there = move || run.sent().iter().filter(|picked| *picked.stage.read() == Stage::There).count();
    let progress = move || {
        view! {
            <div class="publish__progress">
                <progress class="file__progress" aria-label="Progress of all files" max=move || total().max(1).to_string() value=move || done.get().to_string()></progress>
                <p class="muted">{move || format!("{} of {} · {} of {}", bytes(done.get()), bytes(total()), there(), count(run.sent().len(), "file"))}</p>
            </div>
        }
    };
    let left = move || {
        let (there, all) = (there(), run.sent().len());
        (there > 0 && there < all).then(|| view! { <p>{format!("{there} of {all} files are there, and the version stays unfinished. Going on sends the others only.")}</p> })
    };
    let done_link = move || {
        let target = target.get()?;
        let held = Held { repository: run.repository(), version: target.version.clone() };
        let name = target.key().full_name();
        let href = Place::package(&data.path(), &target.key(), Some(held)).href();
        Some(
            view! { <p class="notice__title">"Published "<a href=href>{format!("{name} {}", target.version)}</a>"."</p> },
        )
    };
    move || {
        match run.progress() {
        Progress::Idle => ().into_any(),
        Progress::Running => progress().into_any(),
        Progress::Stopped => view! { <Notice tone=Tone::Warn><p class="notice__title">"Stopped."</p>{left()}</Notice> }.into_any(),
        Progress::Refused(reason) => view! { <Notice tone=Tone::Danger><p class="notice__title">"Nothing was sent."</p><p>{reason}</p></Notice> }.into_any(),
        Progress::Failed(problem) if problem.code == ProblemCode::Unreachable => view! {
            <ProblemNotice what="No answer came: whether all of it was published is not known." problem />
            <p>"What the repository holds is read anew and stands above. Going on sends only what is missing."</p>
        }
        .into_any(),
        Progress::Failed(problem) => view! { <ProblemNotice what="Not everything was published." problem />{left()} }.into_any(),
        Progress::Done(_) => view! { <Notice tone=Tone::Ok>{done_link()}<p>{count(run.sent().len(), "file")}" · "{bytes(total())}</p></Notice> }.into_any(),
    }
    }
}

/// The version that was typed, or what is missing.
fn typed(namespace: &str, package: &str, version: &str) -> Result<Target, &'static str> {
    for (text, missing) in [
        (namespace, "Give it a namespace first."),
        (package, "Name the package first."),
        (version, "Give it a version first."),
    ] {
        if text.is_empty() {
            return Err(missing);
        }
    }
    Ok(Target {
        namespace: namespace.parse().map_err(|_| MARKED)?,
        package: package.parse().map_err(|_| MARKED)?,
        version: version.parse().map_err(|_| MARKED)?,
    })
}

#[cfg(test)]
mod tests {
    use super::{MARKED, typed};

    #[test]
    fn each_field_is_checked() {
        assert_eq!(typed("", "", "").unwrap_err(), "Give it a namespace first.");
        assert_eq!(typed("acme", "tool", "").unwrap_err(), "Give it a version first.");
        assert_eq!(typed("acme", "to ol", "1").unwrap_err(), MARKED);
        assert_eq!(typed("acme", "tool", "1.0.0").unwrap().package.as_str(), "tool");
    }
}
