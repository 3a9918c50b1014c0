//! The file of the passphrase vault, whose octets are sealed before they come here and stay so.

use std::fs::File;
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

use super::{StoreError, atomic};

const NAME: &str = "vault.age";
/// Held while the file is read, changed and replaced. It stays: who removes a lock's file may remove somebody else's.
const LOCK: &str = "vault.lock";
/// Octets; thousands of passwords.
const MOST: usize = 1024 * 1024;

/// What the vault's file in `folder` holds, if there is one.
pub fn read(folder: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    let path = folder.join(NAME);
    match std::fs::symlink_metadata(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(StoreError::io("read", &path)(error)),
        // A link would be replaced by a file at the first change, and a FIFO never ends.
        Ok(found) if !found.is_file() => {
            return Err(StoreError::Unreadable { path, why: "it is not a regular file".to_owned() });
        }
        Ok(_file) => {}
    }
    let file = File::open(&path).map_err(StoreError::io("read", &path))?;
    let mut bytes = Vec::new();
    file.take(MOST as u64 + 1).read_to_end(&mut bytes).map_err(StoreError::io("read", &path))?;
    bounded("read", &path, &bytes)?;
    Ok(Some(bytes))
}

/// Replaces the file by what `change` makes of it, whole or not at all; `None` stands for no file. `Busy` when another
/// sendoff is at it: then nothing was read, and a second later it may work.
pub fn update<E: From<StoreError>>(
    folder: &Path,
    change: impl FnOnce(Option<Vec<u8>>) -> Result<Option<Vec<u8>>, E>,
) -> Result<(), E> {
    atomic::private_folder(folder)?;
    let _lock = atomic::lock_file(&folder.join(LOCK))?;
    let path = folder.join(NAME);
    let before = read(folder)?;
    let was_there = before.is_some();
    match change(before)? {
        Some(bytes) => {
            bounded("write", &path, &bytes)?;
            atomic::write(&path, &bytes)?;
        }
        None if was_there => {
            std::fs::remove_file(&path).map_err(StoreError::io("remove", &path))?;
            atomic::sync_folder(folder)?;
        }
        None => {}
    }
    Ok(())
}

/// What is written must be readable again.
fn bounded(doing: &'static str, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    if bytes.len() <= MOST {
        return Ok(());
    }
    let why =
        io::Error::new(ErrorKind::FileTooLarge, "it is longer than 1 MiB, the most that a vault may be");
    Err(StoreError::io(doing, path)(why))
}
