//! What lies over the panes: the review, questions, lists, prompts. The last one opened has the keys.

pub(super) mod account_form;
mod attach;
pub(super) mod capabilities;
pub(super) mod certificate;
pub(super) mod check;
mod export;
mod facts;
mod filter;
mod find;
mod list;
mod narrowing;
mod note;
pub(super) mod passphrase;
mod question;
mod review;
mod scenario;
mod search;
mod secret;
pub(super) mod secrets;
mod sessions;
pub(super) mod sign_in;

pub use account_form::{AccountSheet, FormRow};
pub use attach::AttachPrompt;
pub use check::CheckSheet;
pub use export::{ExportPrompt, FORMS};
pub use facts::{Fact, Facts};
pub use filter::FilterList;
pub use find::FindBar;
pub use list::{DraftList, Palette, TextView};
pub use narrowing::Narrowing;
pub use note::NoteSheet;
pub use passphrase::PassphrasePrompt;
pub use question::{Answer, Button, Question};
pub use review::Review;
pub use scenario::ScenarioList;
pub use search::SearchBar;
pub use secret::{Masked, Purpose, SecretPrompt};
pub use secrets::{Row, SecretsSheet};
pub use sessions::{SessionList, ending};
pub use sign_in::{SignIn, Stage};

use std::cell::Cell;

use tui_textarea::{Input, Key};

use crate::mail::letter::Letter;
use crate::mail::outbox::LetterId;

use super::effect::Effect;
use super::model::Model;
use super::msg::Candidate;

pub enum Dialog {
    /// Between Ctrl-X and the review: the attachments are being looked at. Takes the keys, so that none that is meant for
    /// the review goes into the text.
    Checking,
    Review(Box<Review>),
    Question(Question),
    Secret(SecretPrompt),
    Passphrase(PassphrasePrompt),
    Attach(AttachPrompt),
    Drafts(DraftList),
    Palette(Palette),
    Scenarios(ScenarioList),
    Find(FindBar),
    /// Something to read: the help, a mail, the details of a letter.
    Text(TextView),
    /// The same in labels and values: certificates, capabilities.
    Facts(Facts),
    Sessions(SessionList),
    Filter(FilterList),
    Search(SearchBar),
    Export(ExportPrompt),
    Note(NoteSheet),
    SignIn(Box<SignIn>),
    AccountForm(Box<AccountSheet>),
    /// Where the secrets of an account are.
    Secrets(Box<SecretsSheet>),
    /// Whether an account can send, and why not.
    Check(Box<CheckSheet>),
}

impl Dialog {
    pub(super) fn text(title: impl Into<String>, lines: Vec<String>) -> Self {
        Self::Text(TextView { title: title.into(), lines, scroll: Scroll::default() })
    }

    pub(super) fn review(letter: Letter, candidate: Candidate) -> Self {
        Self::Review(Box::new(Review::new(letter, candidate)))
    }

    pub(super) fn discard_letter(id: LetterId, subject: &str) -> Self {
        Self::Question(Question::new(
            "Remove this letter?",
            vec![format!("\u{201c}{subject}\u{201d} and the record of what happened to it will be gone.")],
            vec![
                Button::new("Keep it", Answer::Nothing),
                Button::new("Remove it", Answer::DiscardLetter(id)),
            ],
        ))
    }

    /// Does it want this key? A prompt that opened under somebody's typing wants only the Enter that says: I see it.
    pub(super) fn takes(&self, input: &Input) -> bool {
        match self {
            Self::Secret(SecretPrompt { is_armed, .. }) | Self::Question(Question { is_armed, .. }) => {
                *is_armed || input.key == Key::Enter
            }
            Self::Passphrase(prompt) => prompt.is_armed || input.key == Key::Enter,
            Self::SignIn(dialog) => dialog.is_armed || input.key == Key::Enter,
            _ => true,
        }
    }

    pub(super) fn takes_text(&self) -> bool {
        match self {
            Self::Secret(SecretPrompt { is_armed, .. }) | Self::Question(Question { is_armed, .. }) => {
                *is_armed
            }
            Self::Passphrase(prompt) => prompt.is_armed,
            Self::SignIn(dialog) => dialog.is_armed,
            _ => true,
        }
    }

    /// Is this one line at the foot of the screen rather than a box over it?
    pub fn is_bar(&self) -> bool {
        matches!(self, Self::Find(_) | Self::Search(_))
    }
}

/// A key, while a dialog is open. The dialog is taken off the stack, and put back unless it is done.
pub(super) fn key(model: &mut Model, input: &Input) -> Vec<Effect> {
    let Some(mut dialog) = model.dialogs.pop() else { return Vec::new() };
    let is_cancel = input.key == Key::Esc || (input.ctrl && input.key == Key::Char('c'));
    let step = match &mut dialog {
        Dialog::Checking if is_cancel => Step::CLOSE,
        Dialog::Checking => Step::STAY,
        Dialog::Review(review) => review.key(model, input, is_cancel),
        Dialog::Question(question) => question.key(model, input, is_cancel),
        Dialog::Secret(prompt) => prompt.key(model, input, is_cancel),
        Dialog::Passphrase(prompt) => prompt.key(model, input, is_cancel),
        Dialog::Attach(prompt) => prompt.key(model, input, is_cancel),
        Dialog::Drafts(list) => list.key(model, input, is_cancel),
        Dialog::Palette(palette) => palette.key(model, input, is_cancel),
        Dialog::Scenarios(list) => list.key(model, input, is_cancel),
        Dialog::Find(bar) => bar.key(model, input, is_cancel),
        Dialog::Text(view) => view.key(input, is_cancel),
        Dialog::Facts(facts) => facts.key(input, is_cancel),
        Dialog::Sessions(list) => list.key(model, input, is_cancel),
        Dialog::Filter(list) => list.key(model, input, is_cancel),
        Dialog::Search(bar) => bar.key(model, input, is_cancel),
        Dialog::Export(prompt) => prompt.key(input, is_cancel),
        Dialog::Note(sheet) => sheet.key(model, input, is_cancel),
        Dialog::SignIn(dialog) => dialog.key(model, input, is_cancel),
        Dialog::AccountForm(sheet) => sheet.press(input, is_cancel),
        Dialog::Secrets(sheet) => sheet.key(model, input, is_cancel),
        Dialog::Check(sheet) => sheet.key(model, input, is_cancel),
    };
    match step {
        Step::Stay(effects) => {
            model.dialogs.push(dialog);
            effects
        }
        Step::Open(over) => {
            model.dialogs.extend([dialog, *over]);
            Vec::new()
        }
        Step::Close(effects) => effects,
    }
}

/// Pasted text goes where text goes; nowhere else is it a key.
pub(super) fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    match model.dialogs.last_mut() {
        Some(Dialog::Secret(prompt)) => prompt.field.insert(text),
        Some(Dialog::Passphrase(prompt)) => prompt.field.insert(text),
        Some(Dialog::Attach(prompt)) => return prompt.paste(text),
        Some(Dialog::Palette(palette)) => palette.narrowing.insert(text),
        Some(Dialog::Scenarios(list)) => list.narrowing.insert(text),
        Some(Dialog::Find(bar)) => bar.field.insert(text),
        Some(Dialog::Sessions(list)) => list.narrowing.insert(text),
        Some(Dialog::Export(prompt)) => prompt.path.insert(text),
        Some(Dialog::Search(_)) => search::paste(model, text),
        Some(Dialog::SignIn(dialog)) => dialog.paste(text),
        Some(Dialog::AccountForm(sheet)) => sheet.paste(text),
        _ => {}
    }
    Vec::new()
}

/// Rows that are scrolled away above. How many can be is settled by drawing, which knows the height, and so behind a shared
/// reference.
#[derive(Debug)]
pub struct Scroll {
    top: usize,
    furthest: Cell<usize>,
}

impl Default for Scroll {
    fn default() -> Self {
        Self { top: 0, furthest: Cell::new(usize::MAX) }
    }
}

impl Scroll {
    /// Where the first visible row is, now that at most `furthest` can be scrolled away.
    pub fn settle(&self, furthest: usize) -> usize {
        self.furthest.set(furthest);
        self.top.min(furthest)
    }

    /// Follows the keys that move; says whether this was one.
    fn key(&mut self, input: &Input) -> bool {
        let furthest = self.furthest.get();
        let moved = moved(input, self.top.min(furthest), furthest.saturating_add(1));
        self.top = moved.unwrap_or(self.top);
        moved.is_some()
    }
}

/// What becomes of a dialog after a key.
enum Step {
    Stay(Vec<Effect>),
    /// It stays, under another.
    Open(Box<Dialog>),
    Close(Vec<Effect>),
}

impl Step {
    const STAY: Self = Self::Stay(Vec::new());
    const CLOSE: Self = Self::Close(Vec::new());
}

/// Moves a selection in a list of `count` rows; `None` when the key does not move it.
fn moved(input: &Input, selected: usize, count: usize) -> Option<usize> {
    const PAGE: usize = 8;
    let last = count.saturating_sub(1);
    Some(match input.key {
        Key::Up => selected.saturating_sub(1),
        Key::Down => (selected + 1).min(last),
        Key::PageUp => selected.saturating_sub(PAGE),
        Key::PageDown => (selected + PAGE).min(last),
        Key::Home => 0,
        Key::End => last,
        _ => return None,
    })
}
