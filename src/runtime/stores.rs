//! The stores of this host, best first: the keyring of the desktop, then the vault.

use std::path::PathBuf;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::auth::keyring::{self, KeyringTrouble};
use crate::mail::place::Place;
use crate::mail::secret::Secret;
use crate::mail::stores::{Store, Wish};
use crate::store::StoreError;
use crate::store::turn::{self, Turn};

use super::vault::{Asking, Keeper, VaultTrouble};

/// The way to all of them.
#[derive(Clone)]
pub struct Stores {
    vault: Keeper,
    state: PathBuf,
}

/// How long another sendoff may have the turn, and how often it is looked for: a renewal takes a second or two.
const PATIENCE: Duration = Duration::from_secs(40);
const PAUSE: Duration = Duration::from_millis(200);

/// What a search for one secret found, and what was in its way: plain sentences.
pub struct Looked {
    pub found: Option<(Secret, Store)>,
    pub notes: Vec<String>,
    /// The best store that would keep it.
    pub best: Store,
}

/// A secret is in this store now; or in none, and why.
pub type Kept = Result<Store, String>;

impl Stores {
    /// Those of whoever has its state in this folder. `ask` gets the passphrase of the vault from a person, or no.
    pub fn new(state: PathBuf, ask: impl FnMut(Wish) -> Option<Secret> + Send + 'static) -> Self {
        Self { vault: Keeper::begin(state.clone(), ask), state }
    }

    /// Our turn at renewing a sign-in. Without one after 40 s, or where no lock can be had, it goes on all the same.
    pub async fn turn(&self) -> Option<Turn> {
        let until = Instant::now() + PATIENCE;
        loop {
            let state = self.state.clone();
            match tokio::task::spawn_blocking(move || turn::at_renewal(&state)).await {
                Ok(Err(StoreError::Busy { .. })) if Instant::now() < until => sleep(PAUSE).await,
                done => return done.ok()?.ok(),
            }
        }
    }

    pub fn vault(&self) -> &Keeper {
        &self.vault
    }

    /// Looks in each. `what` it is, for the notes: `password`.
    pub async fn look(&self, place: &Place, what: &str, asking: Asking) -> Looked {
        let mut notes = Vec::new();
        let kept = keyring::get(place.clone()).await;
        let best = if kept.is_ok() { Store::Keyring } else { Store::Vault };
        match kept {
            Ok(Some(secret)) => return Looked { found: Some((secret, Store::Keyring)), notes, best },
            Ok(None) => notes.push(format!("the keyring has no {what} for {}", place.user)),
            Err(trouble) => notes.push(trouble.to_string()),
        }
        let found = match self.vault.get(place.clone(), asking).await {
            Ok(Some(secret)) => Some((secret, Store::Vault)),
            Ok(None) => {
                notes.push(format!("the vault has no {what} for {}", place.user));
                None
            }
            // Who never made one need not hear of it.
            Err(VaultTrouble::Absent) => None,
            Err(trouble) => {
                notes.push(trouble.to_string());
                None
            }
        };
        Looked { found, notes, best }
    }

    /// Keeps a secret in the best store that takes it.
    pub async fn keep(&self, place: &Place, secret: &Secret) -> Kept {
        let Err(first) = self.keep_in(Store::Keyring, place, secret).await else { return Ok(Store::Keyring) };
        match self.keep_in(Store::Vault, place, secret).await {
            Ok(()) => Ok(Store::Vault),
            Err(second) => Err(format!("{first}, and {second}")),
        }
    }

    pub async fn keep_in(&self, store: Store, place: &Place, secret: &Secret) -> Result<(), String> {
        let copy = Secret::new(secret.reveal().to_owned());
        match store {
            Store::Keyring => keyring::keep(place.clone(), copy).await.map_err(|trouble| trouble.to_string()),
            Store::Vault => self.vault.keep(place.clone(), copy).await.map_err(|trouble| trouble.to_string()),
        }
    }

    /// Empties `place` in a store; `false`: there is no such store here, or nothing was in it.
    pub async fn delete(&self, store: Store, place: &Place) -> Result<bool, String> {
        match store {
            Store::Keyring => match keyring::get(place.clone()).await {
                Ok(None) | Err(KeyringTrouble::Absent) => Ok(false),
                _ => {
                    let done = keyring::delete(place.clone()).await;
                    done.map(|()| true).map_err(|trouble| trouble.to_string())
                }
            },
            Store::Vault => match self.vault.delete(place.clone()).await {
                Ok(was_there) => Ok(was_there),
                Err(VaultTrouble::Absent) => Ok(false),
                Err(trouble) => Err(trouble.to_string()),
            },
        }
    }
}
