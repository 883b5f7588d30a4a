//! The smallest change that would allow a request: one that grants nothing else.

use super::applies::{Asked, Found};
use super::{Place, Policies, Request, Standing, decide, ours};
use super::{Reason, applies::Grant};
use crate::policy::finding::Spot;
use crate::policy::statement::{Effect, Policy, Principal, PrincipalKind, Principals, Statement, Word, Words};
use crate::policy::wildcard::is_pattern;

/// A change of a policy. Several of them belong together: all are needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A statement denies: it must be narrowed or taken away.
    Narrow {
        /// The policy it stands in.
        place: Place,
        /// Its index there.
        statement: usize,
    },
    /// A statement that allows nothing but other actions on this very resource gets this action too.
    AddAction {
        /// The policy it stands in.
        place: Place,
        /// Its index there.
        statement: usize,
        /// The action to add.
        action: String,
    },
    /// A statement that allows nothing but this very action on other resources gets this resource too.
    AddResource {
        /// The policy it stands in.
        place: Place,
        /// Its index there.
        statement: usize,
        /// The resource to add.
        resource: String,
    },
    /// A policy gets one more statement; where there is no policy, it is one with this statement.
    AddStatement {
        /// The policy to add it to.
        place: Place,
        /// What to add.
        statement: Box<Statement>,
    },
}

impl Change {
    /// The policy that is changed.
    pub fn place(&self) -> Place {
        match self {
            Self::Narrow { place, .. }
            | Self::AddAction { place, .. }
            | Self::AddResource { place, .. }
            | Self::AddStatement { place, .. } => *place,
        }
    }

    /// Makes the change, a statement that denies being taken away.
    pub fn apply(&self, policies: &mut Policies) {
        let place = self.place();
        let slot = match place {
            Place::Identity(index) => {
                while policies.identity.len() <= index {
                    policies.identity.push(Policy { has_variables: true, statements: Vec::new() });
                }
                &mut policies.identity[index]
            }
            Place::Boundary => policies.boundary.get_or_insert_with(empty),
            Place::Session => policies.session.get_or_insert_with(empty),
            Place::Domain => policies.domain.get_or_insert_with(empty),
            Place::Repository => policies.repository.get_or_insert_with(empty),
        };
        let word = |text: &String| Word { text: text.clone(), at: Spot::default() };
        match self {
            Self::Narrow { statement, .. } if *statement < slot.statements.len() => {
                slot.statements.remove(*statement);
            }
            Self::AddAction { statement, action, .. } => {
                if let Some(statement) = slot.statements.get_mut(*statement) {
                    statement.actions.list.push(word(action));
                }
            }
            Self::AddResource { statement, resource, .. } => {
                if let Some(statement) = slot.statements.get_mut(*statement) {
                    statement.resources.list.push(word(resource));
                }
            }
            Self::AddStatement { statement, .. } => slot.statements.push((**statement).clone()),
            Self::Narrow { .. } => {}
        }
    }
}

fn empty() -> Policy {
    Policy { has_variables: true, statements: Vec::new() }
}

/// The changes that together allow the request.
pub(super) fn mend(
    request: &Request,
    policies: &Policies,
    asked: &Asked<'_>,
    found: &Found,
    standing: Standing,
) -> Vec<Change> {
    let mut changes: Vec<Change> = found
        .applied
        .iter()
        .filter(|hit| hit.decisive.effect == Effect::Deny)
        .map(|hit| Change::Narrow { place: hit.decisive.place, statement: hit.decisive.statement })
        .collect();
    // From the last to the first, so that the places of the others stay as they are.
    changes.sort_by_key(|change| match change {
        Change::Narrow { place, statement } => (*place, std::cmp::Reverse(*statement)),
        _ => (change.place(), std::cmp::Reverse(0)),
    });
    let mut without = Found { applied: Vec::new(), missed: Vec::new() };
    without.applied.extend(
        found
            .applied
            .iter()
            .filter(|hit| hit.decisive.effect == Effect::Allow)
            .map(|hit| super::applies::Hit { decisive: hit.decisive.clone(), grant: hit.grant }),
    );
    let reason = decide(request, policies, &without, standing);
    let denies = !changes.is_empty();
    for place in missing(policies, &without, standing, reason, asked) {
        changes.push(grant(request, policies, asked, place, denies));
    }
    changes
}

/// Where an allowance is missing.
fn missing(policies: &Policies, found: &Found, standing: Standing, reason: Reason, asked: &Asked<'_>) -> Vec<Place> {
    use Reason::*;
    let has = |wanted: fn(Place) -> bool| found.applied.iter().any(|hit| wanted(hit.decisive.place));
    let mut places = Vec::new();
    // No policy lets the root user have a token.
    if matches!(reason, Identity | Resource | Both | Root | RootToken) {
        return places;
    }
    let root = asked.request.principal.is_root();
    let to_role = found.applied.iter().any(|hit| hit.grant == Some(Grant::Role));
    let by_role = standing == Standing::Owner && to_role;
    if !has(|place| matches!(place, Place::Identity(_))) && !by_role && !root {
        places.push(Place::Identity(0));
    }
    if policies.boundary.is_some() && !has(|place| place == Place::Boundary) {
        places.push(Place::Boundary);
    }
    if policies.session.is_some() && !has(|place| place == Place::Session) {
        places.push(Place::Session);
    }
    if standing == Standing::Other && !has(Place::is_resource) {
        places.push(if asked.asks(Place::Repository) { Place::Repository } else { Place::Domain });
    }
    places
}

/// The smallest addition at a place. Where statements are taken away too, indexes would move: then it is a new one.
fn grant(request: &Request, policies: &Policies, asked: &Asked<'_>, place: Place, denies: bool) -> Change {
    let there = policies.all().into_iter().filter(|(other, _)| match (place, other) {
        (Place::Identity(_), Place::Identity(_)) => true,
        (place, other) => place == *other,
    });
    for (place, policy) in there.filter(|_| !denies) {
        for (index, statement) in policy.statements.iter().enumerate() {
            if let Some(change) = extend(request, asked, place, policy, index, statement) {
                return change;
            }
        }
    }
    Change::AddStatement { place, statement: Box::new(statement(request, place)) }
}

/// Extends a statement of one resource by an action, or one of one action by a resource: that grants nothing else.
fn extend(
    request: &Request,
    asked: &Asked<'_>,
    place: Place,
    policy: &Policy,
    index: usize,
    statement: &Statement,
) -> Option<Change> {
    let plain = statement.effect == Effect::Allow
        && statement.conditions.is_empty()
        && statement.principals.is_none()
        && !statement.actions.negated
        && !statement.resources.negated;
    if !plain {
        return None;
    }
    let single = |words: &Words| words.list.len() == 1 && !is_pattern(&words.list[0].text);
    let (action, resource) =
        (asked.action(&statement.actions), asked.resource(&statement.resources, place, policy.has_variables));
    if resource && !action && single(&statement.resources) {
        return Some(Change::AddAction { place, statement: index, action: request.action.clone() });
    }
    let named = ours(&request.action).is_some_and(|action| !action.on.is_empty());
    if action && !resource && single(&statement.actions) && named {
        return Some(Change::AddResource { place, statement: index, resource: request.resource.clone() });
    }
    None
}

/// A statement that allows this and nothing else.
fn statement(request: &Request, place: Place) -> Statement {
    let at = Spot::default();
    let word = |text: &str| Word { text: text.to_owned(), at };
    let words = |text: &str| Words { at, negated: false, list: vec![word(text)] };
    let named = ours(&request.action).is_some_and(|action| !action.on.is_empty());
    let resource = if named || place.is_resource() { request.resource.as_str() } else { "*" };
    let principal = Principal { kind: PrincipalKind::Aws, word: word(&request.principal.principal_arn()) };
    let principals = place.is_resource().then(|| Principals { at, negated: false, list: vec![principal] });
    Statement {
        at,
        sid: None,
        effect: Effect::Allow,
        principals,
        actions: words(&request.action),
        resources: words(resource),
        conditions: Vec::new(),
    }
}
