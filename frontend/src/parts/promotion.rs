//! Promoting what the tray holds: the plan, what it would do, and what came of it.

mod checks;
mod needs;
mod needs_rows;
mod outcome;
mod plan_table;
mod reason;
mod run;
mod target;

pub use checks::Checks;
pub use needs::{Needs, NeedsSection};
pub use outcome::Outcome;
pub use plan_table::{PlanSummary, PlanTable};
pub use reason::ReasonField;
pub use run::{Run, pins};
pub use target::TargetField;
