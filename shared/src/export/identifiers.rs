//! Names of repositories and patterns of package groups as identifiers: legal in every language, and no two alike.

use std::collections::{BTreeMap, BTreeSet};

use super::Snapshot;
use crate::names::RepositoryName;

/// Identifiers by repository.
pub type Identifiers = BTreeMap<RepositoryName, String>;

/// Identifiers such as `team_dev`.
pub fn snake(snapshot: &Snapshot) -> Identifiers {
    unique(snapshot, "_", |words| words.join("_").to_ascii_lowercase())
}

/// Identifiers such as `TeamDevRepository`.
pub fn pascal(snapshot: &Snapshot) -> Identifiers {
    unique(snapshot, "", |words| {
        let words: String = words.iter().map(|word| capital(word)).collect();
        words + "Repository"
    })
}

/// `TeamDevRepository` as `teamDevRepository`. It stays unique: each of ours begins with a capital letter.
pub fn camel(pascal: &str) -> String {
    let mut letters = pascal.chars();
    letters.next().map_or_else(String::new, |first| first.to_ascii_lowercase().to_string() + letters.as_str())
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
}

/// Identifiers such as `NpmAcmePackageGroup` of package groups by their patterns, in their order.
pub fn of_package_groups<'p>(patterns: impl Iterator<Item = &'p str>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let make = |pattern: &str| {
        let words: String = pattern.split(|c: char| !c.is_ascii_alphanumeric()).map(capital).collect();
        // No language begins an identifier with a digit, and every pattern begins with a format.
        free(words + "PackageGroup", "", &mut taken)
    };
    patterns.map(make).collect()
}

/// The first that is not taken of `plain` and `plain` with a number, which is taken now.
fn free(plain: String, glue: &str, taken: &mut BTreeSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{plain}{glue}{number}"));
    let free = std::iter::once(plain.clone()).chain(numbered).find(|one| !taken.contains(one));
    let identifier = free.unwrap_or(plain);
    taken.insert(identifier.clone());
    identifier
}

/// Numbers what would be alike, in the order of the names. `glue` stands before the number.
fn unique(snapshot: &Snapshot, glue: &str, make: impl Fn(&[&str]) -> String) -> Identifiers {
    let mut taken = BTreeSet::new();
    let mut names: Vec<&RepositoryName> = snapshot.repositories.iter().map(|repository| &repository.name).collect();
    names.sort();
    names
        .into_iter()
        .map(|name| {
            let mut words: Vec<&str> = name.as_str().split(['.', '_', '-']).filter(|word| !word.is_empty()).collect();
            // No language begins an identifier with a digit.
            if name.as_str().starts_with(|c: char| c.is_ascii_digit()) {
                words.insert(0, "r");
            }
            (name.clone(), free(make(&words), glue, &mut taken))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::export::tests::{acme, repository};

    fn of(names: &[&str]) -> Snapshot {
        Snapshot { repositories: names.iter().map(|name| repository(name, &[])).collect(), ..acme() }
    }

    fn told(identifiers: Identifiers) -> Vec<String> {
        identifiers.into_values().collect()
    }

    #[test]
    fn names_become_identifiers_and_stay_apart() {
        let snapshot = of(&["team-dev", "team.dev", "0day", "r-0day", "Team_Dev", "team-dev-2", "class"]);
        assert_eq!(
            told(snake(&snapshot)),
            ["r_0day", "team_dev", "class", "r_0day_2", "team_dev_2", "team_dev_2_2", "team_dev_3"]
        );
        assert_eq!(told(pascal(&of(&["a-b", "a.b", "0x"]))), ["R0xRepository", "ABRepository", "ABRepository2"]);
        assert_eq!(camel("R0xRepository"), "r0xRepository");
    }

    #[test]
    fn package_groups_are_named_after_their_patterns_and_stay_apart() {
        let patterns = ["/npm/*", "/npm//*", "/maven/com.acme~", "/npm//größe$", "/*"];
        assert_eq!(
            of_package_groups(patterns.into_iter()),
            ["NpmPackageGroup", "NpmPackageGroup2", "MavenComAcmePackageGroup", "NpmGrEPackageGroup", "PackageGroup"]
        );
    }

    proptest! {
        #[test]
        fn identifiers_are_legal_and_unique(names in prop::collection::btree_set("[0aA][ab0A._-]{1,4}", 1..12)) {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let snapshot = of(&names);
            for identifiers in [snake(&snapshot), pascal(&snapshot)] {
                let unique: BTreeSet<_> = identifiers.values().collect();
                prop_assert_eq!(unique.len(), names.len());
                for one in unique {
                    prop_assert!(one.starts_with(|c: char| c.is_ascii_alphabetic()), "{}", one);
                    prop_assert!(one.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'), "{}", one);
                }
            }
            let camels: BTreeSet<String> = pascal(&snapshot).values().map(|one| camel(one)).collect();
            prop_assert_eq!(camels.len(), names.len());
        }
    }
}
