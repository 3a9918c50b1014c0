//! The account pane: which accounts there are, which one the next message goes out by.

use crate::mail::account::Account;

use super::action::Action;
use super::dialog::check;
use super::effect::Effect;
use super::model::{Model, Pane, Severity};

#[derive(Debug)]
pub struct Accounts {
    list: Vec<Account>,
    /// The one in use.
    current: usize,
    /// The one under the cursor of the pane.
    pub selected: usize,
}

impl Accounts {
    pub(super) fn new(list: Vec<Account>, current: usize) -> Self {
        let current = current.min(list.len().saturating_sub(1));
        Self { list, current, selected: current }
    }

    pub fn list(&self) -> &[Account] {
        &self.list
    }

    pub fn current(&self) -> Option<&Account> {
        self.list.get(self.current)
    }

    pub fn is_current(&self, position: usize) -> bool {
        position == self.current
    }

    /// Goes `by` accounts on or back, round the end.
    fn turn(&mut self, by: isize) {
        let count = self.list.len().cast_signed();
        if count > 0 {
            self.current = (self.current.cast_signed() + by).rem_euclid(count).unsigned_abs();
            self.selected = self.current;
        }
    }

    /// Takes the account called `name`, if there is one: a draft that is opened brings its own.
    pub(super) fn choose(&mut self, name: &str) {
        if let Some(position) = self.list.iter().position(|account| account.name == name) {
            (self.current, self.selected) = (position, position);
        }
    }

    /// Adds the sandbox, under a name that no other account has: mail meant for the one must not go to the other.
    pub(super) fn add(&mut self, mut account: Account) {
        while self.list.iter().any(|known| known.name == account.name) {
            account.name.push('*');
        }
        self.list.push(account);
        (self.current, self.selected) = (self.list.len() - 1, self.list.len() - 1);
    }
}

/// The next or previous account, in the middle of a draft: From changes, nothing else does.
pub(super) fn turn(model: &mut Model, by: isize) -> Vec<Effect> {
    if model.accounts.list().is_empty() {
        model.say(Severity::Warning, "there is no account yet; F6 leads to the account pane");
        return Vec::new();
    }
    model.accounts.turn(by);
    switched(model)
}

fn switched(model: &mut Model) -> Vec<Effect> {
    let Some(account) = model.accounts.current() else { return Vec::new() };
    let text = format!("from {} by account {}", account.from, account.name);
    model.say(Severity::Info, text);
    model.compose.touch()
}

/// The built-in server runs.
pub(super) fn add_sandbox(model: &mut Model, account: Account) {
    model.accounts.add(account);
    model.focus = Pane::Compose;
    model.say(Severity::Good, "the sandbox is an account now: whatever you send stays on this machine");
}

/// Can it send, and if not, why? The account under the cursor of the pane, else the one in use.
pub(super) fn test(model: &mut Model) -> Vec<Effect> {
    let accounts = &model.accounts;
    let wanted = if model.focus == Pane::Accounts { accounts.selected } else { accounts.current };
    let Some(account) = accounts.list().get(wanted).cloned() else {
        model.say(Severity::Warning, "there is no account to test yet");
        return Vec::new();
    };
    check::begin(model, account)
}

/// Keys of the pane.
pub(super) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    let last = model.accounts.list().len().saturating_sub(1);
    let selected = model.accounts.selected;
    match action {
        Action::Up => model.accounts.selected = selected.saturating_sub(1),
        Action::Down => model.accounts.selected = (selected + 1).min(last),
        Action::Top | Action::PageUp => model.accounts.selected = 0,
        Action::Bottom | Action::PageDown => model.accounts.selected = last,
        Action::Open if !model.accounts.list().is_empty() => {
            model.accounts.current = selected;
            model.focus = Pane::Compose;
            return switched(model);
        }
        Action::WriteExample if model.accounts.list().is_empty() => return vec![Effect::WriteExample],
        Action::TrySandbox if !model.accounts.list().iter().any(|account| account.is_sandbox) => {
            return vec![Effect::StartSandbox];
        }
        _ => {}
    }
    Vec::new()
}
