//! A question with buttons. It may open under somebody's typing, so letters do nothing in it: arrows choose, Enter answers,
//! and the first button is the one that changes nothing.

use tui_textarea::{Input, Key};

use crate::app::effect::Effect;
use crate::app::model::{Leaving, Model, SendId};
use crate::mail::account::Account;
use crate::mail::outbox::LetterId;
use crate::mail::secret::Kind;
use crate::mail::stores::{Deed, Store};

use super::Step;

#[derive(Debug)]
pub struct Question {
    pub title: String,
    pub lines: Vec<String>,
    /// The first is safe, and what Esc means.
    pub buttons: Vec<Button>,
    pub focus: usize,
    /// It came unasked, under somebody's typing: until an Enter says that it was seen, keys go where they were meant to go.
    pub is_armed: bool,
}

#[derive(Debug)]
pub struct Button {
    pub label: &'static str,
    answer: Answer,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Nothing,
    LendTerminal(SendId, bool),
    KeepSecret(SendId, Store),
    Decide { id: SendId, send_to_accepted: bool },
    CancelSend(SendId),
    LeaveWhenSent,
    LeaveUnsaved,
    CancelAllAndLeave,
    DiscardLetter(LetterId),
    DeleteSecret(Box<Account>, Kind, Store),
    SignOut(Box<Account>),
}

impl Button {
    pub(in crate::app) fn new(label: &'static str, answer: Answer) -> Self {
        Self { label, answer }
    }
}

impl Question {
    pub(in crate::app) fn new(title: impl Into<String>, lines: Vec<String>, buttons: Vec<Button>) -> Self {
        Self { title: title.into(), lines, buttons, focus: 0, is_armed: true }
    }

    /// A question that nobody asked for; `is_armed` when nobody was typing either.
    pub(in crate::app) fn unasked(
        is_armed: bool,
        title: &str,
        lines: Vec<String>,
        buttons: Vec<Button>,
    ) -> Self {
        Self { is_armed, ..Self::new(title, lines, buttons) }
    }

    /// Is this the question about the recipients of `id`? It goes when the session does.
    pub(in crate::app) fn decides(&self, id: SendId) -> bool {
        self.buttons
            .iter()
            .any(|button| matches!(button.answer, Answer::Decide { id: asked, .. } if asked == id))
    }

    /// Is it this send, or check, that waits for the terminal?
    pub(in crate::app) fn lends(&self) -> Option<SendId> {
        self.buttons.iter().find_map(|button| match button.answer {
            Answer::LendTerminal(id, _) => Some(id),
            _ => None,
        })
    }

    /// Is this the question whether to stop sends? It has no sense any more when none is left.
    pub(in crate::app) fn stops(&self, id: SendId) -> bool {
        self.buttons.iter().any(|button| button.answer == Answer::CancelSend(id))
    }

    /// Is this the question whether to wait for what is being sent?
    pub(in crate::app) fn leaves(&self) -> bool {
        self.buttons.iter().any(|button| button.answer == Answer::LeaveWhenSent)
    }

    pub(super) fn key(&mut self, model: &mut Model, input: &Input, is_cancel: bool) -> Step {
        let count = self.buttons.len().max(1);
        match input.key {
            _ if is_cancel => return Step::Close(answer(model, &self.buttons[0].answer)),
            Key::Enter if !self.is_armed => self.is_armed = true,
            Key::Enter => return Step::Close(answer(model, &self.buttons[self.focus].answer)),
            Key::Tab if input.shift => self.focus = (self.focus + count - 1) % count,
            Key::Tab => self.focus = (self.focus + 1) % count,
            Key::Right | Key::Down => self.focus = (self.focus + 1).min(count - 1),
            Key::Left | Key::Up => self.focus = self.focus.saturating_sub(1),
            _ => {}
        }
        Step::STAY
    }
}

fn answer(model: &mut Model, answer: &Answer) -> Vec<Effect> {
    match answer {
        Answer::Nothing => Vec::new(),
        Answer::LendTerminal(id, is_lent) => vec![Effect::LendTerminal(*id, *is_lent)],
        Answer::KeepSecret(id, store) => vec![Effect::KeepSecret(*id, *store)],
        Answer::Decide { id, send_to_accepted } => {
            vec![Effect::Decide { id: *id, send_to_accepted: *send_to_accepted }]
        }
        Answer::CancelSend(id) => cancel(model, *id),
        Answer::LeaveWhenSent => {
            model.leaving = Leaving::WhenSent;
            Vec::new()
        }
        Answer::LeaveUnsaved => {
            model.leaving = Leaving::Ordered;
            Vec::new()
        }
        Answer::CancelAllAndLeave => {
            model.leaving = Leaving::Ordered;
            let ids: Vec<_> = model.outbox.in_flight().map(|send| send.id).collect();
            ids.into_iter().flat_map(|id| cancel(model, id)).collect()
        }
        Answer::SignOut(account) => vec![Effect::SignOut(account.clone())],
        Answer::DeleteSecret(account, kind, store) => {
            vec![Effect::Secrets { account: account.clone(), deed: Deed::Delete(*kind, *store) }]
        }
        Answer::DiscardLetter(id) => {
            model.outbox.kept.retain(|kept| kept.id != *id);
            model.outbox.sends.retain(|send| send.letter.as_ref() != Some(id));
            vec![Effect::DiscardLetter(id.clone())]
        }
    }
}

/// Stops a send, or keeps it from beginning.
fn cancel(model: &mut Model, id: SendId) -> Vec<Effect> {
    if let Some(send) = model.outbox.send_mut(id) {
        send.is_unwanted = true;
    }
    vec![Effect::Cancel(id)]
}
