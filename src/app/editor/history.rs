//! What can be undone. Every step is one splice: what was typed or deleted in one go is one stretch of text.

use super::text::Place;
use std::collections::VecDeque;

/// Bytes the history may hold; beyond that the oldest steps go.
const BUDGET: usize = 4 << 20;

/// At `at`, `removed` gave way to `inserted`; the cursor had been at `before`.
#[derive(Debug)]
pub(super) struct Change {
    pub(super) at: Place,
    pub(super) removed: String,
    pub(super) inserted: String,
    pub(super) before: Place,
}

/// What sort of thing a change was: two of a sort in a row can be one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Typing,
    Backspace,
    Delete,
    /// A step by itself.
    Whole,
}

#[derive(Debug, Default)]
pub(super) struct History {
    done: VecDeque<Change>,
    undone: Vec<Change>,
    /// The sort of the last step, while the next change may still join it.
    open: Option<Kind>,
    bytes: usize,
}

impl History {
    pub(super) fn record(&mut self, kind: Kind, change: Change) {
        let undone: usize = self.undone.drain(..).map(|change| change.bytes()).sum();
        self.bytes = self.bytes + change.bytes() - undone;
        let alone = match self.done.back_mut() {
            Some(last) if self.open == Some(kind) => last.join(kind, change),
            _ => Some(change),
        };
        self.done.extend(alone);
        self.open = Some(kind);
        // The newest step stays, whatever its size: the last thing done can always be undone.
        while self.bytes > BUDGET && self.done.len() > 1 {
            self.bytes -= self.done.pop_front().map_or(0, |change| change.bytes());
        }
    }

    /// The next change begins a new step.
    pub(super) fn seal(&mut self) {
        self.open = None;
    }

    /// The step to take back.
    pub(super) fn undo(&mut self) -> Option<&Change> {
        self.seal();
        self.undone.push(self.done.pop_back()?);
        self.undone.last()
    }

    /// The step to do once more.
    pub(super) fn redo(&mut self) -> Option<&Change> {
        self.seal();
        self.done.push_back(self.undone.pop()?);
        self.done.back()
    }
}

impl Change {
    fn bytes(&self) -> usize {
        self.removed.len() + self.inserted.len()
    }

    /// Takes `next` in when it goes on where this one ended, else gives it back.
    fn join(&mut self, kind: Kind, next: Self) -> Option<Self> {
        match kind {
            Kind::Typing if next.removed.is_empty() && next.at == self.at.after(&self.inserted) => {
                if next.inserted.starts_with(char::is_whitespace)
                    && !self.inserted.ends_with(char::is_whitespace)
                {
                    return Some(next);
                }
                self.inserted.push_str(&next.inserted);
            }
            Kind::Backspace if self.at == next.at.after(&next.removed) => {
                self.removed.insert_str(0, &next.removed);
                self.at = next.at;
            }
            Kind::Delete if self.at == next.at => self.removed.push_str(&next.removed),
            _ => return Some(next),
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{BUDGET, Change, History, Kind, Place};

    fn paste(bytes: usize) -> Change {
        let at = Place::default();
        Change { at, removed: String::new(), inserted: "x".repeat(bytes), before: at }
    }

    #[test]
    fn the_oldest_steps_go_when_the_history_is_full() {
        let mut history = History::default();
        for _ in 0..10 {
            history.record(Kind::Whole, paste(BUDGET / 4));
        }
        assert_eq!(history.done.len(), 4);
        assert!(history.bytes <= BUDGET);
    }

    #[test]
    fn a_step_larger_than_the_budget_can_be_undone() {
        let mut history = History::default();
        history.record(Kind::Whole, paste(10));
        history.record(Kind::Whole, paste(BUDGET + 1));
        assert_eq!(history.undo().map(Change::bytes), Some(BUDGET + 1));
        assert!(history.undo().is_none());
    }

    #[test]
    fn a_new_step_takes_the_room_of_the_undone_ones() {
        let mut history = History::default();
        history.record(Kind::Whole, paste(100));
        history.undo();
        history.record(Kind::Whole, paste(7));
        assert_eq!(history.bytes, 7);
        assert!(history.redo().is_none());
    }
}
