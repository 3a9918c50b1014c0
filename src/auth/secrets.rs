//! The chain: where a secret is looked for, in order, and what was found on the way.

use crate::mail::account::Account;
use crate::mail::place::Place;
use crate::mail::secret::Secret;

use super::{helper, keyring};

/// Who has the terminal while a helper program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Terminal {
    /// Nobody: a helper may ask for a passphrase on it.
    Free,
    /// The composer: a helper that asks there would get half of what is typed.
    Taken,
}

/// Where a secret came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    Command,
    Keyring,
    /// Entered by a person in this run: worth asking about keeping, where there is a keyring that would.
    Typed {
        can_keep: bool,
    },
    Sandbox,
}

impl Source {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Command => "from password_command",
            Self::Keyring => "from the keyring",
            Self::Typed { .. } => "entered by hand",
            Self::Sandbox => "of the sandbox",
        }
    }
}

/// What the chain found, and what it met on the way: plain sentences for the log.
pub struct Search {
    pub found: Option<(Secret, Source)>,
    pub notes: Vec<String>,
    /// The keyring works and holds nothing yet: what is typed could be kept there.
    pub can_keep: bool,
}

/// Asks each source in turn. Takes up to 33 s if everything hangs.
pub async fn find(account: &Account, terminal: Terminal) -> Search {
    let mut notes = Vec::new();
    if let Some(argv) = &account.password_command {
        match helper::run(argv, terminal).await {
            Ok(secret) => return Search { found: Some((secret, Source::Command)), notes, can_keep: false },
            Err(error) => notes.push(error.to_string()),
        }
    }
    let kept = keyring::get(Place::of_session(account)).await;
    let can_keep = matches!(kept, Ok(None));
    match kept {
        Ok(Some(secret)) => return Search { found: Some((secret, Source::Keyring)), notes, can_keep: false },
        Ok(None) => {
            notes.push(format!("the keyring has no {} for {}", account.secret_word(), account.username));
        }
        Err(trouble) => notes.push(trouble.to_string()),
    }
    Search { found: None, notes, can_keep }
}
