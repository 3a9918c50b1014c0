//! What the world must do. The only way out of `update`; `runtime::perform` turns each into a task or a deed.

use std::path::PathBuf;

use crate::mail::account::Account;
use crate::mail::draft::Draft;
use crate::mail::edit::Edit;
use crate::mail::letter::{Envelope, Letter};
use crate::mail::oauth::Way;
use crate::mail::outbox::LetterId;
use crate::mail::secret::Secret;
use crate::mail::session::{Form, Session};
use crate::mail::stores::{Deed, Store};

use super::model::{DraftKey, SendId, SignInId};
use super::msg::Candidate;

pub enum Effect {
    /// Begin the pause before the next save, unless it runs already.
    SaveSoon,
    Save(DraftKey, Draft),
    /// Let go of a draft, so that it is offered again.
    ReleaseDraft(DraftKey),
    /// It went out, or was thrown away.
    DropDraft(DraftKey),
    ListDrafts,
    /// List them for somebody to choose from.
    ChooseDraft,
    OpenDraft(DraftKey, String),
    DiscardDraft(String),
    /// Look at the attachments and turn the draft into a letter.
    Check(Box<Candidate>),
    Queue {
        id: SendId,
        draft: DraftKey,
        letter: Box<Letter>,
        account: Box<Account>,
    },
    /// Only after `Queue` came back: no socket before the disk.
    Submit(SendId),
    UseSecret(SendId, Secret),
    /// No secret was given: the attempt ends before it began.
    GiveUp(SendId),
    /// Hand the terminal to `password_command`, or do without it.
    LendTerminal(SendId, bool),
    /// Keep what was typed for this send, and was accepted.
    KeepSecret(SendId, Store),
    /// What the vault waits for; `None`: it stays as it is.
    UsePassphrase(Option<Secret>),
    Decide {
        id: SendId,
        send_to_accepted: bool,
    },
    Cancel(SendId),
    /// Connect and sign in for the letter in the review, as far as that goes without asking anybody.
    OpenAhead {
        account: Box<Account>,
        envelope: Box<Envelope>,
    },
    /// The review is left: nothing will go out on that session.
    LeaveAhead,
    /// Go the way of a send as far as it goes without a message.
    TestAccount {
        id: SendId,
        account: Box<Account>,
    },
    /// Nobody wants to know any more.
    StopTest(SendId),
    ListOutbox,
    DiscardLetter(LetterId),
    /// A person has had its outcome before them.
    MarkSeen(LetterId),
    /// Names that what was typed could go on to.
    Complete(String),
    Attach(PathBuf),
    EditExternally(String),
    WriteExample,
    StartSandbox,
    /// Hand text to the terminal's clipboard (OSC 52).
    Copy(String),
    /// Write a session to a file, if no known secret is found in it.
    Export {
        session: Box<Session>,
        form: Form,
        to: PathBuf,
    },
    /// Which scenario it plays, by name; it holds from the sandbox's next session on.
    SetScenario(String),
    /// Change the accounts in the configuration file.
    EditAccounts(Box<Edit>),
    /// Begin a sign-in by OAuth 2.0; one that goes on already is stopped.
    SignIn {
        id: SignInId,
        account: Box<Account>,
        way: Way,
    },
    /// What the browser ended at, brought back by the person.
    PasteBack(Secret),
    StopSignIn,
    /// The sign-in for which a send waits has come about.
    SignedIn(SendId),
    /// Do this about the secrets of the account, and say where they are.
    Secrets {
        account: Box<Account>,
        deed: Deed,
    },
    /// Remove every secret of the account, wherever it is kept.
    SignOut(Box<Account>),
    Suspend,
    Redraw,
    Quit,
}

impl Effect {
    /// May a sign-in that was refused be taken after this?
    pub(super) fn changes_sign_in(&self) -> bool {
        matches!(
            self,
            Self::SetScenario(_) | Self::Secrets { .. } | Self::SignIn { .. } | Self::EditAccounts(_)
        )
    }

    /// May it come back with a question, for which the person then waits?
    pub(super) fn may_ask(&self) -> bool {
        matches!(
            self,
            Self::Queue { .. }
                | Self::KeepSecret(..)
                | Self::LendTerminal(..)
                | Self::UsePassphrase(_)
                | Self::Secrets { .. }
                | Self::TestAccount { .. }
                | Self::SignOut(_)
        )
    }
}
