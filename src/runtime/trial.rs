//! The task of one check in the composer: its secret, the check, and what is told of it.

use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::oneshot;

use crate::app::model::SendId;
use crate::app::msg::{Msg, Testing};
use crate::auth::secrets;
use crate::mail::account::Account;
use crate::mail::check::{Check, Stage};
use crate::mail::secret::Secret;
use crate::smtp::Progress;

use super::check::{self, Job, PROBES};
use super::perform::Event;
use super::tokens::{self, Remembered};
use super::{clock, sandbox};

/// The end of it that can stop it. Dropped, it stops it, too.
pub(super) struct Trial {
    id: SendId,
    _cancel: oneshot::Sender<()>,
    secret: Option<oneshot::Sender<Option<Secret>>>,
}

/// What it begins with.
pub(super) struct Beginning {
    pub(super) id: SendId,
    pub(super) account: Account,
    pub(super) remembered: Remembered,
    pub(super) log: Option<PathBuf>,
    pub(super) events: UnboundedSender<Event>,
}

impl Trial {
    pub(super) fn begin(beginning: Beginning) -> Self {
        let (cancel, wish) = oneshot::channel::<()>();
        let (give, given) = oneshot::channel();
        let id = beginning.id;
        tokio::spawn(async move {
            tokio::select! {
                biased;
                _ = wish => {}
                () = beginning.run(given) => {}
            }
        });
        Self { id, _cancel: cancel, secret: Some(give) }
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
        let is_remembered = self.remembered.secret.is_some() || self.account.oauth.is_some();
        let (secret, notes, is_typed) = self.secret(given).await;
        if let Some(secret) = &secret {
            // From here on it is looked for in whatever is to leave.
            let (user, secret) = (self.account.username.clone(), Arc::clone(secret));
            let _ = self.events.send(Event::Known { user, secret });
        }
        let copy = secret.as_ref().map(|secret| Secret::new(secret.reveal().to_owned()));
        let (account, log) = (self.account.clone(), self.log.clone());
        let job = Job { account, secret: copy, notes, log, probes: PROBES };
        let check = check::run(&job, |progress| {
            self.tell(match progress {
                Progress::Wire(wire) => Testing::Wire(wire),
                Progress::Step(step) => Testing::Step(step),
            });
        })
        .await;
        self.settle_secret(&check, secret.filter(|_| is_typed), is_remembered);
        self.tell(Testing::Over(Box::new(check)));
    }

    fn tell(&self, news: Testing) {
        let _ = self.events.send(Event::Msg(Msg::Test(self.id, news)));
    }

    /// The secret, from wherever there is one; a person is asked last, and may say no: then the rest is looked at all the same.
    async fn secret(
        &self,
        given: oneshot::Receiver<Option<Secret>>,
    ) -> (Option<Arc<Secret>>, Vec<String>, bool) {
        if !self.account.needs_secret() {
            return (None, Vec::new(), false);
        }
        if self.account.is_sandbox {
            return (Some(Arc::new(sandbox::secret())), Vec::new(), false);
        }
        if self.remembered.secret.is_some() {
            return (self.remembered.secret.clone(), Vec::new(), false);
        }
        if self.account.oauth.is_some() {
            let sign_in = self.remembered.sign_in.clone();
            return match tokens::fetch_for_run(&self.account, sign_in, &self.events).await {
                Ok(token) => (Some(token), Vec::new(), false),
                Err(missing) => (None, vec![missing.to_string()], false),
            };
        }
        let search = secrets::find(&self.account, secrets::Terminal::Taken).await;
        if let Some((secret, _source)) = search.found {
            return (Some(Arc::new(secret)), Vec::new(), false);
        }
        self.tell(Testing::NeedSecret(search.notes.clone()));
        let typed = given.await.ok().flatten();
        (typed.map(Arc::new), search.notes, true)
    }

    /// A typed secret that was accepted need not be typed again in this run; a remembered one that was refused is forgotten.
    fn settle_secret(&self, check: &Check, typed: Option<Arc<Secret>>, is_remembered: bool) {
        let account = Box::new(self.account.clone());
        let is_refused = check.failure().is_some_and(|step| step.stage == Stage::Auth);
        match typed {
            Some(secret) if check.has_passed(Stage::Auth) => {
                let _ = self.events.send(Event::Remember { account, secret });
            }
            None if is_remembered && is_refused => {
                let _ = self.events.send(Event::Forget(account));
            }
            _ => {}
        }
    }
}
