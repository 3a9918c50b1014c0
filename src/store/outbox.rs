//! The outbox: one folder a letter, with the frozen bytes, the envelope, and a journal that only grows.
//!
//! | found after a crash                         | means                                   |
//! |---------------------------------------------|-----------------------------------------|
//! | `ID.new/`                                   | never complete, never sent: swept       |
//! | journal without `dot-intent`                | not sent                                |
//! | `dot-intent` and no outcome after it        | unknown                                 |
//! | an outcome                                  | that outcome                            |
//! | a last line without its line end            | never synced, so nothing rested on it   |

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rustix::fs::{FallocateFlags, fallocate};
use serde::{Deserialize, Serialize};

use crate::mail::letter::{Envelope, Letter};
use crate::mail::outbox::{Entry, Event, Fate, LetterId, Record};

use super::atomic::Locked;
use super::{StoreError, atomic, spool};

const LETTER: &str = "letter.eml";
const ENVELOPE: &str = "envelope.json";
const JOURNAL: &str = "journal";
/// Ends the name of a folder that is not complete yet.
const NEW: &str = ".new";
/// Finished letters that the list keeps.
const KEPT: usize = 50;
/// Octets set aside for the journal, so that a full disk cannot swallow an outcome.
const RESERVED: u64 = 4096;

/// The folder of letters.
#[derive(Debug, Clone)]
pub struct Outbox {
    folder: PathBuf,
}

/// A letter on its way, ours as long as this lives.
#[derive(Debug)]
pub struct Held {
    pub id: LetterId,
    folder: PathBuf,
    journal: Locked,
}

/// Where a letter comes from.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    pub account: &'a str,
    /// The draft on disk, if there is one: the two have to be told apart, and together, after a crash.
    pub draft: Option<&'a str>,
}

/// What lies beside the letter.
#[derive(Serialize, Deserialize)]
struct Cover {
    account: String,
    draft: Option<String>,
    envelope: Envelope,
}

impl Outbox {
    pub fn open(folder: PathBuf) -> Result<Self, StoreError> {
        atomic::private_folder(&folder)?;
        Ok(Self { folder })
    }

    /// Freezes a letter: when this returns, it is on disk, whole, and recorded as queued.
    pub fn queue(
        &self,
        id: LetterId,
        origin: Origin<'_>,
        letter: &Letter,
        at: Timestamp,
    ) -> Result<Held, StoreError> {
        let new = self.folder.join(format!("{}{NEW}", id.0));
        atomic::new_folder(&new)?;
        let filled = Self::fill(&new, origin, letter, at);
        let (journal, folder) = match filled.and_then(|journal| Ok((journal, self.settle(&new, &id)?))) {
            Ok(done) => done,
            Err(error) => {
                let _ = std::fs::remove_dir_all(&new);
                return Err(error);
            }
        };
        Ok(Held { id, folder, journal })
    }

    fn fill(new: &Path, origin: Origin<'_>, letter: &Letter, at: Timestamp) -> Result<Locked, StoreError> {
        let mut journal = open_journal(&new.join(JOURNAL), true)?;
        // Best effort: some file systems cannot.
        let _ = fallocate(&*journal, FallocateFlags::KEEP_SIZE, 0, RESERVED);
        spool::write(&new.join(LETTER), letter)?;
        let draft = origin.draft.map(str::to_owned);
        let cover = Cover { account: origin.account.to_owned(), draft, envelope: letter.envelope.clone() };
        let text = serde_json::to_vec_pretty(&cover)
            .map_err(|why| StoreError::Unreadable { path: new.to_owned(), why: why.to_string() })?;
        atomic::write(&new.join(ENVELOPE), &text)?;
        append(&mut journal, &new.join(JOURNAL), &Record { at, event: Event::Queued })?;
        atomic::sync_folder(new)?;
        Ok(journal)
    }

    fn settle(&self, new: &Path, id: &LetterId) -> Result<PathBuf, StoreError> {
        let folder = self.folder.join(&id.0);
        std::fs::rename(new, &folder).map_err(StoreError::io("rename", new))?;
        atomic::sync_folder(&self.folder)?;
        Ok(folder)
    }

    /// Every letter, newest first; what a crash left incomplete is swept, and old finished ones are let go.
    pub fn list(&self) -> Result<Vec<Entry>, StoreError> {
        let entries = std::fs::read_dir(&self.folder).map_err(StoreError::io("list", &self.folder))?;
        let mut letters = Vec::new();
        for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
            if name.strip_suffix(NEW).is_some() {
                sweep(&path);
            } else if let Ok(entry) = read_entry(&path, name) {
                letters.push(entry);
            }
        }
        letters.sort_by_key(|letter| std::cmp::Reverse(letter.at));
        let finished = letters.iter().filter(|letter| !letter.fate.is_open());
        for old in finished.skip(KEPT) {
            let _ = std::fs::remove_dir_all(self.folder.join(&old.id.0));
        }
        Ok(letters)
    }

    /// The letter made from the draft called `draft` went out: attempts that surely did not are of no use any more.
    pub fn settle_attempts(&self, draft: &str) -> Result<(), StoreError> {
        let is_attempt = |letter: &Entry| letter.draft.as_deref() == Some(draft);
        let surely_not =
            |letter: &Entry| !letter.fate.is_taken() && !letter.fate.is_unknown() && !letter.is_busy;
        for old in self.list()?.into_iter().filter(is_attempt).filter(surely_not) {
            self.hold(&old.id)?.discard()?;
        }
        Ok(())
    }

    /// Takes hold of a letter to send it, or to throw it away.
    pub fn hold(&self, id: &LetterId) -> Result<Held, StoreError> {
        let folder = self.folder.join(&id.0);
        let path = folder.join(JOURNAL);
        let journal = open_journal(&path, false)?;
        // A line that a crash cut off must neither swallow the next one nor pass for one that was synced.
        let found = std::fs::read(&path).map_err(StoreError::io("read", &path))?;
        let whole = synced(&found);
        if whole < found.len() {
            journal.set_len(whole as u64).map_err(StoreError::io("write", &path))?;
        }
        Ok(Held { id: id.clone(), folder, journal })
    }
}

/// Removes what a crash left incomplete, unless somebody is completing it just now. A folder without a journal goes only if
/// there is nothing in it.
fn sweep(folder: &Path) {
    match open_journal(&folder.join(JOURNAL), false) {
        Ok(_lock) => drop(std::fs::remove_dir_all(folder)),
        Err(StoreError::Busy { .. }) => {}
        Err(_no_journal) => drop(std::fs::remove_dir(folder)),
    }
}

fn read_entry(folder: &Path, name: &str) -> Result<Entry, StoreError> {
    let path = folder.join(ENVELOPE);
    let text = std::fs::read(&path).map_err(StoreError::io("read", &path))?;
    let cover: Cover =
        serde_json::from_slice(&text).map_err(|why| StoreError::Unreadable { path, why: why.to_string() })?;
    let path = folder.join(JOURNAL);
    let records = records(&std::fs::read(&path).map_err(StoreError::io("read", &path))?);
    let is_busy = matches!(open_journal(&path, false), Err(StoreError::Busy { .. }));
    Ok(Entry {
        id: LetterId(name.to_owned()),
        account: cover.account,
        draft: cover.draft,
        envelope: cover.envelope,
        fate: Fate::of(&records),
        is_news: !is_busy && matches!(records.last(), Some(Record { event: Event::Outcome { .. }, .. })),
        at: records.first().map_or(Timestamp::UNIX_EPOCH, |record| record.at),
        is_busy,
    })
}

/// The records of a journal. What follows the last line end was never synced. A whole line that cannot be read may have
/// been the `dot-intent`: to take it for that is the only reading that cannot send a letter twice.
fn records(journal: &[u8]) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    for line in journal[..synced(journal)].split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let at = records.last().map_or(Timestamp::UNIX_EPOCH, |record| record.at);
        let damaged = Record { at, event: Event::DotIntent };
        records.push(serde_json::from_slice(line).unwrap_or(damaged));
    }
    records
}

/// How many bytes of a journal are whole lines.
fn synced(journal: &[u8]) -> usize {
    memchr::memrchr(b'\n', journal).map_or(0, |end| end + 1)
}

/// The journal, locked: who holds it, sends it.
fn open_journal(path: &Path, is_new: bool) -> Result<Locked, StoreError> {
    let mut options = OpenOptions::new();
    options.append(true).create_new(is_new).mode(0o600);
    let journal = options.open(path).map_err(StoreError::io("open", path))?;
    Locked::take(journal, path)
}

/// Adds a record and syncs it: when this returns, it is known for good.
fn append(journal: &mut File, path: &Path, record: &Record) -> Result<(), StoreError> {
    let json = serde_json::to_string(record)
        .map_err(|why| StoreError::Unreadable { path: path.to_owned(), why: why.to_string() })?;
    let before = journal.metadata().map_err(StoreError::io("read", path))?.len();
    if let Err(why) = journal.write_all(format!("{json}\n").as_bytes()) {
        // A piece of a record must not become the beginning of the next.
        let _ = journal.set_len(before);
        return Err(StoreError::io("write", path)(why));
    }
    journal.sync_data().map_err(StoreError::io("sync", path))
}

impl Held {
    pub fn record(&mut self, at: Timestamp, event: Event) -> Result<(), StoreError> {
        append(&mut self.journal, &self.folder.join(JOURNAL), &Record { at, event })
    }

    /// The frozen bytes.
    pub fn letter(&self) -> PathBuf {
        self.folder.join(LETTER)
    }

    /// The text went out: the list keeps the line, the disk need not keep the bytes.
    pub fn forget_letter(&self) {
        let _ = std::fs::remove_file(self.letter());
    }

    /// Removes the letter and its record.
    pub fn discard(self) -> Result<(), StoreError> {
        std::fs::remove_dir_all(&self.folder).map_err(StoreError::io("remove", &self.folder))
    }
}
