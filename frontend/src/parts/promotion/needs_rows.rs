//! The packages that versions need, one group for each thing that can be done about them.

use leptos::prelude::*;
use shared::closure::{Answer, Asked, ClosureRow, DependencyKind};
use shared::names::RepositoryName;
use shared::promotion::LONGEST_REASON;

use super::needs::Needs;
use crate::parts::Name;
use crate::ui::{Button, ButtonKind, Chip, Tone, count};

/// What the source can bring along.
#[component]
pub fn ProposedRows(rows: Vec<ClosureRow>, needs: Needs) -> impl IntoView {
    let all = StoredValue::new(rows.clone());
    let many = (rows.len() > 1).then(|| {
        let text = format!("Add all {}", rows.len());
        view! { <Button kind=ButtonKind::Small on_click=move || needs.add(&all.read_value())>{text}</Button> }
    });
    let rows = rows.into_iter().map(|row| {
        let one = StoredValue::new(vec![row.clone()]);
        let label = row.proposal().map(|choice| format!("Add {} {}", choice.package.full_name(), choice.version));
        let add = view! { <Button kind=ButtonKind::Small label=label.unwrap_or_default() on_click=move || needs.add(&one.read_value())>"Add"</Button> };
        view! { <Row row needs actions=add.into_any() /> }
    });
    view! {
        <div class="needs__head"><h3>"Proposed: the source has it"</h3>{many}</div>
        <ul class="needs__rows" aria-label="Proposed">{rows.collect::<Vec<_>>()}</ul>
    }
}

/// What neither side has.
#[component]
pub fn MissingRows(rows: Vec<ClosureRow>, needs: Needs) -> impl IntoView {
    let rows = rows.into_iter().map(|row| view! { <Row row needs actions=().into_any() /> });
    view! {
        <div class="needs__head"><h3>"Missing"</h3></div>
        <ul class="needs__rows" aria-label="Missing">{rows.collect::<Vec<_>>()}</ul>
    }
}

/// What no repository answers for.
#[component]
pub fn UncheckedRows(rows: Vec<ClosureRow>) -> impl IntoView {
    let rows = rows.into_iter().map(|row| {
        let why = match &row.answer {
            Answer::NotResolved { why } => why.clone(),
            _ => String::new(),
        };
        view! { <li class="needs__row"><div class="needs__what"><code><Name text=row.package.full_name() /></code><small>{why}</small><small>{asked(&row)}</small></div></li> }
    });
    view! {
        <div class="needs__head"><h3>"Not checked"</h3></div>
        <ul class="needs__rows" aria-label="Not checked">{rows.collect::<Vec<_>>()}</ul>
    }
}

/// What is there already: folded, as nothing has to be done about it.
#[component]
pub fn SatisfiedRows(rows: Vec<ClosureRow>, to: RepositoryName) -> impl IntoView {
    let summary = format!("{} satisfied already", count(rows.len(), "package"));
    let rows = rows.into_iter().map(|row| {
        let (version, place) = satisfied(&row.answer, &to);
        let name = format!("{} {version}", row.package.full_name());
        view! { <li class="needs__row"><div class="needs__what"><code><Name text=name /></code><small>{place}</small><small>{asked(&row)}</small></div></li> }
    });
    view! {
        <details class="needs__satisfied">
            <summary>{summary}</summary>
            <ul class="needs__rows" aria-label="Satisfied">{rows.collect::<Vec<_>>()}</ul>
        </details>
    }
}

/// A version, and why nothing has to be done.
fn satisfied(answer: &Answer, to: &RepositoryName) -> (String, String) {
    match answer {
        Answer::Chosen(version) => (version.to_string(), "part of this promotion".to_owned()),
        Answer::InTarget { version, repository } if repository == to => (version.to_string(), format!("in {to}")),
        Answer::InTarget { version, repository } => {
            (version.to_string(), format!("in {repository}, which {to} reaches"))
        }
        Answer::OnDemand { version, repository, connection } => {
            (version.to_string(), format!("{repository} fetches it from {connection} when it is first installed"))
        }
        Answer::Proposed(_) | Answer::Missing { .. } | Answer::NotResolved { .. } | Answer::Unreadable(_) => {
            (String::new(), String::new())
        }
    }
}

/// A package about which something can be decided.
#[component]
fn Row(row: ClosureRow, needs: Needs, actions: AnyView) -> impl IntoView {
    let name = match row.proposal() {
        Some(choice) => format!("{} {}", choice.package.full_name(), choice.version),
        None => row.package.full_name(),
    };
    let why = match &row.answer {
        Answer::Missing { why } => Some(why.clone()),
        Answer::Unreadable(problem) => Some(format!("It could not be looked up. {}", problem.message)),
        _ => None,
    };
    let optional = (!row.required).then(|| view! { <Chip text="optional" /> });
    let required = row.required;
    let (path, asked) = (path(&row), asked(&row));
    let row = StoredValue::new(row);
    let left = Memo::new(move |_| needs.decisions.read().reason(&row.read_value()).is_some());
    let kept = needs.decisions.read_untracked().reason(&row.read_value()).unwrap_or_default().to_owned();
    let label = format!("Why {name} is left");
    let leave = move |event| {
        needs.decisions.update(|decisions| decisions.leave(&row.read_value(), &event_target_value(&event)))
    };
    view! {
        <li class="needs__row" class:needs__row--left=left>
            <div class="needs__what">
                <code><Name text=name.clone() /></code>
                {optional}
                {move || left.get().then(|| view! { <Chip text="left" /> })}
                {move || (required && !left.get()).then(|| view! { <Chip tone=Tone::Warn text="to decide" /> })}
                {why.map(|why| view! { <small>{why}</small> })}
                <small>{asked}</small>
                {path.map(|path| view! { <small>{path}</small> })}
            </div>
            <div class="needs__actions">
                {required.then(|| view! {
                    <input
                        class="input needs__reason"
                        type="text"
                        maxlength=LONGEST_REASON.to_string()
                        placeholder="Leave it, because…"
                        aria-label=label
                        prop:value=kept
                        on:input=leave
                    />
                })}
                {actions}
            </div>
        </li>
    }
}

/// How many ways to ask are named.
const ASKED_NAMED: usize = 3;

/// Who asks for it, and how.
pub(super) fn asked(row: &ClosureRow) -> String {
    let one = |asked: &Asked| {
        let by = format!("{} {}", asked.by.package.full_name(), asked.by.version);
        let requirement = if asked.requirement.is_empty() { "any version" } else { &asked.requirement };
        let kind = match asked.kind {
            DependencyKind::Runtime => String::new(),
            kind => format!(" ({})", kind.as_str()),
        };
        let others = match asked.others {
            0 => String::new(),
            others => format!(" and {}", count(others, "other")),
        };
        let condition = asked.condition.as_ref().map(|condition| format!(", only where {condition}"));
        format!("{by}{others} · {requirement}{kind}{}", condition.unwrap_or_default())
    };
    let mut named: Vec<String> = row.asked.iter().take(ASKED_NAMED).map(one).collect();
    if row.asked.len() > ASKED_NAMED {
        named.push(format!("{} more ways", row.asked.len() - ASKED_NAMED));
    }
    format!("needed by {}", named.join("; "))
}

/// The way to it, where it is not a chosen version that asks.
pub(super) fn path(row: &ClosureRow) -> Option<String> {
    let names: Vec<String> =
        row.path.iter().map(|step| format!("{} {}", step.package.full_name(), step.version)).collect();
    (names.len() > 1).then(|| format!("by way of {}", names.join(" → ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::format::PackageFormat;
    use shared::package::PackageKey;
    use shared::promotion::VersionChoice;

    fn choice(name: &str) -> VersionChoice {
        let package = PackageKey { format: PackageFormat::Npm, namespace: None, name: name.parse().unwrap() };
        VersionChoice { package, version: "1.0.0".parse().unwrap() }
    }

    fn ask(by: &str, requirement: &str, kind: DependencyKind, others: usize) -> Asked {
        Asked { requirement: requirement.to_owned(), kind, condition: None, by: choice(by), others }
    }

    fn row(asked: Vec<Asked>, path: &[&str]) -> ClosureRow {
        ClosureRow {
            package: choice("lib").package,
            asked,
            path: path.iter().map(|name| choice(name)).collect(),
            required: true,
            answer: Answer::Proposed("2.0.0".parse().unwrap()),
        }
    }

    #[test]
    fn who_asks_and_how_is_told_in_words() {
        let runtime = DependencyKind::Runtime;
        let all = vec![ask("a", "^2", runtime, 0), ask("b", "", DependencyKind::Peer, 2)];
        assert_eq!(asked(&row(all, &["a"])), "needed by a 1.0.0 · ^2; b 1.0.0 and 2 others · any version (peer)");
        let many = (0..5).map(|_| ask("a", "^2", runtime, 0)).collect();
        assert!(asked(&row(many, &["a"])).ends_with("; 2 more ways"));
        let marked = Asked { condition: Some("os_name == 'nt'".to_owned()), ..ask("a", ">=1", runtime, 0) };
        assert_eq!(asked(&row(vec![marked], &["a"])), "needed by a 1.0.0 · >=1, only where os_name == 'nt'");
    }

    #[test]
    fn a_way_is_told_where_there_is_one() {
        assert_eq!(path(&row(Vec::new(), &["a"])), None);
        assert_eq!(path(&row(Vec::new(), &["a", "b"])).as_deref(), Some("by way of a 1.0.0 → b 1.0.0"));
    }
}
