//! The conversation, from the greeting to the reply that decides: `opening` up to MAIL, `envelope` for sender and recipients,
//! `message` for the body and its dot (or `one_flight` for all three at once), `ending` for what it came to. `rehearsal` goes as
//! far as RCPT, for a check.

mod ending;
mod envelope;
mod message;
mod one_flight;
mod opening;
mod rehearsal;

use std::future::Future;
use std::io;
use std::time::Duration;

use tokio::io::AsyncRead;
use tokio::time::Instant;

use crate::mail::account::Account;
use crate::mail::letter::Envelope;
use crate::mail::outcome::{Recipient, Report, Step};
use crate::mail::reply::{Class, Reply};
use crate::mail::secret::Secret;
use crate::mail::tls::TlsFacts;
use crate::mail::transcript::{Kind, Wire};

use super::capability::Capabilities;
use super::command::Command;
use super::connect::Times;
use super::error::SmtpError;
use super::tap::{Stream, Tap};
use super::trust::TlsClient;
use super::{Events, limits};

pub(super) use rehearsal::Rehearsal;

/// One letter and all that is needed to submit it.
#[derive(Clone, Copy)]
pub struct Submission<'a> {
    pub account: &'a Account,
    pub envelope: &'a Envelope,
    /// `None` where the account needs none.
    pub secret: Option<&'a Secret>,
}

/// How far the message has got. Only ever moves forward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    Before,
    Uploading,
    DotStarted,
    DotFlushed,
    Answered,
}

/// The end of an attempt, and the open line if there is still one.
pub struct Finished<S> {
    pub report: Report,
    /// It was opened ahead and went stale before anything of the letter was said: another may take its place.
    pub is_stale: bool,
    /// To be said after the report is on disk.
    pub goodbye: Option<Goodbye<S>>,
}

/// A line on which only QUIT is left to say.
pub struct Goodbye<S>(Tap<S>);

impl<S: Stream> Goodbye<S> {
    /// Says QUIT and waits two seconds for an answer. Nothing that happens here changes the outcome.
    pub async fn say(self) {
        let mut tap = self.0;
        tap.tell(Wire::Step(Step::Quit));
        if tap.send(&[Command::quit()]).await.is_ok() {
            let _ = tap.reply("saying goodbye", limits::QUIT).await;
        }
        tap.close().await;
        tap.note(Kind::Note, "closed");
    }
}

/// Submits one letter over `stream`, which `connect` opened. `began` is the start of the transcript, `times` what went before.
///
/// `letter` gives the frozen message. For a session that is opened ahead it comes when the person says so, or not at all
/// (`None`); until then nothing of the letter is said.
pub async fn submit<S: Stream, B: AsyncRead + Unpin>(
    stream: S,
    client: &TlsClient,
    submission: Submission<'_>,
    letter: impl Future<Output = Option<io::Result<B>>>,
    events: Events,
    began: Instant,
    times: Times,
) -> Finished<S> {
    let mut session = Session::new(stream, submission, events, began, times);
    let end = session.lead(client, letter).await;
    session.finish(end, began)
}

/// Octets: a secret of this length is no word of the protocol.
const WORTH_HIDING: usize = 8;

/// What ends a session early.
enum Stop {
    /// The server's word decides.
    Reply(Reply),
    Error(SmtpError),
    /// Refused recipients, and the decision not to go on without them.
    Recipients,
    /// Opened ahead of a letter that never came.
    Unwanted,
    /// Opened ahead, and the line was no good any more when the letter came.
    Stale,
}

impl From<SmtpError> for Stop {
    fn from(error: SmtpError) -> Self {
        Self::Error(error)
    }
}

struct Session<'a, S> {
    tap: Tap<S>,
    events: Events,
    submission: Submission<'a>,
    offered: Capabilities,
    phase: Phase,
    step: Step,
    step_began: Instant,
    times: Times,
    recipients: Vec<Recipient>,
    tls: Option<TlsFacts>,
    signed_in: bool,
    /// How long it stood open before its letter came.
    waited: Duration,
}

impl<'a, S: Stream> Session<'a, S> {
    fn new(stream: S, submission: Submission<'a>, events: Events, began: Instant, times: Times) -> Self {
        let recipients = submission.envelope.to.iter();
        let mut session = Self {
            tap: Tap::new(stream, events.clone(), began),
            events,
            submission,
            offered: Capabilities::default(),
            phase: Phase::Before,
            step: Step::Greeting,
            step_began: Instant::now(),
            times,
            recipients: recipients
                .map(|address| Recipient { address: address.clone(), reply: None })
                .collect(),
            tls: None,
            signed_in: false,
            waited: Duration::ZERO,
        };
        // From the first line on: a server may know it from another time, and repeat it before it is asked. A short one would
        // take words out of what the server offers, and is hidden once that has been read.
        if let Some(secret) = submission.secret.filter(|secret| secret.reveal().len() >= WORTH_HIDING) {
            session.tap.hide(&submission.account.username, secret);
        }
        session
    }

    async fn lead<B: AsyncRead + Unpin>(
        &mut self,
        client: &TlsClient,
        letter: impl Future<Output = Option<io::Result<B>>>,
    ) -> Result<Reply, Stop> {
        self.open(client).await?;
        self.authenticate().await?;
        if let Err(stop) = self.check_limits() {
            self.enter(Step::Mail);
            return Err(stop);
        }
        let mut body = self.letter(letter).await?;
        self.enter(Step::Mail);
        if self.fits_one_flight() {
            return self.one_flight(&mut body).await;
        }
        if self.offered.pipelining {
            self.envelope_at_once().await?;
        } else {
            self.envelope_in_turns().await?;
        }
        self.message(&mut body).await
    }

    fn enter(&mut self, step: Step) {
        let now = Instant::now();
        self.times.push((self.step, now - self.step_began));
        (self.step, self.step_began) = (step, now);
        self.tap.tell(Wire::Step(step));
    }
}

/// A reply in the middle of the message: a refusal counts, a receipt for half a message does not.
fn interrupted(reply: Reply) -> Stop {
    match reply.class() {
        Class::Later | Class::No => Stop::Reply(reply),
        Class::Done | Class::GoOn => Stop::Error(SmtpError::Unasked(reply.to_string())),
    }
}

/// Any 2yz will do.
fn done(reply: Reply) -> Result<Reply, Stop> {
    match reply.class() {
        Class::Done => Ok(reply),
        Class::Later | Class::No => Err(Stop::Reply(reply)),
        Class::GoOn => Err(SmtpError::WrongReply { got: reply.to_string(), wanted: "250" }.into()),
    }
}

fn expect(reply: Reply, code: u16, wanted: &'static str) -> Result<Reply, Stop> {
    match reply.class() {
        _ if reply.code() == code => Ok(reply),
        Class::Later | Class::No => Err(Stop::Reply(reply)),
        Class::Done | Class::GoOn => Err(SmtpError::WrongReply { got: reply.to_string(), wanted }.into()),
    }
}
