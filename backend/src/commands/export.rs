//! `headwater export`

use std::io::Write;
use std::path::Path;

use shared::export::{self, ExportFile};
use tokio::fs;

use crate::cli::Export;
use crate::codeartifact::CodeArtifact;
use crate::config;

/// Writes a domain as code.
///
/// # Errors
/// One clear line when the domain cannot be read, the code cannot be written, or something is missing from it.
pub async fn run(args: Export) -> Result<(), String> {
    let kind = args.kind;
    if kind.is_folder() && args.out.is_none() {
        return Err(format!("{} is several files: name a folder for them with --out.", kind.title()));
    }
    let codeartifact = CodeArtifact::connect(config::connection(&args.connection, args.key.as_ref())?).await?;
    let read = codeartifact.snapshot(&args.domain, 0.0).await;
    let snapshot = read.map_err(|error| format!("The domain {} could not be read: {error}", args.domain))?;
    let export = export::write(&snapshot, kind);
    match &args.out {
        Some(folder) => into(folder, &export.files).await?,
        None => print(&export.files)?,
    }
    for sentence in &export.left_out {
        eprintln!("headwater: not in it: {sentence}");
    }
    if export.unread.is_empty() {
        return Ok(());
    }
    Err(format!("the export is not complete. {}", export.unread.join(" ")))
}

async fn into(folder: &Path, files: &[ExportFile]) -> Result<(), String> {
    fs::create_dir_all(folder).await.map_err(|error| format!("{} cannot be made: {error}.", folder.display()))?;
    for file in files {
        let path = folder.join(&file.name);
        fs::write(&path, &file.text)
            .await
            .map_err(|error| format!("{} cannot be written: {error}.", path.display()))?;
        eprintln!("headwater: wrote {}", path.display());
    }
    Ok(())
}

fn print(files: &[ExportFile]) -> Result<(), String> {
    let mut out = std::io::stdout().lock();
    let written = files.iter().try_for_each(|file| out.write_all(file.text.as_bytes())).and_then(|()| out.flush());
    written.map_err(|error| format!("Standard output cannot be written: {error}."))
}
