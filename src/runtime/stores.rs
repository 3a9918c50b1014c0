//! The stores of this host, best first: the keyring of the desktop, then the vault.

use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::time::{Instant, sleep};

use crate::auth::kernel;
use crate::auth::keyring::{self, KeyringTrouble};
use crate::mail::account::Account;
use crate::mail::place::Place;
use crate::mail::secret::{Kind, Secret};
use crate::mail::stores::{Deed, Holding, Store, Whereabouts, Wish, passphrase_place};
use crate::store::StoreError;
use crate::store::turn::{self, Turn};

use super::vault::{Asking, Door, Keeper, Latch, VaultTrouble};

/// The way to all of them.
#[derive(Clone)]
pub struct Stores {
    vault: Keeper,
    state: PathBuf,
    /// For how long the kernel keyring keeps what was typed; None: it is not used.
    cache: Option<Duration>,
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
    /// Those of whoever has its state in this folder, with this way to the passphrase of the vault. `cache`: for how long the
    /// kernel keyring keeps what was typed, if it is to. Needs the runtime, for as long as these live.
    pub fn new(
        state: PathBuf,
        cache: Option<Duration>,
        ask: impl FnMut(Wish) -> Option<Secret> + Send + 'static,
    ) -> Self {
        let latch = Asked { ask, cache, place: passphrase_of(&state), runtime: Handle::current() };
        Self { vault: Keeper::begin(state.clone(), latch), state, cache }
    }

    /// Keeps what a person typed, and a server accepted, for some hours, where that is wanted. Nothing is lost if it fails.
    pub async fn cache(&self, place: &Place, typed: &Secret) {
        let _ = self.keep_in(Store::Kernel, place, typed).await;
    }

    /// What was cached for this place was refused.
    pub async fn uncache(&self, place: &Place) {
        // Also where it is not used any more: it may have been.
        let _ = kernel::delete(place.clone()).await;
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
        if self.cache.is_some() {
            match kernel::get(place.clone()).await {
                Ok(Some(secret)) => return Looked { found: Some((secret, Store::Kernel)), notes, best },
                Ok(None) => {}
                Err(trouble) => notes.push(trouble.to_string()),
            }
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
            // For some hours at least.
            Err(_) if self.keep_in(Store::Kernel, place, secret).await.is_ok() => Ok(Store::Kernel),
            Err(second) => Err(format!("{first}, and {second}")),
        }
    }

    pub async fn keep_in(&self, store: Store, place: &Place, secret: &Secret) -> Result<(), String> {
        let copy = Secret::new(secret.reveal().to_owned());
        match store {
            Store::Keyring => keyring::keep(place.clone(), copy).await.map_err(|trouble| trouble.to_string()),
            Store::Kernel => {
                let lifetime = self
                    .cache
                    .ok_or("the kernel keyring is not used: cache_hours in [secrets] says for how long")?;
                // What cannot be removed again is not put there.
                kernel::probe().await.map_err(|trouble| trouble.to_string())?;
                kernel::keep(place.clone(), copy, lifetime).await.map_err(|trouble| trouble.to_string())
            }
            Store::Vault => self.vault.keep(place.clone(), copy).await.map_err(|trouble| trouble.to_string()),
        }
    }

    /// Empties `place` in a store; `false`: there is no such store here, or nothing was in it.
    pub async fn delete(&self, store: Store, place: &Place) -> Result<bool, String> {
        match store {
            Store::Keyring => match keyring::get(place.clone()).await {
                Ok(None) | Err(KeyringTrouble::Absent) => Ok(false),
                // Nobody is there to be asked a second time.
                Err(trouble @ (KeyringTrouble::Silent | KeyringTrouble::Lost | KeyringTrouble::Locked)) => {
                    Err(trouble.to_string())
                }
                Ok(Some(_)) | Err(_) => {
                    let done = keyring::delete(place.clone()).await;
                    done.map(|()| true).map_err(|trouble| trouble.to_string())
                }
            },
            Store::Kernel => match kernel::get(place.clone()).await {
                // There is no such keyring, or nothing was ever put there.
                Ok(None) | Err(_) if self.cache.is_none() => Ok(false),
                found => {
                    let done = kernel::delete(place.clone()).await;
                    done.map(|()| matches!(found, Ok(Some(_)))).map_err(|trouble| trouble.to_string())
                }
            },
            Store::Vault => match self.vault.delete(place.clone()).await {
                Ok(was_there) => {
                    if matches!(self.vault.door().await, Ok(Door::Absent)) {
                        // It was the last secret, and took the file along: its passphrase opens nothing any more.
                        self.forget_passphrase().await;
                    }
                    Ok(was_there)
                }
                Err(VaultTrouble::Absent) => Ok(false),
                Err(trouble) => Err(trouble.to_string()),
            },
        }
    }

    /// Does what is asked; says what was done, or why not.
    pub async fn perform(&self, account: &Account, deed: Deed) -> Result<String, String> {
        let place = |kind| Place::of(kind, account).ok_or_else(|| "it belongs to no application".to_owned());
        match deed {
            Deed::Look | Deed::Unlock => Ok(String::new()),
            Deed::Put(kind, store, secret) => {
                self.keep_in(store, &place(kind)?, &secret).await?;
                Ok(format!("the {} is in the {} now", kind.as_str(), store.as_str()))
            }
            Deed::Delete(kind, store) => {
                if store == Store::Kernel {
                    self.forget_passphrase().await;
                }
                let was_there = self.delete(store, &place(kind)?).await?;
                let what = if was_there { "is gone from" } else { "was not in" };
                Ok(format!("the {} {what} the {}", kind.as_str(), store.as_str()))
            }
            Deed::Move(kind, to) => {
                let place = place(kind)?;
                let looked = self.look(&place, kind.as_str(), Asking::Allowed).await;
                let nothing = || format!("there is nothing to move: {}", looked.notes.join("; "));
                let (secret, _) = looked.found.as_ref().ok_or_else(nothing)?;
                self.keep_in(to, &place, secret).await?;
                for other in Store::ALL.into_iter().filter(|store| *store != to) {
                    self.delete(other, &place).await?;
                }
                Ok(format!("the {} is in the {} now, and nowhere else", kind.as_str(), to.as_str()))
            }
        }
    }

    /// Where the secrets of `account` are.
    pub async fn survey(&self, account: &Account, asking: Asking) -> Vec<Whereabouts> {
        let lasting = account.lasting_secret();
        let others = Kind::ALL.into_iter().filter(|kind| Some(*kind) != lasting);
        let mut survey = Vec::new();
        let mut keyring_is_out = None;
        for kind in lasting.into_iter().chain(others) {
            let Some(place) = Place::of(kind, account) else { continue };
            // A bus that does not answer costs 3 s; it need not cost them again.
            let in_keyring = match &keyring_is_out {
                Some(why) => Holding::Unavailable(String::clone(why)),
                None => match keyring::get(place.clone()).await {
                    Ok(found) => holding(found.is_some()),
                    Err(trouble) => Holding::Unavailable(keyring_is_out.insert(trouble.to_string()).clone()),
                },
            };
            let in_kernel = match self.cache {
                None if !matches!(kernel::get(place.clone()).await, Ok(Some(_))) => {
                    Holding::Unavailable("not used; cache_hours in [secrets] turns it on".to_owned())
                }
                _ => match kernel::get(place.clone()).await {
                    Ok(found) => holding(found.is_some()),
                    Err(trouble) => Holding::Unavailable(trouble.to_string()),
                },
            };
            let in_vault = match self.vault.get(place, asking).await {
                Ok(found) => holding(found.is_some()),
                Err(VaultTrouble::Absent) => Holding::Absent,
                Err(VaultTrouble::Locked) => Holding::Locked,
                Err(trouble) => Holding::Unavailable(trouble.to_string()),
            };
            let whereabouts = Whereabouts {
                kind,
                stores: vec![
                    (Store::Keyring, in_keyring),
                    (Store::Kernel, in_kernel),
                    (Store::Vault, in_vault),
                ],
            };
            if Some(kind) == lasting || whereabouts.is_held() {
                survey.push(whereabouts);
            }
        }
        survey
    }
}

impl Stores {
    /// Does the kernel keyring have the vault's passphrase?
    pub async fn has_passphrase(&self) -> bool {
        let place = passphrase_of(&self.state);
        matches!(kernel::get(place).await, Ok(Some(_)))
    }

    /// Takes the vault's passphrase out of the kernel keyring.
    pub async fn forget_passphrase(&self) {
        self.uncache(&passphrase_of(&self.state)).await;
    }
}

fn passphrase_of(state: &Path) -> Place {
    passphrase_place(&state.display().to_string())
}

/// The passphrase, from a person or from the kernel keyring.
struct Asked<F> {
    ask: F,
    cache: Option<Duration>,
    place: Place,
    runtime: Handle,
}

impl<F: FnMut(Wish) -> Option<Secret> + Send + 'static> Latch for Asked<F> {
    fn ask(&mut self, wish: Wish) -> Option<Secret> {
        (self.ask)(wish)
    }

    fn remembered(&mut self) -> Option<Secret> {
        self.cache?;
        self.runtime.block_on(kernel::get(self.place.clone())).ok().flatten()
    }

    fn worked(&mut self, passphrase: &Secret) {
        let Some(lifetime) = self.cache else { return };
        let copy = Secret::new(passphrase.reveal().to_owned());
        self.runtime.block_on(async {
            if kernel::probe().await.is_ok() {
                let _ = kernel::keep(self.place.clone(), copy, lifetime).await;
            }
        });
    }
}

fn holding(is_there: bool) -> Holding {
    if is_there { Holding::Held } else { Holding::Empty }
}
