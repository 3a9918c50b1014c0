//! The stores in which a secret outlives a run, best first, and what the passphrase of one of them is asked for.

use super::secret::Secret;

/// Where a secret can be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Store {
    Keyring,
    Vault,
}

impl Store {
    pub const ALL: [Self; 2] = [Self::Keyring, Self::Vault];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Keyring => "keyring",
            Self::Vault => "vault",
        }
    }
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
