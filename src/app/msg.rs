//! What happened: a key, a line from the wire, an answer from the disk. The only way into `update`.

use std::path::PathBuf;

use jiff::Timestamp;
use tui_textarea::Input;

use crate::mail::account::Account;
use crate::mail::check::{Check, CheckStep};
use crate::mail::draft::{Attachment, Draft, Problem};
use crate::mail::edit::{Edit, Removed};
use crate::mail::letter::Letter;
use crate::mail::outbox::{Entry, LetterId};
use crate::mail::outcome::{Recipient, Report};
use crate::mail::session::{Head, Session};
use crate::mail::sign_in;
use crate::mail::stores::{Store, Survey, Wish};
use crate::mail::transcript::Wire;

use super::model::{DraftKey, SendId, SignInId};

pub enum Msg {
    Key(Input),
    /// Pasted text: never a key, whatever is in it.
    Paste(String),
    Resize(u16, u16),
    /// A link was given at the start.
    Filled(Draft),
    /// What is wrong with the settings, and does not stop the start.
    Warning(String),
    /// The pause after the first unsaved change is over.
    SaveDue,
    Saved(DraftKey, Result<Timestamp, String>),
    /// What earlier runs left behind, at the start.
    FirstLook {
        drafts: Vec<Saved>,
        letters: Vec<Entry>,
    },
    /// Drafts that nobody holds, newest first.
    Drafts(Vec<Saved>),
    /// The same, since somebody wants to open one.
    ChooseDraft(Vec<Saved>),
    DraftOpened {
        key: DraftKey,
        opened: Result<Draft, String>,
        /// A letter made from it may have gone out.
        may_be_sent: bool,
    },
    Outbox(Vec<Entry>),
    Checked(Box<Candidate>, Box<Result<Letter, Vec<Problem>>>),
    /// News of a send.
    Send(SendId, News),
    /// The session that was opened ahead for the letter with this Message-ID.
    Ahead(String, Ahead),
    /// Its dialogue, as long as it is not that of a send.
    Prelude(String, Prelude),
    /// News of a check of an account.
    Test(SendId, Testing),
    SecretKept(Result<Store, String>),
    /// The vault asks for its passphrase.
    Passphrase(Wish),
    Completions(String, Vec<String>),
    Attached(Result<Attachment, String>),
    Edited(Result<String, String>),
    ExampleWritten(Result<(), String>),
    SandboxReady(Result<Box<Account>, String>),
    SandboxMail(SandboxMail),
    /// Sessions of earlier runs, oldest first.
    PastSessions(Vec<Session>),
    /// A session is in this file; or it is not, and why.
    Exported(Result<PathBuf, String>),
    /// What we did that SMTP forbids, as the sandbox saw it.
    SandboxViolation(String),
    /// The scenarios of the sandbox, at the start; and the one in force.
    Scenarios(Vec<SandboxScenario>, String),
    SignIn(SignInId, sign_in::News),
    /// The configuration was changed, and says this now; or it was not, and why.
    AccountsEdited(Result<Box<Edited>, String>),
    /// Another program changed the configuration: the accounts in it now, or what is wrong there.
    AccountsRead(Result<Vec<Account>, String>),
    /// Where the secrets of an account are, and what was done about them; or why it was not.
    Secrets(Box<Survey>, Result<String, String>),
    /// The secrets of an account are gone: from where; or not, and why.
    SignedOut(Result<String, String>),
    /// Something to say that belongs to no pane.
    Trouble(String),
    /// The terminal is gone, or a signal asks to leave.
    HangUp,
    Terminate,
}

/// What happens to a send on its way.
pub enum News {
    /// The letter is on disk; or it is not, and why.
    Queued(Result<LetterId, String>),
    /// It has to wait for its turn, as Exchange Online counts; or not any more.
    Waits(bool),
    /// The attempt begins now.
    Started(Timestamp),
    Wire(Wire),
    /// `password_command` failed, and may need the terminal: what it said.
    NeedTerminal(String),
    /// No source had a secret: what each of them said.
    NeedSecret(Vec<String>),
    /// The account's application has no sign-in that works.
    NeedSignIn,
    /// Some recipients were refused; the server waits.
    Decide(Vec<Recipient>),
    /// The final dot is about to leave.
    PointOfNoReturn,
    Report(Box<Report>),
    /// QUIT is over, the task is gone; a typed secret that was accepted may be kept.
    Ended(Ended),
}

/// What happens to a check on its way.
pub enum Testing {
    Started(Timestamp),
    /// `password_command` failed, and may need the terminal: what it said.
    NeedTerminal(String),
    /// No source had a secret: what each of them said.
    NeedSecret(Vec<String>),
    Wire(Wire),
    /// How a step stands now.
    Step(CheckStep),
    /// All of it, with what no step can tell.
    Over(Box<Check>),
    /// A typed password was accepted, and could be kept there.
    OfferToKeep(Store),
}

/// What the wire of a session says that was opened ahead, until a send takes it over with all of it.
pub enum Prelude {
    Begun(Head),
    Wire(Wire),
    /// No send took it: the whole of it.
    Over(Box<Session>),
}

/// How far a session is that is opened while the review is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ahead {
    Opening,
    /// Signed in: the letter needs two round trips more.
    Ready,
    /// What stands in its way, in a sentence.
    Failed(String),
    /// The same: the server refused the sign-in of this account.
    Refused(Box<Account>, String),
    /// A person will be asked for this first.
    Asks(&'static str),
    /// There is none any more, and it does not matter.
    Closed,
}

/// A draft that is to become a letter, as it was when it was asked for: the answer must not be taken for that of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub key: DraftKey,
    pub draft: Draft,
    pub account: Account,
    /// A letter made from it may have gone out already.
    pub may_be_sent: bool,
}

/// What is left of an attempt when its task is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    /// A typed password was accepted, and could be kept there.
    pub offer_to_keep: Option<Store>,
}

/// What the configuration says after an edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    pub accounts: Vec<Account>,
    /// What was asked for.
    pub edit: Edit,
    /// What a removal took out.
    pub removed: Option<Removed>,
}

/// A draft on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    pub id: String,
    pub draft: Draft,
    pub at: Timestamp,
    /// A letter made from it may have gone out.
    pub may_be_sent: bool,
}

/// A mail that the sandbox took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SandboxMail {
    pub from: String,
    pub to: Vec<String>,
    pub text: String,
}

/// A way in which the sandbox can behave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SandboxScenario {
    pub name: &'static str,
    /// The step at which it strikes; empty where it is none.
    pub step: &'static str,
    /// What happens, in one sentence.
    pub says: &'static str,
    /// What the server answers there; empty where that is nothing.
    pub reply: String,
    /// Is that text known from Microsoft's pages or a public dialogue?
    pub is_confirmed: bool,
}
