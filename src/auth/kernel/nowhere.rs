//! What stands for the keyring of the kernel on systems that have none: it never opens.

use crate::mail::secret::Secret;

use super::KernelTrouble;

/// There is no value of it.
pub(super) enum Ring {}

impl Ring {
    pub(super) fn open() -> Result<Self, KernelTrouble> {
        Err(KernelTrouble::NotLinux)
    }

    pub(super) fn get(&self, _name: &str) -> Result<Option<Secret>, KernelTrouble> {
        match *self {}
    }

    pub(super) fn keep(&self, _name: &str, _secret: &Secret, _seconds: u32) -> Result<(), KernelTrouble> {
        match *self {}
    }

    pub(super) fn forget(&self, _name: &str) -> Result<(), KernelTrouble> {
        match *self {}
    }
}
