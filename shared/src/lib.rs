//! What the front end and the back end of Headwater agree on: names, API types, and the pure rules.
//!
//! No I/O, no clock, no logging. Builds for wasm32 and for the host.

pub mod api;
pub mod approval;
pub mod archive;
pub mod block;
pub mod cleanup;
pub mod closure;
pub mod command;
pub mod comparison;
pub mod connect;
pub mod connection;
pub mod doctor;
pub mod domain;
pub mod effect;
pub mod export;
pub mod external;
pub mod feeding;
pub mod format;
pub mod history;
pub mod inventory;
pub mod mending;
pub mod names;
pub mod needs;
pub mod package;
pub mod permission;
pub mod person;
pub mod plan;
pub mod policy;
pub mod problem;
pub mod promotion;
pub mod protection;
pub mod publishing;
pub mod readme;
pub mod recipe;
pub mod repository;
pub mod run;
pub mod session;
pub mod spelling;
pub mod status;
pub mod tag;
pub mod token;
pub mod topology;
pub mod undo;
pub mod version;
