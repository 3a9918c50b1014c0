//! Writing a file so that a reader, or the next start after a crash, finds the old text or the new, never a piece.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::Write as _;
use std::ops::{Deref, DerefMut};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;

use rustix::fs::OFlags;

use super::StoreError;

/// Replaces `path` by `bytes`; when this returns, they are on disk.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    // tempfile makes its files 0600, by O_EXCL and a random name, so a planted link is not followed.
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(StoreError::io("write into", folder))?;
    file.write_all(bytes).map_err(StoreError::io("write", path))?;
    file.as_file().sync_all().map_err(StoreError::io("sync", path))?;
    file.persist(path).map_err(|error| StoreError::io("replace", path)(error.error))?;
    sync_folder(folder)
}

/// Makes a renamed or removed name last.
pub(super) fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(StoreError::io("sync", folder))
}

/// Makes a folder that only its owner may enter, and its parents.
pub(super) fn private_folder(folder: &Path) -> Result<(), StoreError> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(StoreError::io("make", folder))
}

/// A new folder that only its owner may enter; nothing of that name, not even a link, may exist yet.
pub(super) fn new_folder(folder: &Path) -> Result<(), StoreError> {
    DirBuilder::new().mode(0o700).create(folder).map_err(StoreError::io("make", folder))
}

/// A new file that only its owner may read; it must not exist yet.
pub(super) fn new_file(path: &Path) -> Result<File, StoreError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    options.open(path).map_err(StoreError::io("make", path))
}

/// A file whose lock is ours as long as this lives. It is let go by name: a program that is just being started has a copy of
/// every open file until it runs, and would keep a lock that is merely closed.
#[derive(Debug)]
pub(super) struct Locked(File);

impl Locked {
    /// `Busy` when somebody else holds it.
    pub(super) fn take(file: File, path: &Path) -> Result<Self, StoreError> {
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(StoreError::Busy { path: path.to_owned() }),
            Err(TryLockError::Error(why)) => Err(StoreError::io("lock", path)(why)),
        }
    }
}

impl Deref for Locked {
    type Target = File;

    fn deref(&self) -> &File {
        &self.0
    }
}

impl DerefMut for Locked {
    fn deref_mut(&mut self) -> &mut File {
        &mut self.0
    }
}

impl Drop for Locked {
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

/// Opens, or makes, a file whose lock says that its owner is alive.
pub(super) fn lock_file(path: &Path) -> Result<Locked, StoreError> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false).mode(0o600);
    // A link planted here would have us make a file elsewhere.
    options.custom_flags(OFlags::NOFOLLOW.bits().cast_signed());
    let file = options.open(path).map_err(StoreError::io("make", path))?;
    Locked::take(file, path)
}
