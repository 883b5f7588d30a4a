//! Pieces of pages that know our types.

mod blocks;
mod comparison;
mod connect;
mod crumbs;
mod domain_data;
mod files;
mod form;
mod header;
mod history;
mod inspector;
mod loaded;
mod matrix;
mod me;
mod name;
mod outside_link;
mod package_filter;
mod package_list;
mod problem;
mod promotion;
mod readme;
mod refresh;
mod run;
mod sidebar;
mod status;
mod theme;
mod tray;
mod version;
mod versions;

pub use blocks::{BlockForm, BlockMark, BlockNotice, KnownBlocks, block_refusal};
pub use comparison::{
    ChooseMany, ComparisonFilters, ComparisonListing, ComparisonTable, Contents as ComparisonContents, FileDifference,
    KindFacets, ShownLines, SideFields, version_query,
};
pub use connect::{ClientPicker, Steps, TokenPanel, WaySwitch, served};
pub use domain_data::{Connections, DomainData};
pub use files::{ChooseFiles, DropFiles, FileRow, Files, Picked, Stage};
pub use form::{Change, Confirm, FormPage, MARKED, TextField, problem_of};
pub use header::{Header, Mark};
pub use history::HistoryRows;
pub use inspector::{Inspector, NoRepositories};
pub use loaded::Loaded;
pub use matrix::Matrix;
pub use me::Me;
pub use name::{Name, Words};
pub use outside_link::OutsideLink;
pub use package_filter::FilterBar;
pub use package_list::{Listing, NoPackages, PackageList};
pub use problem::ProblemNotice;
pub use promotion::{
    ApprovalSection, Checks, Guard, Needs, NeedsSection, PlanSummary, PlanTable, PlannedNeedsSection, Protected,
    ReasonField, Route, Run, Say, StartProblem, TargetField, asks, obstacle, pins, reason_refusal, standing, undecided,
};
pub use run::{Absent, Next, RunList, Runner, Task};
pub use sidebar::Sidebar;
pub use status::StatusChip;
pub use tray::{ChooseBox, Contents, OtherSource, Tray, TrayBar};
pub use version::{StatusChanges, VersionPanel};
pub use versions::{BatchOutcome, BatchRun, Selection, StepForm, VersionListing, VersionTable};
