//! Lists to choose from, and texts to read: drafts, the palette, the help.

use tui_textarea::{Input, Key};

use crate::app::action::{ALL, Described};
use crate::app::editor::Editor;
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::{send, update};

use super::{Scroll, Step, moved};

#[derive(Debug, Default)]
pub struct DraftList {
    pub selected: usize,
    /// Del was pressed once on this row; once more removes it.
    pub is_doomed: bool,
}

#[derive(Debug)]
pub struct Palette {
    pub field: Editor,
    pub selected: usize,
}

#[derive(Debug)]
pub struct TextView {
    pub title: String,
    pub lines: Vec<String>,
    pub scroll: Scroll,
}

impl DraftList {
    pub(super) fn key(&mut self, model: &mut Model, input: &Input, is_cancel: bool) -> Step {
        let count = model.outbox.drafts.len();
        if is_cancel || count == 0 {
            return Step::CLOSE;
        }
        self.selected = self.selected.min(count - 1);
        if let Some(selected) = moved(input, self.selected, count) {
            (self.selected, self.is_doomed) = (selected, false);
            return Step::STAY;
        }
        match input.key {
            Key::Enter => Step::Close(send::open_draft(model, self.selected)),
            Key::Delete | Key::Char('d') if self.is_doomed => {
                self.is_doomed = false;
                let id = model.outbox.drafts.remove(self.selected).id;
                Step::Stay(vec![Effect::DiscardDraft(id)])
            }
            Key::Delete | Key::Char('d') => {
                self.is_doomed = true;
                Step::STAY
            }
            _ => Step::STAY,
        }
    }
}

impl Palette {
    pub(in crate::app) fn new() -> Self {
        Self { field: Editor::field(""), selected: 0 }
    }

    /// The commands that hold every typed word, in the order of the table.
    pub fn commands(&self) -> Vec<&'static Described> {
        let typed = self.field.text().to_lowercase();
        let words: Vec<&str> = typed.split_whitespace().collect();
        let fits = |row: &&Described| {
            let text = format!("{} {}", row.name, row.says).to_lowercase();
            words.iter().all(|word| text.contains(word))
        };
        ALL.iter().filter(fits).collect()
    }

    pub(super) fn narrow(&mut self, change: impl FnOnce(&mut Editor)) {
        change(&mut self.field);
        self.selected = 0;
    }

    pub(super) fn key(&mut self, model: &mut Model, input: &Input, is_cancel: bool) -> Step {
        if is_cancel {
            return Step::CLOSE;
        }
        let commands = self.commands();
        if let Some(selected) = moved(input, self.selected, commands.len()) {
            self.selected = selected;
        } else if input.key == Key::Enter {
            let Some(command) = commands.get(self.selected) else { return Step::STAY };
            return Step::Close(update::act(model, command.action));
        } else {
            self.narrow(|field| {
                field.key(input);
            });
        }
        Step::STAY
    }
}

impl TextView {
    pub(super) fn key(&mut self, input: &Input, is_cancel: bool) -> Step {
        if is_cancel || matches!(input.key, Key::Enter | Key::Char('q') | Key::F(1)) {
            return Step::CLOSE;
        }
        self.scroll.key(input);
        Step::STAY
    }
}
