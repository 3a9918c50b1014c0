//! What may be asked of the accounts in the configuration file. `store::config` does it.

use super::form::{AccountForm, IdentityForm, IdentityKey, Key};

/// One change of the file; it is made whole or not at all. Accounts are called by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// At the end of the accounts.
    Add(AccountForm),
    Change {
        account: String,
        changes: Vec<Change>,
        /// What the person saw of it; if it is something else by now, nothing is changed.
        seen: Option<Box<AccountForm>>,
    },
    /// Right behind it; the copy is never the default.
    Duplicate {
        account: String,
        name: String,
    },
    Move {
        account: String,
        to: Direction,
    },
    Disable {
        account: String,
        is_disabled: bool,
    },
    MakeDefault {
        account: String,
    },
    Remove {
        account: String,
    },
    /// Undoes a removal.
    PutBack(Removed),
}

/// One line of an account. An empty value takes the line out, so that the default is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Set {
        key: Key,
        value: String,
    },
    AddIdentity(IdentityForm),
    /// `index` counts from 0, in the order of the file.
    SetIdentity {
        index: usize,
        key: IdentityKey,
        value: String,
    },
    RemoveIdentity(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
}

/// What a removal took out, so that it can be put back: to the byte if nothing has changed since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    pub name: String,
    /// Its place among the accounts, from 0.
    pub index: usize,
    /// Its lines, and the comments above them.
    pub block: String,
    /// The whole file, with it and without it.
    pub before: String,
    pub after: String,
}

impl Edit {
    /// The account that it is about, as it is called before.
    pub fn account(&self) -> &str {
        match self {
            Self::Add(form) => form.value(Key::Name),
            Self::Change { account, .. }
            | Self::Duplicate { account, .. }
            | Self::Move { account, .. }
            | Self::Disable { account, .. }
            | Self::MakeDefault { account }
            | Self::Remove { account } => account,
            Self::PutBack(removed) => &removed.name,
        }
    }

    /// The account that may differ afterwards, by its name then. Every other one has to stay equal.
    pub fn result(&self) -> &str {
        match self {
            Self::Change { account, changes, .. } => changes
                .iter()
                .find_map(|change| match change {
                    Change::Set { key: Key::Name, value } => Some(value.as_str()),
                    _ => None,
                })
                .unwrap_or(account),
            Self::Duplicate { name, .. } => name,
            other => other.account(),
        }
    }
}
