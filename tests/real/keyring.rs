//! `auth::keyring` and a real gnome-keyring: unlocked, locked, absent, deaf or dying.

use std::time::{Duration, Instant};

use rustix::process::Signal;
use sendoff::auth::keyring::{self, KeyringTrouble};
use sendoff::mail::place::Place;
use sendoff::mail::secret::Secret;

use crate::desktop::{Desktop, Keyring, on};
use crate::rig::wait_for;

/// As `secret-tool` names the place.
const ENTRY: [&str; 4] = ["service", "sendoff:smtp.office365.com", "username", "ana@contoso.com"];
const DEADLINE: Duration = Duration::from_secs(3);
/// Far more than an answer takes, and still less than the deadline.
const SOON: Duration = Duration::from_secs(2);
/// More than ASCII, to see that all of it comes back.
const KEPT: &str = "staple \u{fc}9";
const KIB: usize = 1024;

fn place() -> Place {
    Place { service: ENTRY[1].to_owned(), user: ENTRY[3].to_owned() }
}

async fn get() -> Result<Option<String>, KeyringTrouble> {
    keyring::get(place()).await.map(|secret| secret.map(|secret| secret.reveal().to_owned()))
}

async fn keep(text: &str) -> Result<(), KeyringTrouble> {
    keyring::keep(place(), Secret::new(text.to_owned())).await
}

async fn delete() -> Result<(), KeyringTrouble> {
    keyring::delete(place()).await
}

async fn holds(text: &str) {
    assert_eq!(get().await, Ok(Some(text.to_owned())));
}

/// Another program puts it where ours looks.
fn store(desktop: &Desktop, bytes: &[u8]) {
    desktop.secret_tool(&[&["store", "--label", "by hand"], &ENTRY[..]].concat(), bytes);
}

/// What another program finds where ours put it.
fn looked_up(desktop: &Desktop) -> String {
    desktop.secret_tool(&[&["lookup"], &ENTRY[..]].concat(), b"")
}

/// All three calls end in this, and none of them hangs.
async fn all_end_in(trouble: KeyringTrouble) {
    assert_eq!(get().await, Err(trouble));
    assert_eq!(keep("staple").await, Err(trouble));
    assert_eq!(delete().await, Err(trouble));
}

#[test]
fn what_is_kept_is_found_replaced_and_deleted() {
    on(Keyring::Unlocked, async |desktop| {
        assert_eq!(get().await, Ok(None));
        assert_eq!(keep("staple").await, Ok(()));
        assert_eq!(looked_up(&desktop), "staple");
        assert_eq!(keep(KEPT).await, Ok(()));
        holds(KEPT).await;
        assert_eq!(looked_up(&desktop), KEPT);
        assert_eq!(delete().await, Ok(()));
        assert_eq!((get().await, looked_up(&desktop)), (Ok(None), String::new()));
        assert_eq!(delete().await, Ok(()), "nothing is there any more, which is what was wanted");
    });
}

#[test]
fn what_another_program_stored_is_the_same_entry() {
    on(Keyring::Unlocked, async |desktop| {
        store(&desktop, KEPT.as_bytes());
        holds(KEPT).await;
        assert_eq!(keep("other").await, Ok(()));
        let all = desktop.secret_tool(&[&["search", "--all"], &ENTRY[..]].concat(), b"");
        assert_eq!(
            (all.matches("secret = ").count(), all.matches("secret = other").count()),
            (1, 1),
            "{all}"
        );
        assert_eq!(delete().await, Ok(()));
        assert_eq!(looked_up(&desktop), "");
    });
}

#[test]
fn places_are_told_apart() {
    on(Keyring::Unlocked, async |_| {
        let of_bob = || Place { user: "bob@fabrikam.com".to_owned(), ..place() };
        let token = || Place { service: "sendoff-token:smtp.office365.com".to_owned(), ..place() };
        for (place, text) in [(of_bob(), "of Bob"), (token(), "a token"), (place(), KEPT)] {
            assert_eq!(keyring::keep(place, Secret::new(text.to_owned())).await, Ok(()));
        }
        holds(KEPT).await;
        assert_eq!(keyring::delete(of_bob()).await, Ok(()));
        holds(KEPT).await;
        assert!(keyring::get(token()).await.unwrap().unwrap().reveal() == "a token");
    });
}

#[test]
fn what_is_no_password_is_neither_kept_nor_read() {
    on(Keyring::Unlocked, async |desktop| {
        store(&desktop, b"\xff\xfe of another program");
        assert_eq!(get().await, Err(KeyringTrouble::NotText));

        let entry = ::keyring::Entry::new(ENTRY[1], ENTRY[3]).unwrap();
        entry.set_secret(&vec![b'x'; 64 * KIB + 1]).unwrap();
        assert_eq!(get().await, Err(KeyringTrouble::TooLong));
        assert_eq!(keep(KEPT).await, Ok(()));
        assert_eq!(keep(&"x".repeat(64 * KIB + 1)).await, Err(KeyringTrouble::TooLong));
        holds(KEPT).await;

        let longest = "x".repeat(64 * KIB);
        assert_eq!(keep(&longest).await, Ok(()));
        holds(&longest).await;
    });
}

#[test]
fn a_locked_keyring_is_not_waited_for() {
    on(Keyring::Unlocked, async |desktop| {
        store(&desktop, KEPT.as_bytes());
        desktop.lock();
        let began = Instant::now();
        all_end_in(KeyringTrouble::Locked).await;
        assert!(began.elapsed() < SOON, "{:?}", began.elapsed());
    });
}

#[test]
fn a_keyring_that_was_never_opened_has_nothing_and_keeps_nothing() {
    on(Keyring::Fresh, async |_| {
        assert_eq!(get().await, Ok(None));
        assert_eq!(keep("staple").await, Err(KeyringTrouble::Locked));
        assert_eq!(delete().await, Ok(()));
    });
}

#[test]
fn no_bus_and_a_bus_without_a_keyring_are_the_same() {
    for keyring in [Keyring::NoBus, Keyring::Nobody] {
        on(keyring, async |_| {
            let began = Instant::now();
            all_end_in(KeyringTrouble::Absent).await;
            assert!(began.elapsed() < SOON, "{:?}", began.elapsed());
        });
    }
}

#[test]
fn a_bus_that_never_answers_is_given_up_after_three_seconds() {
    on(Keyring::Silent, async |_| {
        let began = Instant::now();
        assert_eq!(get().await, Err(KeyringTrouble::Silent));
        let took = began.elapsed();
        assert!((DEADLINE..DEADLINE + SOON).contains(&took), "{took:?}");
    });
}

#[test]
fn a_keyring_that_hangs_is_heard_again_once_it_answers() {
    on(Keyring::Unlocked, async |desktop| {
        assert_eq!(keep(KEPT).await, Ok(()));
        desktop.signal(Signal::STOP);
        assert_eq!(get().await, Err(KeyringTrouble::Silent));
        desktop.signal(Signal::CONT);
        holds(KEPT).await;
    });
}

#[test]
fn a_keyring_that_dies_in_the_middle_is_not_taken_for_none() {
    on(Keyring::Unlocked, async |desktop| {
        assert_eq!(keep(KEPT).await, Ok(()));
        let mut calls = desktop.calls();
        desktop.signal(Signal::STOP);
        let began = Instant::now();
        let killed = async {
            calls.until("member=SearchItems");
            desktop.signal(Signal::KILL);
        };
        let (got, ()) = tokio::join!(get(), killed);
        assert_eq!(got, Err(KeyringTrouble::Lost));
        assert!(began.elapsed() < SOON, "its end is noticed, not the deadline: {:?}", began.elapsed());

        // Its sessions ended with it: a process that had one has to begin anew.
        desktop.unlock();
        wait_for("the entry", || Some(looked_up(&desktop)).filter(|text| text == KEPT));
        assert_eq!(get().await, Err(KeyringTrouble::Lost));
    });
}
