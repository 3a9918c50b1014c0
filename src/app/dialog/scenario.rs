//! What goes wrong in the sandbox: every scenario, narrowed by what is typed.

use tui_textarea::Input;

use crate::app::effect::Effect;
use crate::app::model::{Model, Severity};
use crate::app::msg::SandboxScenario;

use super::Step;
use super::narrowing::{Narrowing, Pressed};

#[derive(Debug)]
pub struct ScenarioList {
    pub narrowing: Narrowing,
    all: Vec<SandboxScenario>,
    current: Option<String>,
}

impl ScenarioList {
    pub(in crate::app) fn new(model: &Model) -> Self {
        let (all, current) = (model.scenarios.clone(), model.scenario.clone());
        let mut list = Self { narrowing: Narrowing::new(0), all, current };
        let current = list.all.iter().position(|scenario| list.is_current(scenario));
        list.narrowing.selected = current.unwrap_or(0);
        list
    }

    /// Those that hold every typed word in what is known of them.
    pub fn found(&self) -> Vec<&SandboxScenario> {
        let fits = self.narrowing.fits();
        let known = |scenario: &SandboxScenario| {
            let SandboxScenario { name, step, says, reply, .. } = scenario;
            format!("{name} {step} {says} {reply}")
        };
        self.all.iter().filter(|scenario| fits(&known(scenario))).collect()
    }

    /// Is this the one in force?
    pub fn is_current(&self, scenario: &SandboxScenario) -> bool {
        Some(scenario.name) == self.current.as_deref()
    }

    pub(super) fn key(&mut self, model: &mut Model, input: &Input, is_cancel: bool) -> Step {
        if is_cancel {
            return Step::CLOSE;
        }
        let count = self.found().len();
        if let Pressed::Chosen(Some(nth)) = self.narrowing.key(input, count) {
            let scenario = self.found()[nth];
            let name = scenario.name.to_owned();
            model.say(Severity::Info, format!("the next session plays {name}: {}", scenario.says));
            model.scenario = Some(name.clone());
            return Step::Close(vec![Effect::SetScenario(name)]);
        }
        Step::STAY
    }
}
