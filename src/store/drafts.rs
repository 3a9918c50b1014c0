//! Drafts: what is being typed, one file each, readable by eye (TOML), held by a lock while its sendoff lives.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::mail::draft::Draft;

use super::atomic::Locked;
use super::{StoreError, atomic};

/// The folder of drafts.
#[derive(Debug, Clone)]
pub struct Drafts {
    folder: PathBuf,
}

/// One draft, ours as long as this lives.
#[derive(Debug)]
pub struct DraftFile {
    id: String,
    file: PathBuf,
    lock_file: PathBuf,
    _lock: Locked,
}

/// A draft that nobody holds: left by a crash, a hang-up, or put aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedDraft {
    pub id: String,
    pub draft: Draft,
    pub at: Timestamp,
}

impl Drafts {
    pub fn open(folder: PathBuf) -> Result<Self, StoreError> {
        atomic::private_folder(&folder)?;
        Ok(Self { folder })
    }

    /// Takes hold of the draft called `id`, new or old. `Busy` when another sendoff has it open.
    pub fn claim(&self, id: &str) -> Result<DraftFile, StoreError> {
        let lock_file = self.folder.join(format!("{id}.lock"));
        let lock = atomic::lock_file(&lock_file)?;
        Ok(DraftFile { id: id.to_owned(), file: self.path_of(id), lock_file, _lock: lock })
    }

    /// All drafts that nobody holds, newest first. A file that cannot be read stays where it is.
    pub fn list(&self) -> Result<Vec<SavedDraft>, StoreError> {
        let entries = std::fs::read_dir(&self.folder).map_err(StoreError::io("list", &self.folder))?;
        let mut drafts: Vec<SavedDraft> = entries
            .filter_map(Result::ok)
            .filter_map(|entry| {
                let path = entry.path();
                let id = path.file_name()?.to_str()?.strip_suffix(".toml")?.to_owned();
                let _free = atomic::lock_file(&self.folder.join(format!("{id}.lock"))).ok()?;
                let saved = entry.metadata().ok()?.modified().ok()?;
                Some(SavedDraft { id, draft: read(&path).ok()?, at: Timestamp::try_from(saved).ok()? })
            })
            .collect();
        drafts.sort_by_key(|draft| std::cmp::Reverse(draft.at));
        Ok(drafts)
    }

    pub fn read(&self, id: &str) -> Result<Draft, StoreError> {
        read(&self.path_of(id))
    }

    fn path_of(&self, id: &str) -> PathBuf {
        self.folder.join(format!("{id}.toml"))
    }
}

fn read(path: &Path) -> Result<Draft, StoreError> {
    let text = std::fs::read_to_string(path).map_err(StoreError::io("read", path))?;
    toml::from_str(&text)
        .map_err(|error| StoreError::Unreadable { path: path.to_owned(), why: error.to_string() })
}

impl DraftFile {
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Puts `draft` on disk; an empty one is removed.
    pub fn save(&self, draft: &Draft) -> Result<(), StoreError> {
        if draft.is_blank() {
            return remove(&self.file);
        }
        let text = toml::to_string_pretty(draft)
            .map_err(|error| StoreError::Unreadable { path: self.file.clone(), why: error.to_string() })?;
        atomic::write(&self.file, text.as_bytes())
    }

    /// Removes it: it went out, or was thrown away.
    pub fn discard(&self) -> Result<(), StoreError> {
        remove(&self.file)
    }
}

impl Drop for DraftFile {
    fn drop(&mut self) {
        // The lock of a draft that is no more would stay behind as an empty file.
        if !self.file.exists() {
            let _ = std::fs::remove_file(&self.lock_file);
        }
    }
}

fn remove(path: &Path) -> Result<(), StoreError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(StoreError::io("remove", path)(error))
        }
        _ => Ok(()),
    }
}
