//! What goes wrong in the sandbox: every scenario, narrowed by what is typed.

use tui_textarea::{Input, Key};

use crate::app::editor::Editor;
use crate::app::effect::Effect;
use crate::app::model::{Model, Severity};
use crate::app::msg::SandboxScenario;

use super::{Step, moved};

#[derive(Debug)]
pub struct ScenarioList {
    pub field: Editor,
    pub selected: usize,
    all: Vec<SandboxScenario>,
    current: Option<String>,
}

impl ScenarioList {
    pub(in crate::app) fn new(model: &Model) -> Self {
        let (all, current) = (model.scenarios.clone(), model.scenario.clone());
        let mut list = Self { field: Editor::field(""), selected: 0, all, current };
        list.selected = list.all.iter().position(|scenario| list.is_current(scenario)).unwrap_or(0);
        list
    }

    /// Those that hold every typed word in what is known of them.
    pub fn found(&self) -> Vec<&SandboxScenario> {
        let typed = self.field.text().to_lowercase();
        let words: Vec<&str> = typed.split_whitespace().collect();
        let fits = |scenario: &&SandboxScenario| {
            let SandboxScenario { name, step, says, reply, .. } = scenario;
            let text = format!("{name} {step} {says} {reply}").to_lowercase();
            words.iter().all(|word| text.contains(word))
        };
        self.all.iter().filter(fits).collect()
    }

    /// Is this the one in force?
    pub fn is_current(&self, scenario: &SandboxScenario) -> bool {
        Some(scenario.name) == self.current.as_deref()
    }

    pub(super) fn narrow(&mut self, change: impl FnOnce(&mut Editor)) {
        change(&mut self.field);
        self.selected = 0;
    }

    pub(super) fn key(&mut self, model: &mut Model, input: &Input, is_cancel: bool) -> Step {
        if is_cancel {
            return Step::CLOSE;
        }
        let found = self.found();
        if let Some(selected) = moved(input, self.selected, found.len()) {
            self.selected = selected;
        } else if input.key == Key::Enter {
            let Some(scenario) = found.get(self.selected) else { return Step::STAY };
            let name = scenario.name.to_owned();
            model.say(Severity::Info, format!("the next session plays {name}: {}", scenario.says));
            model.scenario = Some(name.clone());
            return Step::Close(vec![Effect::SetScenario(name)]);
        } else {
            self.narrow(|field| {
                field.key(input);
            });
        }
        Step::STAY
    }
}
