//! A project page of a Python index as JSON (PEP 691, PEP 700).

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::PypiFile;

#[derive(Deserialize)]
struct Page {
    files: Vec<File>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct File {
    filename: String,
    url: String,
    #[serde(default)]
    hashes: BTreeMap<String, String>,
    #[serde(default)]
    requires_python: Option<String>,
    #[serde(default)]
    yanked: Value,
    #[serde(default)]
    upload_time: Option<String>,
    #[serde(default)]
    size: Option<u64>,
}

/// The files of a page; their addresses may still be relative.
///
/// # Errors
/// Why it is no such page.
pub fn parse(bytes: &[u8]) -> Result<Vec<PypiFile>, String> {
    let page: Page =
        serde_json::from_slice(bytes).map_err(|error| format!("its index page cannot be read: {error}"))?;
    let read = |file: File| PypiFile {
        name: file.filename,
        url: file.url,
        sha256: file.hashes.get("sha256").map(|digest| digest.to_ascii_lowercase()),
        requires_python: file.requires_python,
        yanked: match file.yanked {
            Value::Bool(true) => Some(String::new()),
            Value::String(reason) => Some(reason),
            _ => None,
        },
        uploaded: file.upload_time,
        size: file.size,
    };
    Ok(page.files.into_iter().map(read).collect())
}
