//! A version that two repositories hold with other content: which files, and what differs in them.

use leptos::prelude::*;
use shared::api::{CompareVersions, FileComparisonQuery, VersionComparisonQuery};
use shared::promotion::{DifferenceKind, FileDifference as Difference, FileFacts, VersionChoice};

use crate::api::{Reads, Request};
use crate::navigation::Navigation;
use crate::parts::{DomainData, FileDifference, Loaded, Name, version_query};
use crate::place::{ComparisonPlace, Place};
use crate::ui::{Chip, CopyButton, EmptyState, SkeletonRows, Tone, bytes, count};

/// The files of a version on both sides.
#[component]
pub fn VersionDifferencePage() -> impl IntoView {
    let (navigation, data, reads) =
        (expect_context::<Navigation>(), expect_context::<DomainData>(), expect_context::<Reads>());
    let place = Memo::new(move |before: Option<&ComparisonPlace>| match &*navigation.place().read() {
        Some(Place::Comparison(place)) if place.version.is_some() => place.clone(),
        // The page is being left: what it shows must not change on the way out.
        _ => before.cloned().unwrap_or_else(|| ComparisonPlace::of(&data.path(), None, None)),
    });
    let query = Memo::new(move |_| {
        let ComparisonPlace { left, right, version, .. } = place.get();
        Some(version_query(&version?, left?, right?))
    });
    let reading = reads
        .reading::<CompareVersions>(move || Some(Request::of::<CompareVersions>(&data.path(), &query.get()?, &())));
    let title = move || place.read().version.as_ref().map(named).unwrap_or_default();
    let sides = move || {
        let place = place.read();
        let (left, right) = place.left.clone().zip(place.right.clone())?;
        Some((left.repository().clone(), right.repository().clone()))
    };
    let back = move || {
        let place = place.read();
        Place::Comparison(ComparisonPlace::between(&place.domain, place.left.clone(), place.right.clone())).href()
    };
    view! {
        <div class="domain__page file-differences">
            <header class="page-head">
                <div class="page-head__title">
                    <h1>{move || view! { <Name text=title() /> }}</h1>
                    <a class="button button--small" href=back>"Compare the repositories"</a>
                </div>
                <p class="page__about">
                    {move || sides().map(|(left, right)| format!("The files of this version in {left} (left) and in {right} (right), told apart by their SHA-256."))}
                </p>
            </header>
            <Loaded
                reading
                what="The files"
                placeholder=|| view! { <SkeletonRows rows=3 what="the files" /> }
                ready=move |read| {
                    let same = (read.same > 0).then(|| format!("{} the same on both sides.", if read.same == 1 { "1 file is".to_owned() } else { format!("{} are", count(read.same, "file")) }));
                    let rows = read.files.iter().cloned().map(|file| view! { <FileRow file /> }).collect::<Vec<_>>();
                    if rows.is_empty() {
                        return view! {
                            <EmptyState title="The files are the same">
                                <p>"CodeArtifact names another revision all the same: the metadata differ, or the version was uploaded twice."</p>
                            </EmptyState>
                        }.into_any();
                    }
                    view! {
                        <div class="table-frame" tabindex="0" role="group" aria-label="Files that differ">
                            <table class="table file-table">
                                <thead><tr><th scope="col">"File"</th><th scope="col">"Left"</th><th scope="col">"Right"</th><th scope="col">"Difference"</th></tr></thead>
                                <tbody>{rows}</tbody>
                            </table>
                        </div>
                        <p class="muted">{same}</p>
                        {query.get_untracked().map(|query| insides(&query, &read.files))}
                    }.into_any()
                }
            />
        </div>
    }
}

/// What differs inside the files that both sides have.
fn insides(query: &VersionComparisonQuery, files: &[Difference]) -> AnyView {
    let changed = files.iter().filter(|file| file.kind == DifferenceKind::Changed);
    let insides = changed.map(|file| {
        let inside = match file.name.parse() {
            Ok(asset) => view! { <FileDifference query=FileComparisonQuery::of(query.clone(), asset) /> }.into_any(),
            Err(_) => view! { <p>"Its name cannot be asked for."</p> }.into_any(),
        };
        view! { <section class="file-differences__file"><h2><Name text=file.name.clone() /></h2>{inside}</section> }
    });
    insides.collect::<Vec<_>>().into_any()
}

fn named(choice: &VersionChoice) -> String {
    format!("{} {}", choice.package.full_name(), choice.version)
}

/// A file with its size and digest on both sides.
#[component]
fn FileRow(file: Difference) -> impl IntoView {
    let (word, tone) = match file.kind {
        DifferenceKind::Changed => ("other bytes", Tone::Danger),
        DifferenceKind::OnlyInSource => ("only left", Tone::Info),
        DifferenceKind::OnlyInTarget => ("only right", Tone::Warn),
    };
    view! {
        <tr>
            <th scope="row"><Name text=file.name.clone() /></th>
            <td>{facts(file.source, &file.name, "left")}</td>
            <td>{facts(file.target, &file.name, "right")}</td>
            <td><Chip tone text=word /></td>
        </tr>
    }
}

fn facts(facts: Option<FileFacts>, name: &str, side: &str) -> AnyView {
    let Some(facts) = facts else { return view! { <span class="muted">"not here"</span> }.into_any() };
    let digest = match facts.sha256 {
        Some(digest) => {
            let what = format!("SHA-256 of {name} on the {side}");
            view! { <span class="file-table__digest"><code title=digest.clone()>{digest.clone()}</code><CopyButton text=digest what /></span> }.into_any()
        }
        None => view! { <span class="muted">"no SHA-256 told"</span> }.into_any(),
    };
    view! { {bytes(facts.size)}{digest} }.into_any()
}
