//! Leave to put a run into the journal.

use shared::approval::Approval;

use crate::error::{Error, Kind, Result};

/// Nothing stands in the way of a run. The journal takes none without it.
#[derive(Debug)]
pub struct Permit(());

impl Permit {
    /// For a plan that stands so with the protections of its target.
    ///
    /// # Errors
    /// `NotApproved` with all that stands in the way.
    pub fn of(approval: &Approval) -> Result<Self> {
        match approval.refusal_to_run() {
            None => Ok(Self(())),
            Some(why) => Err(Error::new(Kind::NotApproved, format!("The plan was not run. {why}"))),
        }
    }

    /// Going back is never held up: what undoing takes away came by a run that was permitted.
    pub fn to_undo() -> Self {
        Self(())
    }
}
