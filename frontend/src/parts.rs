//! Pieces of pages that know our types.

mod crumbs;
mod domain_data;
mod form;
mod header;
mod inspector;
mod loaded;
mod matrix;
mod name;
mod outside_link;
mod package_filter;
mod package_list;
mod problem;
mod promotion;
mod readme;
mod refresh;
mod sidebar;
mod status;
mod theme;
mod tray;
mod version;

pub use domain_data::{Connections, DomainData};
pub use form::{Change, Confirm, FormPage, MARKED, TextField, problem_of};
pub use header::{Header, Mark};
pub use inspector::{Inspector, NoRepositories};
pub use loaded::Loaded;
pub use matrix::Matrix;
pub use name::{Name, Words};
pub use outside_link::OutsideLink;
pub use package_filter::FilterBar;
pub use package_list::{Listing, NoPackages, PackageList};
pub use problem::ProblemNotice;
pub use promotion::{Checks, Outcome, PlanSummary, PlanTable, ReasonField, Run, TargetField, pins};
pub use sidebar::Sidebar;
pub use status::StatusChip;
pub use tray::{ChooseBox, Contents, Tray, TrayBar};
pub use version::VersionPanel;
