//! The keyring in the kernel: what one run puts there, a later run of the same user finds, and nobody else. Where the kernel
//! gives none of it (a container, another system), these tests say so and pass.

#![cfg(target_os = "linux")]

mod other_runs;

use std::time::{Duration, Instant};

use linux_keyutils::{KeyRing, KeyRingIdentifier};
use sendoff::auth::kernel::{self, KernelTrouble};
use sendoff::mail::place::Place;
use sendoff::mail::secret::Secret;

const MINUTE: Duration = Duration::from_mins(1);

/// A place that no other test has, nor another run of them.
fn place(subject: &str) -> Place {
    Place { service: format!("test-{}:{subject}", std::process::id()), user: "ana@contoso.com".to_owned() }
}

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

async fn held(place: &Place) -> Option<String> {
    kernel::get(place.clone()).await.unwrap().map(|secret| secret.reveal().to_owned())
}

#[expect(clippy::print_stdout, reason = "a test that did not run says so")]
fn skipped(test: &str, why: &str) {
    println!("skipped: {test}: {why}");
}

/// Is there a keyring to test? Says why not. It asks the kernel and not our probe, or else what breaks the probe would silence
/// every test.
fn is_here(test: &str) -> bool {
    let ask = || KeyRing::from_special_id(KeyRingIdentifier::Thread, true)?.add_key("sendoff:is-here", "x");
    match std::thread::spawn(ask).join().unwrap() {
        Ok(_key) => true,
        Err(trouble) => {
            skipped(test, &trouble.to_string());
            false
        }
    }
}

#[tokio::test]
async fn the_probe_works_where_the_kernel_has_a_keyring() {
    if is_here("the probe works") {
        assert_eq!(kernel::probe().await, Ok(()));
    } else {
        assert!(kernel::probe().await.is_err());
    }
}

/// The key as the kernel sees it, for a thread that possesses the user keyring.
fn key(description: String) -> linux_keyutils::Metadata {
    let look = move || {
        let own = KeyRing::from_special_id(KeyRingIdentifier::Thread, true).unwrap();
        own.link_keyring_id(KeyRingIdentifier::User).unwrap();
        let user = KeyRing::from_special_id(KeyRingIdentifier::User, true).unwrap();
        user.search(&description).unwrap().metadata().unwrap()
    };
    std::thread::spawn(look).join().unwrap()
}

#[tokio::test]
async fn a_secret_comes_back_is_replaced_and_goes() {
    if !is_here("a secret comes back") {
        return;
    }
    let place = place("story");
    assert_eq!(held(&place).await, None);
    kernel::keep(place.clone(), secret("Passw\u{f6}rt 1"), MINUTE).await.unwrap();
    assert_eq!(held(&place).await.as_deref(), Some("Passw\u{f6}rt 1"));
    kernel::keep(place.clone(), secret("2"), MINUTE).await.unwrap();
    assert_eq!(held(&place).await.as_deref(), Some("2"));
    kernel::delete(place.clone()).await.unwrap();
    assert_eq!(held(&place).await, None);
    kernel::delete(place).await.unwrap();
}

#[tokio::test]
async fn a_secret_goes_by_itself_when_its_time_is_over() {
    if !is_here("a secret goes by itself") {
        return;
    }
    // Less than a second counts as one; as none it would be for ever.
    for lifetime in [Duration::from_secs(1), Duration::from_millis(1)] {
        let place = place(&format!("end-{}", lifetime.as_millis()));
        kernel::keep(place.clone(), secret("short"), lifetime).await.unwrap();
        let start = Instant::now();
        while held(&place).await.is_some() {
            assert!(start.elapsed() < Duration::from_secs(10), "{lifetime:?} lasts for ever");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        // A key whose time is over is in nobody's way.
        kernel::keep(place.clone(), secret("again"), MINUTE).await.unwrap();
        assert_eq!(held(&place).await.as_deref(), Some("again"));
        kernel::delete(place).await.unwrap();
    }
}

#[tokio::test]
async fn nothing_is_kept_for_no_time_and_no_empty_secret() {
    if !is_here("nothing is kept for no time") {
        return;
    }
    let place = place("nothing");
    for (text, lifetime) in [("x", Duration::ZERO), ("", MINUTE)] {
        kernel::keep(place.clone(), secret("older"), MINUTE).await.unwrap();
        kernel::keep(place.clone(), secret(text), lifetime).await.unwrap();
        assert_eq!(held(&place).await, None);
    }
}

#[tokio::test]
async fn a_secret_too_long_is_refused_and_takes_the_older_one_with_it() {
    if !is_here("a secret too long") {
        return;
    }
    let place = place("long");
    kernel::keep(place.clone(), secret("older"), MINUTE).await.unwrap();
    let trouble = kernel::keep(place.clone(), secret(&"x".repeat(32_768)), MINUTE).await;
    assert_eq!(trouble, Err(KernelTrouble::TooLong));
    assert_eq!(held(&place).await, None);
    // The longest that fits, where the quota has room for it.
    let longest = "y".repeat(32_767);
    match kernel::keep(place.clone(), secret(&longest), MINUTE).await {
        Ok(()) => assert_eq!(held(&place).await, Some(longest)),
        Err(trouble) => assert_eq!(trouble, KernelTrouble::Full),
    }
    kernel::delete(place).await.unwrap();
}

#[tokio::test]
async fn the_key_is_open_to_its_possessor_alone() {
    if !is_here("the key is open to its possessor") {
        return;
    }
    let place = place("permissions");
    kernel::keep(place.clone(), secret("x"), MINUTE).await.unwrap();
    let key = key(format!("sendoff:{}:{}", place.service, place.user));
    assert_eq!(format!("{:08x}", key.get_perms().bits()), "3f000000");
    kernel::delete(place).await.unwrap();
}

#[tokio::test]
async fn no_two_places_share_a_key() {
    if !is_here("no two places share a key") {
        return;
    }
    let at = |service: &str, user: &str| Place {
        service: format!("test-{}{service}", std::process::id()),
        user: user.to_owned(),
    };
    let places = [at(":a", "b:c"), at(":a:b", "c"), at(":a", "b%3Ac"), at(":a", "b\0c"), at(":a", "b")];
    for (number, place) in places.iter().enumerate() {
        kernel::keep(place.clone(), secret(&format!("secret {number}")), MINUTE).await.unwrap();
    }
    for (number, place) in places.into_iter().enumerate() {
        assert_eq!(held(&place).await, Some(format!("secret {number}")));
        kernel::delete(place).await.unwrap();
    }
}

#[tokio::test]
async fn what_is_no_text_is_no_secret() {
    if !is_here("what is no text") {
        return;
    }
    let place = place("octets");
    let description = format!("sendoff:{}:{}", place.service, place.user);
    let put = move || {
        let own = KeyRing::from_special_id(KeyRingIdentifier::Thread, true).unwrap();
        own.link_keyring_id(KeyRingIdentifier::User).unwrap();
        let user = KeyRing::from_special_id(KeyRingIdentifier::User, true).unwrap();
        user.add_key(&description, &b"\xff\xfe"[..]).unwrap().set_timeout(60).unwrap();
    };
    std::thread::spawn(put).join().unwrap();
    assert_eq!(kernel::get(place.clone()).await.err(), Some(KernelTrouble::NotText));
    kernel::delete(place.clone()).await.unwrap();
    assert_eq!(held(&place).await, None);
}
