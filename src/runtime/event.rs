//! What the loop hears from its tasks and threads.

use std::sync::{Arc, mpsc};

use tokio::sync::oneshot;

use crate::app::model::SendId;
use crate::app::msg::Msg;
use crate::mail::account::Account;
use crate::mail::letter::Envelope;
use crate::mail::secret::Secret;
use crate::mail::stores::Wish;
use crate::smtp::Choice;
use crate::store::outbox::Held;

use super::chain::Lent;
use super::tokens::Fresh;

/// One of them.
pub(super) enum Event {
    Msg(Msg),
    Queued {
        id: SendId,
        account: Box<Account>,
        envelope: Envelope,
        held: Box<Held>,
    },
    /// A question of a session, for which the answer has to be kept until it comes.
    Ask {
        id: SendId,
        answer: oneshot::Sender<Choice>,
        msg: Msg,
    },
    /// `password_command` may need the terminal.
    Lend {
        id: SendId,
        answer: oneshot::Sender<Option<Lent>>,
        msg: Box<Msg>,
    },
    /// What a person entered and the server accepted; worth keeping for the rest of the run.
    Accepted {
        id: SendId,
        secret: Arc<Secret>,
    },
    /// What was entered, or remembered, was refused.
    Rejected(SendId),
    /// The same of a session that was opened ahead for this account.
    Forget(Box<Account>),
    /// What a person entered for a check, and the server accepted.
    Remember {
        account: Box<Account>,
        secret: Arc<Secret>,
    },
    /// A store of this account holds something new.
    Replaced(Box<Account>),
    /// New tokens of a sign-in.
    Token(Fresh),
    /// The vault waits for its passphrase, on a thread of its own.
    Passphrase {
        wish: Wish,
        answer: mpsc::Sender<Option<Secret>>,
    },
    /// A letter that was given to a session which could not be opened ahead.
    Again {
        id: SendId,
        envelope: Envelope,
        held: Box<Held>,
    },
    /// A secret that is in use, and its user.
    Known {
        user: String,
        secret: Arc<Secret>,
    },
}
