//! An explanation in sentences.

use super::{Change, Decisive, Explanation, Place, Policies, Reason, Standing};
use crate::policy::condition::{Operator, Test};
use crate::policy::wildcard::is_pattern;

impl Place {
    /// How it is called in a sentence.
    pub fn words(self) -> String {
        match self {
            Self::Identity(0) => "the identity policy".into(),
            Self::Identity(index) => format!("identity policy {}", index + 1),
            Self::Boundary => "the permissions boundary".into(),
            Self::Session => "the session policy".into(),
            Self::Domain => "the domain's policy".into(),
            Self::Repository => "the repository's policy".into(),
        }
    }
}

impl Decisive {
    /// `statement "ci" in the domain's policy, line 4`
    pub fn words(&self) -> String {
        format!("{} in {}, line {}", self.called, self.place.words(), self.line)
    }
}

impl Operator {
    /// To be read between a key and its values.
    pub(super) fn words(self) -> &'static str {
        use Test::*;
        match self.test {
            StringEquals | StringEqualsIgnoreCase | NumericEquals | DateEquals | Bool | BinaryEquals => "to be",
            StringLike | ArnEquals | ArnLike => "to be like",
            StringNotEquals | StringNotEqualsIgnoreCase | NumericNotEquals | DateNotEquals => "not to be",
            StringNotLike | ArnNotEquals | ArnNotLike => "not to be like",
            NumericLessThan | DateLessThan => "to be less than",
            NumericLessThanEquals | DateLessThanEquals => "to be at most",
            NumericGreaterThan | DateGreaterThan => "to be more than",
            NumericGreaterThanEquals | DateGreaterThanEquals => "to be at least",
            IpAddress => "to lie in",
            NotIpAddress => "not to lie in",
            Null => "to be missing:",
        }
    }
}

impl Explanation {
    /// Why it is allowed or denied, in a sentence.
    pub fn sentence(&self) -> String {
        let first = self.decisive.first().map(Decisive::words).unwrap_or_default();
        let by = |wanted: fn(Place) -> bool| {
            self.decisive.iter().find(|one| wanted(one.place)).map(Decisive::words).unwrap_or_default()
        };
        match self.reason {
            Reason::Identity if self.standing == Standing::Administrator => {
                format!("Allowed by {first}. The account made the repository: it needs no resource policy.")
            }
            Reason::Identity => format!("Allowed by {first}. Within one account that is enough."),
            Reason::Resource => format!("Allowed by {first}. Within one account that is enough."),
            Reason::RootToken => "Denied: the root user cannot ask for a token. Use a role or a user.".into(),
            Reason::Both if !self.decisive.iter().any(|one| !one.place.is_resource()) => {
                format!("Allowed by {first}. A root user needs no identity policy.")
            }
            Reason::Both => format!(
                "Allowed by {}, and by {}. From another account both are needed.",
                by(|place| !place.is_resource()),
                by(Place::is_resource)
            ),
            Reason::Root => "Allowed: the root user of an account may do everything there that nothing denies.".into(),
            Reason::Denied => format!("Denied by {first}. A statement that denies outweighs all that allow."),
            Reason::Nothing if self.standing == Standing::Other => {
                "Denied: from another account an identity policy and a resource policy must allow it, and neither does."
                    .into()
            }
            Reason::Nothing => "Denied: no statement allows it.".into(),
            Reason::HandedOver => format!(
                "Denied: {first} names the account, and so leaves it to the policies of the account. No identity policy allows it."
            ),
            Reason::NoIdentity => {
                format!("Denied: no identity policy allows it. {} does, but both are needed.", capital(&first))
            }
            Reason::NoResource => format!(
                "Denied: neither the domain's nor the repository's policy allows it. {} does, but from another account both are needed.",
                capital(&first)
            ),
            Reason::Boundary => "Denied: the permissions boundary does not allow it, whatever else does.".into(),
            Reason::Session => "Denied: the session policy does not allow it, whatever else does.".into(),
        }
    }
}

impl Change {
    /// What to do, in a sentence. A statement to add follows as JSON ([`Change::json`]).
    pub fn words(&self, policies: &Policies) -> String {
        let place = self.place();
        let policy = policies.all().into_iter().find(|(other, _)| *other == place).map(|(_, policy)| policy);
        let called = |index: &usize| {
            let statement = policy.and_then(|policy| policy.statements.get(*index));
            statement.map_or_else(|| format!("statement {}", index + 1), |statement| statement.called(*index))
        };
        match self {
            Self::Narrow { statement, .. } => {
                let actions = policy.and_then(|policy| policy.statements.get(*statement)).map(|found| &found.actions);
                let wide =
                    actions.is_none_or(|words| words.negated || words.list.iter().any(|word| is_pattern(&word.text)));
                let how = if wide {
                    "Narrow it so that this request is not meant, or take it away"
                } else {
                    "Take the action out of it, or take it away"
                };
                format!("{} in {} denies. {how}.", capital(&called(statement)), place.words())
            }
            Self::AddAction { statement, action, .. } => {
                format!("Add the action `{action}` to {} in {}.", called(statement), place.words())
            }
            Self::AddResource { statement, resource, .. } => {
                format!("Add the resource `{resource}` to {} in {}.", called(statement), place.words())
            }
            Self::AddStatement { .. } if policy.is_some() => format!("Add this statement to {}:", place.words()),
            Self::AddStatement { .. } => match place {
                Place::Identity(_) => "Attach an identity policy with this statement:".into(),
                Place::Boundary | Place::Session => format!("Add this statement to {}:", place.words()),
                Place::Domain => "Give the domain a policy with this statement:".into(),
                Place::Repository => "Give the repository a policy with this statement:".into(),
            },
        }
    }

    /// The statement to add, as JSON.
    pub fn json(&self) -> Option<String> {
        match self {
            Self::AddStatement { statement, .. } => Some(statement.to_json(0)),
            Self::Narrow { .. } | Self::AddAction { .. } | Self::AddResource { .. } => None,
        }
    }
}

/// The text with its first letter as a capital, to begin a sentence.
pub fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}
