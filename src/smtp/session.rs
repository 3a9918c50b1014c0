//! The conversation, from the greeting to the reply that decides.

use std::sync::Arc;
use std::time::Duration;

use rustls::ClientConfig;
use tokio::io::AsyncRead;
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout};

use crate::mail::account::{Account, Auth, Security};
use crate::mail::address::Address;
use crate::mail::letter::Envelope;
use crate::mail::outcome::{Failure, Outcome, Recipient, Report, Step, Trouble};
use crate::mail::reply::{Class, Reply};
use crate::mail::secret::Secret;
use crate::mail::tls::TlsFacts;
use crate::mail::transcript::{Kind, Wire};

use super::auth::{Mechanism, sign_in};
use super::capability::Capabilities;
use super::command::Command;
use super::connect::Times;
use super::error::SmtpError;
use super::tap::{Stream, Tap};
use super::upload::{self, Body};
use super::{Choice, Event, Events, limits};

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
    config: Arc<ClientConfig>,
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
    let end = session.lead(config, body).await;
    session.finish(end, began)
}

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
    async fn lead<B: AsyncRead + Unpin>(
        &mut self,
        config: Arc<ClientConfig>,
        body: &mut B,
    ) -> Result<Reply, Stop> {
        self.open(config).await?;
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
    async fn open(&mut self, config: Arc<ClientConfig>) -> Result<(), Stop> {
        let account = self.submission.account;
        if account.security == Security::Tls {
            self.enter(Step::Tls);
            self.tls = Some(self.tap.upgrade(Arc::clone(&config), &account.host).await?);
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
            self.tls = Some(self.tap.upgrade(config, &account.host).await?);
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

    fn mail_command(&self) -> Command {
        Command::mail(self.submission.envelope, self.offered.size.is_some())
    }

    /// MAIL, every RCPT and DATA in one flight (RFC 2920): one round trip instead of one each.
    async fn envelope_at_once(&mut self) -> Result<(), Stop> {
        let mut batch = vec![self.mail_command()];
        batch.extend(self.submission.envelope.to.iter().map(Command::rcpt));
        batch.push(Command::data());
        self.tap.send(&batch).await?;
        let mail = self.tap.reply("naming the sender", limits::REPLY).await?;
        if !mail.is_done() {
            return Err(Stop::Reply(mail));
        }
        self.enter(Step::Rcpt);
        for position in 0..self.recipients.len() {
            let reply = self.tap.reply("naming the recipients", limits::REPLY).await?;
            let is_end = reply.code() == 421;
            self.recipients[position].reply = Some(reply.clone());
            if is_end {
                return Err(Stop::Reply(reply));
            }
        }
        if !self.recipients.iter().any(Recipient::is_accepted) {
            return Err(Stop::Recipients);
        }
        self.enter(Step::Data);
        let data = self.tap.reply("announcing the message", limits::REPLY).await?;
        expect(data, 354, "354")?;
        self.decide().await
    }

    async fn envelope_in_turns(&mut self) -> Result<(), Stop> {
        let mail = self.tap.ask(self.mail_command(), "naming the sender").await?;
        if !mail.is_done() {
            return Err(Stop::Reply(mail));
        }
        self.enter(Step::Rcpt);
        for position in 0..self.recipients.len() {
            let command = Command::rcpt(&self.recipients[position].address);
            let reply = self.tap.ask(command, "naming the recipients").await?;
            let is_end = reply.code() == 421;
            self.recipients[position].reply = Some(reply.clone());
            if is_end {
                return Err(Stop::Reply(reply));
            }
        }
        if !self.recipients.iter().any(Recipient::is_accepted) {
            return Err(Stop::Recipients);
        }
        self.decide().await?;
        self.enter(Step::Data);
        let data = self.tap.ask(Command::data(), "announcing the message").await?;
        expect(data, 354, "354")?;
        Ok(())
    }

    /// Refused recipients: a person chooses, while the server waits. No answer in time means no.
    async fn decide(&mut self) -> Result<(), Stop> {
        if self.recipients.iter().all(Recipient::is_accepted) {
            return Ok(());
        }
        let (answer, decision) = oneshot::channel();
        let _ = self.events.send(Event::Decide { recipients: self.recipients.clone(), answer });
        match timeout(limits::DECIDE, decision).await {
            Ok(Ok(Choice::SendToAccepted)) => {
                self.tap.note(Kind::Note, "going on with the recipients that were accepted");
                Ok(())
            }
            Ok(Ok(Choice::Stop) | Err(_)) => Err(Stop::Recipients),
            Err(_elapsed) => {
                self.tap.note(Kind::Note, "no decision in 60 s; closing without sending");
                Err(Stop::Recipients)
            }
        }
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

    fn finish(mut self, end: Result<Reply, Stop>, began: Instant) -> Finished<S> {
        self.times.push((self.step, self.step_began.elapsed()));
        let is_open = matches!(self.phase, Phase::DotStarted | Phase::DotFlushed);
        let (outcome, reply, failure) = match end {
            Ok(reply) if self.recipients.iter().all(Recipient::is_accepted) => {
                (Outcome::Accepted, Some(reply), None)
            }
            Ok(reply) => (Outcome::Partly, Some(reply), None),
            Err(Stop::Reply(reply)) => (Outcome::of_refusal(reply.class()), Some(reply), None),
            Err(Stop::Recipients) => self.recipients_refused(),
            Err(Stop::Error(error)) => {
                let failure =
                    Failure { detail: self.tap.masked(&error.to_string()), ..Failure::from(&error) };
                self.tap.note(Kind::Error, &failure.detail);
                let outcome = if is_open { Outcome::Unknown } else { failure.trouble.outcome() };
                (outcome, None, Some(failure))
            }
        };
        // QUIT fits only where the server waits for a command; anywhere else it would become part of a message.
        let can_quit = failure.is_none() && self.is_in_turn(reply.as_ref());
        let report = Report {
            outcome,
            step: self.step,
            server_id: reply.as_ref().filter(|_| outcome.is_taken()).and_then(Reply::message_id),
            reply,
            failure,
            recipients: self.recipients,
            message_id: self.submission.envelope.message_id.clone(),
            tls: self.tls,
            times: merged(self.times),
            total: began.elapsed(),
            signed_in: self.signed_in,
        };
        if !can_quit {
            self.tap.note(Kind::Note, "connection dropped");
        }
        Finished { report, goodbye: can_quit.then_some(Goodbye(self.tap)) }
    }

    /// Nobody is left, or nobody wanted to go on: refused for good if any refusal is, else to be tried later.
    fn recipients_refused(&self) -> (Outcome, Option<Reply>, Option<Failure>) {
        let replies = || {
            self.recipients.iter().filter(|recipient| recipient.is_refused()).filter_map(|r| r.reply.as_ref())
        };
        let worst = replies().find(|reply| reply.class() == Class::No).or_else(|| replies().next());
        let outcome = worst.map_or(Outcome::Failed, |reply| Outcome::of_refusal(reply.class()));
        let refused = replies().count();
        let detail = format!("{refused} of {} recipients refused; nothing was sent", self.recipients.len());
        (outcome, worst.cloned(), Some(Failure { trouble: Trouble::Stopped, detail }))
    }

    fn is_in_turn(&self, reply: Option<&Reply>) -> bool {
        let is_in_the_middle = self.offered.pipelining && matches!(self.step, Step::Mail | Step::Rcpt);
        let is_uploading = matches!(self.phase, Phase::Uploading | Phase::DotStarted | Phase::DotFlushed);
        !is_in_the_middle && !is_uploading && reply.is_some_and(|reply| reply.code() != 421)
    }
}

/// A reply in the middle of the message: a refusal counts, a receipt for half a message does not.
fn interrupted(reply: Reply) -> Stop {
    match reply.class() {
        Class::Later | Class::No => Stop::Reply(reply),
        Class::Done | Class::GoOn => Stop::Error(SmtpError::Unasked(reply.to_string())),
    }
}

fn expect(reply: Reply, code: u16, wanted: &'static str) -> Result<Reply, Stop> {
    match reply.class() {
        _ if reply.code() == code => Ok(reply),
        Class::Later | Class::No => Err(Stop::Reply(reply)),
        Class::Done | Class::GoOn => Err(SmtpError::WrongReply { got: reply.to_string(), wanted }.into()),
    }
}

/// Steps that came twice (EHLO, greeting) as one.
fn merged(times: Times) -> Times {
    let mut merged: Vec<(Step, Duration)> = Vec::with_capacity(times.len());
    for (step, took) in times {
        match merged.iter_mut().find(|(known, _)| *known == step) {
            Some((_, total)) => *total += took,
            None => merged.push((step, took)),
        }
    }
    merged
}
