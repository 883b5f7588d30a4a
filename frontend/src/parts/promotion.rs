//! Promoting what the tray holds: the plan, what it would do, and starting it.

mod approval;
mod checks;
mod guard;
mod needs;
mod needs_rows;
mod plan_table;
mod planned_needs;
mod reason;
mod route;
mod run;
mod target;

pub use approval::{ApprovalSection, Say, standing};
pub use checks::Checks;
pub use guard::{Guard, Protected, asks, obstacle};
pub use needs::{Needs, NeedsSection};
pub use plan_table::{PlanSummary, PlanTable};
pub use planned_needs::PlannedNeedsSection;
pub use reason::{ReasonField, refusal as reason_refusal};
pub use route::Route;
pub use run::{Run, StartProblem, pins, undecided};
pub use target::TargetField;
