//! One package of a repository.

use leptos::prelude::*;
use shared::api::RepositoryPath;
use shared::package::{OriginControl, PackageGlance, PackageSummary};
use shared::promotion::VersionChoice;
use shared::version::PackageVersionStatus;

use super::Glances;
use crate::parts::{BlockMark, ChooseBox, Name, StatusChip};
use crate::place::{Held, Place};
use crate::ui::{Skeleton, grouped};

/// One package: a way to choose its shown version, and what the repository holds of it.
#[component]
pub fn Row(index: usize, summary: PackageSummary, glances: Glances, repository: RepositoryPath) -> impl IntoView {
    let package = StoredValue::new(summary.package.clone());
    let glance = Memo::new(move |_| package.with_value(|package| glances.get(package)));
    let choice = Signal::derive(move || {
        let version = glance.read().as_ref()?.shown.as_ref()?.version.clone();
        Some(VersionChoice { package: package.get_value(), version })
    });
    let domain = repository.domain_path();
    let source = repository.repository.clone();
    let href = move || {
        let shown = glance.read().as_ref().and_then(|glance| glance.shown.clone());
        let held = shown.map(|shown| Held { repository: source.clone(), version: shown.version });
        Place::package(&domain, &package.get_value(), held).href()
    };
    view! {
        <div role="row" class="packages__row" aria-rowindex=(index + 2).to_string() style:--index=index.to_string()>
            <span role="cell" class="packages__choose"><Choose summary=summary.clone() glance repository /></span>
            <span role="cell" class="packages__name"><a href=href><Name text=summary.package.full_name() /></a></span>
            <span role="cell" class="packages__format">{summary.package.format.as_str()}</span>
            <span role="cell" class="packages__version">{move || shown(glance.get())}<BlockMark choice /></span>
            <span role="cell" class="packages__statuses">{move || glance.get().map(statuses)}</span>
            <span role="cell" class="packages__origin">{origin(summary.origin_control)}</span>
        </div>
    }
}

/// The box that puts the shown version into the tray.
#[component]
fn Choose(summary: PackageSummary, glance: Memo<Option<PackageGlance>>, repository: RepositoryPath) -> impl IntoView {
    let name = summary.package.full_name();
    let choice = Memo::new(move |_| {
        let shown = glance.read().as_ref()?.shown.as_ref()?.version.clone();
        Some(VersionChoice { package: summary.package.clone(), version: shown })
    });
    let obstacle = Memo::new(move |_| match (&*glance.read(), &*choice.read()) {
        (None, _) => Some("Its versions are still being read.".to_owned()),
        (_, None) => Some("It has no published version here. Open the package to choose another one.".to_owned()),
        _ => None,
    });
    let label = Signal::derive(move || match &*choice.read() {
        Some(choice) => format!("Choose {name} {}", choice.version),
        None => format!("Choose {name}"),
    });
    view! { <ChooseBox label from=repository.repository choice obstacle /> }
}

fn shown(glance: Option<PackageGlance>) -> AnyView {
    match glance {
        None => view! { <Skeleton /> }.into_any(),
        Some(PackageGlance { problem: Some(problem), .. }) => {
            view! { <span class="muted" title=problem.message>"not readable"</span> }.into_any()
        }
        Some(PackageGlance { shown: Some(shown), .. }) => view! { <Name text=shown.version.as_str() /> }.into_any(),
        Some(PackageGlance { shown: None, .. }) => view! { <span class="muted">"none published"</span> }.into_any(),
    }
}

/// How many versions in which status.
fn statuses(glance: PackageGlance) -> impl IntoView {
    let more = if glance.more { "+" } else { "" };
    glance
        .statuses
        .into_iter()
        .map(|(status, number)| {
            let number = format!("{}{more}", grouped(u64::from(number)));
            match status {
                PackageVersionStatus::Published => view! { <span>{number}" published"</span> }.into_any(),
                _ => view! { <StatusChip status=Some(status) before=number /> }.into_any(),
            }
        })
        .collect::<Vec<_>>()
}

/// Origin control in words: where new versions of the package may come from.
fn origin(control: Option<OriginControl>) -> impl IntoView {
    let (text, class) = match control {
        None => ("—", "muted"),
        Some(OriginControl { publish: true, upstream: true }) => ("publish and upstream", ""),
        Some(OriginControl { publish: true, upstream: false }) => ("publish only", ""),
        Some(OriginControl { publish: false, upstream: true }) => ("upstream only", ""),
        Some(OriginControl { publish: false, upstream: false }) => ("no new versions", ""),
    };
    view! { <span class=class title="Where new versions of this package may come from">{text}</span> }
}
