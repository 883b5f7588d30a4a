//! Who did something, and what people may do.

use serde::{Deserialize, Serialize};

/// Who asked for something, as the journal keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Person {
    /// Names the person for good: from the list of people, or `local` where whoever runs the program is alone.
    pub id: String,
    /// As people call them.
    pub name: String,
}

impl Person {
    /// Whoever runs the program on their own machine, where nobody else signs in.
    pub fn local() -> Self {
        Self { id: "local".to_owned(), name: "You, on this machine".to_owned() }
    }
}

impl Person {
    /// Somebody who did not say who they are.
    pub fn unknown() -> Self {
        Self { id: "unknown".to_owned(), name: "Somebody unknown".to_owned() }
    }

    /// Whoever gives a command in a shell, by the name of their account there.
    pub fn of_account(account: &str) -> Self {
        Self { id: format!("cli:{account}"), name: format!("{account}, on the command line") }
    }
}

/// What a person may do here. A person may have several; whoever has one may read. What AWS allows the connection is
/// another matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Reads.
    Viewer,
    /// Plans and runs promotions, undoes them, blocks versions.
    Promoter,
    /// Approves and rejects plans.
    Approver,
    /// Everything else: domains, repositories, policies, statuses, tags, publishing, protections.
    Admin,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Viewer, Self::Promoter, Self::Approver, Self::Admin];

    /// As the list of people has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Promoter => "promoter",
            Self::Approver => "approver",
            Self::Admin => "admin",
        }
    }
}

impl std::fmt::Display for Role {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for Role {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.into_iter().find(|role| role.as_str() == text);
        known.ok_or_else(|| "a role is viewer, promoter, approver or admin".to_owned())
    }
}

/// Somebody who is signed in, with their roles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// Who it is.
    pub person: Person,
    /// What they may do.
    pub roles: Vec<Role>,
}

impl Who {
    /// Whoever runs the program on their own machine may do everything.
    pub fn local() -> Self {
        Self { person: Person::local(), roles: Role::ALL.to_vec() }
    }

    /// Somebody who is not signed in. May do nothing.
    pub fn nobody() -> Self {
        Self { person: Person { id: "nobody".to_owned(), name: "Nobody".to_owned() }, roles: Vec::new() }
    }

    /// Why they may not ask an endpoint, by its name; none if they may.
    pub fn refusal(&self, endpoint: &str) -> Option<String> {
        match crate::api::needs(endpoint) {
            Some(needed) if needed.iter().any(|role| self.roles.contains(role)) => None,
            Some(needed) => Some(missing(needed)),
            None => Some(format!("Nobody may ask `{endpoint}`: it has no rule.")),
        }
    }
}

/// What somebody is told who has none of these roles.
pub fn missing(needed: &[Role]) -> String {
    let words: Vec<_> = needed.iter().map(|role| role.as_str()).collect();
    format!(
        "This needs the role {}. Whoever runs Headwater gives roles out, in its list of people.",
        words.join(" or ")
    )
}
