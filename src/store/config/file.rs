//! The file under an edit: locked, compared, replaced whole.
//!
//! The lock is on the file itself, so there is no lock file to go stale or to lie about. Since each writer puts a new file in
//! place of the old one, a lock counts only as long as the locked file is still the one that has the name.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{MetadataExt as _, fchown};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use crate::store::{StoreError, atomic};

use super::{ConfigError, folder_of};

/// How often, and how long between, a lock is tried for: another sendoff holds it for as long as a write takes.
const TRIES: u32 = 100;
const PAUSE: Duration = Duration::from_millis(20);

/// The file, ours alone among sendoffs as long as this lives. Other programs do not know the lock.
pub(super) struct Held {
    /// The file behind all links.
    path: PathBuf,
    /// None: there is none yet.
    file: Option<(File, String)>,
}

impl Held {
    pub(super) fn take(named: &Path) -> Result<Self, ConfigError> {
        let path = match std::fs::canonicalize(named) {
            Ok(path) => path,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Self::absent(named),
            Err(why) => return Err(StoreError::io("find", named)(why).into()),
        };
        for _ in 0..TRIES {
            match Self::try_take(&path) {
                Ok(Some((file, text))) => return Ok(Self { path, file: Some((file, text)) }),
                Ok(None) => sleep(PAUSE),
                Err(why) if why.kind() == io::ErrorKind::PermissionDenied => {
                    return Err(ConfigError::ReadOnly(named.display().to_string()));
                }
                Err(why) if why.kind() == io::ErrorKind::ReadOnlyFilesystem => {
                    return Err(ConfigError::ReadOnly(named.display().to_string()));
                }
                Err(why) if why.kind() == io::ErrorKind::NotFound => return Self::absent(named),
                Err(why) => return Err(StoreError::io("read", named)(why).into()),
            }
        }
        Err(StoreError::Busy { path: named.to_owned() }.into())
    }

    fn absent(named: &Path) -> Result<Self, ConfigError> {
        if std::fs::symlink_metadata(named).is_ok() {
            return Err(ConfigError::Dangling(named.display().to_string()));
        }
        Ok(Self { path: named.to_owned(), file: None })
    }

    /// None: somebody else has it, or has just replaced it.
    fn try_take(path: &Path) -> io::Result<Option<(File, String)>> {
        // Opened for writing though it is replaced, since who may not write it is not meant to change it.
        let mut file = OpenOptions::new().read(true).write(true).open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            // Some file systems have no locks; there the comparison alone has to do.
            Err(TryLockError::Error(why)) if why.kind() == io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(why)) => return Err(why),
        }
        let (ours, named) = (file.metadata()?, std::fs::metadata(path)?);
        if (ours.dev(), ours.ino()) != (named.dev(), named.ino()) {
            return Ok(None);
        }
        let mut text = String::new();
        file.read_to_string(&mut text)?;
        Ok(Some((file, text)))
    }

    pub(super) fn text(&self) -> Option<&str> {
        self.file.as_ref().map(|(_, text)| text.as_str())
    }

    /// Puts `text` in its place: whole, synced, with the owner and the mode of the old file.
    pub(super) fn replace(self, text: &str) -> Result<(), ConfigError> {
        let folder = folder_of(&self.path);
        if self.file.is_none() {
            atomic::private_folder(folder)?;
        }
        let new = tempfile::NamedTempFile::new_in(folder).map_err(|why| match why.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                ConfigError::ReadOnly(self.path.display().to_string())
            }
            _ => StoreError::io("write into", folder)(why).into(),
        })?;
        let io = |doing| StoreError::io(doing, &self.path);
        (&new).write_all(text.as_bytes()).map_err(io("write"))?;
        if let Some((old, _)) = &self.file {
            let old = old.metadata().map_err(io("read"))?;
            // Only root can give a file away, and only root has to.
            let _ = fchown(new.as_file(), Some(old.uid()), Some(old.gid()));
            new.as_file().set_permissions(old.permissions()).map_err(io("set the mode of"))?;
        }
        new.as_file().sync_all().map_err(io("sync"))?;
        match self.file {
            Some(_) => new.persist(&self.path).map(drop).map_err(|error| io("replace")(error.error))?,
            None => match new.persist_noclobber(&self.path) {
                Ok(_made) => {}
                Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
                    return Err(ConfigError::ChangedElsewhere(self.path.display().to_string()));
                }
                Err(error) => return Err(io("make")(error.error).into()),
            },
        }
        Ok(atomic::sync_folder(folder)?)
    }
}
