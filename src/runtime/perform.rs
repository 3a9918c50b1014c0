//! Effects become deeds: a job for the disk worker, a task for a send, a call to the keyring.

use std::collections::HashMap;
use std::path::PathBuf;
use std::time::Duration;

use jiff::tz::TimeZone;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::{oneshot, watch};

use crate::app::effect::Effect;
use crate::app::model::SendId;
use crate::app::msg::{Msg, News};
use crate::mail::account::Account;
use crate::mail::letter::Envelope;
use crate::mail::outcome::{Failure, Report, Step, Trouble};
use crate::mail::secret::Secret;
use crate::mail::session::{Form, Session};
use crate::sandbox::{Scenario, SignInScenario};
use crate::smtp::Choice;
use crate::store::outbox::Held;

use super::ahead::{Ahead, Opening};
use super::chain::Lent;
use super::event::Event;
use super::pace::Lane;
use super::purse::Purse;
use super::recorder::Shelf;
use super::sandbox as built_in;
use super::submit::Submit;
use super::trial::{Beginning, Trial};
use super::worker::{Job, Worker};

pub(super) struct Hands {
    worker: Worker,
    events: UnboundedSender<Event>,
    sends: HashMap<SendId, Handle>,
    purse: Purse,
    /// The session that waits for the letter in the review.
    ahead: Option<Ahead>,
    /// Who waits for the terminal, on behalf of `password_command`.
    lending: HashMap<SendId, oneshot::Sender<Option<Lent>>>,
    /// The check that runs; one at a time.
    trial: Option<Trial>,
    /// The ways out of mailboxes in Exchange Online.
    lanes: HashMap<String, Lane>,
    /// Where sessions are recorded, if they are.
    log: Option<Shelf>,
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
        log: Option<Shelf>,
        (state, cache): (PathBuf, Option<Duration>),
        worker: Worker,
        events: UnboundedSender<Event>,
        scenario: watch::Sender<Scenario>,
    ) -> Self {
        Self {
            purse: Purse::new(state, cache, events.clone()),
            worker,
            events,
            sends: HashMap::new(),
            ahead: None,
            lending: HashMap::new(),
            trial: None,
            lanes: HashMap::new(),
            log,
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
            Effect::EditAccounts(edit) => self.worker.ask(Job::EditAccounts(edit)),
            Effect::WriteExample => self.worker.ask(Job::WriteExample),
            Effect::Submit(id) => self.submit(id),
            Effect::UseSecret(id, secret) => self.answer_secret(id, Some(secret)),
            Effect::GiveUp(id) => self.answer_secret(id, None),
            Effect::KeepSecret(id, store) => {
                if let Some(account) = self.account_of(id) {
                    self.purse.keep(account, store);
                }
            }
            Effect::Decide { id, send_to_accepted } => {
                self.decide(id, if send_to_accepted { Choice::SendToAccepted } else { Choice::Stop });
            }
            Effect::Cancel(id) => self.cancel(id),
            Effect::OpenAhead { account, envelope } => self.open_ahead(*account, *envelope),
            Effect::LeaveAhead => self.ahead = None,
            Effect::TestAccount { id, account } => self.test(id, *account),
            Effect::StopTest(id) => self.trial = self.trial.take().filter(|trial| !trial.is(id)),
            Effect::StartSandbox => self.start_sandbox(),
            Effect::Export { session, form, to } => self.export(&session, form, to),
            Effect::SetScenario(name) => {
                if let Ok(scenario) = name.parse() {
                    self.scenario.send_replace(scenario);
                }
            }
            Effect::SignedIn(id) => self.go_on(id),
            effect @ (Effect::SignIn { .. }
            | Effect::PasteBack(_)
            | Effect::StopSignIn
            | Effect::UsePassphrase(_)
            | Effect::Secrets { .. }
            | Effect::SignOut(_)) => self.purse.perform(effect),
            // Its terminal is the loop's to lend.
            Effect::LendTerminal(id, _) => self.lent(id, None),
            Effect::SaveSoon
            | Effect::Copy(_)
            | Effect::EditExternally(_)
            | Effect::Suspend
            | Effect::Redraw
            | Effect::Quit => {}
        }
    }

    fn open_ahead(&mut self, account: Account, envelope: Envelope) {
        let opening = Opening {
            remembered: self.purse.of(&account),
            stores: self.purse.stores(),
            lane: lane(&mut self.lanes, &account),
            log: self.log.clone(),
        };
        // One that is still open belongs to another letter, and is let go.
        self.ahead = Some(Ahead::open(account, envelope, opening, self.events.clone()));
    }

    /// The program of the account that waits for the terminal, if it still does.
    pub(super) fn helper_of(&self, id: SendId) -> Option<Vec<String>> {
        self.lending.get(&id).filter(|answer| !answer.is_closed())?;
        self.account_of(id)?.password_command.clone()
    }

    /// Of a send, or of the check.
    fn account_of(&self, id: SendId) -> Option<&Account> {
        match &self.trial {
            Some(trial) if trial.is(id) => Some(trial.account()),
            _ => self.sends.get(&id).map(|handle| &handle.account),
        }
    }

    /// What it gave; None: it did not get the terminal.
    pub(super) fn lent(&mut self, id: SendId, lent: Option<Lent>) {
        if let Some(answer) = self.lending.remove(&id) {
            let _ = answer.send(lent);
        }
    }

    fn decide(&mut self, id: SendId, choice: Choice) {
        if let Some(answer) = self.sends.get_mut(&id).and_then(|handle| handle.decide.take()) {
            let _ = answer.send(choice);
        }
    }

    fn cancel(&mut self, id: SendId) {
        if let Some(cancel) = self.sends.get_mut(&id).and_then(|handle| handle.cancel.take()) {
            let _ = cancel.send(());
        }
    }

    /// The person has signed in for a send that waits for it.
    fn go_on(&mut self, id: SendId) {
        let account = self.sends.get(&id).map(|handle| &handle.account);
        let secret = account.and_then(|account| self.purse.of(account).secret);
        self.answer_secret(id, secret.map(|secret| Secret::new(secret.reveal().to_owned())));
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
            Event::Lend { id, answer, msg } => {
                self.lending.insert(id, answer);
                Some(*msg)
            }
            Event::Accepted { id, secret } => {
                self.purse.remember(&self.sends.get(&id)?.account, secret);
                None
            }
            Event::Passphrase { wish, answer } => Some(self.purse.wait_for_passphrase(wish, answer)),
            Event::Token(fresh) => {
                self.purse.take_in(fresh);
                None
            }
            Event::Again { id, envelope, held } => {
                self.sends.get_mut(&id)?.ready = Some((envelope, *held));
                self.submit(id);
                None
            }
            Event::Known { user, secret } => {
                self.purse.know(user, secret);
                None
            }
            Event::Remember { account, secret } => {
                self.purse.remember(&account, secret);
                None
            }
            Event::Replaced(account) => {
                self.purse.replaced(&account);
                None
            }
            Event::Forget(account) => {
                self.purse.forget(&account);
                None
            }
            Event::Rejected(id) => {
                self.purse.forget(&self.sends.get(&id)?.account);
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
        let remembered = self.purse.of(&handle.account);
        let message_id = envelope.message_id.clone();
        let task = Submit {
            id,
            account: handle.account.clone(),
            envelope,
            events: self.events.clone(),
            lane,
            log: self.log.clone(),
        };
        let (stores, events) = (self.purse.stores(), self.events.clone());
        tokio::spawn(async move {
            let is_whole = tokio::spawn(task.run(held, wish, given, remembered, stores)).await.is_ok();
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

    /// Does this text hold a secret that came up in this run?
    pub(super) fn gives_away(&self, text: &str) -> bool {
        self.purse.gives_away(text)
    }

    fn export(&self, session: &Session, form: Form, to: PathBuf) {
        let text = session.write(form, &TimeZone::system());
        if self.gives_away(&text) {
            let why = "not exported: a password or token of this run is in it, which the masking has missed";
            let _ = self.events.send(Event::Msg(Msg::Exported(Err(why.to_owned()))));
        } else {
            self.worker.ask(Job::Export { to, text });
        }
    }

    fn test(&mut self, id: SendId, account: Account) {
        let remembered = self.purse.of(&account);
        let (stores, log, events) = (self.purse.stores(), self.log.clone(), self.events.clone());
        self.trial = Some(Trial::begin(Beginning { id, account, remembered, stores, log, events }));
    }

    fn answer_secret(&mut self, id: SendId, secret: Option<Secret>) {
        if let Some(trial) = self.trial.as_mut().filter(|trial| trial.is(id)) {
            return trial.answer_secret(secret);
        }

        if let Some(give) = self.sends.get_mut(&id).and_then(|handle| handle.secret.take()) {
            let _ = give.send(secret);
        }
    }

    fn start_sandbox(&self) {
        let (events, scenario) = (self.events.clone(), self.scenario.subscribe());
        tokio::spawn(async move {
            let started = built_in::start(0, move || *scenario.borrow(), SignInScenario::ASKS, true).await;
            let account = started.map(|running| {
                built_in::hear(running.reports, events.clone());
                built_in::account(&running.sandbox)
            });
            let _ = events.send(Event::Msg(Msg::SandboxReady(
                account.map(Box::new).map_err(|error| error.to_string()),
            )));
        });
    }
}

/// The way out of the account's mailbox, where the server counts.
fn lane(lanes: &mut HashMap<String, Lane>, account: &Account) -> Option<Lane> {
    let key = || format!("{} {}", account.host, account.username);
    account.is_exchange_online().then(|| lanes.entry(key()).or_insert_with(Lane::new).clone())
}
