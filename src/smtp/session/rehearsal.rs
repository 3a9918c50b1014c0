//! The rehearsal: a session as a send opens it, up to RCPT and no further. There is no way from here to DATA.

use tokio::time::Instant;

use crate::mail::address::Address;
use crate::mail::check::Why;
use crate::mail::letter::Envelope;
use crate::mail::outcome::{Failure, Step, Trouble};
use crate::mail::reply::Reply;
use crate::smtp::Events;
use crate::smtp::auth::Mechanism;
use crate::smtp::command::Command;
use crate::smtp::tap::Stream;
use crate::smtp::trust::TlsClient;

use super::{Goodbye, Session, Stop, Submission, done};

/// A session without a letter.
pub(in crate::smtp) struct Rehearsal<'a, S>(Session<'a, S>);

impl<'a, S: Stream> Rehearsal<'a, S> {
    pub(in crate::smtp) fn new(
        stream: S,
        submission: Submission<'a>,
        events: Events,
        began: Instant,
    ) -> Self {
        Self(Session::new(stream, submission, events, began, Vec::new()))
    }

    /// Greeting, EHLO and TLS, as for a send.
    pub(in crate::smtp) async fn open(&mut self, client: &TlsClient) -> Result<(), Why> {
        let opened = self.0.open(client).await;
        opened.map_err(|stop| self.why(stop))
    }

    /// Is there a way to sign in that the account and the server have in common?
    pub(in crate::smtp) fn offers_sign_in(&self) -> Result<(), Why> {
        let chosen = Mechanism::choose(self.0.submission.account.auth, &self.0.offered);
        chosen.map(drop).map_err(|error| self.why(error.into()))
    }

    pub(in crate::smtp) async fn sign_in(&mut self) -> Result<(), Why> {
        let signed_in = self.0.authenticate().await;
        signed_in.map_err(|stop| self.why(stop))
    }

    /// Names a sender.
    pub(in crate::smtp) async fn mail(&mut self, envelope: &'a Envelope) -> Result<Reply, Why> {
        self.0.submission.envelope = envelope;
        self.0.enter(Step::Mail);
        if let Err(stop) = self.0.check_limits() {
            return Err(self.why(stop));
        }
        let command = self.0.mail_command();
        self.ask(command, "naming the sender").await
    }

    pub(in crate::smtp) async fn rcpt(&mut self, to: &Address) -> Result<Reply, Why> {
        self.0.enter(Step::Rcpt);
        let command = self.0.rcpt_command(to);
        self.ask(command, "naming the recipients").await
    }

    /// Forgets the sender that was named.
    pub(in crate::smtp) async fn rset(&mut self) -> Result<Reply, Why> {
        self.ask(Command::rset(), "starting over").await
    }

    /// What is left to say where the server waits for a command.
    pub(in crate::smtp) fn goodbye(self) -> Goodbye<S> {
        Goodbye(self.0.tap)
    }

    async fn ask(&mut self, command: Command, doing: &'static str) -> Result<Reply, Why> {
        let reply = self.0.tap.ask(command, doing).await.map_err(Stop::from).and_then(done);
        reply.map_err(|stop| self.why(stop))
    }

    fn why(&self, stop: Stop) -> Why {
        match stop {
            Stop::Reply(reply) => Why::Reply(reply),
            Stop::Error(error) => Why::Failure(Failure {
                detail: self.0.tap.masked(&error.to_string()),
                ..Failure::from(&error)
            }),
            // Nobody decides here, and there is no letter to wait for.
            Stop::Recipients | Stop::Unwanted | Stop::Stale => {
                Why::Failure(Failure { trouble: Trouble::Stopped, detail: "stopped".to_owned() })
            }
        }
    }
}
