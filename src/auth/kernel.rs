//! The keyring in the kernel of Linux: secrets that outlive this run by some hours, in memory alone. An opt-in cache.
//!
//! The keys lie in the user keyring, which every later run of the same user reaches, over SSH too, until their time is over. It
//! is a shield against other users and against the disk, and none against other programs of the same user. From Linux 5.3 on it
//! outlives the last process of the user; before that it goes with it. keyrings(7), user-keyring(7).

use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::timeout;

use crate::mail::place::Place;
use crate::mail::secret::Secret;

use ring::Ring;

#[cfg(target_os = "linux")]
mod ring;
#[cfg(not(target_os = "linux"))]
#[path = "kernel/nowhere.rs"]
mod ring;

const LIMIT: Duration = Duration::from_secs(3);
/// Octets: the most that a key of type `user` holds. Where the quota is the usual one, a user's keys hold 20,000 together.
const MOST: usize = 32_767;
/// The dummy of a probe that is cut off goes by itself.
const DUMMY_LIFETIME: Duration = Duration::from_secs(10);

/// Why the cache is of no use here. None of these is an error of the user: without it, the person is asked once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KernelTrouble {
    #[error("secrets are kept between runs in the kernel of Linux alone, and this is another system")]
    NotLinux,
    #[error("the kernel keyring is closed to programs here (usual in a container)")]
    Forbidden,
    #[error("this kernel has no keyring, or hides it (usual in a container)")]
    Missing,
    #[error("the kernel keyring is full: this user's quota is used up (/proc/key-users says by how much)")]
    Full,
    #[error("what was put into the kernel keyring did not come back")]
    Lost,
    #[error("what was removed from the kernel keyring is still there")]
    Sticky,
    #[error("the kernel keyring did not answer in 3 s")]
    Silent,
    #[error("the kernel keyring refused")]
    Refused,
    #[error("the secret is longer than 32,767 octets, and the kernel keyring holds no more")]
    TooLong,
    #[error("what the kernel keyring holds is not text, so it is no password or token")]
    NotText,
}

/// Tries the cache with a dummy: put by one thread, read and removed by others, as later runs would.
pub async fn probe() -> Result<(), KernelTrouble> {
    timeout(LIMIT, try_a_dummy()).await.unwrap_or(Err(KernelTrouble::Silent))
}

/// The secret in `place`, if its time is not over.
pub async fn get(place: Place) -> Result<Option<Secret>, KernelTrouble> {
    on_thread(move |ring| ring.get(&name(&place))).await
}

/// Keeps a secret in `place` for `lifetime` (in whole seconds, begun ones count), replacing an older one. Where that fails the
/// older one goes all the same: a password of yesterday is worse than none. Nothing kept for no time leaves the place empty.
pub async fn keep(place: Place, secret: Secret, lifetime: Duration) -> Result<(), KernelTrouble> {
    on_thread(move |ring| {
        let name = name(&place);
        if secret.is_empty() || lifetime.is_zero() {
            return ring.forget(&name);
        }
        let kept = if secret.reveal().len() > MOST {
            Err(KernelTrouble::TooLong)
        } else {
            ring.keep(&name, &secret, seconds(lifetime))
        };
        kept.inspect_err(|_trouble| {
            // What went wrong with the new one says more than what may go wrong here.
            let _ = ring.forget(&name);
        })
    })
    .await
}

/// Empties `place`; that it was empty before is no error.
pub async fn delete(place: Place) -> Result<(), KernelTrouble> {
    on_thread(move |ring| ring.forget(&name(&place))).await
}

async fn try_a_dummy() -> Result<(), KernelTrouble> {
    // A name of its own, since two runs may try at once.
    let number = getrandom::u64().map_err(|_error| KernelTrouble::Refused)?.to_string();
    let place = Place { service: "probe".to_owned(), user: number.clone() };
    keep(place.clone(), Secret::new(number.clone()), DUMMY_LIFETIME).await?;
    let is_back = get(place.clone()).await?.is_some_and(|dummy| dummy.reveal() == number);
    delete(place.clone()).await?;
    match get(place).await? {
        _ if !is_back => Err(KernelTrouble::Lost),
        Some(_dummy) => Err(KernelTrouble::Sticky),
        None => Ok(()),
    }
}

/// `sendoff:<service>:<user>`: what keyctl(1) shows. A colon in the user is written `%3A`, so that no two places share a name.
fn name(place: &Place) -> String {
    format!("sendoff:{}:{}", escaped(&place.service, "%"), escaped(&place.user, "%:"))
}

fn escaped(text: &str, marks: &str) -> String {
    let one = |c: char| {
        let is_plain = !c.is_control() && !marks.contains(c);
        if is_plain { c.to_string() } else { format!("%{:02X}", u32::from(c)) }
    };
    text.chars().map(one).collect()
}

/// Never 0, which would be for ever.
fn seconds(lifetime: Duration) -> u32 {
    let begun = u64::from(lifetime.subsec_nanos() > 0);
    u32::try_from(lifetime.as_secs().saturating_add(begun)).unwrap_or(u32::MAX).max(1)
}

/// A thread for this one call, and none of a pool: what a thread may do with a key hangs on keyrings of its own, and they end
/// with it.
async fn on_thread<T: Send + 'static>(
    call: impl FnOnce(&Ring) -> Result<T, KernelTrouble> + Send + 'static,
) -> Result<T, KernelTrouble> {
    let (answer, answered) = oneshot::channel();
    let work = move || {
        // Nobody listens any more when the deadline has passed.
        let _ = answer.send(Ring::open().and_then(|ring| call(&ring)));
    };
    std::thread::Builder::new()
        .name("kernel-keyring".to_owned())
        .spawn(work)
        .map_err(|_error| KernelTrouble::Refused)?;
    match timeout(LIMIT, answered).await {
        Err(_elapsed) => Err(KernelTrouble::Silent),
        Ok(Err(_panicked)) => Err(KernelTrouble::Refused),
        Ok(Ok(result)) => result,
    }
}
