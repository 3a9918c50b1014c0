//! Changes of one account, line by line.

use std::path::Path;

use toml_edit::{Item, Value};

use crate::mail::account::Account;
use crate::mail::edit::Change;
use crate::mail::form::{IdentityForm, IdentityKey, Key};
use crate::mail::settings::{Settings, SettingsError};

use super::edit::{EditError, table_lines};
use super::layout::{Layout, last_byte, line_start};
use super::lines::{Form, Lines, line_break, replace};

/// Makes all changes, then takes out the changed lines that say no more than the default.
pub(super) fn all(text: &str, folder: &Path, index: usize, changes: &[Change]) -> Result<String, EditError> {
    let mut new = text.to_owned();
    let is_first = |change: &&Change| matches!(change, Change::Set { key: Key::ClientId, .. });
    // A table for OAuth begins with its client id.
    for change in changes.iter().filter(is_first).chain(changes.iter().filter(|change| !is_first(change))) {
        new = one(&new, index, change)?;
    }
    let wanted = account(&new, folder, index)?;
    // The preset comes last, so that it stays and the lines that it stands for go.
    let is_preset = |change: &&Change| matches!(change, Change::Set { key: Key::Preset, .. });
    for change in changes.iter().filter(|change| !is_preset(change)).chain(changes.iter().filter(is_preset)) {
        let Change::Set { key, value } = change else { continue };
        if value.is_empty() || [Key::Name, Key::From, Key::ClientId].contains(key) {
            continue;
        }
        let shorter = without(&new, index, *key)?;
        if account(&shorter, folder, index).as_ref() == Ok(&wanted) {
            new = shorter;
        }
    }
    Ok(new)
}

fn account(text: &str, folder: &Path, index: usize) -> Result<Account, SettingsError> {
    let mut settings = Settings::parse(text, folder)?;
    Ok(settings.accounts.swap_remove(index))
}

fn one(text: &str, index: usize, change: &Change) -> Result<String, EditError> {
    match change {
        Change::Set { key, value } if value.is_empty() => without(text, index, *key),
        Change::Set { key, value } => with(text, index, *key, value),
        Change::AddIdentity(identity) => add_identity(text, index, identity),
        Change::SetIdentity { index: which, key, value } => set_identity(text, index, *which, *key, value),
        Change::RemoveIdentity(which) => {
            let layout = Layout::of(text)?;
            let table = identity(&layout, index, *which)?;
            Ok(without_table(text, &layout, index, table))
        }
    }
}

fn with(text: &str, index: usize, key: Key, typed: &str) -> Result<String, EditError> {
    let layout = Layout::of(text)?;
    let own = table_lines(text, &layout, index);
    let value = key.value(typed).map_err(|why| {
        let account = own.table.get("name").and_then(Item::as_str).unwrap_or_default().to_owned();
        SettingsError::Value { account, key: key.as_str(), why }
    })?;
    if !key.is_oauth() {
        return Ok(own.with(key.leaf(), &value));
    }
    if let Some(item) = layout.oauth(index) {
        Ok(oauth_lines(text, item)?.with(key.leaf(), &value))
    } else {
        let lines = format!("[account.oauth]\n{} = {value}\n", key.leaf());
        // Before the identities, where the table would end a header's reach in any case: at the end of the block.
        Ok(append(text, layout.blocks[index].end, &lines))
    }
}

fn without(text: &str, index: usize, key: Key) -> Result<String, EditError> {
    let layout = Layout::of(text)?;
    if !key.is_oauth() {
        return Ok(table_lines(text, &layout, index).without(key.leaf()));
    }
    let Some(item) = layout.oauth(index) else { return Ok(text.to_owned()) };
    let lines = oauth_lines(text, item)?;
    // Without a client id there is no application: the whole table goes.
    match (key, lines.form, item) {
        (Key::ClientId, Form::Header, Item::Table(table)) => Ok(without_table(text, &layout, index, table)),
        (Key::ClientId, Form::Inline, _) => Ok(table_lines(text, &layout, index).without("oauth")),
        (Key::ClientId, Form::Dotted, Item::Table(table)) => {
            let Some((first, _)) = table.iter().next() else { return Ok(text.to_owned()) };
            let less = lines.without(first);
            // One line less each time.
            if less == text { Ok(less) } else { without(&less, index, key) }
        }
        _ => Ok(lines.without(key.leaf())),
    }
}

const OAUTH_ORDER: [&str; 8] =
    ["client_id", "tenant", "cloud", "authority", "sign_in_as", "grant", "certificate", "accept_broader"];
const IDENTITY_ORDER: [&str; 4] = ["from", "username", "reply_to", "signature"];

fn oauth_lines<'a>(text: &'a str, item: &'a Item) -> Result<Lines<'a>, EditError> {
    Lines::of_item(text, item, &OAUTH_ORDER).ok_or(EditError::OneValue { key: "oauth" })
}

fn add_identity(text: &str, index: usize, identity: &IdentityForm) -> Result<String, EditError> {
    let layout = Layout::of(text)?;
    if layout.account(index).and_then(|table| table.get("identity")).is_some_and(Item::is_value) {
        return Err(EditError::OneValue { key: "identity" });
    }
    Ok(append(text, layout.blocks[index].end, &identity.to_toml()))
}

fn set_identity(
    text: &str,
    index: usize,
    which: usize,
    key: IdentityKey,
    typed: &str,
) -> Result<String, EditError> {
    let layout = Layout::of(text)?;
    let lines = Lines::of(text, identity(&layout, index, which)?, &IDENTITY_ORDER);
    Ok(if typed.is_empty() {
        lines.without(key.as_str())
    } else {
        lines.with(key.as_str(), &Value::from(typed))
    })
}

fn identity<'a>(
    layout: &'a Layout<'a>,
    index: usize,
    which: usize,
) -> Result<&'a toml_edit::Table, EditError> {
    let table = layout.account(index).expect("the index is that of an account");
    if table.get("identity").is_some_and(Item::is_value) {
        return Err(EditError::OneValue { key: "identity" });
    }
    layout.identities(index).nth(which).ok_or_else(|| EditError::NoIdentity {
        account: table.get("name").and_then(Item::as_str).unwrap_or_default().to_owned(),
        number: which + 1,
        count: layout.identities(index).count(),
    })
}

/// Puts a table at the end of an account, with an empty line before it.
fn append(text: &str, at: usize, lines: &str) -> String {
    let eol = line_break(text);
    let missing = if text[..at].ends_with('\n') { "" } else { eol };
    replace(text, at..at, &[missing, eol, &lines.replace('\n', eol)].concat())
}

/// Takes out a table with its header, the comments right above it, and an empty line before those.
fn without_table(text: &str, layout: &Layout<'_>, index: usize, table: &toml_edit::Table) -> String {
    let header = table.span().unwrap_or_default().start;
    let mut lines = layout.table_lines(header, last_byte(table), &layout.blocks[index]);
    if lines.start > 0 {
        let above = line_start(text, lines.start - 1);
        if text[above..lines.start].trim().is_empty() {
            lines.start = above;
        }
    }
    replace(text, lines, "")
}
