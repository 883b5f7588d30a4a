//! What Headwater must not forget: kept in a file of one's own, through crashes, full disks and other programs.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

#[path = "store/approvals.rs"]
mod approvals;
#[path = "store/audit.rs"]
mod audit;
#[path = "store/blocks.rs"]
mod blocks;
#[path = "store/both.rs"]
mod both;
#[path = "store/faults.rs"]
mod faults;
#[path = "store/inventories.rs"]
mod inventories;
#[path = "store/opening.rs"]
mod opening;
#[path = "store/place.rs"]
mod place;
#[path = "store/postgres.rs"]
mod postgres;
