//! The stores in which a secret outlives a run, best first: what is where, what can be done about it, and what the passphrase of one
//! of them is asked for.

use std::time::Duration;

use super::place::Place;
use super::secret::{Kind, Secret};

/// Where a secret can be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Store {
    Keyring,
    /// The keyring in the kernel of Linux: a cache of what was typed, for hours.
    Kernel,
    Vault,
}

impl Store {
    pub const ALL: [Self; 3] = [Self::Keyring, Self::Kernel, Self::Vault];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Keyring => "keyring",
            Self::Kernel => "kernel keyring",
            Self::Vault => "vault",
        }
    }
}

/// The place of the vault's passphrase in the kernel keyring; the vault is named by its folder.
pub fn passphrase_place(folder: &str) -> Place {
    Place { service: "sendoff-vault".to_owned(), user: folder.to_owned() }
}

/// A passphrase that somebody has to type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// There is no vault yet: it is chosen now, and typed twice.
    pub is_new: bool,
    /// What was wrong with the last one.
    pub why: Option<&'static str>,
}

/// Letters; whoever has a copy of the file may try for years.
const SHORTEST: usize = 8;

/// Why this cannot be the passphrase of a new vault.
pub fn unfit(passphrase: &Secret) -> Option<&'static str> {
    let text = passphrase.reveal();
    if text.chars().count() < SHORTEST {
        return Some("it needs 8 letters or more: whoever copies the file can go on guessing");
    }
    text.chars()
        .any(char::is_control)
        .then_some("it has a control character in it, which nobody can type again")
}

/// How one store stands to one secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holding {
    Held,
    Empty,
    /// The vault is there, and its passphrase was not given yet.
    Locked,
    /// There is no vault yet; one could be made.
    Absent,
    /// Why this host has no such store.
    Unavailable(String),
}

/// Where one kind of secret of an account is, and is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whereabouts {
    pub kind: Kind,
    pub stores: Vec<(Store, Holding)>,
}

impl Whereabouts {
    pub fn is_held(&self) -> bool {
        self.stores.iter().any(|(_, holding)| *holding == Holding::Held)
    }
}

/// Where the secrets of an account are: the one that lasts first, then whatever else is left of it in a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    pub account: String,
    pub secrets: Vec<Whereabouts>,
    pub memory: Memory,
    /// The kernel keyring has the vault's passphrase.
    pub has_passphrase: bool,
}

/// What this run remembers, and forgets when it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Memory {
    /// A password that was typed and accepted.
    pub has_typed: bool,
    /// A sign-in that no store would keep.
    pub has_sign_in: bool,
    /// How long its access token is good for.
    pub token: Option<Duration>,
}

/// What can be done about the secrets of an account.
pub enum Deed {
    Look,
    /// Ask for the vault's passphrase, and look again.
    Unlock,
    /// Keep this one there, in place of what is there.
    Put(Kind, Store, Secret),
    /// Keep it there, and nowhere else.
    Move(Kind, Store),
    Delete(Kind, Store),
}
