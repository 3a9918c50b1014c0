//! One attempt: the wire, the journal beside it, and the gate between them.
//!
//! The order is the promise: record `sending`, open a socket; record `dot-intent`, write the dot; record the outcome, say
//! goodbye. A crash between any two leaves a journal that says what may have happened.

use std::pin::pin;
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

use crate::mail::account::{Account, Security};
use crate::mail::explain;
use crate::mail::letter::Envelope;
use crate::mail::outbox::Event as Record;
use crate::mail::outcome::{Failure, Outcome, Recipient, Report, Step, Trouble};
use crate::mail::secret::Secret;
use crate::mail::transcript::Wire;
use crate::smtp::{self, Choice, Event, Events, Finished, SmtpError, Submission, Target, TlsClient};
use crate::store::StoreError;
use crate::store::outbox::Held;

use super::clock;
use super::route::Route;

/// What is to be sent, as whom.
pub struct Job {
    pub account: Account,
    pub envelope: Envelope,
    pub secret: Option<Secret>,
    pub config: TlsClient,
    /// The proxy on the way.
    pub proxy: Option<Route>,
}

/// What whoever started an attempt hears of it.
#[derive(Debug)]
pub enum Told {
    Wire(Wire),
    Decide {
        recipients: Vec<Recipient>,
        answer: oneshot::Sender<Choice>,
    },
    /// The final dot is about to leave: from here on it cannot be stopped.
    PointOfNoReturn,
    /// The journal could not be written; said beside the outcome.
    JournalTrouble(String),
    /// How it ended. QUIT follows.
    Report(Report),
}

/// Runs one attempt to its end. `cancel` stops it as long as no dot has left (dropping its sender does nothing).
pub async fn run(
    job: Job,
    held: Held,
    cancel: oneshot::Receiver<()>,
    tell: impl FnMut(Told),
) -> (Report, Held) {
    let mut attempt = Attempt { step: Step::Lookup, journal: Some(held), tell, intended: false };
    let report = match attempt.record(Record::Sending).await {
        Err(error) => {
            let report = disk(&job, &error);
            // The outcome may fit where the beginning did not; if not, the journal says "queued", which is true as well.
            let _ = attempt.record(outcome_of(&report)).await;
            (attempt.tell)(Told::Report(report.clone()));
            report
        }
        Ok(()) => attempt.converse(&job, cancel).await,
    };
    (report, attempt.journal.take().expect("the journal is back after every record"))
}

/// Records how an attempt ended that never opened a socket.
pub async fn give_up(held: Held, report: &Report) -> Held {
    let mut attempt = Attempt { step: Step::Config, journal: Some(held), tell: |_| {}, intended: false };
    let _ = attempt.record(outcome_of(report)).await;
    attempt.journal.take().expect("the journal is back after every record")
}

struct Attempt<T> {
    /// The last step that was heard of.
    step: Step,
    /// Away only while a worker thread writes it.
    journal: Option<Held>,
    tell: T,
    /// `dot-intent` is on disk.
    intended: bool,
}

impl<T: FnMut(Told)> Attempt<T> {
    async fn converse(&mut self, job: &Job, cancel: oneshot::Receiver<()>) -> Report {
        let (events, mut inbox) = mpsc::unbounded_channel();
        let letter = self.journal.as_ref().map(Held::letter).unwrap_or_default();
        let began = Instant::now();
        let mut talk = pin!(talk(job, letter, events, began));
        let mut cancel = pin!(wish(cancel));
        let finished = loop {
            tokio::select! {
                biased;
                Some(event) = inbox.recv() => self.hear(event).await,
                finished = &mut talk => break finished,
                () = &mut cancel, if !self.intended => break Finished { report: cancelled(job, self.step, began), is_stale: false, goodbye: None },
            }
        };
        while let Ok(event) = inbox.try_recv() {
            self.hear(event).await;
        }
        let Finished { report, goodbye, .. } = finished;
        if let Err(error) = self.record(outcome_of(&report)).await {
            (self.tell)(Told::JournalTrouble(error.to_string()));
        } else if report.outcome.is_taken()
            && let Some(held) = &self.journal
        {
            // The list keeps the line; the disk need not keep the text.
            held.forget_letter();
        }
        (self.tell)(Told::Report(report.clone()));
        if let Some(goodbye) = goodbye {
            let mut goodbye = pin!(goodbye.say());
            loop {
                tokio::select! {
                    biased;
                    Some(event) = inbox.recv() => self.hear(event).await,
                    () = &mut goodbye => break,
                }
            }
            while let Ok(event) = inbox.try_recv() {
                self.hear(event).await;
            }
        }
        report
    }

    async fn hear(&mut self, event: Event) {
        match event {
            Event::Wire(wire) => {
                if let Wire::Step(step) = wire {
                    self.step = step;
                }
                (self.tell)(Told::Wire(wire));
            }
            Event::Decide { recipients, answer } => (self.tell)(Told::Decide { recipients, answer }),
            Event::MayDot(leave) => {
                // Set first: if the record fails half-way, nobody may think that it can still be taken back.
                self.intended = true;
                match self.record(Record::DotIntent).await {
                    Ok(()) => {
                        (self.tell)(Told::PointOfNoReturn);
                        let _ = leave.send(());
                    }
                    // Without the record there is no leave: the session ends before the dot.
                    Err(error) => (self.tell)(Told::JournalTrouble(error.to_string())),
                }
            }
        }
    }

    async fn record(&mut self, event: Record) -> Result<(), StoreError> {
        let Some(mut held) = self.journal.take() else { return Ok(()) };
        let at = clock::now();
        let written = tokio::task::spawn_blocking(move || {
            let written = held.record(at, event);
            (held, written)
        });
        let (held, written) = written.await.expect("writing a record does not panic");
        self.journal = Some(held);
        written
    }
}

/// Ends when somebody wishes to cancel; never, when nobody can any more.
async fn wish(cancel: oneshot::Receiver<()>) {
    if cancel.await.is_err() {
        std::future::pending::<()>().await;
    }
}

async fn talk(
    job: &Job,
    letter: std::path::PathBuf,
    events: Events,
    began: Instant,
) -> Finished<tokio::net::TcpStream> {
    let Job { account, envelope, .. } = job;
    let untried = |step, error: &SmtpError| {
        let mut report = Report::untried(step, Failure::from(error), envelope.message_id.clone());
        report.total = began.elapsed();
        Finished { report, is_stale: false, goodbye: None }
    };
    let mut body = match tokio::fs::File::open(&letter).await {
        Ok(file) => file,
        Err(error) => return untried(Step::Config, &SmtpError::Spool(error)),
    };
    body.set_max_buf_size(64 * 1024);
    let loopback_only = account.security == Security::None;
    let way = job.proxy.as_ref().map(Route::way);
    let target = Target { host: &account.host, port: account.port, loopback_only, way };
    let (stream, times) = match smtp::connect(target, &events, began).await {
        Ok(connected) => connected,
        Err((step, error)) => return untried(step, &error),
    };
    let submission = Submission { account, envelope, secret: job.secret.as_ref() };
    smtp::submit(stream, &job.config, submission, std::future::ready(Some(body)), events, began, times).await
}

fn cancelled(job: &Job, step: Step, began: Instant) -> Report {
    let failure =
        Failure { trouble: Trouble::Cancelled, detail: "stopped before the message was complete".into() };
    let mut report = Report::untried(step, failure, job.envelope.message_id.clone());
    report.total = began.elapsed();
    report
}

fn disk(job: &Job, error: &StoreError) -> Report {
    let failure = Failure { trouble: Trouble::Disk, detail: error.to_string() };
    Report::untried(Step::Config, failure, job.envelope.message_id.clone())
}

/// Octets of a reply that the journal keeps.
const SAYS: usize = 1024;

/// What the journal keeps of a report.
fn outcome_of(report: &Report) -> Record {
    let reply = report.reply.as_ref().map(ToString::to_string);
    let failure = report.failure.as_ref().map(|failure| failure.detail.clone());
    let says = match report.outcome {
        Outcome::Accepted | Outcome::Partly => reply,
        _ => failure.or(reply).or_else(|| explain::report(report).map(|explanation| explanation.says)),
    };
    // The journal has room set aside for a line, not for whatever a server may say.
    let mut says = says.unwrap_or_default();
    says.truncate(says.floor_char_boundary(SAYS));
    Record::Outcome { outcome: report.outcome, says, server_id: report.server_id.clone() }
}
