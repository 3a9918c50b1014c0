//! The task of one check in the composer: its secret, the check, and what is told of it.

use std::sync::Arc;

use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::oneshot;

use crate::app::model::SendId;
use crate::app::msg::{Msg, Testing};
use crate::auth::helper::Terminal;
use crate::mail::account::Account;
use crate::mail::check::{Check, Stage};
use crate::mail::secret::{Kind, Secret};
use crate::smtp::Progress;

use super::chain::{self, Found, Lent, Person, Source};
use super::check::{self, Job, PROBES};
use super::clock;
use super::event::Event;
use super::recorder::Shelf;
use super::stores::Stores;
use super::tokens::{Fresh, Remembered};
use super::vault::Asking;

/// The end of it that can stop it. Dropped, it stops it, too.
pub(super) struct Trial {
    id: SendId,
    account: Account,
    _cancel: oneshot::Sender<()>,
    secret: Option<oneshot::Sender<Option<Secret>>>,
}

/// What it begins with.
pub(super) struct Beginning {
    pub(super) id: SendId,
    pub(super) account: Account,
    pub(super) remembered: Remembered,
    pub(super) stores: Stores,
    pub(super) log: Option<Shelf>,
    pub(super) events: UnboundedSender<Event>,
}

impl Trial {
    pub(super) fn begin(beginning: Beginning) -> Self {
        let (cancel, wish) = oneshot::channel::<()>();
        let (give, given) = oneshot::channel();
        let (id, account) = (beginning.id, beginning.account.clone());
        tokio::spawn(async move {
            tokio::select! {
                biased;
                _ = wish => {}
                () = beginning.run(given) => {}
            }
        });
        Self { id, account, _cancel: cancel, secret: Some(give) }
    }

    pub(super) fn account(&self) -> &Account {
        &self.account
    }

    pub(super) fn is(&self, id: SendId) -> bool {
        self.id == id
    }

    /// What a person entered, or did not.
    pub(super) fn answer_secret(&mut self, secret: Option<Secret>) {
        if let Some(give) = self.secret.take() {
            let _ = give.send(secret);
        }
    }
}

impl Beginning {
    async fn run(self, given: oneshot::Receiver<Option<Secret>>) {
        self.tell(Testing::Started(clock::now()));
        let mut tester = Tester { trial: &self, given: Some(given) };
        let found = chain::find(&self.account, self.remembered.clone(), &self.stores, &mut tester).await;
        let (Found { secret, source, .. }, missing) = match found {
            Ok(found) => (found, None),
            // Without it the rest is looked at all the same.
            Err(missing) => {
                let none = Found { secret: None, source: Source::Given, left: None };
                (none, Some(missing.failure(&self.account)))
            }
        };
        if let Some(secret) = &secret {
            // From here on it is looked for in whatever is to leave.
            let (user, secret) = (self.account.username.clone(), Arc::clone(secret));
            let _ = self.events.send(Event::Known { user, secret });
        }
        let copy = secret.as_ref().map(|secret| Secret::new(secret.reveal().to_owned()));
        let (account, log) = (self.account.clone(), self.log.clone());
        let job = Job { account, secret: copy, missing, log, probes: PROBES };
        let (check, _tidying) = check::run(&job, |progress| {
            self.tell(match progress {
                Progress::Wire(wire) => Testing::Wire(wire),
                Progress::Step(step) => Testing::Step(step),
            });
        })
        .await;
        let is_accepted = check.has_passed(Stage::Auth);
        self.settle_secret(&check, secret, source);
        self.tell(Testing::Over(Box::new(check)));
        if let Source::Typed(store) = source
            && is_accepted
            && self.account.secret_kind() == Kind::Password
        {
            self.tell(Testing::OfferToKeep(store));
        }
    }

    fn tell(&self, news: Testing) {
        let _ = self.events.send(Event::Msg(Msg::Test(self.id, news)));
    }

    /// A typed secret that was accepted need not be typed again in this run; one that was refused is not tried again.
    fn settle_secret(&self, check: &Check, secret: Option<Arc<Secret>>, source: Source) {
        let account = Box::new(self.account.clone());
        let is_refused = check.failure().is_some_and(|step| step.stage == Stage::Auth);
        let event = match (source, secret) {
            (Source::Typed(_), Some(secret)) if check.has_passed(Stage::Auth) => {
                Event::Remember { account, secret }
            }
            (Source::Memory | Source::Kept(_) | Source::SignIn, Some(_)) if is_refused => {
                Event::Forget(account)
            }
            _ => return,
        };
        let _ = self.events.send(event);
    }
}

/// Whoever asked for the check.
struct Tester<'a> {
    trial: &'a Beginning,
    given: Option<oneshot::Receiver<Option<Secret>>>,
}

impl Person for Tester<'_> {
    const ASKING: Asking = Asking::Allowed;
    const TERMINAL: Terminal = Terminal::Taken;

    async fn lend(&mut self, why: &str) -> Option<Lent> {
        let (answer, lent) = oneshot::channel();
        let trial = self.trial;
        let msg = Msg::Test(trial.id, Testing::NeedTerminal(why.to_owned()));
        let _ = trial.events.send(Event::Lend { id: trial.id, answer, msg: Box::new(msg) });
        lent.await.ok().flatten()
    }

    async fn secret(&mut self, notes: &[String]) -> Option<Secret> {
        self.trial.tell(Testing::NeedSecret(notes.to_vec()));
        self.given.take()?.await.ok().flatten()
    }

    fn keeper(&self) -> impl FnOnce(Fresh) + Send + 'static {
        let events = self.trial.events.clone();
        move |fresh| drop(events.send(Event::Token(fresh)))
    }
}
