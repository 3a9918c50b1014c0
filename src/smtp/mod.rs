//! THE WIRE, our end: one session that submits one letter (RFC 5321, 3207, 4954, 6409).
//!
//! Knows: sockets, TLS, the conversation, its deadlines and limits, and how to mask what must not be seen.
//! Must not know: the screen, the disk, the keyring, the sandbox. It spawns nothing: it is `async fn` over a stream, and
//! whoever runs it answers its questions (`Event`) and owns the journal that opens the gate before the final dot.
//!
//! `command` and `capability` are words, `reader`, `scribe` and `stuffing` are pure, `tap` is the stream with the listener on it,
//! `connect` opens it, `session` leads the conversation, `auth` and `upload` are its two long passages; `check` goes the same way
//! without a message.

mod auth;
mod capability;
mod chain;
mod check;
mod command;
mod connect;
mod error;
mod proxy;
mod reader;
mod scribe;
mod session;
mod stuffing;
mod tap;
mod trust;
mod upload;

pub use auth::challenge;
pub use capability::Capabilities;
pub use check::{Progress, Trial, check};
pub use connect::{Target, connect};
pub use error::SmtpError;
pub use proxy::Way;
pub use reader::Reader;
pub use scribe::Scribe;
pub use session::{Finished, Goodbye, Submission, submit};
pub use stuffing::Stuffing;
pub use trust::{Roots, TlsClient, client_config};

use tokio::sync::{mpsc, oneshot};

use crate::mail::outcome::Recipient;
use crate::mail::transcript::Wire;

/// What a session tells, and what it asks. A question whose answer never comes counts as "no".
#[derive(Debug)]
pub enum Event {
    Wire(Wire),
    /// Some recipients were refused: does the message go to the others? The server is waiting meanwhile.
    Decide {
        recipients: Vec<Recipient>,
        answer: oneshot::Sender<Choice>,
    },
    /// The body is out. The final dot follows once this is answered, and the answer must not come before the journal says so.
    MayDot(oneshot::Sender<()>),
}

/// What to do when some recipients were refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    SendToAccepted,
    Stop,
}

/// Where a session tells what happens. Unbounded: a dialogue is tens of lines, and progress is one event a chunk.
pub type Events = mpsc::UnboundedSender<Event>;

/// How long each thing may take, and how much of it there may be.
pub mod limits {
    use std::time::Duration;

    pub const LOOKUP: Duration = Duration::from_secs(15);
    /// For each address.
    pub const CONNECT: Duration = Duration::from_secs(15);
    /// What an address has before the next one is tried beside it (RFC 8305 section 5).
    pub const HEAD_START: Duration = Duration::from_millis(250);
    pub const TLS: Duration = Duration::from_secs(15);
    /// For a whole reply, not for each byte of it. Exchange Online delays refusals by seconds.
    pub const REPLY: Duration = Duration::from_mins(1);
    /// Without any progress.
    pub const UPLOAD: Duration = Duration::from_mins(1);
    /// RFC 5321 section 4.5.3.2.6: giving up earlier is how mail gets sent twice.
    pub const AFTER_DOT: Duration = Duration::from_mins(10);
    pub const QUIT: Duration = Duration::from_secs(2);
    /// While a session that was opened ahead waits for its letter.
    pub const AHEAD: Duration = Duration::from_mins(1);
    /// While a person decides about refused recipients and the server waits.
    pub const DECIDE: Duration = Duration::from_mins(1);
    /// Octets; RFC 5321 section 4.5.3.1.5 asks for 512.
    pub const LINE: usize = 2 * 1024;
    /// Octets in all lines of one reply.
    pub const ALL_LINES: usize = 64 * 1024;
    /// Octets of a message that may go out together with its envelope.
    pub const ONE_FLIGHT: u64 = 256 * 1024;
    /// Addresses of one name that are tried.
    pub const ADDRESSES: usize = 8;
}
