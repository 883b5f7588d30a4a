//! What the versions of a promotion need, seen from the target. Reads only.
//!
//! The rule (`solve.rs`) is pure: from what is known it says what there is, and what has to be read to know more. The
//! reading (`read.rs`) fetches that and asks again, until nothing is wanted.

use std::time::SystemTime;

use shared::block::Blocks;
use shared::closure::{Closure, MOST_FOLLOWED};
use shared::names::DomainName;
use shared::promotion::PreviewRequest;

use crate::codeartifact::CodeArtifact;
use crate::error::Result;

mod known;
mod lookup;
mod read;
mod solve;
mod walk;

#[cfg(test)]
mod oracle;

use known::Known;
use read::Reader;
use solve::solve;

/// Says what the chosen versions need, and what there is of it in the target and in the source. What is blocked is not
/// proposed.
///
/// # Errors
/// When the repositories of the domain cannot be read, or source or target is not among them. What goes wrong with a
/// package stands in its row.
pub async fn closure(
    codeartifact: &CodeArtifact,
    domain: &DomainName,
    blocks: &Blocks,
    request: PreviewRequest,
) -> Result<Closure> {
    let read_at = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0.0, |time| time.as_secs_f64());
    let reader = Reader::new(codeartifact, domain, blocks, &request.from, &request.to).await?;
    let mut known = Known::default();
    let solution = loop {
        let solution = solve(&request.from, &request.versions, &known, MOST_FOLLOWED);
        if solution.wanted.is_empty() {
            break solution;
        }
        reader.read(solution.wanted, &mut known).await;
    };
    Ok(Closure {
        from: request.from,
        to: request.to,
        chosen: request.versions,
        rows: solution.rows,
        unread: solution.unread,
        followed: solution.followed,
        capped: solution.capped,
        read_at,
    })
}
