//! Pages: they read the address, load, and lay out.

mod chunks;
mod connections;
mod domain;
mod map;
mod nowhere;
mod package;
mod promote;
mod repository;
mod signed_out;

pub use chunks::{domain_pages, prepare};
pub use connections::ConnectionsPage;
pub use nowhere::NowherePage;
pub use signed_out::SignedOutPage;
