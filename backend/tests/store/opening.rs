//! Opening a store: who may see it, and what is refused.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use crate::place::Folder;

fn mode(path: &std::path::Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn the_folder_and_every_file_in_it_are_for_their_owner_alone() {
    let folder = Folder::new();
    let store = folder.open().await.unwrap();
    store.write().await.unwrap().commit().await.unwrap();
    assert_eq!(mode(&folder.0), 0o700);
    let files: Vec<_> = fs::read_dir(&folder.0).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(files.contains(&folder.file()), "{files:?}");
    for file in files {
        assert_eq!(mode(&file), 0o600, "{file:?}");
    }
}

#[tokio::test]
async fn a_folder_that_others_can_write_is_refused() {
    for others in [0o720, 0o702, 0o777] {
        let folder = Folder::new();
        fs::create_dir(&folder.0).unwrap();
        fs::set_permissions(&folder.0, Permissions::from_mode(others)).unwrap();
        let refusal = folder.open().await.unwrap_err();
        assert!(refusal.contains("Others can write") && !refusal.contains('\n'), "{refusal}");
        assert!(!folder.file().exists());
    }
}

#[tokio::test]
async fn what_is_no_store_is_refused_and_left_alone() {
    let folder = Folder::new();
    fs::create_dir(&folder.0).unwrap();
    fs::set_permissions(&folder.0, Permissions::from_mode(0o700)).unwrap();
    let text = "a letter, not a database. ".repeat(100);
    fs::write(folder.file(), &text).unwrap();
    let refusal = folder.open().await.unwrap_err();
    assert!(refusal.contains("damaged") && !refusal.contains('\n'), "{refusal}");
    assert_eq!(fs::read_to_string(folder.file()).unwrap(), text);
}

#[tokio::test]
async fn a_store_opens_again_with_everything_that_was_committed_and_nothing_else() {
    let folder = Folder::new();
    let store = folder.open().await.unwrap();
    let now = store.write().await.unwrap().now().await.unwrap();
    assert!(now > 1_700_000_000.0);
    store.close().await;
    let left: Vec<_> = fs::read_dir(&folder.0).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["headwater.db"], "all of it is in the file itself once it is closed");
    folder.open().await.unwrap();
}
