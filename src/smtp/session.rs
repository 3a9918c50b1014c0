//! The conversation, from the greeting to the reply that decides. `envelope` names sender and recipients, `ending` says how
//! it ended.

mod ending;
mod envelope;

use tokio::io::AsyncRead;
use tokio::time::Instant;

use crate::mail::account::{Account, Auth, Security};
use crate::mail::address::Address;
use crate::mail::letter::Envelope;
use crate::mail::outcome::{Recipient, Report, Step};
use crate::mail::reply::{Class, Reply};
use crate::mail::secret::Secret;
use crate::mail::text::Shown;
use crate::mail::tls::TlsFacts;
use crate::mail::transcript::{Kind, Wire};

use super::auth::{Mechanism, sign_in};
use super::capability::Capabilities;
use super::command::Command;
use super::connect::Times;
use super::error::SmtpError;
use super::tap::{Stream, Tap};
use super::trust::TlsClient;
use super::upload::{self, Body};
use super::{Events, limits};

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
pub async fn submit<S: Stream, B: AsyncRead + Unpin>(
    stream: S,
    client: &TlsClient,
    submission: Submission<'_>,
    body: &mut B,
    events: Events,
    began: Instant,
    times: Times,
) -> Finished<S> {
    let recipients = submission.envelope.to.iter();
    let mut session = Session {
        tap: Tap::new(stream, events.clone(), began),
        events,
        submission,
        offered: Capabilities::default(),
        phase: Phase::Before,
        step: Step::Greeting,
        step_began: Instant::now(),
        times,
        recipients: recipients.map(|address| Recipient { address: address.clone(), reply: None }).collect(),
        tls: None,
        signed_in: false,
    };
    // From the first line on: a server may know it from another time, and repeat it before it is asked. A short one would take
    // words out of what the server offers, and is hidden once that has been read.
    if let Some(secret) = submission.secret.filter(|secret| secret.reveal().len() >= WORTH_HIDING) {
        session.tap.hide(&submission.account.username, secret);
    }
    let end = session.lead(client, body).await;
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
}

impl<S: Stream> Session<'_, S> {
    async fn lead<B: AsyncRead + Unpin>(&mut self, client: &TlsClient, body: &mut B) -> Result<Reply, Stop> {
        self.open(client).await?;
        self.authenticate().await?;
        self.check_limits()?;
        if self.offered.pipelining {
            self.envelope_at_once().await?;
        } else {
            self.envelope_in_turns().await?;
        }
        self.message(body).await
    }

    fn enter(&mut self, step: Step) {
        let now = Instant::now();
        self.times.push((self.step, now - self.step_began));
        (self.step, self.step_began) = (step, now);
        self.tap.tell(Wire::Step(step));
    }

    /// Greeting, EHLO, and TLS before or after them, as the account says.
    async fn open(&mut self, client: &TlsClient) -> Result<(), Stop> {
        let account = self.submission.account;
        if account.security == Security::Tls {
            self.enter(Step::Tls);
            self.tls = Some(self.tap.upgrade(client, &account.host).await?);
        }
        self.enter(Step::Greeting);
        let greeting = self.tap.reply("waiting for the greeting", limits::REPLY).await?;
        expect(greeting, 220, "a 220 greeting")?;
        self.ehlo().await?;
        if account.security == Security::StartTls {
            self.enter(Step::StartTls);
            if !self.offered.starttls {
                let why = format!("{} does not offer STARTTLS, so the session ends here", account.host);
                return Err(SmtpError::NoTls(why).into());
            }
            let reply = self.tap.ask(Command::starttls(), "starting TLS").await?;
            if reply.code() != 220 {
                return Err(match reply.class() {
                    Class::Later | Class::No => Stop::Reply(reply),
                    Class::Done | Class::GoOn => {
                        SmtpError::NoTls(format!("STARTTLS was answered with {reply}, not 220")).into()
                    }
                });
            }
            self.enter(Step::Tls);
            self.tls = Some(self.tap.upgrade(client, &account.host).await?);
            // What was offered in the clear counts no more (RFC 3207 section 4.2).
            self.offered = Capabilities::default();
            self.ehlo().await?;
        }
        Ok(())
    }

    async fn ehlo(&mut self) -> Result<(), Stop> {
        self.enter(Step::Ehlo);
        let reply = self.tap.ask(Command::ehlo(&self.submission.account.helo), "saying hello").await?;
        let reply = expect(reply, 250, "250")?;
        self.offered = Capabilities::read(&reply);
        self.tap.tell(Wire::Offered(reply.lines().skip(1).map(Shown::new).collect()));
        Ok(())
    }

    async fn authenticate(&mut self) -> Result<(), Stop> {
        let account = self.submission.account;
        if account.auth == Auth::None {
            return Ok(());
        }
        self.enter(Step::Auth);
        let secret = self.submission.secret.ok_or(SmtpError::NoSecret)?;
        let mechanism = Mechanism::choose(account.auth, &self.offered)?;
        let reply = sign_in(&mut self.tap, mechanism, &account.username, secret).await?;
        if !reply.is_done() {
            return Err(Stop::Reply(reply));
        }
        self.signed_in = true;
        Ok(())
    }

    /// What the server cannot carry is not offered to it.
    fn check_limits(&mut self) -> Result<(), Stop> {
        self.enter(Step::Mail);
        let envelope = self.submission.envelope;
        if let Some(limit @ 1..) = self.offered.size
            && envelope.size > limit
        {
            return Err(SmtpError::TooLarge { size: envelope.size, limit }.into());
        }
        if envelope.smtputf8 && !self.offered.smtputf8 {
            let needing =
                std::iter::once(&envelope.from).chain(&envelope.to).find(|address| address.needs_smtputf8());
            return Err(SmtpError::NeedsSmtpUtf8(needing.map(Address::to_string).unwrap_or_default()).into());
        }
        Ok(())
    }

    async fn message<B: AsyncRead + Unpin>(&mut self, body: &mut B) -> Result<Reply, Stop> {
        self.enter(Step::Body);
        self.phase = Phase::Uploading;
        match upload::body(&mut self.tap, body, self.submission.envelope.size).await? {
            Body::Out => {}
            Body::Interrupted(reply) => return Err(interrupted(reply)),
        }
        self.enter(Step::Dot);
        if let Some(reply) = upload::dot(&mut self.tap, &self.events, &mut self.phase).await? {
            return Err(interrupted(reply));
        }
        let reply = self.tap.reply("waiting for the server to take the message", limits::AFTER_DOT).await?;
        if reply.class() == Class::GoOn {
            return Err(SmtpError::WrongReply { got: reply.to_string(), wanted: "250" }.into());
        }
        self.phase = Phase::Answered;
        if reply.is_done() { Ok(reply) } else { Err(Stop::Reply(reply)) }
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
