//! Pointing clients at a repository: which client, which way, what to do, and a token on request.

mod picker;
mod served;
mod steps;
mod token;

pub use picker::{ClientPicker, WaySwitch};
pub use served::{Served, served};
pub use steps::Steps;
pub use token::TokenPanel;
