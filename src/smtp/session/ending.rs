//! The ending: what the last reply, or the lack of one, means for the message.

use std::time::Duration;

use tokio::time::Instant;

use crate::mail::outcome::{Failure, Outcome, Recipient, Report, Step, Trouble};
use crate::mail::reply::{Class, Reply};
use crate::mail::transcript::Kind;
use crate::smtp::connect::Times;
use crate::smtp::tap::Stream;

use super::{Finished, Goodbye, Phase, Session, Stop};

impl<S: Stream> Session<'_, S> {
    pub(super) fn finish(mut self, end: Result<Reply, Stop>, began: Instant) -> Finished<S> {
        self.times.push((self.step, self.step_began.elapsed()));
        let mut is_stale = false;
        let is_open = matches!(self.phase, Phase::DotStarted | Phase::DotFlushed);
        let (outcome, reply, failure) = match end {
            Ok(reply) if self.recipients.iter().all(Recipient::is_accepted) => {
                (Outcome::Accepted, Some(reply), None)
            }
            Ok(reply) => (Outcome::Partly, Some(reply), None),
            Err(Stop::Reply(reply)) => (Outcome::of_refusal(reply.class()), Some(reply), None),
            Err(Stop::Recipients) => self.recipients_refused(),
            Err(Stop::Unwanted) => (Outcome::Failed, None, Some(unwanted())),
            Err(Stop::Stale) => {
                is_stale = true;
                (Outcome::Deferred, None, Some(stale()))
            }
            Err(Stop::Error(error)) => {
                let failure =
                    Failure { detail: self.tap.masked(&error.to_string()), ..Failure::from(&error) };
                self.tap.note(Kind::Error, &failure.detail);
                let outcome = if is_open { Outcome::Unknown } else { failure.trouble.outcome() };
                (outcome, None, Some(failure))
            }
        };
        // QUIT fits only where the server waits for a command; anywhere else it would become part of a message.
        let is_unwanted = failure.as_ref().is_some_and(|failure| failure.trouble == Trouble::Cancelled);
        let can_quit = is_unwanted || failure.is_none() && self.is_in_turn(reply.as_ref());
        // A server that hung up, or says 421, when MAIL comes: nothing of the letter was taken in.
        let is_cut_off = failure.as_ref().is_some_and(|failure| failure.trouble == Trouble::Lost)
            || reply.as_ref().is_some_and(|reply| reply.code() == 421);
        is_stale |= !self.waited.is_zero() && self.step == Step::Mail && is_cut_off;
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
            total: began.elapsed().saturating_sub(self.waited),
            signed_in: self.signed_in,
        };
        if !can_quit {
            self.tap.note(Kind::Note, "connection dropped");
        }
        Finished { report, is_stale, goodbye: can_quit.then_some(Goodbye(self.tap)) }
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

fn unwanted() -> Failure {
    Failure { trouble: Trouble::Cancelled, detail: "opened ahead; the message was not sent".into() }
}

fn stale() -> Failure {
    Failure { trouble: Trouble::Lost, detail: "the session that was opened ahead has gone stale".into() }
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
