//! The task of one send: its turn, its secret, the attempt, and what is told of it.

use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::oneshot;

use crate::app::model::SendId;
use crate::app::msg::{Ended, Msg, News};
use crate::auth::helper::Terminal;
use crate::mail::account::Account;
use crate::mail::letter::Envelope;
use crate::mail::outcome::{Failure, Report, Step, Trouble};
use crate::mail::secret::{Kind, Secret};
use crate::mail::session::Head;
use crate::mail::transcript::{self, Wire};
use crate::store::outbox::Held;

use super::chain::{self, Found, Lent, Person, Source};
use super::event::Event;
use super::pace::{Lane, Line};
use super::recorder::{self, Recorder, Shelf};
use super::route::Route;
use super::sends::{self, Job, Told};
use super::stores::Stores;
use super::tokens::{Fresh, Missing, Remembered};
use super::vault::Asking;
use super::{clock, trust};

pub(super) struct Submit {
    pub(super) id: SendId,
    pub(super) account: Account,
    pub(super) envelope: Envelope,
    pub(super) events: UnboundedSender<Event>,
    /// Where Exchange Online counts.
    pub(super) lane: Option<Lane>,
    /// Where it is recorded, if it is.
    pub(super) log: Option<Shelf>,
}

impl Submit {
    pub(super) fn tell(&self, news: News) {
        let _ = self.events.send(Event::Msg(Msg::Send(self.id, news)));
    }

    pub(super) async fn run(
        self,
        held: Held,
        mut cancel: oneshot::Receiver<()>,
        given: oneshot::Receiver<Option<Secret>>,
        remembered: Remembered,
        stores: Stores,
    ) {
        self.tell(News::Started(clock::now()));
        let secret = async {
            let line = self.turn().await;
            self.tell(News::Waits(false));
            (self.secret(given, remembered, &stores).await, line)
        };
        let (secret, _line) = tokio::select! {
            secret = secret => secret,
            Ok(()) = &mut cancel => (Err(stopped()), None),
        };
        let (report, held, source) = match secret {
            Err(failure) => (self.unsent(failure, held).await, None, None),
            Ok(found) => {
                found.age().iter().for_each(|age| self.remark(age));
                let Found { secret, source, .. } = found;
                self.know(secret.as_ref());
                let (report, held) = self.attempt(held, cancel, secret.as_deref()).await;
                self.settle_secret(&report, secret, source);
                (report, held, Some(source))
            }
        };
        // Let go of before the mind hears that it is over: what comes next may want to hold it.
        drop(held);
        let offer_to_keep = match source {
            // A token that was typed is over within the hour.
            Some(Source::Typed(store))
                if report.signed_in && self.account.secret_kind() == Kind::Password =>
            {
                Some(store)
            }
            _ => None,
        };
        self.tell(News::Ended(Ended { offer_to_keep }));
    }

    /// Waits for its turn where the server counts, and says so.
    async fn turn(&self) -> Option<Line> {
        let lane = self.lane.as_ref()?;
        if !lane.try_turn() {
            self.wait("waiting: Exchange Online takes 30 messages a minute from a mailbox");
            lane.turn().await;
        }
        if let Some(line) = lane.try_line() {
            return Some(line);
        }
        self.wait("waiting: another message is being sent from this mailbox, and they go one by one");
        Some(lane.line().await)
    }

    fn wait(&self, why: &str) {
        self.tell(News::Waits(true));
        self.remark(why);
    }

    fn remark(&self, text: &str) {
        self.tell(News::Wire(Wire::Line(transcript::Line::remark(text))));
    }

    /// The secret, from wherever there is one; a person is asked last.
    async fn secret(
        &self,
        given: oneshot::Receiver<Option<Secret>>,
        remembered: Remembered,
        stores: &Stores,
    ) -> Result<Found, Failure> {
        let mut sender = Sender { submit: self, given: Some(given) };
        chain::find(&self.account, remembered, stores, &mut sender).await.map_err(|missing| {
            if matches!(missing, Missing::NotGiven(_)) && self.account.oauth.is_some() {
                self.remark("p in the account pane keeps one");
            }
            missing.failure(&self.account)
        })
    }

    /// A typed secret lives as long as the run once it was accepted, and not at all once it was refused.
    fn settle_secret(&self, report: &Report, secret: Option<Arc<Secret>>, source: Source) {
        let is_refused = report.step == Step::Auth && !report.signed_in;
        let event = match (source, secret) {
            (Source::Typed(_), Some(secret)) if report.signed_in => Event::Accepted { id: self.id, secret },
            (Source::Memory | Source::Kept(_) | Source::SignIn, Some(_)) if is_refused => {
                Event::Rejected(self.id)
            }
            _ => return,
        };
        let _ = self.events.send(event);
    }

    async fn attempt(
        &self,
        held: Held,
        cancel: oneshot::Receiver<()>,
        secret: Option<&Secret>,
    ) -> (Report, Option<Held>) {
        let route = Route::of(&self.account);
        let (config, proxy) = match trust::config(&self.account).await.and_then(|config| Ok((config, route?)))
        {
            Ok(ends) => ends,
            Err(error) => {
                let report =
                    Report::untried(Step::Config, Failure::from(&error), self.envelope.message_id.clone());
                let held = sends::give_up(held, &report).await;
                self.tell(News::Report(Box::new(report.clone())));
                return (report, Some(held));
            }
        };
        let job = Job {
            account: self.account.clone(),
            envelope: self.envelope.clone(),
            secret: secret.map(|secret| Secret::new(secret.reveal().to_owned())),
            config,
            proxy,
        };
        // The lines are timed from here on, however long it had to wait for its turn.
        let started = clock::now();
        self.tell(News::Started(started));
        let mut recorder = self.recorder(started);
        let tell = |told| {
            if let Some(recorder) = &mut recorder {
                recorder.hear(&told);
            }
            self.pass_on(told);
        };
        let (report, held) = sends::run(job, held, cancel, tell).await;
        recorder::finished(recorder).await;
        (report, Some(held))
    }

    /// A record of what this send tells.
    pub(super) fn recorder(&self, started: Timestamp) -> Option<Recorder> {
        let head = Head {
            title: self.envelope.subject.clone(),
            account: self.account.name.clone(),
            host: self.account.host.clone(),
            port: self.account.port,
            started,
        };
        self.log.clone().map(|shelf| Recorder::start(shelf, &head))
    }

    /// From here on this secret is looked for in whatever is to leave.
    pub(super) fn know(&self, secret: Option<&Arc<Secret>>) {
        if let Some(secret) = secret {
            let (user, secret) = (self.account.username.clone(), Arc::clone(secret));
            let _ = self.events.send(Event::Known { user, secret });
        }
    }

    pub(super) fn pass_on(&self, told: Told) {
        match told {
            Told::Wire(wire) => self.tell(News::Wire(wire)),
            // Of sessions that were opened ahead.
            Told::Ready | Told::Begun => {}
            Told::PointOfNoReturn => self.tell(News::PointOfNoReturn),
            Told::Report(report) => self.tell(News::Report(Box::new(report))),
            Told::JournalTrouble(why) => {
                let _ = self
                    .events
                    .send(Event::Msg(Msg::Trouble(format!("the outbox could not be written: {why}"))));
            }
            Told::Decide { recipients, answer } => {
                let msg = Msg::Send(self.id, News::Decide(recipients));
                let _ = self.events.send(Event::Ask { id: self.id, answer, msg });
            }
        }
    }

    /// It ended before there was an attempt.
    async fn unsent(&self, failure: Failure, held: Held) -> Report {
        let report = Report::untried(Step::Secret, failure, self.envelope.message_id.clone());
        let _held = sends::give_up(held, &report).await;
        self.tell(News::Report(Box::new(report.clone())));
        report
    }
}

fn stopped() -> Failure {
    Failure { trouble: Trouble::Cancelled, detail: "stopped before it began".to_owned() }
}

/// Whoever sends: is asked in the composer, once.
struct Sender<'a> {
    submit: &'a Submit,
    given: Option<oneshot::Receiver<Option<Secret>>>,
}

impl Sender<'_> {
    async fn answer(&mut self) -> Option<Secret> {
        self.given.take()?.await.ok().flatten()
    }
}

impl Person for Sender<'_> {
    const ASKING: Asking = Asking::Allowed;
    const TERMINAL: Terminal = Terminal::Taken;

    async fn lend(&mut self, why: &str) -> Option<Lent> {
        let (answer, lent) = oneshot::channel();
        let submit = self.submit;
        let msg = Msg::Send(submit.id, News::NeedTerminal(why.to_owned()));
        let _ = submit.events.send(Event::Lend { id: submit.id, answer, msg: Box::new(msg) });
        lent.await.ok().flatten()
    }

    async fn secret(&mut self, notes: &[String]) -> Option<Secret> {
        self.submit.tell(News::NeedSecret(notes.to_vec()));
        self.answer().await
    }

    async fn sign_in(&mut self, notes: &[String]) -> Option<Secret> {
        for note in notes {
            self.submit.remark(note);
        }
        self.submit.tell(News::NeedSignIn);
        self.answer().await
    }

    fn keeper(&self) -> impl FnOnce(Fresh) + Send + 'static {
        let events = self.submit.events.clone();
        move |fresh| drop(events.send(Event::Token(fresh)))
    }
}
