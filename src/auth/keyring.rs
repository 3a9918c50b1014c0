//! The keyring of the desktop: Secret Service, macOS keychain or Windows credential manager.
//!
//! Its calls can block for ever (a bus that accepts and never answers), so each runs on a worker thread with a deadline; a
//! call that misses it is left behind, and the process later leaves by `exit`.

use std::time::Duration;

use keyring::{Entry, Error};
use tokio::time::timeout;
use zeroize::Zeroizing;

use crate::mail::place::Place;
use crate::mail::secret::Secret;

use super::spare;

const LIMIT: Duration = Duration::from_secs(3);
/// Descriptors that a call takes at the most: a connection, and what waits for it.
const SPARE: usize = 8;
/// Octets; no password or token is longer.
const MOST: usize = 64 * 1024;

/// Why the keyring is of no use here. None of these is an error of the user: over SSH they are the usual case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyringTrouble {
    #[error("there is no keyring on this host (usual over SSH)")]
    Absent,
    #[error("the keyring is locked, and there is no desktop here to unlock it")]
    Locked,
    #[error("the keyring did not answer in 3 s")]
    Silent,
    /// It was there. The library asks for it once in the life of a process, so one that comes back is not found again.
    #[error("the keyring broke off; once it runs again, start sendoff anew to use it")]
    Lost,
    #[error("the keyring was not asked: this program may open too few files at once (ulimit -n raises that)")]
    NoRoom,
    #[error("the keyring refused")]
    Refused,
    #[error("the keyring is for passwords and tokens, and what is longer than 64 KiB is neither")]
    TooLong,
    #[error("what the keyring holds is not text, so it is no password or token")]
    NotText,
}

/// The secret in `place`, if the keyring has one.
pub async fn get(place: Place) -> Result<Option<Secret>, KeyringTrouble> {
    let bytes = on_worker(move || match Entry::new(&place.service, &place.user)?.get_secret() {
        Ok(bytes) => Ok(Some(Zeroizing::new(bytes))),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(error),
    })
    .await?;
    bytes.map(|bytes| read(&bytes)).transpose()
}

/// Keeps a secret in `place`, replacing an older one.
pub async fn keep(place: Place, secret: Secret) -> Result<(), KeyringTrouble> {
    if secret.reveal().len() > MOST {
        return Err(KeyringTrouble::TooLong);
    }
    on_worker(move || Entry::new(&place.service, &place.user)?.set_password(secret.reveal())).await
}

/// Empties `place`; that it was empty before is no error.
pub async fn delete(place: Place) -> Result<(), KeyringTrouble> {
    on_worker(move || match Entry::new(&place.service, &place.user)?.delete_credential() {
        Ok(()) | Err(Error::NoEntry) => Ok(()),
        Err(error) => Err(error),
    })
    .await
}

/// What another program put there may be anything.
fn read(bytes: &[u8]) -> Result<Secret, KeyringTrouble> {
    if bytes.len() > MOST {
        return Err(KeyringTrouble::TooLong);
    }
    let text = std::str::from_utf8(bytes).map_err(|_not_utf8| KeyringTrouble::NotText)?;
    Ok(Secret::new(text.to_owned()))
}

#[expect(clippy::disallowed_methods, reason = "the keyring blocks, and may never return")]
async fn on_worker<T: Send + 'static>(
    call: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, KeyringTrouble> {
    // Where it finds none left, the library ends in a fault, and prints that.
    spare::descriptors(SPARE).map_err(|_too_few| KeyringTrouble::NoRoom)?;
    match timeout(LIMIT, tokio::task::spawn_blocking(call)).await {
        Err(_elapsed) => Err(KeyringTrouble::Silent),
        Ok(Err(_panicked)) => Err(KeyringTrouble::Refused),
        Ok(Ok(result)) => result.map_err(|error| match error {
            Error::NoDefaultStore => KeyringTrouble::Absent,
            Error::PlatformFailure(_) => KeyringTrouble::Lost,
            Error::NoStorageAccess(_) => KeyringTrouble::Locked,
            _ => KeyringTrouble::Refused,
        }),
    }
}
