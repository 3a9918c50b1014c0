//! The composer: the fields of a draft, where the cursor is, and whether the disk has it all.

use jiff::Timestamp;
use tui_textarea::{Input, Key};

use crate::mail::draft::{Attachment, Draft, Field};
use crate::mail::dsn::Dsn;

use super::action::Action;
use super::editor::Editor;
use super::effect::Effect;
use super::model::DraftKey;

/// The fields that Tab visits, in order.
pub const FIELDS: [Field; 5] = [Field::To, Field::Cc, Field::Bcc, Field::Subject, Field::Body];

#[derive(Debug)]
pub struct Compose {
    pub key: DraftKey,
    pub to: Editor,
    pub cc: Editor,
    pub bcc: Editor,
    pub subject: Editor,
    pub body: Editor,
    pub attachments: Vec<Attachment>,
    /// Delivery reports asked for this message; else the account's.
    pub dsn: Option<Dsn>,
    /// What ends the text because the sender's signature says so; a person may have changed it since.
    signature: Option<String>,
    pub field: Field,
    pub saved: Saving,
    /// A letter made from it may have gone out in an earlier run.
    pub(super) may_be_sent: bool,
    /// Saves whose answer is still out.
    pub(super) writes: usize,
}

/// What the disk knows of the draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saving {
    /// Nothing was typed.
    Fresh,
    /// Typed, and due to be saved.
    Changed,
    /// Being written; `true` when something was typed since.
    Writing(bool),
    At(Timestamp),
    Failed(String),
}

impl Compose {
    /// An empty message that ends with `signature`.
    pub(super) fn new(key: DraftKey, signature: Option<&str>) -> Self {
        let mut compose = Self::empty(key);
        compose.sign(signature);
        compose
    }

    fn empty(key: DraftKey) -> Self {
        Self {
            key,
            to: Editor::field(""),
            cc: Editor::field(""),
            bcc: Editor::field(""),
            subject: Editor::field(""),
            body: Editor::body(""),
            attachments: Vec::new(),
            dsn: None,
            signature: None,
            field: Field::To,
            saved: Saving::Fresh,
            may_be_sent: false,
            writes: 0,
        }
    }

    /// A draft that comes back. A text that ends as `signature` does was signed by us.
    pub(super) fn of(key: DraftKey, draft: &Draft, signature: Option<&str>) -> Self {
        let ends_so = |text: &&str| draft.body.ends_with(&block(text));
        Self {
            key,
            signature: signature.filter(ends_so).map(str::to_owned),
            to: Editor::field(&draft.to),
            cc: Editor::field(&draft.cc),
            bcc: Editor::field(&draft.bcc),
            subject: Editor::field(&draft.subject),
            body: Editor::body(&draft.body),
            attachments: draft.attachments.clone(),
            dsn: draft.dsn,
            field: Field::To,
            saved: Saving::Fresh,
            may_be_sent: false,
            writes: 0,
        }
    }

    /// What was typed, for the account called `account`, and one of its identities if it is not its own.
    pub fn draft(&self, account: &str, sender: Option<String>) -> Draft {
        Draft {
            account: account.to_owned(),
            sender,
            to: self.to.text(),
            cc: self.cc.text(),
            bcc: self.bcc.text(),
            subject: self.subject.text(),
            attachments: self.attachments.clone(),
            body: self.body.text(),
            dsn: self.dsn,
        }
    }

    /// Was nothing typed yet? A signature alone is nothing.
    pub fn is_blank(&self) -> bool {
        let texts = [&self.to, &self.cc, &self.bcc, &self.subject];
        let unsigned = || self.signature.as_deref().is_some_and(|text| self.body.text() == block(text));
        texts.iter().all(|text| text.is_empty())
            && self.attachments.is_empty()
            && (self.body.is_empty() || unsigned())
    }

    /// Lets the text end with `signature` in place of the one that stands there. What a person changed stays as it is.
    pub(super) fn sign(&mut self, signature: Option<&str>) {
        if self.signature.is_none() && self.body.text().lines().any(|line| line == BORDER) {
            return;
        }
        let old = self.signature.as_deref().map(block).unwrap_or_default();
        let new = signature.map(block).unwrap_or_default();
        if self.body.swap_end(&old, &new) {
            self.signature = signature.map(str::to_owned);
        }
    }

    pub fn editor(&self, field: Field) -> &Editor {
        match field {
            Field::Cc => &self.cc,
            Field::Bcc => &self.bcc,
            Field::Subject => &self.subject,
            Field::Body => &self.body,
            Field::To | Field::From | Field::Attach => &self.to,
        }
    }

    pub(super) fn focused(&mut self) -> &mut Editor {
        match self.field {
            Field::Cc => &mut self.cc,
            Field::Bcc => &mut self.bcc,
            Field::Subject => &mut self.subject,
            Field::Body => &mut self.body,
            Field::To | Field::From | Field::Attach => &mut self.to,
        }
    }

    /// Something changed: the disk has to hear of it soon.
    pub(super) fn touch(&mut self) -> Vec<Effect> {
        self.saved = match self.saved {
            Saving::Writing(_) => Saving::Writing(true),
            // An account chosen before the first letter is nothing to keep.
            Saving::Fresh if self.is_blank() => Saving::Fresh,
            _ => Saving::Changed,
        };
        if self.saved == Saving::Changed { vec![Effect::SaveSoon] } else { Vec::new() }
    }

    fn step(&mut self, by: isize) {
        let position = FIELDS.iter().position(|field| *field == self.field).unwrap_or(0);
        let count = FIELDS.len().cast_signed();
        self.field = FIELDS[(position.cast_signed() + by).rem_euclid(count).unsigned_abs()];
    }

    /// A key that is bound to nothing: text, or a motion, or a way from field to field.
    pub(super) fn key(&mut self, input: &Input) -> Vec<Effect> {
        let is_plain = !input.ctrl && !input.alt && !input.shift;
        match input.key {
            Key::Up if is_plain && self.field == Field::Body && self.body.at_first_line() => {
                self.step(-1);
                return Vec::new();
            }
            Key::Up if is_plain && !matches!(self.field, Field::Body | Field::To) => {
                self.step(-1);
                return Vec::new();
            }
            Key::Down | Key::Enter if is_plain && self.field != Field::Body => {
                self.step(1);
                return Vec::new();
            }
            _ => {}
        }
        if self.focused().key(input) == Some(true) { self.touch() } else { Vec::new() }
    }

    pub(super) fn paste(&mut self, text: &str) -> Vec<Effect> {
        self.focused().insert(text);
        self.touch()
    }

    pub(super) fn act(&mut self, action: Action) -> Vec<Effect> {
        let changed = match action {
            Action::NextField => {
                self.step(1);
                false
            }
            Action::PreviousField => {
                self.step(-1);
                false
            }
            Action::Undo => self.focused().undo(),
            Action::Redo => self.focused().redo(),
            _ => false,
        };
        if changed { self.touch() } else { Vec::new() }
    }
}

/// Stands between a text and its signature (RFC 3676 section 4.3).
const BORDER: &str = "-- ";

/// A signature as it stands in a message: two empty rows to write in, its border, its text.
fn block(signature: &str) -> String {
    format!("\n\n{BORDER}\n{}", signature.trim_end())
}
