//! Readmes: Markdown, written by strangers, becomes a small tree of typed nodes. There is no HTML on the way.

use shared::readme::Readme;
use tokio::sync::Semaphore;

use crate::error::{Error, Result};

mod address;
mod build;

/// How many bytes of a readme are read.
pub const MOST_BYTES: usize = 512 * 1024;

/// Parses readmes outside the threads that answer requests, two at a time.
#[derive(Debug)]
pub struct Readmes {
    room: Semaphore,
}

impl Default for Readmes {
    fn default() -> Self {
        Self { room: Semaphore::new(2) }
    }
}

impl Readmes {
    /// Parses one.
    ///
    /// # Errors
    /// `Unexpected` when the parser panics.
    pub async fn parse(&self, text: String) -> Result<Readme> {
        let _place = self.room.acquire().await.map_err(Error::unexpected)?;
        tokio::task::spawn_blocking(move || parse(&text)).await.map_err(Error::unexpected)
    }
}

/// Parses Markdown (CommonMark with tables and strikethrough), as much of it as is shown.
pub fn parse(text: &str) -> Readme {
    let shown = &text[..text.floor_char_boundary(MOST_BYTES)];
    let (nodes, cut) = build::tree(shown);
    Readme { nodes, cut: cut || shown.len() < text.len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_longer_than_is_shown_says_so() {
        assert!(!parse(&"a".repeat(MOST_BYTES)).cut);
        assert!(parse(&"a".repeat(MOST_BYTES + 1)).cut);
        // Not in the middle of a letter.
        assert!(parse(&"ü".repeat(MOST_BYTES)).cut);
    }
}
