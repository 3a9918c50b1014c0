//! Turns between several sendoffs of one person, by the lock of a file.

use std::path::Path;

use super::{StoreError, atomic};

/// It stays: who removes a lock's file may remove somebody else's.
const RENEWAL: &str = "sign-in.lock";

/// Ours until it is dropped.
#[derive(Debug)]
pub struct Turn {
    _lock: atomic::Locked,
}

/// The turn at renewing a sign-in: a provider may void it when its old token is used twice. `Busy` when another has it.
pub fn at_renewal(state: &Path) -> Result<Turn, StoreError> {
    atomic::private_folder(state)?;
    Ok(Turn { _lock: atomic::lock_file(&state.join(RENEWAL))? })
}
