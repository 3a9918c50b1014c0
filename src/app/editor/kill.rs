//! What was deleted on purpose, to be put back elsewhere.

use super::clean::clean;
use super::history::Kind;
use super::text::Place;
use super::{Editor, Streak};

impl Editor {
    /// What `Edit::Yank` would insert.
    pub fn killed(&self) -> &str {
        &self.killed
    }

    /// Hands over what another editor killed.
    pub fn set_killed(&mut self, text: &str) {
        self.killed = clean(text, false);
    }

    /// Keeps the selection for `Yank`, and leaves it where it is.
    pub(super) fn copy(&mut self) {
        if let Some(text) = self.selection() {
            self.killed = text;
        }
    }

    /// Deletes, and keeps what is deleted for `Yank`: after another kill, with it and in the order of the text.
    pub(super) fn kill(&mut self, from: Place, to: Place, streak: Streak) -> bool {
        let again = matches!(streak, Streak::Kill);
        let (from, to) = self.selected().unwrap_or((from, to));
        let text = self.text.between(from, to);
        if again && to == self.cursor {
            self.killed.insert_str(0, &text);
        } else if again {
            self.killed.push_str(&text);
        } else if !text.is_empty() {
            self.killed = text;
        }
        self.streak = Streak::Kill;
        self.replace(Kind::Whole, from, to, "")
    }
}
