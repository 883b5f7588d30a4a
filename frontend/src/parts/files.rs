//! Files that somebody chose or dropped: their names, sizes and digests, and how sending each of them stands.

mod choose;
mod digest;
mod row;

pub use choose::{ChooseFiles, DropFiles};
pub use row::FileRow;

use leptos::prelude::*;
use shared::names::{AssetName, Sha256};
use shared::publishing::{LARGEST_ASSET, most_assets};

/// A chosen file.
#[derive(Clone)]
pub struct Picked {
    /// Tells it from others, also of the same name.
    pub id: u32,
    /// Its name on the disk.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// How it stands.
    pub stage: ArcRwSignal<Stage>,
    /// The digest of its content, once it has been read.
    pub sha256: ArcRwSignal<Option<Sha256>>,
}

/// How a chosen file stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It is being read, or waits for it; bytes read.
    Reading(u64),
    /// The browser could not read it.
    Unreadable,
    /// It has been read and nothing of it has been sent.
    Ready,
    /// It is being sent; bytes gone.
    Sending(u64),
    /// The repository holds it.
    There,
    /// Sending it failed or was stopped.
    Failed,
    /// It was sent and no answer came: the repository may hold it.
    Unknown,
}

/// The files that were chosen. A context of the pages of a domain, so that they outlive the page they were dropped on.
#[derive(Clone, Copy)]
pub struct Files {
    list: RwSignal<Vec<Picked>>,
    handles: StoredValue<Vec<(u32, web_sys::File)>, LocalStorage>,
    reading: StoredValue<bool>,
    next: StoredValue<u32>,
}

impl Files {
    /// None chosen.
    pub fn new() -> Self {
        Self {
            list: RwSignal::new(Vec::new()),
            handles: StoredValue::new_local(Vec::new()),
            reading: StoredValue::new(false),
            next: StoredValue::new(0),
        }
    }

    /// The files, tracked.
    pub fn list(self) -> Vec<Picked> {
        self.list.get()
    }

    /// The files, not tracked.
    pub fn list_untracked(self) -> Vec<Picked> {
        self.list.get_untracked()
    }

    /// The file itself.
    pub fn handle(self, id: u32) -> Option<web_sys::File> {
        self.handles.with_value(|handles| handles.iter().find(|(one, _)| *one == id).map(|(_, file)| file.clone()))
    }

    /// Adds files; one of the same name replaces the earlier one. Begins to read them.
    pub fn add(self, files: Vec<web_sys::File>) {
        for file in files {
            let id = self.next.get_value();
            self.next.set_value(id + 1);
            let picked = Picked {
                id,
                name: file.name(),
                size: file.size() as u64,
                stage: ArcRwSignal::new(Stage::Reading(0)),
                sha256: ArcRwSignal::new(None),
            };
            let replaced = self.list_untracked().into_iter().find(|one| one.name == picked.name);
            if let Some(replaced) = replaced {
                self.remove(replaced.id);
            }
            self.handles.update_value(|handles| handles.push((id, file)));
            self.list.update(|list| list.push(picked));
        }
        self.read_all();
    }

    /// Takes one away.
    pub fn remove(self, id: u32) {
        self.list.update(|list| list.retain(|one| one.id != id));
        self.handles.update_value(|handles| handles.retain(|(one, _)| *one != id));
    }

    /// Takes all away.
    pub fn clear(self) {
        self.list.set(Vec::new());
        self.handles.set_value(Vec::new());
    }

    /// Reads the files one after the other, each piece by piece: a large one must not fill the memory.
    fn read_all(self) {
        if self.reading.get_value() {
            return;
        }
        self.reading.set_value(true);
        leptos::task::spawn_local(async move {
            let waits = |one: &Picked| matches!(*one.stage.read_untracked(), Stage::Reading(_));
            while let Some(picked) = self.list.try_get_untracked().and_then(|list| list.into_iter().find(waits)) {
                let Some(file) = self.handle(picked.id) else { break };
                let stage = picked.stage.clone();
                let wanted = move |done| {
                    stage.set(Stage::Reading(done));
                    self.handles.try_with_value(|handles| handles.iter().any(|(id, _)| *id == picked.id)) == Some(true)
                };
                match digest::sha256(&file, wanted).await {
                    Some(sha256) => {
                        picked.sha256.set(sha256.parse().ok());
                        picked.stage.set(Stage::Ready);
                    }
                    None => picked.stage.set(Stage::Unreadable),
                }
            }
            self.reading.try_set_value(false);
        });
    }

    /// Why these files cannot be sent as those of a generic version; none if they can. Tracked.
    pub fn refusal(self, region: &str) -> Option<String> {
        let list = self.list.read();
        if list.is_empty() {
            return Some("Choose files first.".to_owned());
        }
        let most = most_assets(region);
        if list.len() > most {
            return Some(format!("A version has at most {most} files in {region}; these are {}.", list.len()));
        }
        if let Some(problem) = list.iter().find_map(Picked::problem) {
            return Some(problem);
        }
        let reading = list.iter().any(|one| matches!(*one.stage.read(), Stage::Reading(_)));
        reading.then(|| "The files are still being read.".to_owned())
    }
}

impl Picked {
    /// Why it can never be sent; none if it can. Tracked.
    pub fn problem(&self) -> Option<String> {
        if self.size > LARGEST_ASSET {
            return Some(format!("{} is larger than 5 GB, which is the most that CodeArtifact takes.", self.name));
        }
        if let Err(error) = self.name.parse::<AssetName>() {
            return Some(format!("{} cannot keep its name. {error}.", self.name));
        }
        let unreadable = *self.stage.read() == Stage::Unreadable;
        unreadable.then(|| format!("{} could not be read. Is it a folder, or has it changed meanwhile?", self.name))
    }
}
