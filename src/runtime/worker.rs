//! The disk worker: one thread that does what takes a disk, in order, so that a save is never overtaken by a release.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc;

use jiff::Timestamp;

use crate::app::model::{DraftKey, SendId};
use crate::app::msg::{Candidate, Edited, Msg, News, Saved};
use crate::mail::account::Account;
use crate::mail::draft::{Attachment, Draft, FileFact};
use crate::mail::edit::Edit;
use crate::mail::letter::{Envelope, Letter};
use crate::mail::outbox::{Entry, Event, LetterId};
use crate::mail::session::Session;
use crate::store::drafts::{DraftFile, Drafts};
use crate::store::logs::{Keep, Logs};
use crate::store::outbox::{Held, Origin, Outbox};
use crate::store::paths::Paths;
use crate::store::{self, StoreError, config};

use super::clock;

/// What the disk is asked for.
pub(super) enum Job {
    FirstLook,
    Save(DraftKey, Draft),
    Release(DraftKey),
    Drop(DraftKey),
    ListDrafts {
        to_choose: bool,
    },
    OpenDraft(DraftKey, String),
    DiscardDraft(String),
    Check(Box<Candidate>),
    Queue {
        id: SendId,
        draft: DraftKey,
        letter: Box<Letter>,
        account: Box<Account>,
    },
    ListOutbox,
    DiscardLetter(LetterId),
    MarkSeen(LetterId),
    Complete(String),
    Attach(PathBuf),
    WriteExample,
    EditAccounts(Box<Edit>),
    /// Has another program changed the configuration?
    ReadAccounts,
    /// A text, where no file is yet.
    Export {
        to: PathBuf,
        text: String,
    },
    PastSessions(Keep),
    /// Answered when all before it is done.
    Flush(tokio::sync::oneshot::Sender<()>),
}

/// What comes back.
pub(super) enum Done {
    Msg(Msg),
    Queued { id: SendId, account: Box<Account>, envelope: Envelope, held: Box<Held> },
}

pub(super) struct Worker {
    jobs: mpsc::Sender<Job>,
}

impl Worker {
    pub(super) fn start(
        paths: Paths,
        config: Option<config::Source>,
        tell: impl Fn(Done) + Send + 'static,
    ) -> Self {
        let (jobs, queue) = mpsc::channel();
        std::thread::spawn(move || {
            let mut disk = Disk { paths, config, open: HashMap::new() };
            while let Ok(job) = queue.recv() {
                // A fault of ours in one job must not end all saves.
                let worked = catch_unwind(AssertUnwindSafe(|| disk.work(job)));
                let fault = || Some(Done::Msg(Msg::Trouble("a fault of ours while writing to disk".into())));
                if let Some(done) = worked.unwrap_or_else(|_panicked| fault()) {
                    tell(done);
                }
            }
        });
        Self { jobs }
    }

    pub(super) fn ask(&self, job: Job) {
        // The thread lives as long as this sender.
        let _ = self.jobs.send(job);
    }
}

struct Disk {
    paths: Paths,
    /// The configuration as it was read last; none where it does not count.
    config: Option<config::Source>,
    /// The drafts that this run holds.
    open: HashMap<DraftKey, DraftFile>,
}

impl Disk {
    fn work(&mut self, job: Job) -> Option<Done> {
        let msg = match job {
            Job::FirstLook => self.first_look(),
            Job::Save(key, draft) => {
                Msg::Saved(key, self.save(key, &draft).map_err(|error| error.to_string()))
            }
            Job::Release(key) => {
                self.open.remove(&key);
                return None;
            }
            Job::Drop(key) => self.drop_draft(key).err().as_ref().map(trouble)?,
            Job::ListDrafts { to_choose } => match self.drafts() {
                Ok(drafts) if to_choose => Msg::ChooseDraft(drafts),
                Ok(drafts) => Msg::Drafts(drafts),
                Err(error) => trouble(&error),
            },
            Job::OpenDraft(key, id) => {
                let letters = self.outbox().and_then(|outbox| outbox.list()).unwrap_or_default();
                Msg::DraftOpened {
                    key,
                    may_be_sent: letters.iter().any(|letter| may_be_sent(letter, &id)),
                    opened: self.open_draft(key, &id).map_err(|error| error.to_string()),
                }
            }
            Job::DiscardDraft(id) => self.discard_draft(&id).err().as_ref().map(trouble)?,
            Job::Check(candidate) => check(candidate),
            Job::Queue { id, draft, letter, account } => {
                return Some(self.queue(id, draft, &letter, account));
            }
            Job::ListOutbox => match self.outbox().and_then(|outbox| outbox.list()) {
                Ok(letters) => Msg::Outbox(letters),
                Err(error) => trouble(&error),
            },
            Job::DiscardLetter(id) => {
                self.outbox().and_then(|outbox| outbox.hold(&id)?.discard()).err().as_ref().map(trouble)?
            }
            Job::MarkSeen(id) => {
                let mark = |mut held: Held| held.record(clock::now(), Event::Seen);
                // A letter that was thrown away meanwhile needs no mark.
                let _ = self.outbox().and_then(|outbox| outbox.hold(&id).and_then(mark));
                return None;
            }
            Job::Complete(typed) => {
                let names = store::complete_path(&typed, Some(&self.paths.home), COMPLETIONS);
                Msg::Completions(typed, names)
            }
            Job::Attach(path) => Msg::Attached(self.attach(&path)),
            Job::WriteExample => Msg::ExampleWritten(self.write_example()),
            Job::EditAccounts(edit) => Msg::AccountsEdited(self.edit_accounts(*edit)),
            Job::ReadAccounts => Msg::AccountsRead(self.read_accounts()?),
            Job::Export { to, text } => Msg::Exported(self.export(&to, &text)),
            Job::PastSessions(keep) => Msg::PastSessions(self.past_sessions(keep).unwrap_or_default()),
            Job::Flush(done) => {
                let _ = done.send(());
                return None;
            }
        };
        Some(Done::Msg(msg))
    }

    /// The account in it is nobody's until somebody has edited it.
    fn write_example(&mut self) -> Result<(), String> {
        config::write_example(&self.paths.config_file).map_err(|error| error.to_string())?;
        let _seen = self.read_accounts();
        Ok(())
    }

    /// Nothing where nobody changed anything.
    fn read_accounts(&mut self) -> Option<Result<Vec<Account>, String>> {
        let news = self.config.as_mut()?.news()?;
        Some(news.map(|settings| settings.accounts).map_err(|error| error.to_string()))
    }

    /// An edit names an account and a line, so it is made to the file as it is now.
    fn edit_accounts(&mut self, edit: Edit) -> Result<Box<Edited>, String> {
        let is_named = self.paths.config_file.exists();
        let config = config::load(&self.paths.config_file, is_named).map_err(|error| error.to_string())?;
        let done = config::change(&config.source, &edit).map_err(|error| error.to_string())?;
        self.config = self.config.take().map(|_before| done.source);
        let (accounts, removed) = (done.edited.settings.accounts, done.edited.removed);
        Ok(Box::new(Edited { accounts, edit, removed }))
    }

    fn outbox(&self) -> Result<Outbox, StoreError> {
        Outbox::open(self.paths.outbox())
    }

    /// What earlier runs left. A draft whose letter went out, but which a crash kept from being removed, goes now: offered
    /// again it would be sent again.
    fn first_look(&self) -> Msg {
        let letters = self.outbox().and_then(|outbox| outbox.list()).unwrap_or_default();
        let mut drafts = self.drafts().unwrap_or_default();
        drafts.retain(|saved| {
            // Changed since it was queued, it is a text of its own, and not ours to remove.
            let is_it = |letter: &Entry| letter.draft.as_ref() == Some(&saved.id) && saved.at <= letter.at;
            let is_taken = letters.iter().any(|letter| is_it(letter) && letter.fate.is_taken());
            !(is_taken && self.discard_draft(&saved.id).is_ok())
        });
        Msg::FirstLook { drafts, letters }
    }

    fn export(&self, to: &std::path::Path, text: &str) -> Result<PathBuf, String> {
        let to = store::expand_home(&to.to_string_lossy(), Some(&self.paths.home));
        let to = std::path::absolute(&to).unwrap_or(to);
        store::write_new(&to, text).map_err(|error| error.to_string())?;
        Ok(to)
    }

    /// The last sessions of earlier runs, oldest first; what is too old goes.
    fn past_sessions(&self, keep: Keep) -> Result<Vec<Session>, StoreError> {
        let logs = Logs::open(self.paths.logs())?;
        logs.prune(keep, clock::now())?;
        let mut lines = 0;
        let read = logs.names()?.into_iter().take(SESSIONS).filter_map(|name| logs.read(&name).ok());
        let mut sessions: Vec<Session> = read
            .map(|(session, _damaged)| session)
            .take_while(|session| {
                lines += session.lines.len();
                lines <= SESSION_LINES
            })
            .collect();
        sessions.reverse();
        Ok(sessions)
    }

    fn drafts(&self) -> Result<Vec<Saved>, StoreError> {
        let letters = self.outbox()?.list()?;
        let drafts = Drafts::open(self.paths.drafts())?.list()?.into_iter();
        Ok(drafts
            .map(|saved| Saved {
                may_be_sent: letters.iter().any(|letter| may_be_sent(letter, &saved.id)),
                id: saved.id,
                draft: saved.draft,
                at: saved.at,
            })
            .collect())
    }

    /// It went out: neither the draft nor attempts that surely failed are of use any more.
    fn drop_draft(&mut self, key: DraftKey) -> Result<(), StoreError> {
        let Some(file) = self.open.remove(&key) else { return Ok(()) };
        file.discard()?;
        self.outbox()?.settle_attempts(file.id())
    }

    fn save(&mut self, key: DraftKey, draft: &Draft) -> Result<Timestamp, StoreError> {
        if !self.open.contains_key(&key) {
            let stamp = clock::stamp().map_err(|why| StoreError::Io {
                doing: "draw a name in",
                path: self.paths.drafts(),
                why: std::io::Error::other(why.to_string()),
            })?;
            let file = Drafts::open(self.paths.drafts())?.claim(&clock::letter_id(&stamp).0)?;
            self.open.insert(key, file);
        }
        if let Some(file) = self.open.get(&key) {
            file.save(draft)?;
        }
        Ok(clock::now())
    }

    fn open_draft(&mut self, key: DraftKey, id: &str) -> Result<Draft, StoreError> {
        let drafts = Drafts::open(self.paths.drafts())?;
        let file = drafts.claim(id)?;
        let draft = drafts.read(id)?;
        self.open.insert(key, file);
        Ok(draft)
    }

    fn discard_draft(&self, id: &str) -> Result<(), StoreError> {
        Drafts::open(self.paths.drafts())?.claim(id)?.discard()
    }

    fn queue(&self, id: SendId, draft: DraftKey, letter: &Letter, account: Box<Account>) -> Done {
        let queued = clock::stamp().map_err(|error| error.to_string()).and_then(|stamp| {
            let outbox = self.outbox().map_err(|error| error.to_string())?;
            let name = clock::letter_id(&stamp);
            let draft = self.open.get(&draft).map(DraftFile::id);
            outbox
                .queue(name, Origin { account: &account.name, draft }, letter, clock::now())
                .map_err(|error| error.to_string())
        });
        match queued {
            Ok(held) => Done::Queued { id, account, envelope: letter.envelope.clone(), held: Box::new(held) },
            Err(why) => Done::Msg(Msg::Send(id, News::Queued(Err(why)))),
        }
    }

    fn attach(&self, typed: &std::path::Path) -> Result<Attachment, String> {
        let path = store::expand_home(&typed.to_string_lossy(), Some(&self.paths.home));
        let path = std::path::absolute(&path).unwrap_or(path);
        match store::file_fact(&path) {
            FileFact::File(len) => Ok(Attachment { path, len }),
            FileFact::Missing => Err(format!("{} is not there", path.display())),
            FileFact::NotAFile => Err(format!("{} is not a regular file", path.display())),
            FileFact::Unreadable(why) => Err(format!("{} cannot be read: {why}", path.display())),
        }
    }
}

/// Sessions of earlier runs that are shown, and their lines at the most.
const SESSIONS: usize = 50;
const SESSION_LINES: usize = 20_000;

/// Names that a completion shows at the most.
const COMPLETIONS: usize = 200;

fn check(candidate: Box<Candidate>) -> Msg {
    let Candidate { draft, account, .. } = &*candidate;
    let files = store::file_facts(draft.attachments.iter().map(|attachment| attachment.path.as_path()));
    match clock::stamp() {
        Ok(stamp) => {
            let checked = draft.check(account, &files, &stamp);
            Msg::Checked(candidate, Box::new(checked))
        }
        Err(error) => Msg::Trouble(format!("no random numbers to be had: {error}")),
    }
}

/// Is this a letter made from that draft, which went out or may have?
fn may_be_sent(letter: &Entry, draft: &str) -> bool {
    letter.draft.as_deref() == Some(draft) && (letter.fate.is_unknown() || letter.fate.is_taken())
}

fn trouble(error: &StoreError) -> Msg {
    Msg::Trouble(error.to_string())
}
