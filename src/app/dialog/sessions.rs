//! The sessions of this run and of earlier ones, narrowed by what is typed.

use tui_textarea::{Input, Key};

use crate::app::editor::Editor;
use crate::app::log::{Log, Session};
use crate::app::model::{Model, Pane};

use super::{Step, moved};

#[derive(Debug)]
pub struct SessionList {
    pub field: Editor,
    pub selected: usize,
}

impl SessionList {
    pub(in crate::app) fn new(log: &Log) -> Self {
        let shown = log.shown().map_or(0, |shown| log.sessions().len() - 1 - shown);
        Self { field: Editor::field(""), selected: shown }
    }

    /// The sessions that hold every typed word, newest first, with their places.
    pub fn found<'a>(&self, log: &'a Log) -> Vec<(usize, &'a Session)> {
        let typed = self.field.text().to_lowercase();
        let words: Vec<&str> = typed.split_whitespace().collect();
        let fits = |(_, session): &(usize, &Session)| {
            if words.is_empty() {
                return true;
            }
            let head = &session.record.head;
            let text = format!("{} {} {} {}", head.title, head.account, head.host, ending(session));
            let text = text.to_lowercase();
            words.iter().all(|word| text.contains(word))
        };
        log.sessions().iter().enumerate().rev().filter(fits).collect()
    }

    pub(super) fn narrow(&mut self, change: impl FnOnce(&mut Editor)) {
        change(&mut self.field);
        self.selected = 0;
    }

    pub(super) fn key(&mut self, model: &mut Model, input: &Input, is_cancel: bool) -> Step {
        if is_cancel {
            return Step::CLOSE;
        }
        let found = self.found(&model.log);
        if let Some(selected) = moved(input, self.selected.min(found.len().saturating_sub(1)), found.len()) {
            self.selected = selected;
        } else if input.key == Key::Enter {
            let Some(&(position, _)) = found.get(self.selected) else { return Step::STAY };
            model.log.turn_to(position);
            model.focus = Pane::Log;
            return Step::CLOSE;
        } else {
            self.narrow(|field| {
                field.key(input);
            });
        }
        Step::STAY
    }
}

/// How it ended, in a word or two.
pub fn ending(session: &Session) -> &'static str {
    match session.outcome() {
        Some(outcome) => outcome.as_str(),
        None if session.is_over => "cut off",
        None => "under way",
    }
}
