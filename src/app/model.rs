//! All that the program knows, in one owned tree.

use jiff::tz::TimeZone;

use crate::mail::account::Account;
use crate::mail::draft::Draft;
use crate::mail::oauth::Way;

use super::account::Accounts;
use super::compose::{Compose, Saving};
use super::dialog::Dialog;
use super::drafts::Next;
use super::keymap::Keymap;
use super::log::Log;
use super::msg::{Ahead, SandboxScenario};
use super::outbox::Outbox;

/// Names a send for this run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SendId(pub u64);

/// Names a sign-in by OAuth 2.0 for this run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignInId(pub u64);

/// Names a draft for this run; the disk has names of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DraftKey(pub u64);

/// The panes, in the order of F6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pane {
    Accounts,
    Outbox,
    Compose,
    Log,
}

/// How important a notice is; the most important last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Info,
    Good,
    Warning,
    Error,
}

/// One line for the status line; stays until the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub severity: Severity,
    pub text: String,
}

/// What a start is made of.
pub struct Setup {
    pub accounts: Vec<Account>,
    pub current: usize,
    pub keymap: Keymap,
    pub zone: TimeZone,
    pub config_file: String,
    pub size: (u16, u16),
    pub is_sandbox: bool,
    /// The ways to sign in by OAuth, in the order that fits this host.
    pub ways: Vec<Way>,
}

pub struct Model {
    pub accounts: Accounts,
    pub compose: Compose,
    pub outbox: Outbox,
    pub log: Log,
    /// The last one has the keys.
    pub dialogs: Vec<Dialog>,
    pub focus: Pane,
    pub is_zoomed: bool,
    /// The session that is opened for the letter in the review, by its Message-ID.
    pub ahead: Option<(String, Ahead)>,
    /// The account whose sign-in was refused ahead, and why: it is not tried again behind anybody's back.
    pub(super) refused_ahead: Option<(Box<Account>, String)>,
    pub notice: Option<Notice>,
    pub keymap: Keymap,
    pub zone: TimeZone,
    /// Where the configuration is, or would be.
    pub config_file: String,
    /// Columns and rows.
    pub size: (u16, u16),
    pub is_sandbox: bool,
    /// The ways to sign in by OAuth, in the order that fits this host.
    pub ways: Vec<Way>,
    /// What the sandbox can play, and what it does play, by name.
    pub scenarios: Vec<SandboxScenario>,
    pub scenario: Option<String>,
    pub leaving: Leaving,
    /// The draft to be opened once the one in the composer is on disk.
    pub(super) opening: Option<Next>,
    /// How many keys have been pressed.
    pub(super) keys: u64,
    /// How many there were when something was begun that may come back with a question.
    pub(super) begun: u64,
    next: u64,
}

/// On the way out?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    No,
    /// As soon as what is being sent has an outcome, and what was typed is on disk.
    WhenSent,
    /// A signal says so: as above, but a disk that refuses is no reason to stay.
    Ordered,
    /// As above, and nobody is watching any more.
    Unwatched,
}

impl Model {
    pub fn new(setup: Setup) -> Self {
        let accounts = Accounts::new(setup.accounts, setup.current);
        let mut model = Self {
            accounts,
            compose: Compose::new(DraftKey(0), None),
            outbox: Outbox::default(),
            log: Log::default(),
            dialogs: Vec::new(),
            focus: Pane::Compose,
            is_zoomed: false,
            ahead: None,
            refused_ahead: None,
            notice: None,
            keymap: setup.keymap,
            zone: setup.zone,
            config_file: setup.config_file,
            size: setup.size,
            is_sandbox: setup.is_sandbox,
            ways: setup.ways,
            scenarios: Vec::new(),
            scenario: None,
            leaving: Leaving::No,
            opening: None,
            keys: 0,
            begun: u64::MAX,
            next: 0,
        };
        let key = model.draft_key();
        model.compose = Compose::new(key, model.signature());
        model
    }

    /// Has no key been pressed since something was begun that may come back with a question?
    pub(super) fn is_awaiting(&self) -> bool {
        self.begun == self.keys
    }

    pub(super) fn send_id(&mut self) -> SendId {
        self.next += 1;
        SendId(self.next)
    }

    pub(super) fn sign_in_id(&mut self) -> SignInId {
        self.next += 1;
        SignInId(self.next)
    }

    pub(super) fn draft_key(&mut self) -> DraftKey {
        self.next += 1;
        DraftKey(self.next)
    }

    /// Is there nothing any more that one who leaves would wait for?
    pub(super) fn is_ready_to_leave(&self) -> bool {
        let is_saving = matches!(self.compose.saved, Saving::Changed | Saving::Writing(_));
        // On an order nobody waits for the disk here: the last save is on its way, and the hands give it a few seconds.
        let waits_for_disk = self.leaving == Leaving::WhenSent && is_saving;
        self.leaving != Leaving::No && self.outbox.in_flight().next().is_none() && !waits_for_disk
    }

    pub(super) fn say(&mut self, severity: Severity, text: impl Into<String>) {
        self.notice = Some(Notice { severity, text: text.into() });
    }

    /// Says something beside what has been said since the last key; what is worse stands first, where nothing is cut off.
    pub(super) fn say_also(&mut self, severity: Severity, text: &str) {
        let text = match &self.notice {
            Some(before) if severity > before.severity => format!("{text}  {}", before.text),
            Some(before) => format!("{}  {text}", before.text),
            None => text.to_owned(),
        };
        let severity = self.notice.as_ref().map_or(severity, |before| before.severity.max(severity));
        self.say(severity, text);
    }

    /// What the account in use is called; nothing while there is none.
    pub(super) fn account_name(&self) -> String {
        self.accounts.current().map(|account| account.name.clone()).unwrap_or_default()
    }

    /// The signature of whoever is sending.
    pub(super) fn signature(&self) -> Option<&str> {
        self.accounts.current()?.signature.as_deref()
    }

    /// What is in the composer, for whoever is sending.
    pub(super) fn draft(&self) -> Draft {
        self.compose.draft(&self.account_name(), self.accounts.identity())
    }

    /// Is the sandbox among the accounts?
    pub(super) fn has_sandbox(&self) -> bool {
        self.accounts.list().iter().any(|account| account.is_sandbox)
    }

    pub fn dialog(&self) -> Option<&Dialog> {
        self.dialogs.last()
    }
}
