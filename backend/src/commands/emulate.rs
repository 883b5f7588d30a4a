//! `headwater emulate`

use super::embedded::Embedded;
use crate::cli::Emulate;

/// Serves an embedded CodeArtifact.
///
/// # Errors
/// One clear line when it cannot start.
pub async fn run(emulate: Emulate) -> Result<(), String> {
    let embedded = Embedded::open(emulate.listen, emulate.story, emulate.emulator, "--listen").await?;
    let stop = super::stop()?;
    super::announce(&embedded.ready(), emulate.server.ready_file.as_deref())?;
    println!(
        "A CodeArtifact is ready at {}. The aws CLI and the SDKs use it with\n\n{}",
        embedded.url(),
        embedded.exports()
    );
    embedded.serve(stop).await;
    Ok(())
}
