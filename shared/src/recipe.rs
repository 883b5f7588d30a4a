//! The set-up recipe: ten steps from no domain to a package in production. Which of them are done is read from what is
//! there, never remembered, so a step done by the `aws` command counts as one done in the page.

mod call;
mod documents;
mod names;
mod parts;
mod shell;
mod state;
mod verification;

pub use call::{Call, Promotion};
pub use documents::{identity_policies, team_policy};
pub use names::{Names, NamesError, ProductionTakes};
pub use parts::{Part, Standing, StepStanding, calls, needs, parts, standing};
pub use shell::commands;
pub use state::{HeldPackage, SetupState};
pub use verification::{Question, Told, Verification};

/// All that a person chooses before they begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipe {
    /// What everything is called.
    pub names: Names,
    /// What feeds production.
    pub production: ProductionTakes,
}

/// A step of the recipe, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// A domain.
    Domain,
    /// Four repositories.
    Repositories,
    /// What the stores fetch from.
    Connections,
    /// What the others take from.
    Upstreams,
    /// IAM policies for people and machines. CodeArtifact does not know them.
    Identity,
    /// Package managers signed in. It happens on somebody's machine.
    SignIn,
    /// Public packages installed through the chain.
    Install,
    /// A package of one's own published.
    Publish,
    /// The package copied to production.
    Promote,
    /// A permissions policy on the team repository.
    Permissions,
}

impl Step {
    /// All of them, in order.
    pub const ALL: [Self; 10] = [
        Self::Domain,
        Self::Repositories,
        Self::Connections,
        Self::Upstreams,
        Self::Identity,
        Self::SignIn,
        Self::Install,
        Self::Publish,
        Self::Promote,
        Self::Permissions,
    ];

    /// Those that lay the ground, and that can be done at one go.
    pub const GROUND: [Self; 4] = [Self::Domain, Self::Repositories, Self::Connections, Self::Upstreams];

    /// Its number, from 1.
    pub fn number(self) -> usize {
        self as usize + 1
    }

    /// The step of this number.
    pub fn of_number(number: usize) -> Option<Self> {
        Self::ALL.get(number.checked_sub(1)?).copied()
    }

    /// Nothing that CodeArtifact knows tells whether it is done: the person says so.
    pub fn is_ticked_by_hand(self) -> bool {
        matches!(self, Self::Identity | Self::SignIn)
    }
}

#[cfg(test)]
mod tests;
