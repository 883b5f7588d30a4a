//! Which parts of a step are done, which are missing, and which cannot be done as things are.

use super::{Call, Names, ProductionTakes, Promotion, Recipe, SetupState, Step, documents};
use crate::domain::NewDomain;
use crate::external::PublicRegistry;
use crate::feeding::{MOST_UPSTREAMS, NewUpstreams};
use crate::names::{Description, RepositoryName};
use crate::promotion::PinnedVersion;
use crate::repository::NewRepository;

mod packages;

/// How one part of a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is there.
    Done,
    /// It is not there yet.
    Missing,
    /// Something else is there in its place; the recipe does not touch it.
    Conflict,
    /// It could not be read.
    Unknown,
}

/// One part of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What is to be, in words.
    pub what: String,
    /// How it stands.
    pub standing: Standing,
    /// More: why it cannot be, or what is there besides.
    pub remark: Option<String>,
    /// What brings it about, for parts that a call can bring about.
    pub call: Option<Call>,
}

impl Part {
    pub(super) fn new(what: impl Into<String>, standing: Standing, call: Option<Call>) -> Self {
        Self { what: what.into(), standing, remark: None, call }
    }

    pub(super) fn with(self, remark: impl Into<String>) -> Self {
        Self { remark: Some(remark.into()), ..self }
    }
}

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepStanding {
    /// All of it is there.
    Done,
    /// So many parts of so many are there.
    Half(usize, usize),
    /// Nothing of it is there yet.
    Open,
    /// Something stands in its way.
    Conflict,
    /// It could not be read.
    Unknown,
}

/// The parts of a step. `ticked` are the steps that the person ticked by hand.
pub fn parts(step: Step, recipe: &Recipe, state: &SetupState, ticked: &[Step]) -> Vec<Part> {
    let names = &recipe.names;
    match step {
        Step::Domain => vec![domain(names, state)],
        Step::Repositories => repositories(names, state),
        Step::Connections => vec![
            connection(&names.npm_store, "public:npmjs", state),
            connection(&names.pypi_store, "public:pypi", state),
        ],
        Step::Upstreams => vec![team(names, state), production(recipe, state)],
        Step::Identity => {
            vec![by_hand(step, "The policies are attached to the people and machines that need them", ticked)]
        }
        Step::SignIn => vec![packages::sign_in(names, state, ticked)],
        Step::Install => packages::install(names, state),
        Step::Publish => vec![packages::publish(names, state)],
        Step::Promote => vec![packages::promote(names, state)],
        Step::Permissions => vec![documents::permissions(names, state)],
    }
}

/// How a step stands, from its parts.
pub fn standing(parts: &[Part]) -> StepStanding {
    let number = |which: Standing| parts.iter().filter(|part| part.standing == which).count();
    let done = number(Standing::Done);
    if number(Standing::Conflict) > 0 {
        StepStanding::Conflict
    } else if number(Standing::Unknown) > 0 {
        StepStanding::Unknown
    } else if done == parts.len() {
        StepStanding::Done
    } else if done > 0 {
        StepStanding::Half(done, parts.len())
    } else {
        StepStanding::Open
    }
}

/// What must be there before a step can be done; none where nothing is missing.
pub fn needs(step: Step, recipe: &Recipe, state: &SetupState) -> Option<String> {
    let names = &recipe.names;
    let wanted: Vec<&RepositoryName> = match step {
        Step::Domain | Step::Identity => return None,
        Step::Repositories => Vec::new(),
        Step::Connections => vec![&names.npm_store, &names.pypi_store],
        Step::Upstreams => names.repositories().to_vec(),
        Step::SignIn | Step::Install | Step::Publish | Step::Permissions => vec![&names.team],
        Step::Promote => vec![&names.team, &names.production],
    };
    if state.domain.is_none() {
        return Some(format!("Make the domain {} first: step 1.", names.domain));
    }
    let missing: Vec<&str> =
        wanted.into_iter().filter(|name| state.repository(name).is_none()).map(RepositoryName::as_str).collect();
    if !missing.is_empty() {
        return Some(format!("Make {} first: step 2.", missing.join(" and ")));
    }
    let feeds = |store: &RepositoryName| {
        state.repository(&names.team).is_some_and(|team| team.problem.is_some() || team.upstreams.contains(store))
    };
    match step {
        Step::Install if !feeds(&names.npm_store) && !feeds(&names.pypi_store) => {
            Some(format!("Let {} take from the stores first: step 4.", names.team))
        }
        Step::Promote if packages::publish(names, state).standing == Standing::Missing => {
            Some(format!("Publish {} {} first: step 8.", names.own_package, names.own_version))
        }
        _ => None,
    }
}

/// The calls that bring about what is missing of these steps, in order. What is in conflict or unknown is left alone.
pub fn calls(steps: &[Step], recipe: &Recipe, state: &SetupState) -> Vec<Call> {
    let parts = steps.iter().flat_map(|step| parts(*step, recipe, state, &[]));
    parts.filter(|part| part.standing == Standing::Missing).filter_map(|part| part.call).collect()
}

fn by_hand(step: Step, what: &str, ticked: &[Step]) -> Part {
    Part::new(what, if ticked.contains(&step) { Standing::Done } else { Standing::Missing }, None)
}

fn domain(names: &Names, state: &SetupState) -> Part {
    let new = NewDomain { name: names.domain.clone(), encryption_key: None, tags: Vec::new() };
    let standing = if state.domain.is_some() { Standing::Done } else { Standing::Missing };
    Part::new(format!("The domain {}", names.domain), standing, Some(Call::CreateDomain(new)))
}

fn repositories(names: &Names, state: &SetupState) -> Vec<Part> {
    let words = [
        "npm packages from the public registry",
        "Python packages from PyPI",
        "Packages of the development team",
        "Packages ready for production",
    ];
    let part = |(name, words): (&RepositoryName, &str)| {
        // The texts keep the rule for descriptions; a test reads all four.
        let description = words.parse::<Description>().ok()?;
        let new = NewRepository { name: name.clone(), description, tags: Vec::new() };
        let standing = if state.repository(name).is_some() { Standing::Done } else { Standing::Missing };
        Some(Part::new(format!("The repository {name}"), standing, Some(Call::CreateRepository(new))))
    };
    names.repositories().into_iter().zip(words).filter_map(part).collect()
}

fn connection(name: &RepositoryName, registry: &str, state: &SetupState) -> Part {
    let call = registry.parse::<PublicRegistry>().ok().map(|registry| Call::Connect(name.clone(), registry));
    let part = |standing| Part::new(format!("{name} fetches from {registry}"), standing, call.clone());
    let Some(repository) = state.repository(name) else { return part(Standing::Missing) };
    if let Some(problem) = &repository.problem {
        return part(Standing::Unknown).with(problem.message.clone());
    }
    match (repository.external_connections.first(), repository.upstreams.is_empty()) {
        (Some(there), _) if there.name == registry => part(Standing::Done),
        (Some(there), _) => part(Standing::Conflict).with(format!(
            "It has {}, and a repository has one external connection at most. Take that away in its settings, or give the store another name above.",
            there.name
        )),
        (None, false) => part(Standing::Conflict).with(
            "It has upstreams, and a repository has upstreams or an external connection, not both. Remove them in its settings, or give the store another name above.",
        ),
        (None, true) => part(Standing::Missing),
    }
}

/// The team takes from both stores, after whatever it takes from already.
fn team(names: &Names, state: &SetupState) -> Part {
    let wanted = [&names.npm_store, &names.pypi_store];
    takes(&names.team, &wanted, state)
}

fn production(recipe: &Recipe, state: &SetupState) -> Part {
    let Names { team, production: name, .. } = &recipe.names;
    if recipe.production == ProductionTakes::FromTeam {
        return takes(name, &[team], state);
    }
    let what = format!("{name} takes from no repository");
    let Some(repository) = state.repository(name) else { return Part::new(what, Standing::Missing, None) };
    let seen = &repository.upstreams;
    let call = Call::SetUpstreams(name.clone(), NewUpstreams { seen: seen.clone(), upstreams: Vec::new() });
    let part = |standing| Part::new(what.clone(), standing, Some(call.clone()));
    if let Some(problem) = &repository.problem {
        return part(Standing::Unknown).with(problem.message.clone());
    }
    if let Some(connection) = repository.external_connections.first() {
        return part(Standing::Conflict).with(format!(
            "It has the external connection {}, so packages come in that nobody promoted. Take that away in its settings.",
            connection.name
        ));
    }
    match seen.as_slice() {
        [] => part(Standing::Done),
        [one] if one == team => {
            part(Standing::Missing).with(format!("It takes from {team} now. This step ends that; what it keeps stays."))
        }
        _ => part(Standing::Conflict)
            .with(format!("It takes from {}. Remove in its settings what should not feed production.", list(seen))),
    }
}

fn takes(name: &RepositoryName, wanted: &[&RepositoryName], state: &SetupState) -> Part {
    let seen = state.repository(name).map(|repository| repository.upstreams.clone()).unwrap_or_default();
    let missing = wanted.iter().filter(|wanted| !seen.contains(wanted)).map(|name| (*name).clone());
    let upstreams: Vec<RepositoryName> = seen.iter().cloned().chain(missing).collect();
    let is_done = upstreams.len() == seen.len();
    let others: Vec<RepositoryName> = seen.iter().filter(|one| !wanted.contains(one)).cloned().collect();
    let wanted: Vec<RepositoryName> = wanted.iter().map(|name| (*name).clone()).collect();
    let too_many = upstreams.len() > MOST_UPSTREAMS;
    // Whatever is there stays: what is done shows the list that is there.
    let new = NewUpstreams { seen, upstreams };
    let part = |standing| {
        Part::new(
            format!("{name} takes from {}", list(&wanted)),
            standing,
            Some(Call::SetUpstreams(name.clone(), new.clone())),
        )
    };
    let Some(repository) = state.repository(name) else { return part(Standing::Missing) };
    if let Some(problem) = &repository.problem {
        return part(Standing::Unknown).with(problem.message.clone());
    }
    if let Some(connection) = repository.external_connections.first() {
        return part(Standing::Conflict).with(format!(
            "It has the external connection {}, and a repository has upstreams or an external connection, not both. Take that away in its settings.",
            connection.name
        ));
    }
    if too_many {
        return part(Standing::Conflict).with(format!("A repository has at most {MOST_UPSTREAMS} direct upstreams."));
    }
    let part = part(if is_done { Standing::Done } else { Standing::Missing });
    if others.is_empty() { part } else { part.with(format!("It also takes from {}, and goes on to.", list(&others))) }
}

fn list(names: &[RepositoryName]) -> String {
    let names: Vec<&str> = names.iter().map(RepositoryName::as_str).collect();
    match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, first)) => format!("{} and {last}", first.join(", ")),
        None => String::new(),
    }
}

/// Copies the version of one's own from the team to production, pinned to the content that was seen.
fn promotion(names: &Names, pin: PinnedVersion) -> Call {
    Call::Promote(Promotion {
        from: names.team.clone(),
        to: names.production.clone(),
        versions: vec![pin],
        reason: "Step 9 of the set-up".to_owned(),
    })
}
