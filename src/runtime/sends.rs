//! One attempt: the wire, the journal beside it, and the gate between them.
//!
//! The order is the promise: record `sending`, say the first word of the letter; record `dot-intent`, write the dot; record
//! the outcome, say goodbye. A crash between any two leaves a journal that says what may have happened.

use std::future::Future;
use std::io;
use std::path::PathBuf;
use std::pin::{Pin, pin};

use tokio::fs::File;
use tokio::net::TcpStream;
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

use crate::mail::account::{Account, Security};
use crate::mail::explain;
use crate::mail::letter::Envelope;
use crate::mail::outbox::Event as Record;
use crate::mail::outcome::{Failure, Outcome, Recipient, Report, Step, Trouble};
use crate::mail::secret::Secret;
use crate::mail::transcript::{Line, Wire};
use crate::smtp::{self, Choice, Event, Events, Finished, Goodbye, SmtpError, Submission, Target, TlsClient};
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
    /// Opened ahead: signed in, and waiting for the letter.
    Ready,
    /// The letter has come to a session that was opened ahead.
    Begun,
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
    let mut attempt = Attempt::new(Some(held), tell);
    let report = match attempt.record(Record::Sending).await {
        Err(error) => {
            let report = disk(&job, &error);
            // The outcome may fit where the beginning did not; if not, the journal says "queued", which is true as well.
            let _ = attempt.record(outcome_of(&report)).await;
            (attempt.tell)(Told::Report(report.clone()));
            report
        }
        Ok(()) => attempt.converse(&job, pin!(wish(cancel))).await,
    };
    (report, attempt.journal.take().expect("the journal is back after every record"))
}

/// Opens a session ahead of its letter, and runs the attempt once the letter comes. One that has gone stale by then is
/// replaced without a word lost: nothing of the letter had been said. `None`: the letter never came.
pub async fn run_ahead(
    job: Job,
    mut coming: oneshot::Receiver<Held>,
    cancel: oneshot::Receiver<()>,
    tell: impl FnMut(Told),
) -> Option<(Report, Held)> {
    let mut attempt = Attempt::new(None, tell);
    let mut cancel = pin!(wish(cancel));
    let ended = attempt.talk(&job, Letter::Coming(&mut coming), cancel.as_mut()).await;
    let mut is_usable = attempt.journal.is_some() && !ended.finished.is_stale;
    if attempt.journal.is_none() {
        // It may have come in the moment in which the session ended.
        let Ok(held) = coming.try_recv() else {
            (attempt.tell)(Told::Report(ended.finished.report));
            attempt.part(ended.finished.goodbye, ended.inbox).await;
            return None;
        };
        attempt.begin(held).await;
        is_usable = false;
    }
    let report = match attempt.refusal.take() {
        Some(error) => {
            attempt.part(ended.finished.goodbye, ended.inbox).await;
            let report = disk(&job, &error);
            (attempt.tell)(Told::Report(report.clone()));
            report
        }
        None if is_usable => attempt.settle(ended).await,
        None => {
            attempt.part(ended.finished.goodbye, ended.inbox).await;
            attempt.remark("the session that was opened ahead is no good any more; here is another");
            attempt.converse(&job, cancel).await
        }
    };
    Some((report, attempt.journal.take().expect("it was put there when the letter came")))
}

/// Records how an attempt ended that never opened a socket.
pub async fn give_up(held: Held, report: &Report) -> Held {
    let mut attempt = Attempt::new(Some(held), |_| {});
    let _ = attempt.record(outcome_of(report)).await;
    attempt.journal.take().expect("the journal is back after every record")
}

struct Attempt<T> {
    /// The last step that was heard of.
    step: Step,
    /// Away only while a worker thread writes it, and before the letter of a session opened ahead has come.
    journal: Option<Held>,
    tell: T,
    /// `dot-intent` is on disk.
    intended: bool,
    /// Why the journal could not be begun.
    refusal: Option<StoreError>,
}

/// Where the letter of a session is.
enum Letter<'a> {
    Here(PathBuf),
    /// It comes when the person says so.
    Coming(&'a mut oneshot::Receiver<Held>),
}

/// A conversation that is over but for its goodbye.
struct Ended {
    finished: Finished<TcpStream>,
    inbox: mpsc::UnboundedReceiver<Event>,
}

impl<T: FnMut(Told)> Attempt<T> {
    fn new(journal: Option<Held>, tell: T) -> Self {
        Self { step: Step::Lookup, journal, tell, intended: false, refusal: None }
    }

    async fn converse(&mut self, job: &Job, cancel: Pin<&mut impl Future<Output = ()>>) -> Report {
        let letter = Letter::Here(self.journal.as_ref().map(Held::letter).unwrap_or_default());
        let ended = self.talk(job, letter, cancel).await;
        self.settle(ended).await
    }

    /// One session, from the look-up to the reply that decides.
    async fn talk(
        &mut self,
        job: &Job,
        letter: Letter<'_>,
        mut cancel: Pin<&mut impl Future<Output = ()>>,
    ) -> Ended {
        let (events, mut inbox) = mpsc::unbounded_channel();
        let began = Instant::now();
        let (here, path) = oneshot::channel();
        let (at_the_door, mut ready) = oneshot::channel();
        let (letter, mut here, mut coming): (Pin<Box<dyn Future<Output = _> + Send>>, _, _) = match letter {
            // Opened before any socket is: a session is not begun for a letter that is not there.
            Letter::Here(path) => match open(path).await {
                Ok(file) => (Box::pin(std::future::ready(Some(Ok(file)))), None, None),
                Err(error) => {
                    let failure = Failure::from(&SmtpError::Spool(error));
                    let report = Report::untried(Step::Config, failure, job.envelope.message_id.clone());
                    return Ended { finished: stopped(report), inbox };
                }
            },
            Letter::Coming(coming) => (Box::pin(file(path, at_the_door)), Some(here), Some(coming)),
        };
        let mut is_ready = coming.is_none();
        let mut talk = pin!(talk(job, letter, events, began));
        let finished = loop {
            tokio::select! {
                biased;
                Some(event) = inbox.recv() => self.hear(event).await,
                finished = &mut talk => break finished,
                () = &mut cancel, if !self.intended => break stopped(cancelled(job, self.step, began)),
                _ = &mut ready, if !is_ready => {
                    is_ready = true;
                    (self.tell)(Told::Ready);
                }
                held = come(&mut coming), if here.is_some() => self.letter_came(held, here.take()).await,
            }
        };
        while let Ok(event) = inbox.try_recv() {
            self.hear(event).await;
        }
        Ended { finished, inbox }
    }

    /// It came, or never will; then the session is told so by a sender that is gone.
    async fn letter_came(&mut self, held: Option<Held>, here: Option<oneshot::Sender<PathBuf>>) {
        let (Some(held), Some(here)) = (held, here) else { return };
        let path = held.letter();
        self.begin(held).await;
        if self.refusal.is_none() {
            let _ = here.send(path);
        }
    }

    /// The letter has come to a session that was opened ahead.
    async fn begin(&mut self, held: Held) {
        self.journal = Some(held);
        (self.tell)(Told::Begun);
        self.refusal = self.record(Record::Sending).await.err();
    }

    /// Records how it ended, and says goodbye.
    async fn settle(&mut self, ended: Ended) -> Report {
        let Ended { finished: Finished { report, goodbye, .. }, inbox } = ended;
        if let Err(error) = self.record(outcome_of(&report)).await {
            (self.tell)(Told::JournalTrouble(error.to_string()));
        } else if report.outcome.is_taken()
            && let Some(held) = &self.journal
        {
            // The list keeps the line; the disk need not keep the text.
            held.forget_letter();
        }
        (self.tell)(Told::Report(report.clone()));
        self.part(goodbye, inbox).await;
        report
    }

    async fn part(&mut self, goodbye: Option<Goodbye<TcpStream>>, mut inbox: mpsc::UnboundedReceiver<Event>) {
        let Some(goodbye) = goodbye else { return };
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

    fn remark(&mut self, text: &str) {
        (self.tell)(Told::Wire(Wire::Line(Line::remark(text))));
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

/// The letter that is due here, once it has come.
async fn come(coming: &mut Option<&mut oneshot::Receiver<Held>>) -> Option<Held> {
    match coming {
        Some(coming) => coming.await.ok(),
        None => std::future::pending().await,
    }
}

/// The frozen letter; whoever asks for it first is where it is needed next.
async fn file(
    path: oneshot::Receiver<PathBuf>,
    at_the_door: oneshot::Sender<()>,
) -> Option<io::Result<File>> {
    let _ = at_the_door.send(());
    Some(open(path.await.ok()?).await)
}

async fn open(letter: PathBuf) -> io::Result<File> {
    let mut file = File::open(letter).await?;
    file.set_max_buf_size(64 * 1024);
    Ok(file)
}

async fn talk(
    job: &Job,
    letter: impl Future<Output = Option<io::Result<File>>>,
    events: Events,
    began: Instant,
) -> Finished<TcpStream> {
    let Job { account, envelope, .. } = job;
    let loopback_only = account.security == Security::None;
    let way = job.proxy.as_ref().map(Route::way);
    let target = Target { host: &account.host, port: account.port, loopback_only, way };
    let (stream, times) = match smtp::connect(target, &events, began).await {
        Ok(connected) => connected,
        Err((step, error)) => {
            let mut report = Report::untried(step, Failure::from(&error), envelope.message_id.clone());
            report.total = began.elapsed();
            return stopped(report);
        }
    };
    let submission = Submission { account, envelope, secret: job.secret.as_ref() };
    smtp::submit(stream, &job.config, submission, letter, events, began, times).await
}

fn stopped(report: Report) -> Finished<TcpStream> {
    Finished { report, is_stale: false, goodbye: None }
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
