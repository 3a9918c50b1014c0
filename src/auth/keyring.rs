//! The keyring of the desktop: Secret Service, macOS keychain or Windows credential manager.
//!
//! Its calls can block for ever (a bus that accepts and never answers), so each runs on a worker thread with a deadline; a
//! call that misses it is left behind, and the process later leaves by `exit`.

use std::time::Duration;

use keyring::{Entry, Error};
use tokio::time::timeout;

use crate::mail::account::{Account, Auth};
use crate::mail::secret::Secret;

const LIMIT: Duration = Duration::from_secs(3);

/// Why the keyring is of no use here. None of these is an error of the user: over SSH they are the usual case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyringTrouble {
    #[error("there is no keyring on this host (usual over SSH)")]
    Absent,
    #[error("the keyring is locked, and there is no desktop here to unlock it")]
    Locked,
    #[error("the keyring did not answer in 3 s")]
    Silent,
    #[error("the keyring refused")]
    Refused,
}

/// Names an entry, so that `secret-tool` finds it, too: service `sendoff:HOST` (or `sendoff-token:HOST`), username.
struct Place {
    service: String,
    user: String,
}

impl Place {
    fn of(account: &Account) -> Self {
        let kind = if account.auth == Auth::Xoauth2 { "sendoff-token" } else { "sendoff" };
        Self { service: format!("{kind}:{}", account.host), user: account.username.clone() }
    }
}

/// The secret of `account`, if the keyring has one.
pub async fn get(account: &Account) -> Result<Option<Secret>, KeyringTrouble> {
    let Place { service, user } = Place::of(account);
    on_worker(move || match Entry::new(&service, &user)?.get_password() {
        Ok(text) => Ok(Some(Secret::new(text))),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(error),
    })
    .await
}

/// Keeps the secret of `account`, replacing an older one.
pub async fn keep(account: &Account, secret: Secret) -> Result<(), KeyringTrouble> {
    let Place { service, user } = Place::of(account);
    on_worker(move || Entry::new(&service, &user)?.set_password(secret.reveal())).await
}

#[expect(clippy::disallowed_methods, reason = "the keyring blocks, and may never return")]
async fn on_worker<T: Send + 'static>(
    call: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, KeyringTrouble> {
    match timeout(LIMIT, tokio::task::spawn_blocking(call)).await {
        Err(_elapsed) => Err(KeyringTrouble::Silent),
        Ok(Err(_panicked)) => Err(KeyringTrouble::Refused),
        Ok(Ok(result)) => result.map_err(|error| match error {
            Error::NoDefaultStore | Error::PlatformFailure(_) => KeyringTrouble::Absent,
            Error::NoStorageAccess(_) => KeyringTrouble::Locked,
            _ => KeyringTrouble::Refused,
        }),
    }
}
