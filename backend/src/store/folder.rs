//! The folder of the SQLite file: for its owner alone.

use std::fs::{DirBuilder, OpenOptions};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// The name of the file in its folder.
pub(super) const FILE: &str = "headwater.db";

/// Makes the folder and the file where they are missing, and returns the file.
///
/// # Errors
/// One clear line when that fails, or others can write the folder: they could put another record in its place.
pub(super) fn prepare(folder: &Path) -> Result<PathBuf, String> {
    let name = folder.display();
    let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|error| format!("The folder {name} cannot be made: {error}."))?;
    let found = std::fs::metadata(folder).map_err(|error| format!("The folder {name} cannot be read: {error}."))?;
    if found.mode() & 0o022 != 0 {
        return Err(format!(
            "Others can write the folder {name}: what stands there could be changed behind Headwater's back. Take that \
             right away (chmod go-w) or name another folder with --data."
        ));
    }
    let folder = folder.canonicalize().map_err(|error| format!("The folder {name} cannot be read: {error}."))?;
    let file = folder.join(FILE);
    // SQLite gives its side files the rights of this one.
    let opened = OpenOptions::new().append(true).create(true).mode(0o600).open(&file);
    match opened {
        Ok(_) => Ok(file),
        Err(error) => Err(format!("The store {} cannot be written: {error}.", file.display())),
    }
}

/// The file as sqlx takes it.
pub(super) fn url(file: &Path) -> String {
    let mut url = "sqlite://".to_owned();
    for &byte in file.as_os_str().as_bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' => url.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => url.push(char::from(byte)),
            _ => url.push_str(&format!("%{byte:02X}")),
        }
    }
    url.push_str("?mode=rw");
    url
}
