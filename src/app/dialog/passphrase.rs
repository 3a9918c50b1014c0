//! The prompt for the passphrase of the vault: to open the one that is there, or to make one, for which it is typed twice.

use tui_textarea::{Input, Key};

use crate::app::effect::Effect;
use crate::app::model::{Leaving, Model, Severity};
use crate::mail::secret::Secret;
use crate::mail::stores::{self, Wish};

use super::{Dialog, Masked, Step};

pub struct PassphrasePrompt {
    pub wish: Wish,
    /// What was typed the first time, where it is typed twice.
    first: Option<Secret>,
    pub field: Masked,
    /// Keys go here; until then only Enter does, and the rest goes where it was meant to go.
    pub is_armed: bool,
}

/// The vault asks. Who typed on since what led to this must not find it in a password field.
pub(in crate::app) fn asked(model: &mut Model, wish: Wish) -> Vec<Effect> {
    if matches!(model.leaving, Leaving::Unwatched | Leaving::Ordered) {
        return vec![Effect::UsePassphrase(None)];
    }
    let is_armed = model.is_awaiting() || model.dialog().is_some_and(Dialog::takes_text);
    model.dialogs.push(Dialog::Passphrase(PassphrasePrompt {
        wish,
        first: None,
        field: Masked::new(),
        is_armed,
    }));
    Vec::new()
}

impl PassphrasePrompt {
    /// Is it being typed for the second time?
    pub fn is_again(&self) -> bool {
        self.first.is_some()
    }

    pub(super) fn key(&mut self, model: &mut Model, input: &Input, is_cancel: bool) -> Step {
        if is_cancel {
            return Step::Close(vec![Effect::UsePassphrase(None)]);
        }
        match input.key {
            Key::Enter if !self.is_armed => self.is_armed = true,
            Key::Enter if !self.field.is_empty() => {
                let typed = self.field.take();
                return self.enter(model, typed);
            }
            _ => self.field.key(input),
        }
        Step::STAY
    }

    fn enter(&mut self, model: &mut Model, typed: Secret) -> Step {
        if self.wish.is_new {
            let Some(first) = self.first.take() else {
                self.wish.why = stores::unfit(&typed);
                self.first = self.wish.why.is_none().then_some(typed);
                self.field = Masked::new();
                return Step::STAY;
            };
            if first.reveal() != typed.reveal() {
                self.wish.why = Some("those two were not the same; type it anew");
                self.field = Masked::new();
                return Step::STAY;
            }
        }
        model.say(Severity::Info, if self.wish.is_new { "making the vault" } else { "opening the vault" });
        Step::Close(vec![Effect::UsePassphrase(Some(typed))])
    }
}
