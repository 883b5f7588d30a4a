//! Many versions of a package in one repository: listed, chosen, and taken one step together.

mod listing;
mod outcome;
mod run;
mod selection;
mod steps;
mod table;

pub use listing::VersionListing;
pub use outcome::BatchOutcome;
pub use run::BatchRun;
pub use selection::Selection;
pub use steps::StepForm;
pub use table::VersionTable;
