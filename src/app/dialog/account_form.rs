//! An account on a form: each value a row, said to be right or wrong as it is typed. A new one starts from the address; what is
//! guessed from that stands there to be corrected, and nothing is contacted.

mod rows;

use tui_textarea::{Input, Key as Press};

use crate::app::editor::Editor;
use crate::app::effect::Effect;
use crate::app::model::{Model, Severity};
use crate::mail::account::Account;
use crate::mail::address::Mailbox;
use crate::mail::edit::Edit;
use crate::mail::form::{AccountForm, IdentityForm, Key, Kind};
use crate::mail::preset::{Guess, PRESETS, Preset, guess};

use super::{Dialog, Step};
use rows::{BREAK, VALUES, is_signature, shown};

pub use rows::FormRow;

/// What an address tells.
const SERVER: [Key; 5] = [Key::Preset, Key::Host, Key::Port, Key::Security, Key::Auth];

#[derive(Debug)]
pub struct AccountSheet {
    pub form: AccountForm,
    /// Its name in the file, and what was there before; none for a new one.
    pub before: Option<(String, AccountForm)>,
    /// Among `rows`.
    pub selected: usize,
    /// The row with the cursor.
    pub field: Editor,
    /// What is wrong with the row with the cursor, or what the file said to the last attempt.
    pub wrong: Option<String>,
    /// Why the server lines are as they are.
    pub why: Option<String>,
    /// What was made of the address last.
    guess: Option<AccountForm>,
    taken: Vec<String>,
    is_changed: bool,
    /// Esc was pressed once with changes on the form.
    is_leaving: bool,
    pub is_saving: bool,
}

impl AccountSheet {
    pub(in crate::app) fn new(taken: Vec<String>) -> Self {
        Self {
            form: AccountForm::default(),
            before: None,
            selected: 0,
            field: Editor::field(""),
            wrong: None,
            why: None,
            guess: None,
            taken,
            is_changed: false,
            is_leaving: false,
            is_saving: false,
        }
    }

    pub(in crate::app) fn of(account: &Account, taken: Vec<String>) -> Self {
        let form = AccountForm::of(account);
        let before = Some((account.name.clone(), form.clone()));
        let field = Editor::field(&shown(&form, FormRow::Value(VALUES[0])));
        Self { form, before, field, ..Self::new(taken) }
    }

    pub fn rows(&self) -> Vec<FormRow> {
        rows::of(&self.form)
    }

    pub fn row(&self) -> FormRow {
        self.rows().get(self.selected).copied().unwrap_or(FormRow::AnotherSender)
    }

    fn is_at(&self, key: Key) -> bool {
        self.row() == FormRow::Value(key)
    }

    /// The words that the row may have, where it is one of few.
    pub fn choices(&self) -> Option<Vec<&'static str>> {
        let FormRow::Value(key) = self.row() else { return None };
        match (key, key.kind()) {
            (Key::Preset, _) => Some(PRESETS.iter().map(|preset| preset.name).collect()),
            (_, Kind::OneOf(words)) => Some(words.to_vec()),
            (_, Kind::Flag) => Some(vec!["true", "false"]),
            _ => None,
        }
    }

    pub fn text(&self, row: FormRow) -> String {
        shown(&self.form, row)
    }

    pub(super) fn press(&mut self, input: &Input, is_cancel: bool) -> Step {
        if is_cancel {
            return self.leave();
        }
        self.is_leaving = false;
        match input.key {
            Press::Char('s') if input.ctrl => return self.save(),
            Press::Enter if self.row() == FormRow::AnotherSender => self.add_sender(),
            Press::Char('d') if input.ctrl && matches!(self.row(), FormRow::Sender(..)) => {
                self.remove_sender();
            }
            Press::Enter if self.selected + 1 == self.rows().len() => return self.save(),
            Press::Tab if input.shift => self.go(-1),
            Press::Up => self.go(-1),
            Press::Tab | Press::Down | Press::Enter => self.go(1),
            Press::PageUp => self.go(-8),
            Press::PageDown => self.go(8),
            _ => self.typed(input),
        }
        Step::STAY
    }

    fn leave(&mut self) -> Step {
        if self.is_changed && !self.is_leaving {
            self.is_leaving = true;
            self.wrong = Some("not saved yet; Ctrl-S saves, Esc once more leaves it as it was".to_owned());
            return Step::STAY;
        }
        Step::CLOSE
    }

    fn typed(&mut self, input: &Input) {
        if let Some(choices) = self.choices() {
            let by = match input.key {
                Press::Right | Press::Char(' ') => 1,
                Press::Left => choices.len() - 1,
                _ => return,
            };
            let FormRow::Value(key) = self.row() else { return };
            let now = self.form.value(key);
            let next = choices.iter().position(|word| *word == now).map_or(0, |at| (at + by) % choices.len());
            self.choose(choices[next]);
        } else if self.row() != FormRow::AnotherSender && self.field.key(input) == Some(true) {
            self.changed();
        }
    }

    pub(super) fn paste(&mut self, text: &str) {
        if self.choices().is_none() && self.row() != FormRow::AnotherSender {
            self.field.insert(text);
            self.changed();
        }
    }

    fn choose(&mut self, word: &str) {
        let FormRow::Value(key) = self.row() else { return };
        match (key, Mailbox::parse(self.form.value(Key::From)), Preset::named(word)) {
            (Key::Preset, Ok(from), Some(preset)) => self.form.choose(&Guess::of(preset, &from.address)),
            (key, ..) => self.form.set(key, word),
        }
        self.is_changed = true;
        self.why = None;
        self.field = Editor::field(&shown(&self.form, self.row()));
        self.look();
    }

    fn changed(&mut self) {
        let (row, typed) = (self.row(), self.field.text());
        let typed = if is_signature(row) { typed.replace(BREAK, "\n") } else { typed };
        match row {
            FormRow::Value(key) => self.form.set(key, typed),
            FormRow::Sender(nth, key) => self.form.identities[nth].set(key, typed),
            FormRow::AnotherSender => return,
        }
        self.is_changed = true;
        self.look();
    }

    /// Is the row right as it stands?
    fn look(&mut self) {
        self.wrong = match self.row() {
            FormRow::Value(key) => self.form.check(key, &self.taken).err(),
            FormRow::Sender(nth, key) => self.form.identities[nth].check(key).err(),
            FormRow::AnotherSender => None,
        };
    }

    fn add_sender(&mut self) {
        self.form.identities.push(IdentityForm::default());
        self.is_changed = true;
        // Its first line is where this row was.
        self.select(self.selected);
    }

    fn remove_sender(&mut self) {
        if let FormRow::Sender(nth, _) = self.row() {
            self.form.identities.remove(nth);
            self.is_changed = true;
            let first =
                self.rows().iter().position(|row| matches!(row, FormRow::Sender(at, _) if *at == nth));
            let last = self.rows().iter().position(|row| *row == FormRow::AnotherSender);
            self.select(first.or(last).unwrap_or(0));
        }
    }

    fn go(&mut self, by: isize) {
        if self.is_at(Key::From) {
            self.begin();
        }
        let last = self.rows().len().cast_signed() - 1;
        self.select((self.selected.cast_signed() + by).clamp(0, last).unsigned_abs());
    }

    fn select(&mut self, row: usize) {
        self.selected = row;
        self.field = Editor::field(&shown(&self.form, self.row()));
        self.look();
    }

    /// The address is there: it tells the rest, as far as nobody has said that already. True: there is a guess that was not seen.
    fn begin(&mut self) -> bool {
        let Ok(from) = Mailbox::parse(self.form.value(Key::From)) else { return false };
        if self.before.is_some() || !SERVER.iter().all(|key| self.is_guessed(*key)) {
            return false;
        }
        let guesses = guess(&from.address);
        let Some(best) = guesses.first() else { return false };
        let domain = from.address.domain().split('.').next().unwrap_or("mail").to_owned();
        let is_free = |name: &String| !self.taken.contains(name);
        let numbered = (2..).map(|number| format!("{domain}-{number}"));
        let name = std::iter::once(domain.clone()).chain(numbered).find(is_free).unwrap_or_default();
        let guess = AccountForm::new(&name, &from, best);
        let keys = SERVER.into_iter().chain(self.is_guessed(Key::Name).then_some(Key::Name));
        let is_new = self
            .guess
            .as_ref()
            .is_none_or(|before| SERVER.iter().any(|key| before.value(*key) != guess.value(*key)));
        for key in keys {
            self.form.set(key, guess.value(key));
        }
        // An application that was named before brings its directory now.
        let client = self.form.value(Key::ClientId).to_owned();
        self.form.set(Key::ClientId, "");
        self.form.set(Key::ClientId, client);
        self.guess = Some(guess);
        self.why = Some(best.why.clone());
        is_new
    }

    /// Does it stand there as it was guessed, or not at all?
    fn is_guessed(&self, key: Key) -> bool {
        let value = self.form.value(key);
        value.is_empty() || self.guess.as_ref().is_some_and(|guess| guess.value(key) == value)
    }

    fn save(&mut self) -> Step {
        if self.begin() {
            self.select(self.selected);
            self.wrong = Some("look at what was made of the address; Ctrl-S then saves it".to_owned());
            return Step::STAY;
        }
        // A sender that was begun and left empty was not meant.
        self.form.identities.retain(|sender| *sender != IdentityForm::default());
        if let Some(problem) = self.form.problems(&self.taken).into_iter().next() {
            let is_it = |row: &FormRow| match (*row, problem.key) {
                (FormRow::Value(key), Some(wrong)) => key == wrong,
                (FormRow::Sender(nth, key), None) => self.form.identities[nth].check(key).is_err(),
                _ => false,
            };
            let row = self.rows().iter().position(is_it);
            self.select(row.unwrap_or(self.selected).min(self.rows().len() - 1));
            self.wrong = Some(problem.why);
            return Step::STAY;
        }
        let edit = match &self.before {
            None => Edit::Add(self.form.shortest()),
            Some((account, before)) => {
                let changes = self.form.changes_from(before);
                if changes.is_empty() {
                    return Step::CLOSE;
                }
                Edit::Change { account: account.clone(), changes, seen: Some(Box::new(before.clone())) }
            }
        };
        self.is_saving = true;
        Step::Stay(vec![Effect::EditAccounts(Box::new(edit))])
    }
}

/// The file took it, or did not: then what was typed stays where it is.
pub(in crate::app) fn saved(model: &mut Model, result: Result<(), &str>) {
    let place = model
        .dialogs
        .iter()
        .position(|dialog| matches!(dialog, Dialog::AccountForm(sheet) if sheet.is_saving));
    match (place, result) {
        (Some(place), Ok(())) => drop(model.dialogs.remove(place)),
        (Some(place), Err(why)) => {
            if let Dialog::AccountForm(sheet) = &mut model.dialogs[place] {
                sheet.is_saving = false;
                sheet.wrong = Some(why.to_owned());
            }
        }
        (None, Err(why)) => model.say(Severity::Error, why.to_owned()),
        (None, Ok(())) => {}
    }
}
