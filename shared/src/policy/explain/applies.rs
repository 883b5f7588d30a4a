//! Which statements apply to a request.

use super::compare::{arn, holds};
use super::context::Context;
use super::{Decisive, Place, Policies, Request, ours, owner};
use crate::policy::action::takes_in;
use crate::policy::statement::{Effect, Policy, Statement, Words};

/// How directly a resource policy means whom it allows. The later ones need less besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Grant {
    /// It names the account: the account's own policies decide.
    Account,
    /// It names the role: a boundary and a session policy bind it.
    Role,
    /// It names the user or the session, or everybody.
    Direct,
}

/// A request, ready to be held against statements.
pub(super) struct Asked<'a> {
    pub(super) request: &'a Request,
    pub(super) context: Context,
    /// Some actions work on no resource: only `*` grants them to an identity.
    has_resource: bool,
    asks_domain: bool,
    asks_repository: bool,
}

/// A statement that applies.
pub(super) struct Hit {
    pub(super) decisive: Decisive,
    /// In a resource policy: how directly.
    pub(super) grant: Option<Grant>,
}

/// What there is to be found in the policies.
pub(super) struct Found {
    /// The statements that apply, those that deny first.
    pub(super) applied: Vec<Hit>,
    /// Statements that would allow, but for a condition.
    pub(super) missed: Vec<(Decisive, String)>,
}

impl<'a> Asked<'a> {
    pub(super) fn new(request: &'a Request) -> Self {
        let action = ours(&request.action);
        let names_domain = owner(request).is_some();
        Self {
            request,
            context: Context::of(request),
            has_resource: action.is_some_and(|action| !action.on.is_empty()),
            // Nobody can lock themselves out: who may replace a policy is not asked of that policy.
            asks_domain: names_domain
                && action.is_some_and(|action| action.asks_domain() && action.name != "PutDomainPermissionsPolicy"),
            asks_repository: names_domain
                && action
                    .is_some_and(|action| action.asks_repository() && action.name != "PutRepositoryPermissionsPolicy"),
        }
    }

    /// Whether a policy at this place is asked about the request.
    pub(super) fn asks(&self, place: Place) -> bool {
        match place {
            Place::Identity(_) | Place::Boundary | Place::Session => true,
            Place::Domain => self.asks_domain,
            Place::Repository => self.asks_repository,
        }
    }

    pub(super) fn look(&self, policies: &Policies) -> Found {
        let mut found = Found { applied: Vec::new(), missed: Vec::new() };
        for (place, policy) in policies.all().into_iter().filter(|(place, _)| self.asks(*place)) {
            for (index, statement) in policy.statements.iter().enumerate() {
                self.weigh(place, policy, index, statement, policies.boundary.is_some(), &mut found);
            }
        }
        found.applied.sort_by_key(|hit| hit.decisive.effect == Effect::Allow);
        found
    }

    fn weigh(
        &self,
        place: Place,
        policy: &Policy,
        index: usize,
        statement: &Statement,
        bound: bool,
        found: &mut Found,
    ) {
        let who = &self.request.principal;
        let grant = match &statement.principals {
            Some(principals) => match who.meant_by(principals, statement.effect, bound) {
                Some(grant) => Some(grant),
                None => return,
            },
            None => None,
        };
        if !self.action(&statement.actions) || !self.resource(&statement.resources, place, policy.has_variables) {
            return;
        }
        let decisive = Decisive {
            place,
            statement: index,
            called: statement.called(index),
            line: statement.at.line,
            effect: statement.effect,
        };
        let failed =
            statement.conditions.iter().find(|condition| !holds(condition, &self.context, policy.has_variables));
        match failed {
            None => found.applied.push(Hit { decisive, grant }),
            Some(condition) if statement.effect == Effect::Allow => {
                let key = &condition.key.text;
                let has = match self.context.get(key) {
                    Some(values) => format!("the request has `{}`", values.join("`, `")),
                    None => "the request does not have it".to_owned(),
                };
                let wanted: Vec<&str> = condition.values.iter().map(|value| value.text.as_str()).collect();
                let test = condition.operator.words();
                found
                    .missed
                    .push((decisive, format!("it asks for `{key}` {test} `{}`, and {has}", wanted.join("` or `"))));
            }
            Some(_) => {}
        }
    }

    pub(super) fn action(&self, actions: &Words) -> bool {
        actions.list.iter().any(|word| takes_in(&word.text, &self.request.action)) != actions.negated
    }

    pub(super) fn resource(&self, resources: &Words, place: Place, has_variables: bool) -> bool {
        // A resource policy knows what it is attached to, also where an identity cannot name anything.
        let named = self.has_resource || place.is_resource();
        let resource = if named { self.request.resource.as_str() } else { "*" };
        resources.list.iter().any(|word| arn(&word.text, resource, &self.context, has_variables)) != resources.negated
    }
}
