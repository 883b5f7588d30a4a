//! Where the store is.

use std::path::PathBuf;

use clap::Args;

/// Where the store is.
#[derive(Debug, Args)]
pub struct DataArgs {
    /// The folder of what Headwater must not forget. It is for you alone; made where it is missing. `serve` takes
    /// ~/.local/state/headwater without it, `demo` keeps everything in memory.
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
}
