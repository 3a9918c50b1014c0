//! The envelope: MAIL, every RCPT, DATA, and the decision when some recipients are refused.

use tokio::sync::oneshot;
use tokio::time::timeout;

use crate::mail::address::Address;
use crate::mail::outcome::{Recipient, Step};
use crate::mail::reply::{Class, Reply};
use crate::mail::transcript::Kind;
use crate::smtp::command::Command;
use crate::smtp::tap::Stream;
use crate::smtp::{Choice, Event, limits};

use super::{Session, Stop, done, expect};

impl<S: Stream> Session<'_, S> {
    pub(super) fn mail_command(&self) -> Command {
        Command::mail(self.submission.envelope, &self.offered)
    }

    pub(super) fn rcpt_command(&self, to: &Address) -> Command {
        Command::rcpt(to, self.submission.envelope.dsn.filter(|_| self.offered.dsn))
    }

    /// MAIL, every RCPT and DATA in one flight (RFC 2920): one round trip instead of one each.
    pub(super) async fn envelope_at_once(&mut self) -> Result<(), Stop> {
        let mut batch = vec![self.mail_command()];
        batch.extend(self.submission.envelope.to.iter().map(|to| self.rcpt_command(to)));
        batch.push(Command::data());
        self.tap.send(&batch).await?;
        done(self.tap.reply("naming the sender", limits::REPLY).await?)?;
        self.enter(Step::Rcpt);
        for position in 0..self.recipients.len() {
            let reply = self.tap.reply("naming the recipients", limits::REPLY).await?;
            self.told(position, reply)?;
        }
        self.is_anybody_left()?;
        self.enter(Step::Data);
        let data = self.tap.reply("announcing the message", limits::REPLY).await?;
        expect(data, 354, "354")?;
        self.decide().await
    }

    pub(super) async fn envelope_in_turns(&mut self) -> Result<(), Stop> {
        done(self.tap.ask(self.mail_command(), "naming the sender").await?)?;
        self.enter(Step::Rcpt);
        for position in 0..self.recipients.len() {
            let command = self.rcpt_command(&self.recipients[position].address);
            let reply = self.tap.ask(command, "naming the recipients").await?;
            self.told(position, reply)?;
        }
        self.is_anybody_left()?;
        self.decide().await?;
        self.enter(Step::Data);
        let data = self.tap.ask(Command::data(), "announcing the message").await?;
        expect(data, 354, "354")?;
        Ok(())
    }

    /// Keeps what one recipient was told. A 421 ends the session, whoever it was for; a 3yz answers something else.
    pub(super) fn told(&mut self, position: usize, reply: Reply) -> Result<(), Stop> {
        if reply.class() == Class::GoOn {
            return done(reply).map(drop);
        }
        let end = (reply.code() == 421).then(|| reply.clone());
        self.recipients[position].reply = Some(reply);
        end.map_or(Ok(()), |reply| Err(Stop::Reply(reply)))
    }

    fn is_anybody_left(&self) -> Result<(), Stop> {
        if self.recipients.iter().any(Recipient::is_accepted) { Ok(()) } else { Err(Stop::Recipients) }
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
}
