//! A list narrowed by what is typed over it: the line of words, and the row that is chosen.

use tui_textarea::{Input, Key};

use crate::app::editor::Editor;

use super::moved;

#[derive(Debug)]
pub struct Narrowing {
    pub field: Editor,
    pub selected: usize,
}

/// What a key was for.
pub(super) enum Pressed {
    /// It moved the choice or changed the words.
    Done,
    /// Enter: this row of those found, if there is one.
    Chosen(Option<usize>),
}

impl Narrowing {
    pub(super) fn new(selected: usize) -> Self {
        Self { field: Editor::field(""), selected }
    }

    /// Does a text, by which a row is known, hold every typed word?
    pub(super) fn fits(&self) -> impl Fn(&str) -> bool + use<> {
        let typed = self.field.text().to_lowercase();
        move |text| {
            let text = text.to_lowercase();
            typed.split_whitespace().all(|word| text.contains(word))
        }
    }

    pub(super) fn insert(&mut self, text: &str) {
        self.field.insert(text);
        self.selected = 0;
    }

    /// A key, while `count` rows are found.
    pub(super) fn key(&mut self, input: &Input, count: usize) -> Pressed {
        let selected = self.selected.min(count.saturating_sub(1));
        if let Some(selected) = moved(input, selected, count) {
            self.selected = selected;
        } else if input.key == Key::Enter {
            return Pressed::Chosen((selected < count).then_some(selected));
        } else {
            self.field.key(input);
            self.selected = 0;
        }
        Pressed::Done
    }
}
