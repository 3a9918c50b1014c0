//! Envelope and message in one flight, by BDAT (RFC 3030): a round trip less than DATA, which has to wait for its 354.
//!
//! It has a price, so an account has to ask for it (`chunking = true`): a line that breaks in this flight leaves the outcome
//! unknown, where DATA would have been refused, or never answered, before anything could be taken.
//!
//! Only for one recipient: where some of several are refused, a person decides before any body goes out. And only for a small
//! message: a server that refuses the recipient gets it in vain.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::task::Poll;

use tokio::io::{AsyncRead, AsyncReadExt as _};

use crate::mail::outcome::Step;
use crate::mail::reply::{Class, Reply};
use crate::mail::size::Size;
use crate::mail::transcript::Wire;
use crate::smtp::command::Command;
use crate::smtp::error::SmtpError;
use crate::smtp::limits;
use crate::smtp::tap::Stream;
use crate::smtp::upload::{self, Written};

use super::{Phase, Session, Stop, interrupted};

/// Octets that are kept back for the chunk that completes the message.
const LAST: usize = 512;

/// What the next replies answer.
type Due = VecDeque<Step>;

impl<S: Stream> Session<'_, S> {
    /// A session that was opened ahead may be stale without anybody knowing: its letter waits for the answer to MAIL.
    pub(super) fn fits_one_flight(&self) -> bool {
        self.submission.account.extras.chunking
            && self.offered.chunking
            && self.offered.pipelining
            && self.recipients.len() == 1
            && self.submission.envelope.size <= limits::ONE_FLIGHT
            && self.waited.is_zero()
    }

    pub(super) async fn one_flight<B: AsyncRead + Unpin>(&mut self, body: &mut B) -> Result<Reply, Stop> {
        let letter = self.whole(body).await?;
        let (most, last) = letter.split_at(letter.len() - letter.len().min(LAST));
        let envelope = [self.mail_command(), self.rcpt_command(&self.recipients[0].address)];
        self.tap.send(&envelope).await?;
        let mut due = Due::from([Step::Mail, Step::Rcpt]);
        for step in [Step::Rcpt, Step::Data, Step::Body] {
            self.enter(step);
        }
        self.phase = Phase::Uploading;
        let total = letter.len() as u64;
        if !most.is_empty() {
            let chunk = self.chunk(most, false)?;
            due.push_back(Step::Body);
            self.write_heeding(&chunk, &mut due).await?;
            self.tap.tell(Wire::Progress { sent: most.len() as u64, total });
        }
        self.enter(Step::Dot);
        upload::leave(&self.events).await?;
        while poll_fn(|cx| Poll::Ready(self.tap.poll_early(cx).is_ready())).await {
            let reply = self.tap.reply("reading an answer", limits::REPLY).await?;
            self.heed(reply, &mut due)?;
        }
        let end = self.chunk(last, true)?;
        upload::write_end(&mut self.tap, &end, &mut self.phase).await?;
        self.tap.tell(Wire::Progress { sent: total, total });
        self.answers(due).await
    }

    /// The frozen letter, which is as long as it says.
    async fn whole<B: AsyncRead + Unpin>(&self, body: &mut B) -> Result<Vec<u8>, SmtpError> {
        let size = self.submission.envelope.size;
        let mut letter = Vec::new();
        body.take(limits::ONE_FLIGHT + 1).read_to_end(&mut letter).await.map_err(SmtpError::Spool)?;
        if letter.len() as u64 == size {
            return Ok(letter);
        }
        let what = format!("{} bytes were read of {size}", letter.len());
        Err(SmtpError::Spool(std::io::Error::other(what)))
    }

    /// A BDAT command with its octets behind it.
    fn chunk(&mut self, octets: &[u8], is_last: bool) -> Result<Vec<u8>, SmtpError> {
        let command = Command::bdat(octets.len(), is_last);
        self.tap.command_line(&command);
        let line = self.tap.message_line(&format!("message, {}", Size(octets.len() as u64)));
        self.tap.tell(Wire::Line(line));
        Ok([command.wire()?, octets].concat())
    }

    /// Writes, and takes in what the server answers meanwhile.
    async fn write_heeding(&mut self, wire: &[u8], due: &mut Due) -> Result<(), Stop> {
        let mut rest = wire;
        while let Written::ServerSpoke(gone) = upload::write(&mut self.tap, rest).await? {
            rest = &rest[gone..];
            let reply = self.tap.reply("reading an answer", limits::REPLY).await?;
            self.heed(reply, due)?;
        }
        while let Written::ServerSpoke(_) = upload::flush(&mut self.tap).await? {
            let reply = self.tap.reply("reading an answer", limits::REPLY).await?;
            self.heed(reply, due)?;
        }
        Ok(())
    }

    /// One reply before the message is complete: good, and to something that was asked; else it ends here.
    fn heed(&mut self, reply: Reply, due: &mut Due) -> Result<(), Stop> {
        let Some(asked) = due.pop_front() else { return Err(interrupted(reply)) };
        let is_done = reply.is_done();
        if asked == Step::Rcpt {
            self.told(0, reply.clone())?;
        }
        match reply.class() {
            Class::Done => return Ok(()),
            Class::GoOn => {
                return Err(SmtpError::WrongReply { got: reply.to_string(), wanted: "250" }.into());
            }
            Class::Later | Class::No => {}
        }
        debug_assert!(!is_done);
        self.step = asked;
        Err(if asked == Step::Rcpt { Stop::Recipients } else { Stop::Reply(reply) })
    }

    /// The replies that are still due, and the one that decides. A server that refused the sender or the recipient cannot
    /// have taken the message (RFC 3030 section 2), so that refusal counts even if the line breaks behind it.
    async fn answers(&mut self, mut due: Due) -> Result<Reply, Stop> {
        const DOING: &str = "waiting for the server to take the message";
        let mut refusal = None;
        while !due.is_empty() {
            let reply = match self.tap.reply(DOING, limits::AFTER_DOT).await {
                Ok(reply) => reply,
                Err(error) => return Err(self.settled(refusal).unwrap_or(error.into())),
            };
            match self.heed(reply, &mut due) {
                Ok(()) => {}
                Err(stop @ (Stop::Reply(_) | Stop::Recipients)) if refusal.is_none() => {
                    refusal = Some((self.step, stop));
                    self.step = Step::Dot;
                }
                // After a refusal the rest is refused for want of it.
                Err(Stop::Reply(_) | Stop::Recipients) => self.step = Step::Dot,
                Err(stop) => return Err(self.settled(refusal).unwrap_or(stop)),
            }
        }
        let reply = match self.tap.reply(DOING, limits::AFTER_DOT).await {
            Ok(reply) if reply.class() == Class::GoOn => {
                let wrong = SmtpError::WrongReply { got: reply.to_string(), wanted: "250" };
                return Err(self.settled(refusal).unwrap_or(wrong.into()));
            }
            Ok(reply) => reply,
            Err(error) => return Err(self.settled(refusal).unwrap_or(error.into())),
        };
        self.phase = Phase::Answered;
        if reply.is_done() {
            return Ok(reply);
        }
        Err(self.settled(refusal).unwrap_or(Stop::Reply(reply)))
    }

    /// A refusal that came first is the one that counts, at the step that it belongs to.
    fn settled(&mut self, refusal: Option<(Step, Stop)>) -> Option<Stop> {
        let (asked, refused) = refusal?;
        (self.step, self.phase) = (asked, Phase::Answered);
        Some(refused)
    }
}
