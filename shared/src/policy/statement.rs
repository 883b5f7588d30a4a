//! What a policy says, typed, each word with its place.

use super::condition::Operator;
use super::finding::Spot;

/// A policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Policy variables such as `${aws:username}` count from version 2012-10-17 on; before, they are plain text.
    pub has_variables: bool,
    /// In the order of the text.
    pub statements: Vec<Statement>,
}

/// One statement of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Where it begins.
    pub at: Spot,
    /// Its name, if it has one.
    pub sid: Option<Word>,
    /// What it does when it applies.
    pub effect: Effect,
    /// Whom it is about; none in an identity's policy.
    pub principals: Option<Principals>,
    /// `Action` or `NotAction`.
    pub actions: Words,
    /// `Resource` or `NotResource`.
    pub resources: Words,
    /// All of them must hold.
    pub conditions: Vec<Condition>,
}

/// What a statement does when it applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// It allows, unless something denies.
    Allow,
    /// It denies, whatever allows.
    Deny,
}

/// A text with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The text, without quotes and escapes.
    pub text: String,
    /// Where it begins.
    pub at: Spot,
}

/// A list of patterns: one of them must match, or none if it is negated (`NotAction`, `NotResource`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// Where its name stands.
    pub at: Spot,
    /// `NotAction` and `NotResource`.
    pub negated: bool,
    /// At least one.
    pub list: Vec<Word>,
}

/// Whom a statement of a resource policy is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principals {
    /// Where its name stands.
    pub at: Spot,
    /// `NotPrincipal`: everybody but these.
    pub negated: bool,
    /// At least one.
    pub list: Vec<Principal>,
}

/// One principal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// Which list it stands in.
    pub kind: PrincipalKind,
    /// An account number, an ARN, `*`, a service, or a provider.
    pub word: Word,
}

/// The lists that principals stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PrincipalKind {
    /// Accounts, users, roles, sessions; or `*`, everybody.
    Aws,
    /// Services of AWS.
    Service,
    /// Identity providers.
    Federated,
    /// Users by the id that Amazon S3 gives them.
    CanonicalUser,
}

impl PrincipalKind {
    pub(super) const ALL: [(&'static str, Self); 4] = [
        ("AWS", Self::Aws),
        ("Service", Self::Service),
        ("Federated", Self::Federated),
        ("CanonicalUser", Self::CanonicalUser),
    ];
}

/// One condition of a statement: a key compared with values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// How they are compared.
    pub operator: Operator,
    /// What is compared.
    pub key: Word,
    /// One of them must hold (none of them, if the operator is a negated one).
    pub values: Vec<Word>,
}

impl Statement {
    /// How it is called in a sentence: its Sid, or its number.
    pub fn called(&self, index: usize) -> String {
        match &self.sid {
            Some(sid) if !sid.text.is_empty() => format!("statement \"{}\"", sid.text),
            _ => format!("statement {}", index + 1),
        }
    }
}
