//! Find: one line at the foot; Enter goes on, Shift-Enter or Up goes back.

use tui_textarea::{Input, Key};

use crate::app::editor::Editor;
use crate::app::model::{Model, Pane};
use crate::mail::draft::Field;

use super::Step;

#[derive(Debug)]
pub struct FindBar {
    pub field: Editor,
    /// What was typed stands nowhere in the text.
    pub is_missing: bool,
}

impl FindBar {
    pub(in crate::app) fn new() -> Self {
        Self { field: Editor::field(""), is_missing: false }
    }

    pub(super) fn key(&mut self, model: &mut Model, input: &Input, is_cancel: bool) -> Step {
        if is_cancel {
            return Step::CLOSE;
        }
        let is_backward = match input.key {
            Key::Enter => input.shift,
            Key::Up => true,
            Key::Down => false,
            _ => {
                self.field.key(input);
                self.is_missing = false;
                return Step::STAY;
            }
        };
        if !self.field.is_empty() {
            model.focus = Pane::Compose;
            model.compose.field = Field::Body;
            self.is_missing = !model.compose.body.find(&self.field.text(), is_backward);
        }
        Step::STAY
    }
}
