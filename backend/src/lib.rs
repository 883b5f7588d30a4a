//! The back end of Headwater: serves the front end, speaks to AWS CodeArtifact, holds the credentials.

pub mod access;
pub mod api;
pub mod app;
pub mod cache;
pub mod cli;
pub mod codeartifact;
pub mod commands;
pub mod comparison;
pub mod config;
pub mod error;
pub mod extract;
pub mod guard;
pub mod log;
pub mod patience;
pub mod promotion;
pub mod publishing;
pub mod random;
pub mod readme;
pub mod ready;
pub mod requirement;
pub mod server;
pub mod site;
pub mod status;
pub mod upload;
pub mod version_order;
pub mod work;
