//! The prompt for a password or token: masked, kept in one buffer that is wiped, moved out once.

use tui_textarea::{Input, Key};
use zeroize::Zeroizing;

use crate::app::effect::Effect;
use crate::app::model::{Model, SendId};
use crate::mail::account::Account;
use crate::mail::secret::{Kind, Secret};
use crate::mail::stores::{Deed, Store};

use super::Step;

pub struct SecretPrompt {
    pub purpose: Purpose,
    /// `password`, `access token`.
    pub word: &'static str,
    pub user: String,
    pub host: String,
    /// Why nothing was found elsewhere: plain sentences.
    pub notes: Vec<String>,
    pub field: Masked,
    /// Keys go here; until then only Enter does, and the rest goes where it was meant to go.
    pub is_armed: bool,
}

/// What a secret is typed for.
pub enum Purpose {
    /// This send waits for it.
    Session(SendId),
    /// The same of a check, which goes on without, too.
    Check(SendId),
    /// To be kept there, in place of what is there.
    Store(Box<Account>, Kind, Store),
}

/// A line of text that shows only how much was typed, and no more than a handful of that.
pub struct Masked(Zeroizing<String>);

/// A longer secret than any token in use; also keeps the buffer from being moved, and left behind, as it grows.
const ROOM: usize = 16 * 1024;

impl Masked {
    pub(in crate::app) fn new() -> Self {
        Self(Zeroizing::new(String::with_capacity(ROOM)))
    }

    /// Adds typed or pasted text, without line breaks: they come along when a secret is copied.
    pub(super) fn insert(&mut self, text: &str) {
        for c in text.chars().filter(|c| !c.is_control()) {
            if self.0.len() + c.len_utf8() <= ROOM {
                self.0.push(c);
            }
        }
    }

    /// How many dots to draw: enough to see that keys arrive, not enough to count a long secret.
    pub fn dots(&self) -> usize {
        self.0.chars().take(24).count()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A key of a masked line.
    pub(super) fn key(&mut self, input: &Input) {
        match input.key {
            Key::Backspace => {
                self.0.pop();
            }
            Key::Char('u') if input.ctrl => self.0.clear(),
            Key::Char(c) if !input.ctrl && !input.alt => self.insert(c.encode_utf8(&mut [0; 4])),
            _ => {}
        }
    }

    pub(super) fn take(&mut self) -> Secret {
        Secret::new(std::mem::take(&mut *self.0))
    }
}

impl SecretPrompt {
    fn deliver(&mut self) -> Effect {
        let typed = self.field.take();
        match &self.purpose {
            Purpose::Session(id) | Purpose::Check(id) => Effect::UseSecret(*id, typed),
            Purpose::Store(account, kind, store) => {
                Effect::Secrets { account: account.clone(), deed: Deed::Put(*kind, *store, typed) }
            }
        }
    }

    /// Nothing is entered.
    pub(in crate::app) fn give_up(&self) -> Option<Effect> {
        match self.purpose {
            Purpose::Session(id) | Purpose::Check(id) => Some(Effect::GiveUp(id)),
            Purpose::Store(..) => None,
        }
    }

    pub(super) fn key(&mut self, _model: &mut Model, input: &Input, is_cancel: bool) -> Step {
        if is_cancel {
            return Step::Close(self.give_up().into_iter().collect());
        }
        match input.key {
            Key::Enter if !self.is_armed => self.is_armed = true,
            Key::Enter if !self.field.is_empty() => {
                return Step::Close(vec![self.deliver()]);
            }
            _ => self.field.key(input),
        }
        Step::STAY
    }
}
