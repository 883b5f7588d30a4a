//! Folders of stores.

use std::path::{Path, PathBuf};

use headwater::config::StoreSettings;
use headwater::random;
use headwater::store::Store;

/// A folder that goes when the test ends.
pub struct Folder(pub PathBuf);

impl Folder {
    /// A new name; the folder is not there yet. Its name is one that addresses would have to escape.
    pub fn new() -> Self {
        Self(std::env::temp_dir().join(format!("headwater store ?#%20é {}", random::hex::<8>())))
    }

    /// The file of the store.
    pub fn file(&self) -> PathBuf {
        self.0.join("headwater.db")
    }

    /// Opens the store.
    pub async fn open(&self) -> Result<Store, String> {
        open(&self.0).await
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // It may never have been made.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Opens the store in a folder.
pub async fn open(folder: &Path) -> Result<Store, String> {
    Store::open(&StoreSettings::Folder(folder.to_owned())).await
}
