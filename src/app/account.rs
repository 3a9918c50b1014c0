//! The account pane: which accounts there are, which one the next message goes out by.

mod edits;

use crate::mail::account::{Account, Identity};
use crate::mail::edit::{Edit, Removed};
use crate::mail::oauth::{Application, Grant};

use super::action::Action;
use super::dialog::sign_in::Then;
use super::dialog::{AccountSheet, Answer, Button, Dialog, Question, SignIn, check, secrets};
use super::effect::Effect;
use super::model::{Model, Pane, Severity};

pub(super) use edits::{edited, read};

#[derive(Debug)]
pub struct Accounts {
    list: Vec<Account>,
    /// The one in use.
    current: usize,
    /// Which of its senders.
    sender: usize,
    /// It, as that sender.
    acting: Option<Account>,
    /// The one under the cursor of the pane.
    pub selected: usize,
    /// The accounts that were removed, the last one last, so that they can come back.
    removed: Vec<Removed>,
    /// The one that was in use when it was removed or switched off.
    displaced: Option<String>,
}

impl Accounts {
    pub(super) fn new(list: Vec<Account>, current: usize) -> Self {
        let mut accounts = Self {
            list,
            current,
            sender: 0,
            acting: None,
            selected: current,
            removed: Vec::new(),
            displaced: None,
        };
        if accounts.list.get(current).is_none_or(|account| account.is_disabled) {
            accounts.current = accounts.list.iter().position(|account| !account.is_disabled).unwrap_or(0);
        }
        accounts.take(accounts.current, 0);
        accounts
    }

    fn take(&mut self, account: usize, sender: usize) {
        (self.current, self.sender, self.selected) = (account, sender, account);
        self.acting = self.list.get(account).filter(|account| !account.is_disabled).and_then(|account| {
            let identity = account.senders().nth(sender)?;
            Some(account.sending_as(&identity))
        });
    }

    pub fn list(&self) -> &[Account] {
        &self.list
    }

    /// The account in use, as the sender that was chosen.
    pub fn current(&self) -> Option<&Account> {
        self.acting.as_ref()
    }

    /// The sender that was chosen, if it is not the account's own.
    pub fn identity(&self) -> Option<String> {
        let acting = self.acting.as_ref().filter(|_| self.sender > 0)?;
        Some(acting.sender().to_string())
    }

    pub fn is_current(&self, position: usize) -> bool {
        position == self.current && self.acting.is_some()
    }

    /// Goes `by` senders on or back, round the end: all that one account has before the next account.
    fn turn(&mut self, by: isize) {
        let enabled = self.list.iter().enumerate().filter(|(_, account)| !account.is_disabled);
        let stops: Vec<_> = enabled
            .flat_map(|(nth, account)| (0..account.senders().count()).map(move |of| (nth, of)))
            .collect();
        let here = stops.iter().position(|&stop| stop == (self.current, self.sender)).unwrap_or(0);
        let count = stops.len().cast_signed();
        if count > 0 {
            let (account, sender) = stops[(here.cast_signed() + by).rem_euclid(count).unsigned_abs()];
            self.take(account, sender);
        }
    }

    /// Takes the account called `name`, if there is one: a draft that is opened brings its own, and its sender.
    pub(super) fn choose(&mut self, name: &str, sender: Option<&str>) {
        let known = |account: &Account| account.name == name && !account.is_disabled;
        if let Some(position) = self.list.iter().position(known) {
            let is_named = |address: &str| {
                self.list[position].senders().position(|one| one.from.address.to_string() == address)
            };
            self.take(position, sender.and_then(is_named).unwrap_or(0));
        }
    }

    /// The names of all accounts but one.
    fn names(&self, but: Option<&str>) -> Vec<String> {
        self.list
            .iter()
            .map(|account| account.name.clone())
            .filter(|name| Some(name.as_str()) != but)
            .collect()
    }

    /// Takes the accounts as the file has them now; the one in use stays in use, whatever `edit` calls it.
    fn renew(&mut self, mut list: Vec<Account>, edit: Option<&Edit>) {
        let sandboxes: Vec<_> = self.list.drain(..).filter(|account| account.is_sandbox).collect();
        list.extend(sandboxes);
        self.list = list;
        let current = self.acting.as_ref().map(|account| account.name.clone()).unwrap_or_default();
        let renamed = edit.filter(|edit| edit.account() == current).map(|edit| edit.result().to_owned());
        let current = renamed.unwrap_or(current);
        let sender = self.identity();
        let place =
            |name: &str| self.list.iter().position(|account| account.name == name && !account.is_disabled);
        let (at, sender) = match place(&current) {
            Some(at) => (at, sender),
            None => (self.list.iter().position(|account| !account.is_disabled).unwrap_or(0), None),
        };
        let is_named = |identity: &Identity| Some(identity.from.address.to_string()) == sender;
        let nth = self.list.get(at).and_then(|account| account.senders().position(|one| is_named(&one)));
        self.take(at, nth.unwrap_or(0));
        let edited = edit.and_then(|edit| self.list.iter().position(|account| account.name == edit.result()));
        self.selected = edited.unwrap_or(self.selected).min(self.list.len().saturating_sub(1));
    }

    /// Adds the sandbox, under a name that no other account has: mail meant for the one must not go to the other.
    pub(super) fn add(&mut self, mut account: Account) {
        while self.list.iter().any(|known| known.name == account.name) {
            account.name.push('*');
        }
        self.list.push(account);
        self.take(self.list.len() - 1, 0);
    }
}

/// The next or previous sender, in the middle of a draft: From, Reply-To, an untouched signature and the limits change; no
/// other word does.
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
    model.compose.sign(account.signature.as_deref());
    model.say(Severity::Info, text);
    model.compose.touch()
}

/// The built-in server runs.
pub(super) fn add_sandbox(model: &mut Model, account: Account) {
    model.accounts.add(account);
    model.compose.sign(None);
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

/// Where are its secrets?
pub(super) fn secrets(model: &mut Model) -> Vec<Effect> {
    let Some(account) = looked_at(model) else {
        model.say(Severity::Warning, "there is no account yet");
        return Vec::new();
    };
    secrets::begin(model, account)
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
        Action::Open if model.accounts.list().get(selected).is_some_and(|account| account.is_disabled) => {
            model.say(Severity::Warning, "this account is switched off");
        }
        Action::Open if !model.accounts.list().is_empty() => {
            model.accounts.take(selected, 0);
            model.focus = Pane::Compose;
            return switched(model);
        }
        Action::AddAccount => {
            let sheet = AccountSheet::new(model.accounts.names(None));
            model.dialogs.push(Dialog::AccountForm(Box::new(sheet)));
        }
        Action::EditAccount
        | Action::DuplicateAccount
        | Action::MoveUp
        | Action::MoveDown
        | Action::SwitchAccount
        | Action::DefaultAccount
        | Action::Discard => return edits::edit(model, action),
        Action::PutBack => return edits::put_back(model),
        Action::SignIn => sign_in(model),
        Action::SignOut => return sign_out(model),
        Action::WriteExample if model.accounts.list().is_empty() => return vec![Effect::WriteExample],
        Action::TrySandbox if !model.accounts.list().iter().any(|account| account.is_sandbox) => {
            return vec![Effect::StartSandbox];
        }
        _ => {}
    }
    Vec::new()
}

/// The account under the cursor, where the pane has the keys; else the one in use.
fn looked_at(model: &Model) -> Option<Account> {
    match model.focus {
        Pane::Accounts => model.accounts.list().get(model.accounts.selected).cloned(),
        _ => model.accounts.current().cloned(),
    }
}

fn sign_in(model: &mut Model) {
    let Some(account) = looked_at(model) else { return };
    match &account.oauth {
        Some(Application { grant: Grant::Person, .. }) => {
            let dialog = SignIn::new(account, &model.ways, Then::Nothing, true);
            model.dialogs.push(Dialog::SignIn(Box::new(dialog)));
        }
        Some(_) => model.say(Severity::Info, "a service signs in by itself; there is nobody to ask"),
        None => {
            let text = format!(
                "{} signs in with a {}; for OAuth it needs an application",
                account.name,
                account.secret_word()
            );
            model.say(Severity::Info, text);
        }
    }
}

fn sign_out(model: &mut Model) -> Vec<Effect> {
    if let Some(account) = looked_at(model) {
        let lines = vec![
            format!(
                "Every secret of {} is deleted from every store of this host, and from this run.",
                account.name
            ),
            "A copy of the account that signs in as the same person loses them, too.".to_owned(),
        ];
        let buttons = vec![
            Button::new("Stay signed in", Answer::Nothing),
            Button::new("Sign out", Answer::SignOut(Box::new(account.clone()))),
        ];
        let title = format!("Sign out of {}?", account.name);
        model.dialogs.push(Dialog::Question(Question::new(title, lines, buttons)));
    }
    Vec::new()
}
