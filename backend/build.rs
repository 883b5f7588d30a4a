//! Embeds the built front end (`../dist`, written by Trunk): each file as it is, with gzip and with brotli.
//!
//! Writes `site.rs` into the output folder: one table of files for `src/site.rs`. Without a built front end the table
//! is empty, so that the crate compiles and its tests run.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

fn main() -> std::io::Result<()> {
    let dist = PathBuf::from(variable("CARGO_MANIFEST_DIR")?).join("../dist");
    let out = PathBuf::from(variable("OUT_DIR")?);
    // Cargo looks at a whole folder's times, but takes a missing folder for a change each time.
    std::fs::create_dir_all(&dist)?;
    println!("cargo::rerun-if-changed={}", dist.display());
    println!("cargo::rerun-if-changed=build.rs");

    let mut files = Vec::new();
    collect(&dist, &dist, &mut files)?;
    files.sort();
    let mut table = String::from("pub const FILES: &[File] = &[\n");
    for (number, path) in files.iter().enumerate() {
        let content = std::fs::read(dist.join(path))?;
        let stem = out.join(format!("site-{number}"));
        write_variants(&stem, &content)?;
        let tag = URL_SAFE_NO_PAD.encode(&Sha256::digest(&content)[..15]);
        let _ = writeln!(
            table,
            "    File {{ path: {path:?}, tag: {tag:?}, raw: include_bytes!({:?}), gzip: include_bytes!({:?}), brotli: include_bytes!({:?}) }},",
            stem.with_extension("raw"),
            stem.with_extension("gz"),
            stem.with_extension("br"),
        );
    }
    table.push_str("];\n");
    std::fs::write(out.join("site.rs"), table)
}

fn variable(name: &str) -> std::io::Result<String> {
    std::env::var(name).map_err(std::io::Error::other)
}

/// Paths of all files under `folder`, relative to `root`, with `/` between the parts. Trunk's working folder is hidden.
fn collect(root: &Path, folder: &Path, files: &mut Vec<String>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden {
            continue;
        }
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if let Ok(relative) = path.strip_prefix(root) {
            let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            files.push(parts.join("/"));
        }
    }
    Ok(())
}

fn write_variants(stem: &Path, content: &[u8]) -> std::io::Result<()> {
    std::fs::write(stem.with_extension("raw"), content)?;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(content)?;
    std::fs::write(stem.with_extension("gz"), gzip.finish()?)?;
    let mut compressed = Vec::new();
    // The best takes seconds, which only what is handed out is worth.
    let quality = if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") { 11 } else { 5 };
    let parameters = brotli::enc::BrotliEncoderParams { quality, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &content[..], &mut compressed, &parameters)?;
    std::fs::write(stem.with_extension("br"), compressed)
}
