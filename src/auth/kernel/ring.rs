//! The user keyring, in the hands of the thread that asks. keyctl(2).
//!
//! A key is open to who possesses it: who reaches it from a keyring of its own thread, process or session. A login by PAM links
//! the user keyring into the session's; other ways in do not, and there a program could put keys and never read them. So each
//! thread that asks links it into its own.

use linux_keyutils::{
    Key, KeyError, KeyPermissionsBuilder, KeyRing, KeyRingIdentifier as Special, Permission,
};
use rustix::io::Errno;
use zeroize::Zeroizing;

use crate::mail::secret::Secret;

use super::{KernelTrouble, MOST};

pub(super) struct Ring {
    /// Shared by all processes of this user.
    user: KeyRing,
    /// Of this thread alone; ends with it.
    own: KeyRing,
}

impl Ring {
    /// Takes hold of the user keyring; makes it where there is none.
    pub(super) fn open() -> Result<Self, KernelTrouble> {
        let own = KeyRing::from_special_id(Special::Thread, true)?;
        own.link_keyring_id(Special::User)?;
        Ok(Self { user: KeyRing::from_special_id(Special::User, true)?, own })
    }

    pub(super) fn get(&self, name: &str) -> Result<Option<Secret>, KernelTrouble> {
        let mut octets = Zeroizing::new(vec![0; MOST]);
        let length = if_there(self.user.search(name).and_then(|key| key.read(&mut *octets)))?;
        length.map(|length| text(octets.get(..length).ok_or(KernelTrouble::TooLong)?)).transpose()
    }

    /// Other runs see the key when it is whole: it is made in this thread's keyring, with its end and its permissions, and
    /// takes the place of an older one at one stroke.
    pub(super) fn keep(&self, name: &str, secret: &Secret, seconds: u32) -> Result<(), KernelTrouble> {
        let key = self.own.add_key(name, secret.reveal())?;
        let lifetime = usize::try_from(seconds).map_err(|_too_wide| KernelTrouble::Refused)?;
        key.set_timeout(lifetime)?;
        key.set_perms(KeyPermissionsBuilder::builder().posessor(Permission::ALL).build())?;
        Ok(self.user.link_key(key)?)
    }

    /// Invalidated rather than unlinked: the key ends in every keyring that has it.
    pub(super) fn forget(&self, name: &str) -> Result<(), KernelTrouble> {
        if_there(self.user.search(name).and_then(|key: Key| key.invalidate()))?;
        Ok(())
    }
}

/// A key whose time is over, or which another run has just removed, is no key.
fn if_there<T>(found: Result<T, KeyError>) -> Result<Option<T>, KernelTrouble> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(KeyError::KeyDoesNotExist | KeyError::KeyExpired | KeyError::KeyRevoked) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// What another program put there may be anything.
fn text(octets: &[u8]) -> Result<Secret, KernelTrouble> {
    let text = std::str::from_utf8(octets).map_err(|_not_utf8| KernelTrouble::NotText)?;
    Ok(Secret::new(text.to_owned()))
}

impl From<KeyError> for KernelTrouble {
    /// The kernel itself answers none of these calls with EPERM: that is a filter of system calls before it.
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::PermissionDenied => Self::Forbidden,
            KeyError::OperationNotSupported => Self::Missing,
            KeyError::Unknown(number) if number == Errno::NOSYS.raw_os_error() => Self::Missing,
            KeyError::QuotaExceeded => Self::Full,
            _ => Self::Refused,
        }
    }
}
