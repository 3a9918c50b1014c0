//! The message: its body, the leave that the final dot waits for, and the reply that decides.

use tokio::io::AsyncRead;

use crate::mail::outcome::Step;
use crate::mail::reply::{Class, Reply};
use crate::smtp::error::SmtpError;
use crate::smtp::limits;
use crate::smtp::tap::Stream;
use crate::smtp::upload::{self, Body};

use super::{Phase, Session, Stop, interrupted};

impl<S: Stream> Session<'_, S> {
    pub(super) async fn message<B: AsyncRead + Unpin>(&mut self, body: &mut B) -> Result<Reply, Stop> {
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
