//! The log, on standard error.

use tracing_subscriber::EnvFilter;

use crate::cli::{LogFormat, LogLevel};

/// Starts the log. Our own messages at the level asked for, other crates' from warnings up: theirs may hold requests.
pub fn start(format: LogFormat, level: LogLevel) {
    let level = match level {
        LogLevel::Error => "error",
        LogLevel::Warn => "warn",
        LogLevel::Info => "info",
        LogLevel::Debug => "debug",
    };
    // The directives are constants, and read well.
    let filter = EnvFilter::new(format!("error,headwater={level},codeartifact_emulator={level},promotion={level}"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match format {
        LogFormat::Text => log.with_ansi(false).init(),
        LogFormat::Json => log.json().flatten_event(true).init(),
    }
}
