//! Lists to choose from, and texts to read: drafts, the palette, the help.

use tui_textarea::{Input, Key};

use crate::app::action::{ALL, Action, Described};
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::msg::Saved;
use crate::app::{drafts, update};

use super::narrowing::{Narrowing, Pressed};
use super::{Scroll, Step, moved};

#[derive(Debug, Default)]
pub struct DraftList {
    /// By id; the first while there is none.
    selected: Option<String>,
    /// Del was pressed once on this one; once more removes it.
    doomed: Option<String>,
}

#[derive(Debug)]
pub struct Palette {
    pub narrowing: Narrowing,
    /// Is there a sandbox that its commands could be for?
    has_sandbox: bool,
}

#[derive(Debug)]
pub struct TextView {
    pub title: String,
    pub lines: Vec<String>,
    pub scroll: Scroll,
}

impl DraftList {
    /// The list may change under the cursor; what is selected, and what is doomed, is a draft and not a row.
    pub fn position(&self, drafts: &[Saved]) -> usize {
        drafts.iter().position(|saved| Some(&saved.id) == self.selected.as_ref()).unwrap_or(0)
    }

    pub fn is_doomed(&self, saved: &Saved) -> bool {
        self.doomed.as_ref() == Some(&saved.id)
    }

    pub(super) fn key(&mut self, model: &mut Model, input: &Input, is_cancel: bool) -> Step {
        let drafts = &mut model.outbox.drafts;
        if is_cancel || drafts.is_empty() {
            return Step::CLOSE;
        }
        let position = self.position(drafts);
        let id = drafts[position].id.clone();
        if let Some(moved) = moved(input, position, drafts.len()) {
            *self = Self { selected: Some(drafts[moved].id.clone()), doomed: None };
            return Step::STAY;
        }
        match (input.key, self.doomed.take()) {
            (Key::Enter, _) => Step::Close(drafts::open(model, drafts::Next::Draft(id))),
            (Key::Delete, Some(doomed)) if doomed == id => {
                drafts.remove(position);
                self.selected = drafts.get(position).or(drafts.last()).map(|saved| saved.id.clone());
                Step::Stay(vec![Effect::DiscardDraft(id)])
            }
            (Key::Delete, _) => {
                (self.selected, self.doomed) = (Some(id.clone()), Some(id));
                Step::STAY
            }
            _ => Step::STAY,
        }
    }
}

impl Palette {
    pub(in crate::app) fn new(has_sandbox: bool) -> Self {
        Self { narrowing: Narrowing::new(0), has_sandbox }
    }

    /// The commands that hold every typed word, in the order of the table.
    pub fn commands(&self) -> Vec<&'static Described> {
        let fits = self.narrowing.fits();
        let is_of_use = |row: &&Described| match row.action {
            Action::SandboxScenario => self.has_sandbox,
            Action::TrySandbox => !self.has_sandbox,
            _ => true,
        };
        ALL.iter().filter(is_of_use).filter(|row| fits(&format!("{} {}", row.name, row.says))).collect()
    }

    pub(super) fn key(&mut self, model: &mut Model, input: &Input, is_cancel: bool) -> Step {
        if is_cancel {
            return Step::CLOSE;
        }
        let commands = self.commands();
        match self.narrowing.key(input, commands.len()) {
            Pressed::Chosen(Some(nth)) => Step::Close(update::act(model, commands[nth].action)),
            Pressed::Chosen(None) | Pressed::Done => Step::STAY,
        }
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
