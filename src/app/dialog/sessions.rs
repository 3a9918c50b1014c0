//! The sessions of this run and of earlier ones, narrowed by what is typed.

use tui_textarea::Input;

use crate::app::log::{Log, Session};
use crate::app::model::{Model, Pane};

use super::Step;
use super::narrowing::{Narrowing, Pressed};

#[derive(Debug)]
pub struct SessionList {
    pub narrowing: Narrowing,
}

impl SessionList {
    pub(in crate::app) fn new(log: &Log) -> Self {
        let shown = log.shown().map_or(0, |shown| log.sessions().len() - 1 - shown);
        Self { narrowing: Narrowing::new(shown) }
    }

    /// The sessions that hold every typed word, newest first, with their places.
    pub fn found<'a>(&self, log: &'a Log) -> Vec<(usize, &'a Session)> {
        let fits = self.narrowing.fits();
        let known = |session: &Session| {
            let head = &session.record.head;
            format!("{} {} {} {}", head.title, head.account, head.host, ending(session))
        };
        log.sessions().iter().enumerate().rev().filter(|(_, session)| fits(&known(session))).collect()
    }

    pub(super) fn key(&mut self, model: &mut Model, input: &Input, is_cancel: bool) -> Step {
        if is_cancel {
            return Step::CLOSE;
        }
        let found = self.found(&model.log);
        if let Pressed::Chosen(Some(nth)) = self.narrowing.key(input, found.len()) {
            let (position, _) = found[nth];
            model.log.turn_to(position);
            model.focus = Pane::Log;
            return Step::CLOSE;
        }
        Step::STAY
    }
}

/// How it ended, in a word or two.
pub fn ending(session: &Session) -> &'static str {
    match session.outcome() {
        Some(outcome) => outcome.as_str(),
        None if session.is_over => session.record.unended(),
        None => "under way",
    }
}
