//! Which lines of the log are shown: all, the problems, one side, one step.

use tui_textarea::{Input, Key};

use crate::app::log::{Filter, Log, Session, Stage};
use crate::app::model::Model;

use super::{Step, moved};

#[derive(Debug)]
pub struct FilterList {
    /// Each with the lines that it leaves.
    pub choices: Vec<(Filter, usize)>,
    pub selected: usize,
}

impl FilterList {
    pub(in crate::app) fn new(log: &Log) -> Self {
        let choices: Vec<_> = log.session().map(choices).unwrap_or_default();
        let now = log.view.filter;
        let selected = choices.iter().position(|(filter, _)| *filter == now).unwrap_or(0);
        Self { choices, selected }
    }

    pub(super) fn key(&mut self, model: &mut Model, input: &Input, is_cancel: bool) -> Step {
        if is_cancel {
            return Step::CLOSE;
        }
        let count = self.choices.len();
        if let Some(selected) = moved(input, self.selected, count) {
            self.selected = selected;
            return Step::STAY;
        }
        match input.key {
            // The key that opened it goes on to the next.
            Key::Char('f' | 'j') | Key::Tab => self.selected = (self.selected + 1) % count.max(1),
            Key::Char('k') => self.selected = self.selected.saturating_sub(1),
            Key::Enter => {
                if let Some(&(filter, _)) = self.choices.get(self.selected) {
                    model.log.filter(filter);
                }
                return Step::CLOSE;
            }
            _ => {}
        }
        Step::STAY
    }
}

fn choices(session: &Session) -> Vec<(Filter, usize)> {
    let count = |filter: Filter| session.lines().iter().filter(|line| filter.passes(line)).count();
    let mut stages: Vec<Stage> = session.legs().iter().map(|leg| leg.stage).collect();
    stages.sort_unstable();
    stages.dedup();
    stages.retain(|stage| session.has(*stage));
    let sides = [Filter::All, Filter::Problems, Filter::Sent, Filter::Received];
    let all = sides.into_iter().chain(stages.into_iter().map(Filter::Stage));
    all.map(|filter| (filter, count(filter))).collect()
}
