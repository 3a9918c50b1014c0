//! Changes to the accounts that go into the file: what is asked, and what the file says then.

use crate::app::action::Action;
use crate::app::dialog::sign_in::Then;
use crate::app::dialog::{AccountSheet, Dialog, SignIn, account_form, check};
use crate::app::effect::Effect;
use crate::app::model::{Model, Severity};
use crate::app::msg::Edited;
use crate::mail::account::Account;
use crate::mail::edit::{Direction, Edit};

use super::looked_at;

/// What is asked of the account under the cursor goes into the file.
pub(super) fn edit(model: &mut Model, action: Action) -> Vec<Effect> {
    let Some(account) = looked_at(model) else { return Vec::new() };
    if account.is_sandbox {
        model.say(Severity::Info, "the sandbox is in no file; there is nothing to change");
        return Vec::new();
    }
    let name = account.name.clone();
    let edit = match action {
        Action::EditAccount => {
            let sheet = AccountSheet::of(&account, model.accounts.names(Some(&name)));
            model.dialogs.push(Dialog::AccountForm(Box::new(sheet)));
            return Vec::new();
        }
        Action::DuplicateAccount => {
            let taken = model.accounts.names(None);
            let copies = (2..).map(|number| format!("{name}-{number}"));
            let copy = copies.into_iter().find(|copy| !taken.contains(copy)).unwrap_or_default();
            Edit::Duplicate { account: name, name: copy }
        }
        Action::MoveUp => Edit::Move { account: name, to: Direction::Up },
        Action::MoveDown => Edit::Move { account: name, to: Direction::Down },
        Action::SwitchAccount => Edit::Disable { account: name, is_disabled: !account.is_disabled },
        Action::DefaultAccount if account.is_disabled => {
            model.say(Severity::Warning, format!("{name} is switched off, so no message can start with it"));
            return Vec::new();
        }
        Action::DefaultAccount => Edit::MakeDefault { account: name },
        _ => Edit::Remove { account: name },
    };
    vec![Effect::EditAccounts(Box::new(edit))]
}

pub(super) fn put_back(model: &mut Model) -> Vec<Effect> {
    if let Some(removed) = model.accounts.removed.last().cloned() {
        return vec![Effect::EditAccounts(Box::new(Edit::PutBack(removed)))];
    }
    model.say(Severity::Info, "no account was removed");
    Vec::new()
}

fn current(model: &Model) -> Option<String> {
    model.accounts.current().map(|account| account.name.clone())
}

fn renew(model: &mut Model, accounts: Vec<Account>, edit: Option<&Edit>) {
    model.accounts.renew(accounts, edit);
    model.compose.sign(model.accounts.current().and_then(|account| account.signature.clone()).as_deref());
}

/// Another program changed the file.
pub(in crate::app) fn read(model: &mut Model, result: Result<Vec<Account>, String>) {
    let accounts = match result {
        Ok(accounts) => accounts,
        Err(why) => {
            return model.say(Severity::Warning, format!("{why}; the accounts stay as they were"));
        }
    };
    if accounts.iter().eq(model.accounts.list().iter().filter(|account| !account.is_sandbox)) {
        return;
    }
    let before = current(model);
    renew(model, accounts, None);
    for dialog in &mut model.dialogs {
        if let Dialog::SignIn(dialog) = dialog {
            dialog.renew(model.accounts.list());
        }
    }
    let says = "the configuration was changed by another program; the accounts are as it says now";
    match current(model) {
        Some(now) if before.as_ref().is_some_and(|before| *before != now) => {
            model.say(Severity::Warning, format!("{says}, and you write as {now}"));
        }
        _ => model.say(Severity::Info, says),
    }
}

/// The file says something new. A new account is tested at once.
pub(in crate::app) fn edited(model: &mut Model, result: Result<Box<Edited>, String>) -> Vec<Effect> {
    account_form::saved(model, result.as_ref().map(|_| ()).map_err(String::as_str));
    let Ok(edited) = result else { return Vec::new() };
    let Edited { accounts, edit, removed } = *edited;
    let before = current(model);
    renew(model, accounts, Some(&edit));
    let name = edit.result().to_owned();
    let mut says = match &edit {
        Edit::Add(_) => format!("{name} is an account now"),
        Edit::Change { .. } => format!("{name} is changed"),
        Edit::Duplicate { account, .. } => format!("{name} is a copy of {account}"),
        Edit::Move { .. } => format!("{name} has moved"),
        Edit::Disable { is_disabled: true, .. } => format!("{name} is switched off"),
        Edit::Disable { .. } => format!("{name} is offered again"),
        Edit::MakeDefault { .. } => format!("new messages start with {name}"),
        Edit::Remove { .. } => {
            let key = model.keymap.key_for(Action::PutBack).unwrap_or_default();
            format!("{name} is removed; {key} puts it back. What was kept to sign in with stays where it is")
        }
        Edit::PutBack(_) => format!("{name} is back"),
    };
    if matches!(edit, Edit::PutBack(_)) {
        model.accounts.removed.pop();
    }
    model.accounts.removed.extend(removed);
    // Who was writing as it goes on as somebody else, and comes back with it.
    let is_gone = matches!(edit, Edit::Remove { .. } | Edit::Disable { is_disabled: true, .. });
    if is_gone && before.as_deref() == Some(&name) {
        model.accounts.displaced = Some(name.clone());
        if let Some(now) = current(model) {
            says = format!("{says}; you write as {now} now");
        }
    } else if model.accounts.displaced.as_deref() == Some(&name) && !is_gone {
        model.accounts.choose(&name, None);
        model.accounts.displaced = None;
    }
    model.say(Severity::Good, says);
    let added = model.accounts.list().iter().find(|account| account.name == name).cloned();
    match (edit, added) {
        (Edit::Add(_), Some(account)) => {
            model.accounts.choose(&name, None);
            if account.oauth.is_some() && account.signs_in_by_person() {
                let dialog = SignIn::new(account, &model.ways, Then::Test, true);
                model.dialogs.push(Dialog::SignIn(Box::new(dialog)));
                return Vec::new();
            }
            check::begin(model, account)
        }
        _ => Vec::new(),
    }
}
