//! Whoever has the vault: a thread that reads and writes its file, and knows the passphrase once it was given.
//!
//! One at a time, so that the passphrase is asked once a run however many sends wait for it; on a thread of its own, since
//! scrypt takes about a second of a core and a disk may hang.

use std::path::PathBuf;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use tokio::sync::oneshot;

use crate::auth::vault::{Vault, VaultError};
use crate::mail::place::Place;
use crate::mail::secret::Secret;
use crate::mail::stores::Wish;
use crate::store::{self, StoreError};

/// Why the vault is of no use now.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultTrouble {
    #[error("there is no vault yet")]
    Absent,
    #[error("the vault is locked, and nobody gave its passphrase")]
    Locked,
    #[error("no passphrase was chosen for a vault")]
    Unwanted,
    #[error("{0}")]
    Failed(String),
}

impl From<VaultError> for VaultTrouble {
    fn from(error: VaultError) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<StoreError> for VaultTrouble {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.to_string())
    }
}

/// Whoever can say the passphrase. All of it may block.
pub trait Latch: Send + 'static {
    /// From a person, who may think for as long as it takes; `None` is "no".
    fn ask(&mut self, wish: Wish) -> Option<Secret>;

    /// From an earlier run.
    fn remembered(&mut self) -> Option<Secret>;

    /// It opened, or made, the vault.
    fn worked(&mut self, passphrase: &Secret);
}

/// How the file stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    Absent,
    Locked,
    Open,
}

/// May a person be asked for the passphrase?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    Allowed,
    Forbidden,
}

type Answer<T> = oneshot::Sender<Result<T, VaultTrouble>>;

enum Order {
    Get(Place, Asking, Answer<Option<Secret>>),
    Keep(Place, Secret, Answer<()>),
    Delete(Place, Answer<bool>),
    Look(Answer<Door>),
}

/// The way to that thread. It ends with the last of these.
#[derive(Clone)]
pub struct Keeper(mpsc::Sender<Order>);

impl Keeper {
    /// For the vault in `folder`, with this way to its passphrase.
    pub fn begin(folder: PathBuf, latch: impl Latch) -> Self {
        let (orders, desk) = mpsc::channel();
        thread::spawn(move || Room { folder, latch, opened: None }.serve(&desk));
        Self(orders)
    }

    /// What is in `place`.
    pub async fn get(&self, place: Place, asking: Asking) -> Result<Option<Secret>, VaultTrouble> {
        self.order(|answer| Order::Get(place, asking, answer)).await
    }

    /// Keeps a secret in `place`, in a new vault if there is none and somebody chooses a passphrase for it.
    pub async fn keep(&self, place: Place, secret: Secret) -> Result<(), VaultTrouble> {
        self.order(|answer| Order::Keep(place, secret, answer)).await
    }

    /// Empties `place`, and says whether there was something in it. The last secret takes the file along.
    pub async fn delete(&self, place: Place) -> Result<bool, VaultTrouble> {
        self.order(|answer| Order::Delete(place, answer)).await
    }

    pub async fn door(&self) -> Result<Door, VaultTrouble> {
        self.order(Order::Look).await
    }

    async fn order<T>(&self, order: impl FnOnce(Answer<T>) -> Order) -> Result<T, VaultTrouble> {
        let (answer, given) = oneshot::channel();
        let _ = self.0.send(order(answer));
        given.await.unwrap_or_else(|_ended| {
            Err(VaultTrouble::Failed("the vault was closed by a fault of ours".into()))
        })
    }
}

/// How often, and after which pause, a file that another sendoff is at is tried again: sealing takes about a second.
const TRIES: u32 = 40;
const PAUSE: Duration = Duration::from_millis(250);

struct Room<L> {
    folder: PathBuf,
    latch: L,
    opened: Option<Opened>,
}

/// The vault as it was in these octets of the file.
struct Opened {
    bytes: Vec<u8>,
    vault: Vault,
}

impl<L: Latch> Room<L> {
    fn serve(mut self, desk: &mpsc::Receiver<Order>) {
        while let Ok(order) = desk.recv() {
            match order {
                Order::Get(place, asking, answer) => {
                    // Whoever asked may have gone meanwhile; then nobody else is troubled.
                    if !answer.is_closed() {
                        let _ = answer.send(self.open(asking).map(|vault| vault.get(&place)));
                    }
                }
                Order::Keep(place, secret, answer) => {
                    let _ = answer.send(self.keep(&place, &secret));
                }
                Order::Delete(place, answer) => {
                    let _ = answer.send(self.delete(&place));
                }
                Order::Look(answer) => {
                    let _ = answer.send(self.look());
                }
            }
        }
    }

    fn look(&self) -> Result<Door, VaultTrouble> {
        Ok(match (store::vault::read(&self.folder)?, &self.opened) {
            (None, _) => Door::Absent,
            (Some(bytes), Some(opened)) if bytes == opened.bytes => Door::Open,
            (Some(_), _) => Door::Locked,
        })
    }

    fn open(&mut self, asking: Asking) -> Result<&mut Vault, VaultTrouble> {
        let bytes = store::vault::read(&self.folder)?.ok_or(VaultTrouble::Absent)?;
        self.unlock(bytes, asking)
    }

    fn unlock(&mut self, bytes: Vec<u8>, asking: Asking) -> Result<&mut Vault, VaultTrouble> {
        let before = self.opened.take();
        let vault = match before {
            Some(opened) if opened.bytes == bytes => opened.vault,
            // Another sendoff has changed it, most likely under the same passphrase.
            Some(opened) => match Vault::open(&bytes, opened.vault.into_passphrase()) {
                Err(VaultError::WrongPassphrase) => self.ask_and_open(&bytes, asking)?,
                done => done?,
            },
            None => self.ask_and_open(&bytes, asking)?,
        };
        Ok(&mut self.opened.insert(Opened { bytes, vault }).vault)
    }

    fn ask_and_open(&mut self, bytes: &[u8], asking: Asking) -> Result<Vault, VaultTrouble> {
        let mut wish = Wish { is_new: false, why: None };
        if let Some(passphrase) = self.latch.remembered() {
            match Vault::open(bytes, passphrase) {
                // Changed since, by a person who knows the new one.
                Err(VaultError::WrongPassphrase) => {}
                done => return Ok(done?),
            }
        }
        if asking == Asking::Forbidden {
            return Err(VaultTrouble::Locked);
        }
        loop {
            let passphrase = self.latch.ask(wish.clone()).ok_or(VaultTrouble::Locked)?;
            match Vault::open(bytes, passphrase) {
                Err(VaultError::WrongPassphrase) => wish.why = Some("this is not its passphrase"),
                done => {
                    let vault = done?;
                    self.latch.worked(vault.passphrase());
                    return Ok(vault);
                }
            }
        }
    }

    fn keep(&mut self, place: &Place, secret: &Secret) -> Result<(), VaultTrouble> {
        match self.open(Asking::Allowed) {
            Err(VaultTrouble::Absent) => {
                let wish = Wish { is_new: true, why: None };
                let passphrase = self.latch.ask(wish).ok_or(VaultTrouble::Unwanted)?;
                self.latch.worked(&passphrase);
                self.opened = Some(Opened { bytes: Vec::new(), vault: Vault::new(passphrase) });
            }
            done => drop(done?),
        }
        self.change(|vault| vault.put(place, secret))
    }

    fn delete(&mut self, place: &Place) -> Result<bool, VaultTrouble> {
        match self.open(Asking::Allowed) {
            Err(VaultTrouble::Absent) => return Ok(false),
            Ok(vault) if vault.get(place).is_none() => return Ok(false),
            done => drop(done?),
        }
        self.change(|vault| vault.delete(place))
    }

    /// Changes the file of the vault that is open. Between opening and this another sendoff may have written it, so it is read
    /// again under the lock.
    fn change<T>(&mut self, mut change: impl FnMut(&mut Vault) -> T) -> Result<T, VaultTrouble> {
        let folder = self.folder.clone();
        let mut tries = 0;
        loop {
            let mut done = None;
            let changed = store::vault::update::<Busy>(&folder, |before| {
                let vault = self.in_hand(before)?;
                done = Some(change(vault));
                let sealed = vault.names().next().is_some().then(|| vault.seal()).transpose();
                let sealed = sealed.map_err(VaultTrouble::from)?;
                let opened = self.opened.as_mut().expect("it was just changed");
                opened.bytes = sealed.clone().unwrap_or_default();
                Ok(sealed)
            });
            match (changed, done) {
                (Ok(()), Some(done)) => return Ok(done),
                (Err(Busy::Elsewhere), _) if tries < TRIES => {
                    tries += 1;
                    thread::sleep(PAUSE);
                }
                (Err(Busy::Elsewhere), _) => {
                    return Err(VaultTrouble::Failed("another sendoff is at the vault; try again".into()));
                }
                (Err(Busy::Not(trouble)), _) => {
                    // What is in memory may be ahead of the file.
                    self.reread();
                    return Err(trouble);
                }
                (Ok(()), None) => return Err(VaultTrouble::Absent),
            }
        }
    }

    /// The vault of these octets, which most likely is the one that is open.
    fn in_hand(&mut self, before: Option<Vec<u8>>) -> Result<&mut Vault, VaultTrouble> {
        if let Some(bytes) = before {
            return self.unlock(bytes, Asking::Forbidden);
        }
        // Removed meanwhile, or not there yet: it begins anew, under the passphrase that is known.
        let opened = self.opened.take().ok_or(VaultTrouble::Absent)?;
        let vault = Vault::new(opened.vault.into_passphrase());
        Ok(&mut self.opened.insert(Opened { bytes: Vec::new(), vault }).vault)
    }

    /// Makes the next look at the file open it again, under the passphrase that is known.
    fn reread(&mut self) {
        if let Some(opened) = &mut self.opened {
            opened.bytes.clear();
        }
    }
}

/// Is it only that somebody else is at the file?
enum Busy {
    Elsewhere,
    Not(VaultTrouble),
}

impl From<StoreError> for Busy {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy { .. } => Self::Elsewhere,
            error => Self::Not(error.into()),
        }
    }
}

impl From<VaultTrouble> for Busy {
    fn from(trouble: VaultTrouble) -> Self {
        Self::Not(trouble)
    }
}
