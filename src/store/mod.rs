//! FILES. Where settings, drafts and letters lie, and how they get there without ever being half there.
//!
//! Knows: paths, modes, locks, fsync and rename. Must not know: the screen, the network, what a draft is for.
//! Every folder made here is 0700 and every file 0600. "Saved" means written, synced, renamed, and the folder synced.
//! All of it blocks: `runtime` calls it from worker threads.

#![expect(clippy::disallowed_methods, reason = "this is the folder that touches files")]

mod atomic;
pub mod config;
pub mod drafts;
pub mod import;
pub mod logs;
pub mod outbox;
pub mod paths;
pub mod scratch;
mod spool;
pub mod turn;
pub mod vault;

pub use spool::copy as write_letter;

use std::io;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::mail::draft::FileFact;

/// What a store could not do, to which file, and why.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("cannot {doing} {}: {why}", path.display())]
    Io { doing: &'static str, path: PathBuf, why: io::Error },
    #[error("{} cannot be read: {why}", path.display())]
    Unreadable { path: PathBuf, why: String },
    #[error("{} changed while it was being read; attach it again when it is finished", path.display())]
    Changed { path: PathBuf },
    #[error("{} is there already, and is not written over; choose another name", path.display())]
    Exists { path: PathBuf },
    #[error("{} is in use by another sendoff", path.display())]
    Busy { path: PathBuf },
    #[error("there is no home folder, so there is nowhere to keep drafts")]
    NoHome,
}

impl StoreError {
    pub(crate) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |why| Self::Io { doing, path, why }
    }
}

/// What is found at each path, opened once, so that a later surprise is at least not a FIFO that never ends.
pub fn file_facts<'a>(paths: impl Iterator<Item = &'a Path>) -> Vec<FileFact> {
    paths.map(file_fact).collect()
}

pub fn file_fact(path: &Path) -> FileFact {
    match std::fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => FileFact::Missing,
        Err(error) => FileFact::Unreadable(error.to_string()),
        Ok(meta) if !meta.is_file() => FileFact::NotAFile,
        Ok(meta) => match std::fs::File::open(path) {
            Ok(_readable) => FileFact::File(meta.len()),
            Err(error) => FileFact::Unreadable(error.to_string()),
        },
    }
}

/// The text of a file that a person named, such as a theme or a root certificate.
pub fn read_text(path: &Path) -> Result<String, StoreError> {
    std::fs::read_to_string(path).map_err(StoreError::io("read", path))
}

/// Is there a regular file of that name? A text that could be no name is none.
pub fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// The first octets, at most `most`, of a file that a person named.
pub fn read_beginning(path: &Path, most: u64) -> Result<Vec<u8>, StoreError> {
    let mut bytes = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes));
    read.map_err(StoreError::io("read", path))?;
    Ok(bytes)
}

/// What a path could be completed to: names in its folder that begin as it does, folders with a slash. At most `limit`.
pub fn complete_path(typed: &str, home: Option<&Path>, limit: usize) -> Vec<String> {
    let (folder, start) = typed.rsplit_once('/').map_or(("", typed), |(folder, start)| (folder, start));
    let shown_folder = if typed.contains('/') { format!("{folder}/") } else { String::new() };
    let real = expand_home(if shown_folder.is_empty() { "." } else { &shown_folder }, home);
    let Ok(entries) = std::fs::read_dir(&real) else { return Vec::new() };
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let is_hidden = name.starts_with('.') && !start.starts_with('.');
            if !name.starts_with(start) || is_hidden || name.chars().any(char::is_control) {
                return None;
            }
            let slash = if entry.path().is_dir() { "/" } else { "" };
            Some(format!("{shown_folder}{name}{slash}"))
        })
        .collect();
    names.sort();
    names.truncate(limit);
    names
}

/// What the system said, without the name of a file that only stood in for another.
fn bare(why: &io::Error) -> io::Error {
    why.kind().into()
}

/// Puts a text where no file is yet: whole or not at all, for us alone to read.
pub fn write_new(path: &Path, text: &str) -> Result<(), StoreError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if path.symlink_metadata().is_ok() {
        return Err(StoreError::Exists { path: path.to_owned() });
    }
    let mut file = tempfile::NamedTempFile::new_in(folder)
        .map_err(|why| StoreError::io("make a file in", folder)(bare(&why)))?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.as_file().sync_all());
    written.map_err(StoreError::io("write", path))?;
    file.persist_noclobber(path).map(drop).map_err(|error| StoreError::io("make", path)(error.error))
}

/// `~/x` as the path that a shell would make of it.
pub fn expand_home(typed: &str, home: Option<&Path>) -> PathBuf {
    match (typed.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(typed),
    }
}
