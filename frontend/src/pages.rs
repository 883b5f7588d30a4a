//! Pages: they read the address, load, and lay out.

mod access;
mod chunks;
mod clean_up;
mod compare;
mod comparison;
mod connect;
mod connections;
mod doctor;
mod domain;
mod export;
mod history;
mod map;
mod new_domain;
mod new_repository;
mod nowhere;
mod package;
mod plan;
mod promote;
mod promotions;
mod protection;
mod publish;
mod repository;
mod run;
mod set_up;
mod settings;
mod signed_out;
mod undo;
mod version_difference;
mod versions;

pub use chunks::{clean_up_page, compare_page, domain_pages, new_domain_page, prepare, set_up_page};
pub use connections::ConnectionsPage;
pub use nowhere::NowherePage;
pub use signed_out::SignedOutPage;
