//! The passphrase vault: secrets in one file of age's format, for hosts without a keyring. Octets in, octets out.
//!
//! Inside is JSON, service to user to secret, so that `age -d` shows a person what is theirs. Opening and sealing each take
//! about a second of one core on purpose, so both belong on a worker thread.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::iter;

use age::secrecy::SecretString;
use age::{DecryptError, Decryptor, scrypt};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroizing;

use crate::mail::place::Place;
use crate::mail::secret::Secret;

/// scrypt's N is two to the power of this: 256 MiB of memory and 0.7 s of one core, as `age -p` has it.
const WORK_FACTOR: u8 = 18;
/// The most that is accepted from a file: four times the time, 1 GiB. Above that a planted file could hold up the machine.
const COSTLIEST: u8 = 20;
/// How every file of age's begins.
const MAGIC: &[u8] = b"age-encryption.org/v1\n";

/// Why a vault cannot be opened, or not be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    #[error(
        "the vault stays closed: this is not its passphrase, or the head of the file was altered; try again, or put back a copy of it"
    )]
    WrongPassphrase,
    #[error(
        "this is no vault of sendoff: age did not encrypt it with a passphrase, or something else is inside; move it away to begin a new one"
    )]
    NotAVault,
    #[error(
        "the vault stays closed: its work factor is above 20, and would take more than 1 GiB of memory; encrypt it anew with age -p"
    )]
    TooCostly,
    #[error(
        "the vault is damaged: a part of the file is missing or was altered; put back a copy of it, or move it away to begin a new one"
    )]
    Damaged,
}

impl From<DecryptError> for VaultError {
    fn from(error: DecryptError) -> Self {
        match error {
            DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => Self::WrongPassphrase,
            DecryptError::ExcessiveWork { .. } => Self::TooCostly,
            DecryptError::NoMatchingKeys => Self::NotAVault,
            // InvalidHeader, InvalidMac, UnknownFormat of what begins as version 1; Io at the end of the octets.
            _ => Self::Damaged,
        }
    }
}

/// Secrets by place, and the passphrase that seals them. Has no `Debug` on purpose; its memory is wiped when it goes.
pub struct Vault {
    passphrase: Secret,
    kept: BTreeMap<String, BTreeMap<String, Kept>>,
}

impl Vault {
    /// An empty one.
    pub fn new(passphrase: Secret) -> Self {
        Self { passphrase, kept: BTreeMap::new() }
    }

    /// Reads what [`Self::seal`] or `age -p` made. Blocks for about a second.
    pub fn open(bytes: &[u8], passphrase: Secret) -> Result<Self, VaultError> {
        if !bytes.starts_with(MAGIC) {
            let is_cut_off = MAGIC.starts_with(bytes);
            return Err(if is_cut_off { VaultError::Damaged } else { VaultError::NotAVault });
        }
        let decryptor = Decryptor::new_buffered(bytes)?;
        let mut identity = scrypt::Identity::new(for_age(&passphrase));
        identity.set_max_work_factor(COSTLIEST);
        let mut reader = decryptor.decrypt(iter::once(&identity as &dyn age::Identity))?;
        // All at once: a buffer that grows would leave copies of secrets behind.
        let mut text = Zeroizing::new(Vec::with_capacity(bytes.len()));
        reader.read_to_end(&mut text).map_err(|_altered| VaultError::Damaged)?;
        // What serde_json says of a text may quote it.
        let kept = serde_json::from_slice(&text).map_err(|_may_quote| VaultError::NotAVault)?;
        Ok(Self { passphrase, kept })
    }

    pub fn get(&self, place: &Place) -> Option<Secret> {
        let Kept(secret) = self.kept.get(&place.service)?.get(&place.user)?;
        Some(copy(secret))
    }

    /// Keeps a secret in `place`, replacing an older one.
    pub fn put(&mut self, place: &Place, secret: &Secret) {
        let users = self.kept.entry(place.service.clone()).or_default();
        users.insert(place.user.clone(), Kept(copy(secret)));
    }

    /// Empties `place`, and says whether there was something in it.
    pub fn delete(&mut self, place: &Place) -> bool {
        let Some(users) = self.kept.get_mut(&place.service) else { return false };
        let was_there = users.remove(&place.user).is_some();
        if users.is_empty() {
            self.kept.remove(&place.service);
        }
        was_there
    }

    pub fn passphrase(&self) -> &Secret {
        &self.passphrase
    }

    /// What sealed it, to open another one.
    pub fn into_passphrase(self) -> Secret {
        self.passphrase
    }

    /// The service and the user of each secret, in order.
    pub fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.kept
            .iter()
            .flat_map(|(service, users)| users.keys().map(move |user| (service.as_str(), user.as_str())))
    }

    /// The file's octets, with a salt and a key of their own each time. Blocks for about a second.
    pub fn seal(&self) -> Result<Vec<u8>, VaultError> {
        self.seal_with(WORK_FACTOR)
    }

    /// As [`Self::seal`], at another cost: a work factor of 1 to 20, each step doubling it. Less than 18 is for tests alone.
    pub fn seal_with(&self, work_factor: u8) -> Result<Vec<u8>, VaultError> {
        if work_factor > COSTLIEST {
            return Err(VaultError::TooCostly);
        }
        let mut recipient = scrypt::Recipient::new(for_age(&self.passphrase));
        recipient.set_work_factor(work_factor.max(1));
        let mut text = Zeroizing::new(Vec::with_capacity(self.most_octets()));
        serde_json::to_writer(&mut *text, &self.kept).expect("maps of text are JSON, and memory takes them");
        Ok(age::encrypt(&recipient, &text).expect("one passphrase is a valid recipient, and memory takes it"))
    }

    /// What the JSON takes at most, so that its buffer need not grow and leave copies behind.
    fn most_octets(&self) -> usize {
        // A control character becomes six octets; quotes, colon, comma and braces are at most eight a text.
        let quoted = |text: &str| text.len() * 6 + 8;
        let users = |users: &BTreeMap<String, Kept>| -> usize {
            users.iter().map(|(user, Kept(secret))| quoted(user) + quoted(secret.reveal())).sum()
        };
        8 + self.kept.iter().map(|(service, of)| quoted(service) + users(of)).sum::<usize>()
    }
}

/// A secret as the vault's JSON has it; nothing else may be made of one.
struct Kept(Secret);

impl Serialize for Kept {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.reveal())
    }
}

impl<'de> Deserialize<'de> for Kept {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(Secret::new(text)))
    }
}

fn copy(secret: &Secret) -> Secret {
    Secret::new(secret.reveal().to_owned())
}

/// The passphrase as age takes it, which wipes it, too.
fn for_age(passphrase: &Secret) -> SecretString {
    SecretString::from(passphrase.reveal().to_owned())
}
