//! What will be lost.

use leptos::prelude::*;
use shared::repository::{PackageCounts, Repository};

use super::CleanUp;
use crate::parts::Name;
use crate::ui::{Notice, Tone, bytes, count, grouped};

/// Every repository with what it holds.
#[component]
pub fn Lost() -> impl IntoView {
    let clean_up = expect_context::<CleanUp>();
    let data = clean_up.data;
    let rows = move || {
        let map = data.map.get()?;
        Some(map.repositories.iter().map(|repository| row(clean_up, repository)).collect::<Vec<_>>())
    };
    let summary = move || {
        let map = data.map.get()?;
        let counts = data.counts.read();
        // None until each is counted.
        let counts: Option<Vec<&PackageCounts>> = map.repositories.iter().map(|one| counts.get(&one.name)).collect();
        let packages = counts.map(|counts| packages(&counts)).unwrap_or_default();
        let repositories = match map.repositories.len() {
            1 => "1 repository".to_owned(),
            number => format!("{} repositories", grouped(number as u64)),
        };
        Some(format!("{repositories}{packages}, {} in all.", bytes(map.domain.asset_size_bytes)))
    };
    view! {
        <section class="clean-up__lost" aria-labelledby="lost-title">
            <h2 id="lost-title" class="form-page__title">"What will be lost"</h2>
            <Notice tone=Tone::Danger>
                <p class="notice__title">{summary}</p>
                <p>"Packages that came from a public registry can be fetched again. What was published here exists nowhere else, unless you kept it."</p>
            </Notice>
            <div class="table-frame">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">"Repository"</th>
                            <th scope="col" class="table__number">"Packages"</th>
                            <th scope="col">"Policy"</th>
                            <th scope="col">"Takes from"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

fn row(clean_up: CleanUp, repository: &Repository) -> AnyView {
    let name = repository.name.clone();
    let policy = clean_up.policies.with(|policies| {
        let glance = policies.as_ref().and_then(|all| all.iter().find(|glance| glance.repository == name));
        match glance {
            Some(glance) if glance.problem.is_some() => "not readable",
            Some(glance) if glance.policy.is_some() => "yes",
            _ => "none",
        }
    });
    let mut from: Vec<String> = repository.upstreams.iter().map(ToString::to_string).collect();
    from.extend(repository.external_connections.iter().map(|connection| connection.name.clone()));
    let packages = move || match clean_up.data.counts.read().get(&name) {
        None => "…".to_owned(),
        Some(counts) if counts.problem.is_some() => "not readable".to_owned(),
        Some(counts) if counts.more => format!("more than {}", grouped(number(counts) as u64)),
        Some(counts) => grouped(number(counts) as u64),
    };
    view! {
        <tr>
            <th scope="row"><Name text=repository.name.to_string() /></th>
            <td class="table__number">{packages}</td>
            <td>{policy}</td>
            <td>{if from.is_empty() { "nothing".to_owned() } else { from.join(", ") }}</td>
        </tr>
    }
    .into_any()
}

fn number(counts: &PackageCounts) -> usize {
    counts.formats.iter().map(|(_, number)| *number as usize).sum()
}

/// How many packages there are, to follow the number of repositories. Fewer than all are never told as all.
fn packages(counts: &[&PackageCounts]) -> String {
    let total: usize = counts.iter().map(|counts| number(counts)).sum();
    let more = counts.iter().any(|counts| counts.more);
    let unread = counts.iter().any(|counts| counts.problem.is_some());
    let packages = count(total, "package");
    match (unread, more) {
        (false, false) => format!(" with {packages}"),
        (false, true) => format!(" with more than {packages}"),
        (true, _) if total == 0 => " (not all packages could be counted)".to_owned(),
        (true, false) => format!(" with at least {packages} (some could not be counted)"),
        (true, true) => format!(" with more than {packages} (some could not be counted)"),
    }
}

#[cfg(test)]
mod tests {
    use shared::format::PackageFormat;
    use shared::problem::{Problem, ProblemCode};

    use super::*;

    fn counted(number: u32) -> PackageCounts {
        PackageCounts {
            repository: "team-dev".parse().unwrap(),
            formats: vec![(PackageFormat::Npm, number)],
            more: false,
            problem: None,
        }
    }

    fn unread() -> PackageCounts {
        let problem = Some(Problem::new(ProblemCode::Forbidden, "AWS denies it."));
        PackageCounts { formats: vec![], problem, ..counted(0) }
    }

    #[test]
    fn what_was_counted_in_full_is_a_number() {
        assert_eq!(packages(&[&counted(1200), &counted(34)]), " with 1,234 packages");
        assert_eq!(packages(&[]), " with 0 packages");
    }

    #[test]
    fn what_was_not_counted_to_the_end_is_more_than_the_number() {
        let many = PackageCounts { more: true, ..counted(1000) };
        assert_eq!(packages(&[&many, &counted(5)]), " with more than 1,005 packages");
        assert_eq!(packages(&[&many, &unread()]), " with more than 1,000 packages (some could not be counted)");
    }

    #[test]
    fn what_could_not_be_counted_is_said() {
        assert_eq!(packages(&[&counted(5), &unread()]), " with at least 5 packages (some could not be counted)");
        assert_eq!(packages(&[&unread()]), " (not all packages could be counted)");
    }
}
