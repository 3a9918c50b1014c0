//! All that this run knows of secrets, in one hand: what was typed and accepted, tokens and their ends, the stores of this host, the
//! sign-in that goes on, and what must be found in nothing that leaves.

use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use tokio::sync::mpsc::UnboundedSender;

use crate::app::effect::Effect;
use crate::app::msg::Msg;
use crate::mail::account::Account;
use crate::mail::place::Place;
use crate::mail::secret::Secret;
use crate::mail::stores::{Deed, Store, Survey, Wish};

use super::event::Event;
use super::sign_in::{self, SigningIn};
use super::stores::Stores;
use super::tokens::{Fresh, Remembered, Wallet};
use super::vault::Asking;

pub(super) struct Purse {
    wallet: Wallet,
    stores: Stores,
    /// Where the passphrase goes that a person types.
    passphrase: Option<mpsc::Sender<Option<Secret>>>,
    /// The sign-in that goes on.
    signing_in: Option<SigningIn>,
    /// Secrets that came up in this run, with their users: none of them may leave in an export.
    known: Vec<(String, Arc<Secret>)>,
    events: UnboundedSender<Event>,
}

impl Purse {
    /// Of whoever has its state in this folder.
    pub(super) fn new(state: PathBuf, cache: Option<Duration>, events: UnboundedSender<Event>) -> Self {
        let asker = events.clone();
        let ask = move |wish| {
            let (answer, given) = mpsc::channel();
            asker.send(Event::Passphrase { wish, answer }).ok()?;
            given.recv().ok().flatten()
        };
        Self {
            wallet: Wallet::default(),
            stores: Stores::new(state, cache, ask),
            passphrase: None,
            signing_in: None,
            known: Vec::new(),
            events,
        }
    }

    pub(super) fn of(&self, account: &Account) -> Remembered {
        self.wallet.of(account)
    }

    pub(super) fn stores(&self) -> Stores {
        self.stores.clone()
    }

    /// Does this text hold a secret that came up in this run?
    pub(super) fn gives_away(&self, text: &str) -> bool {
        self.known.iter().any(|(user, secret)| secret.is_in(text, user))
    }

    /// Does what is asked of signing in and out.
    pub(super) fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::SignIn { id, account, way } => {
                self.signing_in =
                    Some(SigningIn::begin(id, *account, way, self.stores.clone(), self.events.clone()));
            }
            Effect::PasteBack(pasted) => {
                if let Some(signing_in) = &self.signing_in {
                    signing_in.bring(pasted);
                }
            }
            Effect::StopSignIn => self.signing_in = None,
            Effect::SignOut(account) => self.sign_out(*account),
            Effect::Secrets { account, deed } => self.secrets(*account, deed),
            Effect::UsePassphrase(passphrase) => {
                if let Some(answer) = self.passphrase.take() {
                    let _ = answer.send(passphrase);
                }
            }
            _ => {}
        }
    }

    fn sign_out(&mut self, account: Account) {
        self.wallet.sign_out(&account);
        let (stores, events) = (self.stores.clone(), self.events.clone());
        tokio::spawn(async move {
            let done = sign_in::sign_out(&account, &stores).await;
            let _ = events.send(Event::Msg(Msg::SignedOut(done)));
        });
    }

    fn secrets(&mut self, account: Account, deed: Deed) {
        let memory = self.wallet.memory(&account);
        let (stores, events) = (self.stores.clone(), self.events.clone());
        tokio::spawn(async move {
            let asking = if matches!(deed, Deed::Unlock) { Asking::Allowed } else { Asking::Forbidden };
            let is_put = matches!(deed, Deed::Put(..));
            let done = stores.perform(&account, deed).await;
            if is_put && done.is_ok() {
                let _ = events.send(Event::Replaced(Box::new(account.clone())));
            }
            let secrets = stores.survey(&account, asking).await;
            let has_passphrase = stores.has_passphrase().await;
            let survey = Survey { account: account.name, secrets, memory, has_passphrase };
            let _ = events.send(Event::Msg(Msg::Secrets(Box::new(survey), done)));
        });
    }

    /// Keeps what was typed for this account, and was accepted.
    pub(super) fn keep(&self, account: &Account, store: Store) {
        let Some(typed) = self.wallet.typed(account).cloned() else { return };
        let place = Place::of_session(account);
        let (stores, events) = (self.stores.clone(), self.events.clone());
        tokio::spawn(async move {
            let kept = stores.keep_in(store, &place, &typed).await;
            let _ = events.send(Event::Msg(Msg::SecretKept(kept.map(|()| store))));
        });
    }

    /// What a person typed, and the server accepted.
    pub(super) fn remember(&mut self, account: &Account, secret: Arc<Secret>) {
        let (stores, place, typed) = (self.stores.clone(), Place::of_session(account), Arc::clone(&secret));
        tokio::spawn(async move { stores.cache(&place, &typed).await });
        self.wallet.remember(account, secret);
    }

    /// What a store holds now is not what is known.
    pub(super) fn replaced(&mut self, account: &Account) {
        self.wallet.replaced(account);
    }

    /// It was refused.
    pub(super) fn forget(&mut self, account: &Account) {
        let (stores, place) = (self.stores.clone(), Place::of_session(account));
        tokio::spawn(async move { stores.uncache(&place).await });
        self.wallet.forget(account);
    }

    /// From here on it is looked for in whatever is to leave.
    pub(super) fn know(&mut self, user: String, secret: Arc<Secret>) {
        if !self.known.iter().any(|(_, known)| known.reveal() == secret.reveal()) {
            self.known.push((user, secret));
        }
    }

    pub(super) fn take_in(&mut self, fresh: Fresh) {
        let secrets: Vec<_> = fresh.sign_in.iter().chain([&fresh.access]).cloned().collect();
        for secret in secrets {
            self.know(fresh.of.user.clone(), secret);
        }
        self.wallet.take_in(fresh);
    }

    /// The vault waits.
    pub(super) fn wait_for_passphrase(&mut self, wish: Wish, answer: mpsc::Sender<Option<Secret>>) -> Msg {
        self.passphrase = Some(answer);
        Msg::Passphrase(wish)
    }
}
