//! A sheet of facts to be read: labels and values under headings, prose, and what deserves a warning.

use tui_textarea::{Input, Key};

use super::{Scroll, Step};

#[derive(Debug)]
pub struct Facts {
    pub title: String,
    pub facts: Vec<Fact>,
    pub scroll: Scroll,
}

/// One row of it, or several where it is long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    Heading(String),
    /// A label of eleven columns at the most, and its value.
    Value(&'static str, String),
    Good(String),
    Warning(String),
    Prose(String),
    Dim(String),
    Gap,
}

impl Facts {
    pub(in crate::app) fn new(title: impl Into<String>, facts: Vec<Fact>) -> Self {
        Self { title: title.into(), facts, scroll: Scroll::default() }
    }

    pub(super) fn key(&mut self, input: &Input, is_cancel: bool) -> Step {
        if is_cancel || matches!(input.key, Key::Enter | Key::Char('q' | 't' | 'c')) {
            return Step::CLOSE;
        }
        self.scroll.key(input);
        Step::STAY
    }
}
