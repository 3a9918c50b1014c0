//! Attaching: a path with completion; and the files that are attached already, to take one off.

use tui_textarea::{Input, Key};

use crate::app::editor::Editor;
use crate::app::effect::Effect;
use crate::app::model::Model;

use super::{Step, moved};

#[derive(Debug)]
pub struct AttachPrompt {
    pub path: Editor,
    /// What the path could go on to.
    pub names: Vec<String>,
    /// Among `names`, or, while the path is empty, among the attachments.
    pub selected: Option<usize>,
    /// Why the last path was not taken.
    pub error: Option<String>,
}

impl AttachPrompt {
    pub(in crate::app) fn new() -> Self {
        Self { path: Editor::field(""), names: Vec::new(), selected: None, error: None }
    }

    /// A file dragged onto a terminal arrives as a pasted path, often quoted.
    pub(super) fn paste(&mut self, text: &str) -> Vec<Effect> {
        self.path.insert(text.trim().trim_matches(['\'', '"']));
        self.changed()
    }

    pub(in crate::app) fn complete(&mut self, typed: &str, names: Vec<String>) {
        if self.path.text() == typed {
            self.names = names;
            self.selected = None;
        }
    }

    fn changed(&mut self) -> Vec<Effect> {
        self.error = None;
        self.selected = None;
        vec![Effect::Complete(self.path.text())]
    }

    fn set(&mut self, path: &str) -> Vec<Effect> {
        self.path.set_text(path);
        self.changed()
    }

    pub(super) fn key(&mut self, model: &mut Model, input: &Input, is_cancel: bool) -> Step {
        if is_cancel {
            return Step::CLOSE;
        }
        let is_listing_attached = self.path.is_empty() && self.names.is_empty();
        let count = if is_listing_attached { model.compose.attachments.len() } else { self.names.len() };
        match (input.key, self.selected) {
            (Key::Tab, _) => return Step::Stay(self.tab()),
            (Key::Up | Key::Down, None) if count > 0 => self.selected = Some(0),
            (Key::Up | Key::Down | Key::PageUp | Key::PageDown, Some(selected)) => {
                self.selected = moved(input, selected, count);
            }
            (Key::Delete | Key::Backspace, Some(selected)) if is_listing_attached && selected < count => {
                model.compose.attachments.remove(selected);
                self.selected = count.checked_sub(2).map(|last| selected.min(last));
                return Step::Stay(model.compose.touch());
            }
            (Key::Enter, Some(selected)) if !is_listing_attached && selected < count => {
                let name = self.names[selected].clone();
                if !name.ends_with('/') {
                    return Step::Stay(vec![Effect::Attach(name.into())]);
                }
                return Step::Stay(self.set(&name));
            }
            (Key::Enter, _) if self.names.contains(&format!("{}/", self.path.text())) => {
                let folder = format!("{}/", self.path.text());
                return Step::Stay(self.set(&folder));
            }
            (Key::Enter, _) if self.path.is_empty() => return Step::CLOSE,
            (Key::Enter, _) => return Step::Stay(vec![Effect::Attach(self.path.text().into())]),
            _ => {
                if self.path.key(input) == Some(true) {
                    return Step::Stay(self.changed());
                }
            }
        }
        Step::STAY
    }

    /// As in a shell: as far as all names agree, or the selected one.
    fn tab(&mut self) -> Vec<Effect> {
        if let Some(name) = self.selected.and_then(|selected| self.names.get(selected)).cloned() {
            return self.set(&name);
        }
        let common = common_start(&self.names);
        if common.len() > self.path.text().len() {
            return self.set(&common);
        }
        if self.names.is_empty() { vec![Effect::Complete(self.path.text())] } else { Vec::new() }
    }
}

fn common_start(names: &[String]) -> String {
    let Some((first, rest)) = names.split_first() else { return String::new() };
    let mut common = first.as_str();
    for name in rest {
        let shared =
            common.char_indices().zip(name.chars()).find(|((_, a), b)| a != b).map(|((at, _), _)| at);
        common = &common[..shared.unwrap_or(common.len().min(name.len()))];
    }
    common.to_owned()
}
