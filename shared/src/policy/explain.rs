//! Who may do what, and why: the decision of AWS on a request, the statements that made it, and the smallest change that
//! would allow it.
//!
//! The rules are those of the IAM user guide, *Policy evaluation logic* and *Cross-account policy evaluation logic*:
//!
//! - What no policy allows is denied. A `Deny` that applies outweighs every `Allow`.
//! - In the account that owns the domain, an identity policy or a resource policy is enough. One that names the account
//!   (and not the user, the role or the session) only hands the decision over to the policies of that account.
//! - From another account both an identity policy and a resource policy must allow.
//! - A permissions boundary and a session policy allow nothing by themselves: what they do not allow, identity policies
//!   cannot grant, nor can a resource policy to a role. Only what a resource policy grants to a user or to a session itself
//!   is not bound by them.
//!
//! Which policies of CodeArtifact are asked, and that the account which made a repository needs no resource policy, is
//! from the CodeArtifact user guide, *How AWS CodeArtifact works with IAM*. Policies of an organisation are not known here.

mod applies;
mod beside;
mod compare;
mod context;
mod mend;
mod who;
mod words;

use super::action::{Action, GET_SERVICE_BEARER_TOKEN, SERVICE};
use super::statement::{Effect, Policy};
use crate::names::AccountId;
use applies::{Asked, Grant};
pub use beside::needed_beside;
pub use context::Context;
pub use mend::Change;
pub use who::Who;
pub use words::capital;

/// A request to CodeArtifact, or for one of its tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Who asks.
    pub principal: Who,
    /// In full: `codeartifact:ReadFromRepository`.
    pub action: String,
    /// The ARN of what it works on; the domain's for what is made in a domain; `*` for what concerns the account.
    pub resource: String,
    /// The account that made the repository, where it is another one than the domain's owner.
    pub administrator: Option<AccountId>,
    /// Further keys of the request, such as tags of the principal. What follows from the rest need not be given.
    pub context: Context,
}

/// The policies that there are. What is not there says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policies {
    /// Attached to the user, its groups, or the role.
    pub identity: Vec<Policy>,
    /// The permissions boundary of the user or the role.
    pub boundary: Option<Policy>,
    /// Passed when the session began.
    pub session: Option<Policy>,
    /// The domain's.
    pub domain: Option<Policy>,
    /// The repository's.
    pub repository: Option<Policy>,
}

/// Which of the policies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// Of the identity policies the one with this index.
    Identity(usize),
    /// The permissions boundary.
    Boundary,
    /// The session policy.
    Session,
    /// The domain's policy.
    Domain,
    /// The repository's policy.
    Repository,
}

impl Place {
    fn is_resource(self) -> bool {
        matches!(self, Self::Domain | Self::Repository)
    }
}

impl Policies {
    /// All of them with their places.
    pub fn all(&self) -> Vec<(Place, &Policy)> {
        let mut all: Vec<(Place, &Policy)> =
            self.identity.iter().enumerate().map(|(index, policy)| (Place::Identity(index), policy)).collect();
        let single = [
            (Place::Boundary, &self.boundary),
            (Place::Session, &self.session),
            (Place::Domain, &self.domain),
            (Place::Repository, &self.repository),
        ];
        all.extend(single.into_iter().filter_map(|(place, policy)| policy.as_ref().map(|policy| (place, policy))));
        all
    }
}

/// A statement that had a part in the decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decisive {
    /// The policy it stands in.
    pub place: Place,
    /// Its index there; the first is 0.
    pub statement: usize,
    /// Its Sid, or its number: to be read in a sentence.
    pub called: String,
    /// The line it begins on.
    pub line: usize,
    /// What it does.
    pub effect: Effect,
}

/// What stands between the request and an allowance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// It is allowed by identity policies.
    Identity,
    /// It is allowed by a resource policy alone.
    Resource,
    /// It is allowed by an identity policy and a resource policy, as from another account it must be.
    Both,
    /// The root user of the account may do everything that nothing denies.
    Root,
    /// The root user cannot ask for a token (CodeArtifact user guide, *Tokens*).
    RootToken,
    /// A statement denies.
    Denied,
    /// Neither an identity policy nor a resource policy allows.
    Nothing,
    /// A resource policy hands the decision to the account, and no identity policy allows.
    HandedOver,
    /// No identity policy allows: from another account that is needed besides the resource policy.
    NoIdentity,
    /// No resource policy allows: for another account that is needed besides the identity policy.
    NoResource,
    /// The permissions boundary does not allow it.
    Boundary,
    /// The session policy does not allow it.
    Session,
}

/// Where the principal stands to the resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// In the account that owns the domain.
    Owner,
    /// In the account that made the repository in somebody else's domain.
    Administrator,
    /// In another account.
    Other,
}

/// The decision on a request, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// Allowed or denied.
    pub allowed: bool,
    /// Why.
    pub reason: Reason,
    /// The statements that decided, those that deny first.
    pub decisive: Vec<Decisive>,
    /// Statements that would allow it, did the request have other keys: what is missing, in a sentence each.
    pub missed: Vec<(Decisive, String)>,
    /// Whose account the principal is in.
    pub standing: Standing,
    /// The smallest change that would allow it; empty if it is allowed.
    pub changes: Vec<Change>,
}

/// Explains a request.
pub fn explain(request: &Request, policies: &Policies) -> Explanation {
    let asked = Asked::new(request);
    let found = asked.look(policies);
    let standing = standing(request);
    let reason = decide(request, policies, &found, standing);
    let allowed = matches!(reason, Reason::Identity | Reason::Resource | Reason::Both | Reason::Root);
    let wanted = if reason == Reason::Denied { Effect::Deny } else { Effect::Allow };
    let by_resource = matches!(reason, Reason::Resource | Reason::Both | Reason::HandedOver | Reason::NoIdentity);
    let by_identity =
        matches!(reason, Reason::Identity | Reason::Both | Reason::NoResource | Reason::Boundary | Reason::Session);
    let decisive = found
        .applied
        .iter()
        .filter(|hit| hit.decisive.effect == wanted)
        .filter(|hit| match hit.decisive.place {
            _ if wanted == Effect::Deny => true,
            place if place.is_resource() => by_resource,
            _ => by_identity,
        })
        .map(|hit| hit.decisive.clone())
        .collect();
    let changes = if allowed { Vec::new() } else { mend::mend(request, policies, &asked, &found, standing) };
    Explanation { allowed, reason, decisive, missed: found.missed, standing, changes }
}

/// Explains everything that an operation asks for: `GetAuthorizationToken` asks STS for a bearer token too.
pub fn explain_operation(request: &Request, policies: &Policies) -> Vec<(Request, Explanation)> {
    let mut all = vec![(request.clone(), explain(request, policies))];
    if request.action.eq_ignore_ascii_case("codeartifact:GetAuthorizationToken") {
        let token = Request { action: GET_SERVICE_BEARER_TOKEN.into(), resource: "*".into(), ..request.clone() };
        let explanation = explain(&token, policies);
        all.push((token, explanation));
    }
    all
}

/// The account that owns what the request works on.
fn owner(request: &Request) -> Option<&str> {
    request.resource.split(':').nth(4)
}

fn standing(request: &Request) -> Standing {
    let account = request.principal.account();
    // What concerns the account concerns the one of whoever asks.
    if owner(request).is_none_or(|owner| owner == account) || asks_account_alone(&request.action) {
        Standing::Owner
    } else if request.administrator.as_ref().is_some_and(|administrator| administrator.as_str() == account) {
        Standing::Administrator
    } else {
        Standing::Other
    }
}

fn asks_account_alone(action: &str) -> bool {
    match ours(action) {
        Some(action) => !action.asks_domain(),
        None => true,
    }
}

/// The action of CodeArtifact of this name.
fn ours(action: &str) -> Option<&'static Action> {
    action.split_once(':').filter(|(service, _)| service.eq_ignore_ascii_case(SERVICE))?;
    Action::named(action)
}

/// The flow of *Policy evaluation logic*, and for other accounts of *Cross-account policy evaluation logic*.
fn decide(request: &Request, policies: &Policies, found: &applies::Found, standing: Standing) -> Reason {
    if found.applied.iter().any(|hit| hit.decisive.effect == Effect::Deny) {
        return Reason::Denied;
    }
    let allows = |place: fn(Place) -> bool| found.applied.iter().any(|hit| place(hit.decisive.place));
    let identity = allows(|place| matches!(place, Place::Identity(_)));
    let boundary = policies.boundary.is_none() || allows(|place| place == Place::Boundary);
    let session = policies.session.is_none() || allows(|place| place == Place::Session);
    let grant = found.applied.iter().filter(|hit| hit.decisive.place.is_resource()).filter_map(|hit| hit.grant).max();
    let bound = if !boundary {
        Some(Reason::Boundary)
    } else if !session {
        Some(Reason::Session)
    } else {
        None
    };
    let root = request.principal.is_root();
    match (standing, identity || root, grant) {
        _ if root && request.action.eq_ignore_ascii_case("codeartifact:GetAuthorizationToken") => Reason::RootToken,
        (Standing::Owner | Standing::Administrator, _, _) if root => Reason::Root,
        (Standing::Owner | Standing::Administrator, true, _) if bound.is_none() => Reason::Identity,
        (Standing::Owner, _, Some(Grant::Direct)) => Reason::Resource,
        (Standing::Owner, false, Some(Grant::Role)) => bound.unwrap_or(Reason::Resource),
        (Standing::Owner, false, Some(Grant::Account)) => Reason::HandedOver,
        (Standing::Owner | Standing::Administrator, true, _) => bound.unwrap_or(Reason::Identity),
        (Standing::Other, true, Some(_)) => bound.unwrap_or(Reason::Both),
        (Standing::Other, true, None) => Reason::NoResource,
        (Standing::Other | Standing::Administrator, false, Some(_)) => Reason::NoIdentity,
        (_, false, None) => Reason::Nothing,
    }
}
