//! Recorded sessions: a file of JSON lines each, ours alone to read, grown while the session runs.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::mail::session::{Session, json};
use crate::mail::settings::LogSettings;

use super::{StoreError, atomic};

/// Octets of one record; a session of a hundred thousand lines has about as many.
const MOST: u64 = 8 * 1024 * 1024;

const SUFFIX: &str = ".jsonl";

/// The folder of records.
#[derive(Debug, Clone)]
pub struct Logs {
    folder: PathBuf,
}

/// A record that is being written.
#[derive(Debug)]
pub struct Record {
    file: File,
    path: PathBuf,
    room: u64,
}

/// What is to go: whatever is older, or does not fit any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keep {
    pub days: u32,
    /// Octets of all records.
    pub size: u64,
}

impl From<LogSettings> for Keep {
    fn from(settings: LogSettings) -> Self {
        Self { days: settings.days, size: settings.size }
    }
}

impl Logs {
    pub fn open(folder: PathBuf) -> Result<Self, StoreError> {
        atomic::private_folder(&folder)?;
        Ok(Self { folder })
    }

    /// A new record. `name` begins with the time, so that names sort as sessions began.
    pub fn begin(&self, name: &str) -> Result<Record, StoreError> {
        let path = self.folder.join(format!("{name}{SUFFIX}"));
        Ok(Record { file: atomic::new_file(&path)?, path, room: MOST })
    }

    /// The names of all records, newest first.
    pub fn names(&self) -> Result<Vec<String>, StoreError> {
        let entries = std::fs::read_dir(&self.folder).map_err(StoreError::io("list", &self.folder))?;
        let mut names: Vec<String> =
            entries.filter_map(Result::ok).filter_map(|entry| name_of(&entry.path())).collect();
        names.sort_unstable_by(|one, other| other.cmp(one));
        Ok(names)
    }

    /// A record as it stands, and how many lines of it cannot be read.
    pub fn read(&self, name: &str) -> Result<(Session, usize), StoreError> {
        let path = self.folder.join(format!("{name}{SUFFIX}"));
        let bytes = std::fs::read(&path).map_err(StoreError::io("read", &path))?;
        json::read(&String::from_utf8_lossy(&bytes)).ok_or_else(|| StoreError::Unreadable {
            path,
            why: "it does not begin like a record of a session".into(),
        })
    }

    /// Removes what is too old and what does not fit, the oldest first; says how many that were.
    pub fn prune(&self, keep: Keep, now: Timestamp) -> Result<usize, StoreError> {
        let (mut size, mut gone) = (0_u64, 0);
        let oldest = now.as_second().saturating_sub(i64::from(keep.days) * 24 * 60 * 60);
        for name in self.names()? {
            let path = self.folder.join(format!("{name}{SUFFIX}"));
            let Ok(meta) = path.symlink_metadata() else { continue };
            size = size.saturating_add(meta.len());
            let changed = meta.modified().ok().and_then(|time| Timestamp::try_from(time).ok());
            if size > keep.size || changed.is_some_and(|changed| changed.as_second() < oldest) {
                match std::fs::remove_file(&path) {
                    Ok(()) => gone += 1,
                    // Another sendoff keeps the same limits.
                    Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                    Err(error) => return Err(StoreError::io("remove", &path)(error)),
                }
            }
        }
        Ok(gone)
    }
}

/// A name of ours: fourteen digits of time and a `T` among them, then a tail. Nothing else in the folder is touched.
fn name_of(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?.strip_suffix(SUFFIX)?;
    let (day, rest) = name.split_at_checked(8)?;
    let is_ours = day.bytes().all(|b| b.is_ascii_digit())
        && rest.starts_with('T')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b));
    is_ours.then(|| name.to_owned())
}

impl Record {
    /// Adds a line. Past its size a record says so once, and takes no more.
    pub fn append(&mut self, line: &str) -> Result<(), StoreError> {
        let needs = line.len() as u64 + 1;
        if self.room == 0 {
            return Ok(());
        }
        let text = if needs > self.room {
            self.room = 0;
            "{\"cut\":\"the record has its 8 MiB\"}\n".to_owned()
        } else {
            self.room -= needs;
            format!("{line}\n")
        };
        self.file.write_all(text.as_bytes()).map_err(StoreError::io("write", &self.path))
    }
}
