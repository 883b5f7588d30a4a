//! The versions of a package against the repositories that hold them.

use leptos::prelude::*;
use shared::api::DomainPath;
use shared::names::{RepositoryName, VersionName};
use shared::package::{MatrixRow, PackageKey};
use shared::promotion::VersionChoice;
use shared::topology::Role;
use shared::version::VersionSummary;

use super::version::{PromoteButton, origin, promotable};
use super::{BlockMark, ChooseBox, DomainData, Name, StatusChip};
use crate::place::{Held, Place};
use crate::ui::{Button, count};

/// How many versions are shown at first, and how many more each time.
const STEP: usize = 60;

/// Versions down, repositories across, in the order packages flow.
#[component]
pub fn Matrix(
    domain: DomainPath,
    package: PackageKey,
    repositories: Vec<RepositoryName>,
    versions: Vec<MatrixRow>,
    /// The cell looked at.
    #[prop(into)]
    held: Signal<Option<Held>>,
) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let total = versions.len();
    let most = RwSignal::new(STEP);
    let columns = Memo::new(move |_| {
        let mut columns: Vec<(RepositoryName, Option<Role>)> =
            repositories.iter().map(|name| (name.clone(), data.role(name))).collect();
        columns.sort_by_key(|(name, role)| (*role, name.clone()));
        columns
    });
    let cells = StoredValue::new(CellsOf { domain, package, held });
    let head = move || {
        let head = |(name, role): (RepositoryName, _)| {
            let many = cells.with_value(|cells| Place::versions(&cells.domain, &name, &cells.package).href());
            view! { <ColumnHead name role many /> }
        };
        columns.get().into_iter().map(head).collect::<Vec<_>>()
    };
    let rows = move || {
        let columns = columns.get();
        let rows = versions.iter().take(most.get()).map(|row| cells.with_value(|cells| cells.row(row, &columns)));
        rows.collect::<Vec<_>>()
    };
    view! {
        <div class="table-frame matrix" tabindex="0" role="group" aria-label="Versions by repository">
            <table class="table">
                <thead><tr><th scope="col" class="matrix__corner">"Version"</th>{head}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <p class="matrix__foot">
            <span class="muted">{count(total, "version")}</span>
            {move || (most.get() < total).then(|| view! {
                <Button on_click=move || most.update(|most| *most += STEP)>"Show older versions"</Button>
            })}
        </p>
    }
}

#[component]
fn ColumnHead(
    name: RepositoryName,
    role: Option<Role>,
    /// Where many of its versions are changed at once.
    many: String,
) -> impl IntoView {
    let word = role.map(Role::as_str).unwrap_or_default();
    let label = format!("Change versions in {name}");
    view! {
        <th scope="col" title=word>
            <span class="matrix__repository">
                <i class="swatch" data-role=word></i><Name text=name.as_str() />
                <a class="matrix__many" href=many aria-label=label>"Change"</a>
            </span>
        </th>
    }
}

/// What every cell has in common.
#[derive(Clone)]
struct CellsOf {
    domain: DomainPath,
    package: PackageKey,
    held: Signal<Option<Held>>,
}

impl CellsOf {
    fn row(&self, row: &MatrixRow, columns: &[(RepositoryName, Option<Role>)]) -> impl IntoView + use<> {
        let cells: Vec<AnyView> =
            columns.iter().map(|(name, _)| self.cell(name, &row.version, row.cells.get(name))).collect();
        let choice = Some(VersionChoice { package: self.package.clone(), version: row.version.clone() });
        view! { <tr><th scope="row" class="matrix__version"><Name text=row.version.as_str() /><BlockMark choice /></th>{cells}</tr> }
    }

    fn cell(&self, repository: &RepositoryName, version: &VersionName, summary: Option<&VersionSummary>) -> AnyView {
        let Some(summary) = summary else {
            return view! { <td class="matrix__none"><span aria-hidden="true">"—"</span><span class="visually-hidden">"not here"</span></td> }.into_any();
        };
        let held = Held { repository: repository.clone(), version: version.clone() };
        let choice = VersionChoice { package: self.package.clone(), version: version.clone() };
        let href = Place::package(&self.domain, &self.package, Some(held.clone())).href();
        let signal = self.held;
        let current = Memo::new(move |_| signal.read().as_ref() == Some(&held));
        let (from, status) = (repository.clone(), summary.status);
        view! {
            <td class="matrix__cell" class:matrix__cell--current=move || current.get()>
                <ChooseBox
                    label=format!("Choose {version} of {repository}")
                    from=from.clone()
                    choice=Some(choice.clone())
                    obstacle=promotable(status).err()
                />
                <a href=href aria-current=move || current.get().then_some("true")>
                    <StatusChip status />
                    <span class="visually-hidden">{format!(" {version} in {repository}")}</span>
                    <span class="matrix__origin">{origin(&summary.origin)}</span>
                </a>
                <span class="matrix__promote"><PromoteButton from choice status small=true /></span>
            </td>
        }
        .into_any()
    }
}
