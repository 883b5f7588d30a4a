//! The address of the set-up page: every name that differs from the recipe's own stands in it.

use std::collections::BTreeSet;
use std::str::FromStr;

use shared::api::DomainPath;
use shared::names::ConnectionKey;
use shared::recipe::{Names, ProductionTakes, Recipe, Step};

use super::Place;
use super::query::Pairs;

/// The set-up page, with the names chosen on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetUpPlace {
    /// The connection that it works on.
    pub connection: ConnectionKey,
    /// What was chosen.
    pub recipe: Recipe,
    /// The steps ticked by hand.
    pub ticked: BTreeSet<Step>,
}

impl Place {
    /// The set-up of a domain.
    pub fn set_up(domain: &DomainPath) -> Option<Self> {
        SetUpPlace::of(domain).map(|place| Self::SetUp(Box::new(place)))
    }
}

/// The value of `production-takes` where production takes nothing.
const NOTHING: &str = "nothing";

impl SetUpPlace {
    /// The recipe as it is written, in a domain of the recipe's own name.
    pub fn usual(connection: &ConnectionKey) -> Option<Self> {
        Self::with(connection, Names::usual()?)
    }

    /// The recipe as it is written, in this domain.
    pub fn of(domain: &DomainPath) -> Option<Self> {
        Self::with(&domain.connection, Names::of(domain.domain.clone())?)
    }

    fn with(connection: &ConnectionKey, names: Names) -> Option<Self> {
        let recipe = Recipe { names, production: ProductionTakes::default() };
        Some(Self { connection: connection.clone(), recipe, ticked: BTreeSet::new() })
    }

    /// The domain that it sets up, which may not be there yet.
    pub fn domain(&self) -> DomainPath {
        DomainPath { connection: self.connection.clone(), domain: self.recipe.names.domain.clone() }
    }

    /// Adds what differs from the recipe as it is written.
    pub(super) fn write(&self, pairs: &mut Pairs) {
        let Names { domain, npm_store, pypi_store, team, production, .. } = &self.recipe.names;
        let Names { npm_package, python_package, own_package, own_version, .. } = &self.recipe.names;
        pairs.add("connection", self.connection.as_str());
        pairs.add("domain", domain.as_str());
        let usual = Names::of(domain.clone());
        let mut add = |key: &str, value: &str, usual: Option<&str>| {
            if usual != Some(value) {
                pairs.add(key, value);
            }
        };
        let usual = usual.as_ref();
        add("npm-store", npm_store.as_str(), usual.map(|usual| usual.npm_store.as_str()));
        add("pypi-store", pypi_store.as_str(), usual.map(|usual| usual.pypi_store.as_str()));
        add("team", team.as_str(), usual.map(|usual| usual.team.as_str()));
        add("production", production.as_str(), usual.map(|usual| usual.production.as_str()));
        add("npm-package", npm_package.as_str(), usual.map(|usual| usual.npm_package.as_str()));
        add("python-package", python_package.as_str(), usual.map(|usual| usual.python_package.as_str()));
        add("package", own_package.as_str(), usual.map(|usual| usual.own_package.as_str()));
        add("version", own_version.as_str(), usual.map(|usual| usual.own_version.as_str()));
        if self.recipe.production == ProductionTakes::OnlyPromoted {
            pairs.add("production-takes", NOTHING);
        }
        if !self.ticked.is_empty() {
            let numbers: Vec<String> = self.ticked.iter().map(|step| step.number().to_string()).collect();
            pairs.add("ticked", &numbers.join("."));
        }
    }

    /// Reads what was written; a name that breaks its rule is the recipe's own again.
    pub(super) fn parse(pairs: &Pairs) -> Option<Self> {
        let connection = pairs.get("connection")?.parse().ok()?;
        let usual = Names::usual()?;
        let names = Names {
            domain: chosen(pairs, "domain", usual.domain),
            npm_store: chosen(pairs, "npm-store", usual.npm_store),
            pypi_store: chosen(pairs, "pypi-store", usual.pypi_store),
            team: chosen(pairs, "team", usual.team),
            production: chosen(pairs, "production", usual.production),
            npm_package: chosen(pairs, "npm-package", usual.npm_package),
            python_package: chosen(pairs, "python-package", usual.python_package),
            own_package: chosen(pairs, "package", usual.own_package),
            own_version: chosen(pairs, "version", usual.own_version),
        };
        let production = match pairs.get("production-takes") {
            Some(NOTHING) => ProductionTakes::OnlyPromoted,
            _ => ProductionTakes::FromTeam,
        };
        let numbers = pairs.get("ticked").unwrap_or_default().split('.');
        let ticked = numbers.filter_map(|number| Step::of_number(number.parse().ok()?));
        let ticked = ticked.filter(|step| step.is_ticked_by_hand()).collect();
        Some(Self { connection, recipe: Recipe { names, production }, ticked })
    }
}

fn chosen<T: FromStr>(pairs: &Pairs, key: &str, usual: T) -> T {
    pairs.get(key).and_then(|text| text.parse().ok()).unwrap_or(usual)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(query: &str) -> SetUpPlace {
        match Place::parse("/set-up", query) {
            Some(Place::SetUp(place)) => *place,
            other => panic!("no set-up page: {other:?}"),
        }
    }

    #[test]
    fn only_what_differs_from_the_recipe_stands_in_the_address() {
        let usual = SetUpPlace::usual(&"demo".parse().unwrap()).unwrap();
        let href = Place::SetUp(Box::new(usual.clone())).href();
        assert_eq!(href, "/set-up?connection=demo&domain=my-company-domain");
        assert_eq!(parse("connection=demo"), usual);
        let changed = parse("connection=demo&domain=acme&team=web&production-takes=nothing&ticked=5.6&version=2.0.0");
        let href = Place::SetUp(Box::new(changed.clone())).href();
        assert_eq!(
            href,
            "/set-up?connection=demo&domain=acme&team=web&version=2.0.0&production-takes=nothing&ticked=5.6"
        );
        assert_eq!(parse(href.split_once('?').unwrap().1), changed);
    }

    #[test]
    fn what_breaks_a_rule_or_cannot_be_ticked_is_left_out() {
        assert_eq!(parse("connection=demo&domain=A&team=-&ticked=1.x.99"), parse("connection=demo"));
        assert_eq!(Place::parse("/set-up", ""), None);
    }
}
