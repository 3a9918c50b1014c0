//! The text of a configuration, before an edit and after it. Pure: `super` reads and writes the file.

use std::path::Path;

use toml_edit::Item;

use crate::mail::account::Account;
use crate::mail::edit::{Direction, Edit, Removed};
use crate::mail::form::{AccountForm, Key};
use crate::mail::settings::{Settings, SettingsError};

use super::change;
use super::layout::{Layout, line_end, line_start};
use super::lines::{Lines, line_break, replace};

/// What a new file begins with.
const HEADER: &str = "# The configuration of sendoff. `sendoff accounts` changes it; so may you.\n\n";

/// Why the accounts in a text cannot be changed so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    #[error("{0}")]
    Syntax(String),
    /// What it would say afterwards is wrong.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    #[error("no account is called \u{201c}{name}\u{201d}; {there_are}")]
    NoAccount { name: String, there_are: String },
    #[error(
        "line {line}: the accounts are written as one value; change them in an editor, or write each as [[account]]"
    )]
    Inline { line: usize },
    #[error(
        "line {line}: this table stands between the parts of one account; move it behind them, then try again"
    )]
    Scattered { line: usize },
    #[error("{key} is written as one value there; change it in an editor")]
    OneValue { key: &'static str },
    #[error("account \u{201c}{0}\u{201d} is already the {1}")]
    AtTheEnd(String, &'static str),
    #[error("account \u{201c}{account}\u{201d} has no identity {number}; it has {count}")]
    NoIdentity { account: String, number: usize, count: usize },
    #[error(
        "account \u{201c}{0}\u{201d} was changed by another program meanwhile; nothing was written; Esc closes the form, and it opens with what the file says now"
    )]
    ChangedMeanwhile(String),
    #[error("this change would also change {0}; nothing was written; change the file in an editor")]
    Others(String),
}

/// A text after an edit.
#[derive(Debug)]
pub struct Edited {
    pub text: String,
    pub settings: Settings,
    /// Of a removal.
    pub removed: Option<Removed>,
}

/// Makes one edit. The result is a configuration that can be read, in which all other accounts are what they were.
pub fn apply(text: &str, folder: &Path, edit: &Edit) -> Result<Edited, EditError> {
    let before = Settings::parse(text, folder)?;
    let index = || index_of(&before, edit.account());
    let mut removed = None;
    let new = match edit {
        Edit::Add(form) => add(text, form)?,
        Edit::Change { account, changes, seen } => {
            let index = index()?;
            if seen.as_ref().is_some_and(|seen| **seen != AccountForm::of(&before.accounts[index])) {
                return Err(EditError::ChangedMeanwhile(account.clone()));
            }
            change::all(text, folder, index, changes)?
        }
        Edit::Duplicate { name, .. } => duplicate(text, index()?, name)?,
        Edit::Move { to, .. } => shift(text, &before, index()?, *to)?,
        Edit::Disable { is_disabled, .. } => set_flag(text, index()?, "disabled", *is_disabled)?,
        Edit::MakeDefault { .. } => make_default(text, &before, index()?)?,
        Edit::Remove { account } => {
            let done = remove(text, account, index()?)?;
            removed = Some(done.clone());
            done.after
        }
        Edit::PutBack(removed) => put_back(text, removed)?,
    };
    let settings = Settings::parse(&new, folder)?;
    guard(&before, &settings, edit)?;
    Ok(Edited { text: new, settings, removed })
}

/// All that the edit is not about has to mean what it meant.
fn guard(before: &Settings, after: &Settings, edit: &Edit) -> Result<(), EditError> {
    let is_about = |account: &&Account| account.name == edit.account() || account.name == edit.result();
    let sorted = |settings: &Settings| {
        let mut rest: Vec<Account> =
            settings.accounts.iter().filter(|account| !is_about(account)).cloned().collect();
        if matches!(edit, Edit::Move { .. }) {
            rest.sort_by(|a, b| a.name.cmp(&b.name));
        }
        rest
    };
    if sorted(before) != sorted(after) {
        return Err(EditError::Others("another account".into()));
    }
    let rest = |settings: &Settings| Settings { accounts: Vec::new(), default: 0, ..settings.clone() };
    if rest(before) != rest(after) {
        return Err(EditError::Others("settings that are not of an account".into()));
    }
    Ok(())
}

fn index_of(settings: &Settings, name: &str) -> Result<usize, EditError> {
    settings.accounts.iter().position(|account| account.name == name).ok_or_else(|| {
        let names: Vec<&str> = settings.accounts.iter().map(|account| account.name.as_str()).collect();
        let there_are =
            if names.is_empty() { "there is none".into() } else { format!("there are {}", names.join(", ")) };
        EditError::NoAccount { name: name.to_owned(), there_are }
    })
}

fn add(text: &str, form: &AccountForm) -> Result<String, EditError> {
    let block = form.to_toml().map_err(|problem| SettingsError::Value {
        account: form.value(Key::Name).to_owned(),
        key: problem.key.map_or("account", Key::as_str),
        why: problem.why,
    })?;
    if text.is_empty() {
        return Ok([HEADER, &block].concat());
    }
    let at = Layout::of(text)?.blocks.last().map_or(text.len(), |block| block.end);
    Ok(insert_block(text, at, &block))
}

/// Puts an account's lines at the start of a line, with an empty line before them.
fn insert_block(text: &str, at: usize, block: &str) -> String {
    let eol = line_break(text);
    let block = block.replace("\r\n", "\n").replace('\n', eol);
    let before = &text[..at];
    let missing = if before.is_empty() || before.ends_with('\n') { "" } else { eol };
    let blank = if before.trim().is_empty() || before.ends_with("\n\n") || before.ends_with("\n\r\n") {
        ""
    } else {
        eol
    };
    let is_header_next = text[at..].starts_with(['[', '#']);
    let end = if is_header_next { eol } else { "" };
    replace(text, at..at, &[missing, blank, &block, end].concat())
}

fn duplicate(text: &str, index: usize, name: &str) -> Result<String, EditError> {
    let layout = Layout::of(text)?;
    let block = layout.blocks[index].clone();
    let lines = &text[block.clone()];
    let copy = Layout::of(lines)?;
    let renamed = table_lines(lines, &copy, 0).with("name", &name.into());
    let copy = set_flag(&renamed, 0, "default", false)?;
    Ok(insert_block(text, block.end, &copy))
}

/// Swaps an account with its neighbour; what stands between the two stays there, and so does the choice of the default.
fn shift(text: &str, before: &Settings, index: usize, to: Direction) -> Result<String, EditError> {
    let name = &before.accounts[index].name;
    let upper = match to {
        Direction::Up => index.checked_sub(1).ok_or_else(|| EditError::AtTheEnd(name.clone(), "first"))?,
        Direction::Down if index + 1 < before.accounts.len() => index,
        Direction::Down => return Err(EditError::AtTheEnd(name.clone(), "last")),
    };
    let layout = Layout::of(text)?;
    let (first, second) = (layout.blocks[upper].clone(), layout.blocks[upper + 1].clone());
    // The last line of a file may lack its line end.
    let ended = |block: &str| {
        if block.ends_with('\n') { block.to_owned() } else { [block, line_break(text)].concat() }
    };
    let new = [
        &text[..first.start],
        &ended(&text[second.clone()]),
        &text[first.end..second.start],
        &ended(&text[first.clone()]),
        &text[second.end..],
    ]
    .concat();
    keep_default(&new, before)
}

/// An account that was the default for being the first says so, once another is.
fn keep_default(text: &str, before: &Settings) -> Result<String, EditError> {
    let after = Settings::parse(text, Path::new(""))?;
    let name =
        |settings: &Settings| settings.accounts.get(settings.default).map(|account| account.name.clone());
    let old = name(before);
    let index = after.accounts.iter().position(|account| Some(&account.name) == old.as_ref());
    let is_offered = |index: &usize| !after.accounts[*index].is_disabled;
    match index.filter(is_offered) {
        Some(index) if name(&after) != old && !has_default(&Layout::of(text)?) => {
            set_flag(text, index, "default", true)
        }
        _ => Ok(text.to_owned()),
    }
}

/// Does an account say that it is the default?
fn has_default(layout: &Layout<'_>) -> bool {
    let says_so = |index| layout.account(index).is_some_and(|table| table.contains_key("default"));
    (0..layout.blocks.len()).any(says_so)
}

/// A line that says `true`, or no line at all.
pub(super) fn set_flag(text: &str, index: usize, key: &str, is_on: bool) -> Result<String, EditError> {
    let layout = Layout::of(text)?;
    let lines = table_lines(text, &layout, index);
    Ok(if is_on { lines.with(key, &true.into()) } else { lines.without(key) })
}

fn make_default(text: &str, before: &Settings, index: usize) -> Result<String, EditError> {
    let mut new = text.to_owned();
    for other in 0..before.accounts.len() {
        new = set_flag(&new, other, "default", false)?;
    }
    // The first is the default without saying so, unless it is not offered.
    let is_first = before.accounts.iter().position(|account| !account.is_disabled) == Some(index);
    if is_first { Ok(new) } else { set_flag(&new, index, "default", true) }
}

fn remove(text: &str, name: &str, index: usize) -> Result<Removed, EditError> {
    let layout = Layout::of(text)?;
    let block = layout.blocks[index].clone();
    let mut cut = block.clone();
    // One of the empty lines around it goes with it.
    let below = line_end(text, cut.end.min(text.len()));
    if cut.end < text.len() && text[cut.end..below].trim().is_empty() {
        cut.end = below;
    } else if cut.start > 0 {
        let above = line_start(text, cut.start - 1);
        if text[above..cut.start].trim().is_empty() {
            cut.start = above;
        }
    }
    Ok(Removed {
        name: name.to_owned(),
        index,
        block: text[block].to_owned(),
        before: text.to_owned(),
        after: replace(text, cut, ""),
    })
}

fn put_back(text: &str, removed: &Removed) -> Result<String, EditError> {
    if text == removed.after {
        return Ok(removed.before.clone());
    }
    let layout = Layout::of(text)?;
    // Another account may have become the default meanwhile.
    let is_taken = has_default(&layout);
    let block = if is_taken { set_flag(&removed.block, 0, "default", false)? } else { removed.block.clone() };
    let at = match removed.index.checked_sub(1) {
        Some(above) => {
            layout.blocks.get(above).or(layout.blocks.last()).map_or(text.len(), |block| block.end)
        }
        None => layout.blocks.first().map_or(text.len(), |block| block.start),
    };
    Ok(insert_block(text, at, &block))
}

/// The order in which an account's own lines are written.
const ORDER: [&str; 21] = [
    "name",
    "from",
    "preset",
    "host",
    "port",
    "security",
    "auth",
    "username",
    "password_command",
    "ca_file",
    "reply_to",
    "signature",
    "notify",
    "return",
    "proxy",
    "connect_ahead",
    "chunking",
    "helo",
    "disabled",
    "default",
    "oauth",
];

pub(super) fn table_lines<'a>(text: &'a str, layout: &'a Layout<'a>, index: usize) -> Lines<'a> {
    let table = layout.account(index).expect("the index is that of an account");
    Lines::of(text, table, &ORDER)
}

/// The line of the file at which a key of an account stands, from 1; else that of the account.
pub(super) fn line_of(text: &str, account: &str, key: &str) -> Option<usize> {
    let layout = Layout::of(text).ok()?;
    let named = |table: &toml_edit::Table| table.get("name").and_then(Item::as_str) == Some(account);
    let index = (0..layout.blocks.len()).find(|index| layout.account(*index).is_some_and(named))?;
    let table = layout.account(index)?;
    let (parent, leaf) = key.split_once('.').unwrap_or(("", key));
    let span = match parent {
        "oauth" => layout.oauth(index).and_then(|item| item.get(leaf)).and_then(Item::span),
        // Which of them is wrong is not said: the first that has the key is as good a guess as any.
        "identity" => layout.identities(index).find_map(|table| table.get(leaf)).and_then(Item::span),
        _ => table.get(leaf).and_then(Item::span),
    };
    let at = span.or(table.span())?.start;
    Some(super::layout::line_number(text, at))
}
