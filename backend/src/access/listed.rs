//! The list of people on the disk, read again whenever it changes.

use std::fs::{File, Metadata};
use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::people::People;

/// How many bytes the list may have.
const MOST_BYTES: u64 = 1024 * 1024;

/// What the group and others may not do with the list: write it.
const WRITE_BY_OTHERS: u32 = 0o022;

/// The people who may sign in now.
#[derive(Debug)]
pub struct Listed {
    people: People,
    file: Option<(PathBuf, Seen)>,
}

/// By what a change of the file is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seen {
    inode: (u64, u64),
    length: u64,
    mode: u32,
    changed: (i64, i64),
}

impl Seen {
    fn of(data: &Metadata) -> Self {
        let inode = (data.dev(), data.ino());
        Self { inode, length: data.len(), mode: data.mode(), changed: (data.ctime(), data.ctime_nsec()) }
    }
}

impl From<People> for Listed {
    /// A list that never changes.
    fn from(people: People) -> Self {
        Self { people, file: None }
    }
}

impl Listed {
    /// Reads a list.
    ///
    /// # Errors
    /// One clear line: it cannot be read, others may write it, or something in it is wrong.
    pub fn open(path: &Path) -> Result<Self, String> {
        let (people, seen) = read(path)?;
        Ok(Self { people, file: Some((path.to_owned(), seen)) })
    }

    /// The people as the file has them now. One that cannot be used leaves those who were good last: a slip of the pen
    /// must not lock everybody out.
    pub fn now(&mut self) -> &People {
        if let Some((path, seen)) = &mut self.file {
            let there = std::fs::metadata(&*path).map(|data| Seen::of(&data)).ok();
            // A file that is away for a moment, while an editor replaces it, is no change.
            if let Some(there) = there.filter(|there| there != seen) {
                match read(path) {
                    Ok((people, read)) => {
                        tracing::info!("the list of people has changed and was read");
                        (self.people, *seen) = (people, read);
                    }
                    Err(error) => {
                        tracing::error!(
                            error,
                            "the list of people has changed and cannot be used: the one before stays"
                        );
                        *seen = there;
                    }
                }
            }
        }
        &self.people
    }
}

fn read(path: &Path) -> Result<(People, Seen), String> {
    let shown = path.display();
    let unread = |error: std::io::Error| format!("The list of people {shown} cannot be read: {error}.");
    let file = File::open(path).map_err(unread)?;
    let data = file.metadata().map_err(unread)?;
    if data.mode() & WRITE_BY_OTHERS != 0 {
        return Err(format!("Others may write the list of people {shown}: chmod go-w it first."));
    }
    let mut text = String::new();
    file.take(MOST_BYTES).read_to_string(&mut text).map_err(unread)?;
    let people = People::parse(&text).map_err(|error| format!("The list of people {shown}: {error}."))?;
    Ok((people, Seen::of(&data)))
}

#[cfg(test)]
mod tests {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn entry(id: &str) -> String {
        let hash = hex::encode(super::super::link::hash(id));
        format!("[[person]]\nid = \"{id}\"\nname = \"Ann\"\nroles = [\"viewer\"]\ntoken_sha256 = \"{hash}\"\n")
    }

    #[test]
    fn the_list_follows_its_file_and_a_bad_one_leaves_the_last_good_one() {
        let path = std::env::temp_dir().join(format!("headwater-{}.toml", crate::random::hex::<6>()));
        std::fs::write(&path, entry("ann")).unwrap();
        let mut listed = Listed::open(&path).unwrap();
        assert!(listed.now().find("ann").is_some() && listed.now().find("bob").is_none());
        std::fs::write(&path, entry("ann") + &entry("bob")).unwrap();
        assert!(listed.now().find("bob").is_some());
        std::fs::write(&path, "nonsense").unwrap();
        assert!(listed.now().find("bob").is_some());
        std::fs::write(&path, entry("bobby")).unwrap();
        std::fs::set_permissions(&path, Permissions::from_mode(0o620)).unwrap();
        assert!(listed.now().find("bob").is_some(), "others may have written it");
        std::fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
        assert!(listed.now().find("bob").is_none() && listed.now().find("bobby").is_some());
        std::fs::remove_file(&path).unwrap();
        assert!(listed.now().find("bobby").is_some());
    }

    #[test]
    fn a_list_that_others_may_write_and_one_that_is_not_there_are_refused() {
        let path = std::env::temp_dir().join(format!("headwater-{}.toml", crate::random::hex::<6>()));
        assert!(Listed::open(&path).unwrap_err().contains("cannot be read"));
        std::fs::write(&path, entry("ann")).unwrap();
        for mode in [0o602, 0o620, 0o666] {
            std::fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
            assert!(Listed::open(&path).unwrap_err().contains("Others may write"));
        }
        std::fs::remove_file(&path).unwrap();
    }
}
