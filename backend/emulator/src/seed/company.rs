//! `company:N`: many repositories in the shape that organisations grow, with small packages that share their bytes.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::json;

use super::plant::{Npm, Planter, npm_content};
use crate::Emulator;
use crate::archive::make::Python;
use crate::archive::wheel;
use crate::model::{Content, Domain, Format, Origin, OriginControl, Package, PackageKey, PackageVersion, Status};
use crate::rules::content;

const PACKAGES_EACH: usize = 10;

const TEAMS: [&str; 24] = [
    "billing",
    "checkout",
    "search",
    "catalog",
    "identity",
    "ledger",
    "pricing",
    "shipping",
    "returns",
    "loyalty",
    "mobile",
    "web",
    "content",
    "media",
    "support",
    "risk",
    "fraud",
    "analytics",
    "reporting",
    "platform",
    "data",
    "ml",
    "infra",
    "security",
];
const THINGS: [&str; 12] =
    ["client", "server", "types", "config", "events", "ui", "utils", "testing", "metrics", "schema", "tools", "sdk"];
/// What a team has, in the order in which it gets it.
const STAGES: [&str; 3] = ["dev", "staging", "release"];

/// The shape: stores with external connections, one platform repository for each 50, then teams.
pub(super) fn domain(emulator: &Emulator, repositories: u16) -> Domain {
    let mut planter = Planter::new(emulator, "company");
    let wanted = usize::from(repositories);
    let mut names = Vec::with_capacity(wanted);
    for (store, connection) in [("npm-store", "public:npmjs"), ("pypi-store", "public:pypi")] {
        if names.len() < wanted {
            planter.repository(store, "Everything from the public registry comes in here", &[], Some(connection));
            names.push(store.to_owned());
        }
    }
    let platforms = 1 + wanted / 50;
    for number in 0..platforms.min(wanted - names.len()) {
        let name = format!("platform-{:02}", number + 1);
        planter.repository(&name, "Libraries that every team may use", &["npm-store", "pypi-store"], None);
        names.push(name);
    }
    for number in 0..wanted - names.len() {
        names.push(team_repository(&mut planter, number, platforms));
    }
    let catalogue = catalogue();
    for (number, name) in names.iter().enumerate() {
        fill(&mut planter, number, name, &catalogue);
    }
    planter.domain
}

/// Teams come round after round: dev draws on a platform, staging on dev and the platform. A release draws on nothing:
/// what is in it was promoted. Every eleventh draws on dev all the same: such shortcuts are what a map is for.
fn team_repository(planter: &mut Planter, number: usize, platforms: usize) -> String {
    let (team, stage) = (number / STAGES.len(), number % STAGES.len());
    let round = team / TEAMS.len();
    let label = if round == 0 {
        TEAMS[team % TEAMS.len()].to_owned()
    } else {
        format!("{}-{}", TEAMS[team % TEAMS.len()], round + 1)
    };
    let platform = format!("platform-{:02}", team % platforms + 1);
    let of = |stage: &str| format!("{label}-{stage}");
    let upstreams = match stage {
        0 => vec![platform, "npm-store".to_owned(), "pypi-store".to_owned()],
        1 => vec![of("dev"), platform],
        _ if team % 11 == 10 => vec![of("dev")],
        _ => vec![],
    };
    let upstreams: Vec<&str> = upstreams.iter().map(String::as_str).collect();
    let name = of(STAGES[stage]);
    planter.repository(&name, &format!("{label}: {}", STAGES[stage]), &upstreams, None);
    name
}

/// One package of the catalogue: its key and the contents of its versions, oldest first.
struct Entry {
    key: PackageKey,
    versions: Vec<(String, Arc<Content>)>,
}

/// Every content exists once; repositories share it.
fn catalogue() -> Vec<Entry> {
    let mut entries = Vec::new();
    for (place, thing) in THINGS.iter().enumerate() {
        for team in &TEAMS[place % 4..place % 4 + 5] {
            entries.push(if place % 3 == 2 { python(team, thing) } else { npm(team, thing) });
        }
    }
    entries
}

fn npm(team: &str, thing: &str) -> Entry {
    let name = format!("@company/{team}-{thing}");
    let (summary, readme) = (format!("The {thing} of {team}"), format!("# {name}\n\nThe {thing} of {team}.\n"));
    let version = |version: &str| {
        let package = Npm {
            name: &name,
            version,
            summary: &summary,
            dependencies: json!({}),
            readme: &readme,
            code: "",
            tags: &[],
        };
        npm_content(&package)
    };
    let (key, first) = version("1.0.0");
    let (_, second) = version("1.1.0");
    Entry { key, versions: vec![("1.0.0".to_owned(), Arc::new(first)), ("1.1.0".to_owned(), Arc::new(second))] }
}

fn python(team: &str, thing: &str) -> Entry {
    let name = format!("company-{team}-{thing}");
    let (summary, readme) = (format!("The {thing} of {team}"), format!("# {name}\n\nThe {thing} of {team}.\n"));
    let package = Python {
        name: &name,
        version: "2.0.0",
        summary: &summary,
        requires_python: ">=3.9",
        requires: &[],
        readme: &readme,
        code: "",
    };
    let (file, bytes) = package.wheel("py3-none-any");
    let metadata = wheel::read(&bytes).map(|read| read.metadata).unwrap_or_default();
    let content = Content { assets: BTreeMap::from([(file, content::asset(bytes))]), metadata };
    let key = PackageKey { format: Format::Pypi, namespace: None, name };
    Entry { key, versions: vec![("2.0.0".to_owned(), Arc::new(content))] }
}

/// Ten packages, a different ten in each repository. Every other one is a version behind.
fn fill(planter: &mut Planter, number: usize, name: &str, catalogue: &[Entry]) {
    let published = planter.days_ago(1 + (number % 200) as u32);
    let Some(repository) = planter.domain.repositories.get_mut(name) else { return };
    for step in 0..PACKAGES_EACH {
        // Seven shares no divisor with the 60 packages of the catalogue, so ten steps never meet.
        let entry = &catalogue[(number * 13 + step * 7) % catalogue.len()];
        let kept = entry.versions.len() - (number + step) % 2 * (entry.versions.len() - 1);
        let mut package =
            Package { origin_control: OriginControl { publish: true, upstream: false }, ..Package::default() };
        for (version, content) in &entry.versions[..kept] {
            package.versions.insert(
                version.clone(),
                PackageVersion {
                    version: version.clone(),
                    status: Status::Published,
                    published,
                    released: None,
                    origin: Origin::Internal { repository: name.to_owned() },
                    content: Arc::clone(content),
                },
            );
            if entry.key.format == Format::Npm {
                package.dist_tags.insert("latest".to_owned(), version.clone());
            }
        }
        repository.packages.insert(entry.key.clone(), package);
    }
}
