//! Effects become deeds: a job for the disk worker, a task for a send, a call to the keyring.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::{oneshot, watch};

use crate::app::effect::Effect;
use crate::app::model::SendId;
use crate::app::msg::{Ended, Msg, News};
use crate::auth::keyring;
use crate::auth::secrets::{self, Source};
use crate::mail::account::Account;
use crate::mail::letter::Envelope;
use crate::mail::outcome::{Failure, Report, Step, Trouble};
use crate::mail::secret::Secret;
use crate::mail::transcript::{self, Wire};
use crate::sandbox::Scenario;
use crate::smtp::Choice;
use crate::store::outbox::Held;

use super::ahead::Ahead;
use super::pace::{Lane, Line};
use super::route::Route;
use super::sends::{self, Job as SendJob, Told};
use super::worker::{Job, Worker};
use super::{clock, sandbox as built_in, trust};

/// What the loop hears from its tasks and threads.
pub(super) enum Event {
    Msg(Msg),
    Queued {
        id: SendId,
        account: Box<Account>,
        envelope: Envelope,
        held: Box<Held>,
    },
    /// A question of a session, for which the answer has to be kept until it comes.
    Ask {
        id: SendId,
        answer: oneshot::Sender<Choice>,
        msg: Msg,
    },
    /// What a person entered and the server accepted; worth keeping for the rest of the run.
    Accepted {
        id: SendId,
        secret: Arc<Secret>,
    },
    /// What was entered, or remembered, was refused.
    Rejected(SendId),
    /// The same of a session that was opened ahead, for the account of this name.
    Forget(String),
}

pub(super) struct Hands {
    worker: Worker,
    events: UnboundedSender<Event>,
    sends: HashMap<SendId, Handle>,
    /// Secrets that were typed in this run, by account; never on disk.
    typed: HashMap<String, Arc<Secret>>,
    /// The session that waits for the letter in the review.
    ahead: Option<Ahead>,
    /// The ways out of mailboxes in Exchange Online.
    lanes: HashMap<String, Lane>,
    /// What the sandbox plays from its next session on.
    scenario: watch::Sender<Scenario>,
}

/// One send: what it waits with, or what it waits for.
struct Handle {
    account: Account,
    ready: Option<(Envelope, Held)>,
    cancel: Option<oneshot::Sender<()>>,
    secret: Option<oneshot::Sender<Option<Secret>>>,
    decide: Option<oneshot::Sender<Choice>>,
}

impl Hands {
    pub(super) fn new(
        worker: Worker,
        events: UnboundedSender<Event>,
        scenario: watch::Sender<Scenario>,
    ) -> Self {
        Self {
            worker,
            events,
            sends: HashMap::new(),
            typed: HashMap::new(),
            ahead: None,
            lanes: HashMap::new(),
            scenario,
        }
    }

    pub(super) fn worker(&self) -> &Worker {
        &self.worker
    }

    /// Does what belongs to no terminal. What does is the loop's.
    pub(super) fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Save(key, draft) => self.worker.ask(Job::Save(key, draft)),
            Effect::ReleaseDraft(key) => self.worker.ask(Job::Release(key)),
            Effect::DropDraft(key) => self.worker.ask(Job::Drop(key)),
            Effect::ListDrafts => self.worker.ask(Job::ListDrafts { to_choose: false }),
            Effect::ChooseDraft => self.worker.ask(Job::ListDrafts { to_choose: true }),
            Effect::OpenDraft(key, id) => self.worker.ask(Job::OpenDraft(key, id)),
            Effect::DiscardDraft(id) => self.worker.ask(Job::DiscardDraft(id)),
            Effect::Check(candidate) => self.worker.ask(Job::Check(candidate)),
            Effect::Queue { id, draft, letter, account } => {
                self.worker.ask(Job::Queue { id, draft, letter, account });
            }
            Effect::ListOutbox => self.worker.ask(Job::ListOutbox),
            Effect::DiscardLetter(id) => self.worker.ask(Job::DiscardLetter(id)),
            Effect::MarkSeen(id) => self.worker.ask(Job::MarkSeen(id)),
            Effect::Complete(typed) => self.worker.ask(Job::Complete(typed)),
            Effect::Attach(path) => self.worker.ask(Job::Attach(path)),
            Effect::WriteExample => self.worker.ask(Job::WriteExample),
            Effect::Submit(id) => self.submit(id),
            Effect::UseSecret(id, secret) => self.answer_secret(id, Some(secret)),
            Effect::GiveUp(id) => self.answer_secret(id, None),
            Effect::KeepSecret(id) => self.keep_secret(id),
            Effect::Decide { id, send_to_accepted } => {
                let choice = if send_to_accepted { Choice::SendToAccepted } else { Choice::Stop };
                if let Some(answer) = self.sends.get_mut(&id).and_then(|handle| handle.decide.take()) {
                    let _ = answer.send(choice);
                }
            }
            Effect::Cancel(id) => {
                if let Some(cancel) = self.sends.get_mut(&id).and_then(|handle| handle.cancel.take()) {
                    let _ = cancel.send(());
                }
            }
            Effect::OpenAhead { account, envelope } => {
                let lane = lane(&mut self.lanes, &account);
                let remembered = self.typed.get(&account.name).cloned();
                // One that is still open belongs to another letter, and is let go.
                self.ahead = Some(Ahead::open(*account, *envelope, remembered, lane, self.events.clone()));
            }
            Effect::LeaveAhead => self.ahead = None,
            Effect::StartSandbox => self.start_sandbox(),
            Effect::Export { to, .. } => {
                let why = format!("{}: exports come next", to.display());
                let _ = self.events.send(Event::Msg(Msg::Exported(Err(why))));
            }
            Effect::SetScenario(name) => {
                if let Ok(scenario) = name.parse() {
                    self.scenario.send_replace(scenario);
                }
            }
            Effect::SaveSoon
            | Effect::Copy(_)
            | Effect::EditExternally(_)
            | Effect::Suspend
            | Effect::Redraw
            | Effect::Quit => {}
        }
    }

    /// What a task or thread said, as a message for the mind, if it is one.
    pub(super) fn hear(&mut self, event: Event) -> Option<Msg> {
        match event {
            Event::Msg(msg) => Some(msg),
            Event::Queued { id, account, envelope, held } => {
                let letter = held.id.clone();
                let handle = Handle {
                    account: *account,
                    ready: Some((envelope, *held)),
                    cancel: None,
                    secret: None,
                    decide: None,
                };
                self.sends.insert(id, handle);
                Some(Msg::Send(id, News::Queued(Ok(letter))))
            }
            Event::Ask { id, answer, msg } => {
                self.sends.get_mut(&id)?.decide = Some(answer);
                Some(msg)
            }
            Event::Accepted { id, secret } => {
                let account = self.sends.get(&id)?.account.name.clone();
                self.typed.insert(account, secret);
                None
            }
            Event::Forget(account) => {
                self.typed.remove(&account);
                None
            }
            Event::Rejected(id) => {
                let account = self.sends.get(&id)?.account.name.clone();
                self.typed.remove(&account);
                None
            }
        }
    }

    fn submit(&mut self, id: SendId) {
        let Some(handle) = self.sends.get_mut(&id) else { return };
        let Some((envelope, mut held)) = handle.ready.take() else { return };
        let lane = lane(&mut self.lanes, &handle.account);
        if let Some(ahead) = self.ahead.take()
            && lane.as_ref().is_none_or(Lane::try_turn)
        {
            match ahead.adopt(id, &envelope.message_id, held) {
                Ok(cancel) => {
                    handle.cancel = Some(cancel);
                    return;
                }
                Err(back) => held = back,
            }
        }
        let (cancel, wish) = oneshot::channel();
        let (give, given) = oneshot::channel();
        (handle.cancel, handle.secret) = (Some(cancel), Some(give));
        let remembered = self.typed.get(&handle.account.name).cloned();
        let message_id = envelope.message_id.clone();
        let task =
            Submit { id, account: handle.account.clone(), envelope, events: self.events.clone(), lane };
        let events = self.events.clone();
        tokio::spawn(async move {
            let is_whole = tokio::spawn(task.run(held, wish, given, remembered)).await.is_ok();
            if !is_whole {
                // A fault of ours. The journal has the truth: it is read at the next start.
                let failure =
                    Failure { trouble: Trouble::Protocol, detail: "sending ended by a fault of ours".into() };
                let mut report = Report::untried(Step::Body, failure, message_id);
                report.outcome = crate::mail::outcome::Outcome::Unknown;
                let _ = events.send(Event::Msg(Msg::Send(id, News::Report(Box::new(report)))));
            }
        });
    }

    fn answer_secret(&mut self, id: SendId, secret: Option<Secret>) {
        if let Some(give) = self.sends.get_mut(&id).and_then(|handle| handle.secret.take()) {
            let _ = give.send(secret);
        }
    }

    fn keep_secret(&self, id: SendId) {
        let Some(account) = self.sends.get(&id).map(|handle| handle.account.clone()) else { return };
        let Some(typed) = self.typed.get(&account.name).cloned() else { return };
        let events = self.events.clone();
        tokio::spawn(async move {
            let kept = keyring::keep(&account, Secret::new(typed.reveal().to_owned())).await;
            let _ = events.send(Event::Msg(Msg::SecretKept(kept.map_err(|trouble| trouble.to_string()))));
        });
    }

    fn start_sandbox(&self) {
        let (events, scenario) = (self.events.clone(), self.scenario.subscribe());
        tokio::spawn(async move {
            let started = built_in::start(0, move || *scenario.borrow(), true).await;
            let account = started.map(|running| {
                built_in::hear(running.reports, events.clone());
                built_in::account(&running.sandbox)
            });
            let _ = events.send(Event::Msg(Msg::SandboxReady(account.map_err(|error| error.to_string()))));
        });
    }
}

/// The way out of the account's mailbox, where the server counts.
fn lane(lanes: &mut HashMap<String, Lane>, account: &Account) -> Option<Lane> {
    let key = || format!("{} {}", account.host, account.username);
    account.is_exchange_online().then(|| lanes.entry(key()).or_insert_with(Lane::new).clone())
}

/// The task of one send.
pub(super) struct Submit {
    pub(super) id: SendId,
    pub(super) account: Account,
    pub(super) envelope: Envelope,
    pub(super) events: UnboundedSender<Event>,
    /// Where Exchange Online counts.
    pub(super) lane: Option<Lane>,
}

impl Submit {
    pub(super) fn tell(&self, news: News) {
        let _ = self.events.send(Event::Msg(Msg::Send(self.id, news)));
    }

    async fn run(
        self,
        held: Held,
        mut cancel: oneshot::Receiver<()>,
        given: oneshot::Receiver<Option<Secret>>,
        remembered: Option<Arc<Secret>>,
    ) {
        self.tell(News::Started(clock::now()));
        let secret = async {
            let line = self.turn().await;
            (self.secret(given, remembered).await, line)
        };
        let (secret, _line) = tokio::select! {
            secret = secret => secret,
            Ok(()) = &mut cancel => (Err(Trouble::Cancelled), None),
        };
        let (report, held, source) = match secret {
            Err(trouble) => (self.unsent(trouble, held).await, None, None),
            Ok((secret, source)) => {
                let (report, held) = self.attempt(held, cancel, secret.as_deref()).await;
                self.settle_secret(&report, secret, source);
                (report, held, source)
            }
        };
        // Let go of before the mind hears that it is over: what comes next may want to hold it.
        drop(held);
        let offer_to_keep = source == Some(Source::Typed { can_keep: true }) && report.signed_in;
        self.tell(News::Ended(Ended { offer_to_keep }));
    }

    /// Waits for its turn where the server counts, and says so.
    async fn turn(&self) -> Option<Line> {
        let lane = self.lane.as_ref()?;
        if !lane.try_turn() {
            self.remark("waiting: Exchange Online takes 30 messages a minute from a mailbox");
            lane.turn().await;
        }
        if let Some(line) = lane.try_line() {
            return Some(line);
        }
        self.remark("waiting: another message is being sent from this mailbox, and they go one by one");
        Some(lane.line().await)
    }

    fn remark(&self, text: &str) {
        self.tell(News::Wire(Wire::Line(transcript::Line::remark(text))));
    }

    /// The secret, from wherever there is one; a person is asked last.
    async fn secret(
        &self,
        given: oneshot::Receiver<Option<Secret>>,
        remembered: Option<Arc<Secret>>,
    ) -> Result<(Option<Arc<Secret>>, Option<Source>), Trouble> {
        if !self.account.needs_secret() {
            return Ok((None, None));
        }
        if self.account.is_sandbox {
            return Ok((Some(Arc::new(built_in::secret())), Some(Source::Sandbox)));
        }
        if remembered.is_some() {
            // Accepted before in this run, and asked about then.
            return Ok((remembered, None));
        }
        let search = secrets::find(&self.account, secrets::Terminal::Taken).await;
        if let Some((secret, source)) = search.found {
            return Ok((Some(Arc::new(secret)), Some(source)));
        }
        let can_keep = search.can_keep;
        self.tell(News::NeedSecret(search.notes));
        match given.await {
            Ok(Some(secret)) => Ok((Some(Arc::new(secret)), Some(Source::Typed { can_keep }))),
            Ok(None) | Err(_) => Err(Trouble::NoSecret),
        }
    }

    /// A typed secret lives as long as the run once it was accepted, and not at all once it was refused.
    fn settle_secret(&self, report: &Report, secret: Option<Arc<Secret>>, source: Option<Source>) {
        let event = match (source, secret) {
            (Some(Source::Typed { .. }), Some(secret)) if report.signed_in => {
                Event::Accepted { id: self.id, secret }
            }
            (None, Some(_)) if report.step == Step::Auth && !report.signed_in => Event::Rejected(self.id),
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
        let job = SendJob {
            account: self.account.clone(),
            envelope: self.envelope.clone(),
            secret: secret.map(|secret| Secret::new(secret.reveal().to_owned())),
            config,
            proxy,
        };
        let (report, held) = sends::run(job, held, cancel, |told| self.pass_on(told)).await;
        (report, Some(held))
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
    async fn unsent(&self, trouble: Trouble, held: Held) -> Report {
        let detail = match trouble {
            Trouble::NoSecret => {
                format!("no {} was given for {}", self.account.secret_word(), self.account.username)
            }
            _ => "stopped before it began".to_owned(),
        };
        let report =
            Report::untried(Step::Secret, Failure { trouble, detail }, self.envelope.message_id.clone());
        let _held = sends::give_up(held, &report).await;
        self.tell(News::Report(Box::new(report.clone())));
        report
    }
}
