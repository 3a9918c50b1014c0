//! Search in the log: one line at the foot; what is typed is found at once. Enter keeps the matches, Esc goes back.

use tui_textarea::{Input, Key};

use crate::app::editor::Editor;
use crate::app::log::Log;
use crate::app::model::Model;

use super::{Dialog, Step};

#[derive(Debug)]
pub struct SearchBar {
    pub field: Editor,
    /// Where one came from: the row, the line, and whether the log followed.
    row: usize,
    line: Option<usize>,
}

impl SearchBar {
    pub(in crate::app) fn new(log: &Log) -> Self {
        let view = &log.view;
        let before = view.search.as_ref().map(|search| search.text.clone()).unwrap_or_default();
        // From the end there is nothing further on: the search begins at the top.
        let line = if view.follows { None } else { view.line() };
        Self { field: Editor::field(&before), row: view.cursor, line }
    }

    pub(super) fn key(&mut self, model: &mut Model, input: &Input, is_cancel: bool) -> Step {
        if is_cancel {
            model.log.search("", None);
            model.log.go(self.row);
            return Step::CLOSE;
        }
        match input.key {
            Key::Enter => return Step::CLOSE,
            Key::Up => model.log.next_match(true),
            Key::Down => model.log.next_match(false),
            _ => {
                if self.field.key(input) == Some(true) {
                    model.log.search(&self.field.text(), self.line);
                }
            }
        }
        Step::STAY
    }
}

/// Pasted text is looked for like typed text.
pub(super) fn paste(model: &mut Model, text: &str) {
    if let Some(Dialog::Search(bar)) = model.dialogs.last_mut() {
        bar.field.insert(text);
        model.log.search(&bar.field.text(), bar.line);
    }
}
