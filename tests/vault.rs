//! The passphrase vault: what goes in comes out, for the passphrase alone, and nothing that was done to the file goes unseen.

mod keeper;
mod story;

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::time::{Duration, Instant};

use sendoff::auth::vault::{Vault, VaultError};
use sendoff::mail::place::Place;
use sendoff::mail::secret::Secret;
use sendoff::store::{StoreError, vault};

use crate::support::canary::{forms, is_in};

const PASSPHRASE: &str = "canary-Xq7#vB2-passphrase";
const PASSWORD: &str = "canary-\"Zm4\\kP9\u{e9}\t-password";
/// A test should not take a second for each vault.
const CHEAP: u8 = 1;
/// A vault in which somebody else's age left this much work, and nothing else that is right.
const COSTLY: &str = "age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 21\n\
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n0123456789abcdef";

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

fn place(service: &str, user: &str) -> Place {
    Place { service: service.to_owned(), user: user.to_owned() }
}

fn work() -> Place {
    place("sendoff:smtp.office365.com", "ana@contoso.com")
}

/// A vault with one password in it.
fn filled() -> Vault {
    let mut vault = Vault::new(secret(PASSPHRASE));
    vault.put(&work(), &secret(PASSWORD));
    vault
}

fn open(bytes: &[u8]) -> Result<Vault, VaultError> {
    Vault::open(bytes, secret(PASSPHRASE))
}

#[track_caller]
fn assert_holds(vault: &Vault, place: &Place, expected: &str) {
    assert!(
        vault.get(place).expect("something is kept there").reveal() == expected,
        "it holds something else"
    );
}

/// Why it does not open; a vault itself cannot be shown.
#[track_caller]
fn refusal(bytes: &[u8]) -> VaultError {
    open(bytes).err().expect("such a vault is refused")
}

#[test]
fn what_was_put_in_comes_out_again() {
    let mut vault = filled();
    let sign_in = place("sendoff-sign-in:login/tenant/client", "ana@contoso.com");
    vault.put(&sign_in, &secret("first"));
    vault.put(&sign_in, &secret("second"));
    vault.put(&place("sendoff:smtp.office365.com", "bob@fabrikam.com"), &secret(""));

    let mut vault = open(&vault.seal_with(CHEAP).unwrap()).unwrap();
    assert_holds(&vault, &work(), PASSWORD);
    assert_holds(&vault, &sign_in, "second");
    assert!(vault.get(&place("sendoff:smtp.office365.com", "carol@contoso.com")).is_none());
    let names: Vec<_> = vault.names().collect();
    assert_eq!(
        names,
        [
            ("sendoff-sign-in:login/tenant/client", "ana@contoso.com"),
            ("sendoff:smtp.office365.com", "ana@contoso.com"),
            ("sendoff:smtp.office365.com", "bob@fabrikam.com"),
        ]
    );

    assert!(vault.delete(&sign_in));
    assert!(!vault.delete(&sign_in), "it is gone already");
    let vault = open(&vault.seal_with(CHEAP).unwrap()).unwrap();
    assert!(vault.get(&sign_in).is_none());
    assert_eq!(vault.names().count(), 2);
}

#[test]
fn an_empty_vault_is_a_vault() {
    let bytes = Vault::new(secret(PASSPHRASE)).seal_with(CHEAP).unwrap();
    assert_eq!(open(&bytes).unwrap().names().count(), 0);
}

#[test]
fn another_passphrase_opens_nothing() {
    let bytes = filled().seal_with(CHEAP).unwrap();
    for wrong in ["", "canary-Xq7#vB2-passphras", "canary-Xq7#vB2-passphrase "] {
        let error = Vault::open(&bytes, secret(wrong)).err();
        assert_eq!(error, Some(VaultError::WrongPassphrase), "{wrong:?}");
    }
}

#[test]
fn a_vault_cut_off_anywhere_is_damaged() {
    let mut vault = Vault::new(secret(PASSPHRASE));
    vault.put(&place("s", "u"), &secret("x"));
    let bytes = vault.seal_with(CHEAP).unwrap();
    for len in 0..bytes.len() {
        assert_eq!(refusal(&bytes[..len]), VaultError::Damaged, "{len} octets of {}", bytes.len());
    }
}

#[test]
fn nothing_can_be_altered_unseen() {
    let bytes = filled().seal_with(CHEAP).unwrap();
    let head = bytes.windows(4).position(|four| four == b"\n---").expect("the head of a vault ends so") + 49;
    let altered = |at: usize| {
        let mut altered = bytes.clone();
        altered[at] ^= 1;
        refusal(&altered)
    };
    for at in (0..head).step_by(5) {
        altered(at);
    }
    // What follows the head can only be damage: the passphrase was right by then.
    for at in (head..bytes.len()).step_by(7) {
        assert_eq!(altered(at), VaultError::Damaged, "octet {at}");
    }
    assert_eq!(refusal(&[&bytes[..], b"x"].concat()), VaultError::Damaged, "something was added");
}

#[test]
fn a_vault_that_costs_too_much_is_refused_at_once() {
    let began = Instant::now();
    assert_eq!(refusal(COSTLY.as_bytes()), VaultError::TooCostly);
    assert_eq!(refusal(COSTLY.replace(" 21\n", " 63\n").as_bytes()), VaultError::TooCostly);
    // The work itself would take minutes in a build for tests.
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    assert_eq!(filled().seal_with(21).err(), Some(VaultError::TooCostly), "it could never be opened");
}

#[test]
fn what_is_no_vault_is_called_so() {
    let mut recipient = age::scrypt::Recipient::new(age::secrecy::SecretString::from(PASSPHRASE.to_owned()));
    recipient.set_work_factor(CHEAP);
    let other_content =
        |text: &str| refusal(&age::encrypt(&recipient, text.as_bytes()).expect("age encrypts"));
    for text in [PASSWORD, "", "[]", "{\"sendoff:host\": \"canary\"}", "{\"a\": {\"b\": 1}}"] {
        assert_eq!(other_content(text), VaultError::NotAVault, "{text:?}");
    }
    let key = age::x25519::Identity::generate().to_public();
    assert_eq!(refusal(&age::encrypt(&key, b"{}").unwrap()), VaultError::NotAVault);
    assert_eq!(refusal(b"-----BEGIN AGE ENCRYPTED FILE-----\n"), VaultError::NotAVault);
    assert_eq!(refusal(b"password = \"x\"\n"), VaultError::NotAVault);
}

#[test]
fn neither_the_file_nor_an_error_gives_a_secret_away() {
    let bytes = filled().seal_with(CHEAP).unwrap();
    let all = [forms(PASSPHRASE), forms(PASSWORD), forms("ana@contoso.com"), forms("office365")];
    assert!(!is_in(&bytes, &all.concat()));
    let errors =
        [VaultError::WrongPassphrase, VaultError::NotAVault, VaultError::TooCostly, VaultError::Damaged];
    for error in errors {
        let said = format!("{error} {error:?}");
        assert!(said.contains("vault") && said.contains("; "), "{said}");
        assert!(!is_in(said.as_bytes(), &all.concat()), "{said}");
    }
    assert_ne!(bytes, filled().seal_with(CHEAP).unwrap(), "each sealing has a key of its own");
}

/// A change that says what was there before.
fn replace(folder: &Path, by: Option<&[u8]>) -> Option<Vec<u8>> {
    let mut was = None;
    let result = vault::update(folder, |before| {
        was = before;
        Ok::<_, StoreError>(by.map(<[u8]>::to_vec))
    });
    result.unwrap();
    was
}

#[test]
fn the_file_comes_stays_private_and_goes() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("state");
    assert_eq!(vault::read(&folder).unwrap(), None);
    assert_eq!(replace(&folder, None), None, "nothing is made of nothing");
    assert!(!folder.join("vault.age").exists());

    assert_eq!(replace(&folder, Some(b"first")), None);
    // Whoever opened it to others does not keep it so.
    fs::set_permissions(folder.join("vault.age"), fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(replace(&folder, Some(b"second")).as_deref(), Some(&b"first"[..]));
    assert_eq!(vault::read(&folder).unwrap().as_deref(), Some(&b"second"[..]));
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    for entry in fs::read_dir(&folder).unwrap() {
        assert_eq!(mode(&entry.unwrap().path()), 0o600);
    }

    assert_eq!(replace(&folder, None).as_deref(), Some(&b"second"[..]));
    assert_eq!(vault::read(&folder).unwrap(), None);
}

#[test]
fn the_second_of_two_writers_is_told_and_loses_nothing() {
    let home = tempfile::tempdir().unwrap();
    let result = vault::update(home.path(), |_none| {
        let second = vault::update::<StoreError>(home.path(), |_| unreachable!("the first is not done"));
        let error = second.unwrap_err();
        assert!(matches!(error, StoreError::Busy { .. }), "{error}");
        assert!(error.to_string().ends_with("vault.lock is in use by another sendoff"), "{error}");
        Ok::<_, StoreError>(Some(b"of the first".to_vec()))
    });
    result.unwrap();
    assert_eq!(replace(home.path(), Some(b"of the second")).as_deref(), Some(&b"of the first"[..]));
}

#[test]
fn a_change_that_fails_changes_nothing() {
    let home = tempfile::tempdir().unwrap();
    replace(home.path(), Some(b"before"));
    let failed = vault::update(home.path(), |_| Err(StoreError::NoHome));
    assert!(matches!(failed, Err(StoreError::NoHome)));
    assert_eq!(vault::read(home.path()).unwrap().as_deref(), Some(&b"before"[..]));
    assert_eq!(replace(home.path(), None).as_deref(), Some(&b"before"[..]), "and the lock is free again");
}

#[test]
fn a_file_that_is_too_long_is_neither_written_nor_read() {
    let home = tempfile::tempdir().unwrap();
    let most = vec![b'a'; 1024 * 1024];
    replace(home.path(), Some(&most));
    assert_eq!(vault::read(home.path()).unwrap().map(|bytes| bytes.len()), Some(most.len()));

    let longer = [&most[..], b"a"].concat();
    let error = vault::update(home.path(), |_| Ok::<_, StoreError>(Some(longer.clone()))).unwrap_err();
    assert!(error.to_string().contains("cannot write") && error.to_string().contains("1 MiB"), "{error}");
    assert_eq!(fs::read(home.path().join("vault.age")).unwrap().len(), most.len(), "it is as it was");

    fs::write(home.path().join("vault.age"), longer).unwrap();
    let error = vault::read(home.path()).unwrap_err().to_string();
    assert!(error.contains("cannot read") && error.contains("1 MiB"), "{error}");
}

#[test]
fn a_link_or_a_folder_in_its_place_is_left_alone() {
    let home = tempfile::tempdir().unwrap();
    let elsewhere = home.path().join("elsewhere");
    fs::write(&elsewhere, "mine").unwrap();
    symlink(&elsewhere, home.path().join("vault.age")).unwrap();
    let error = vault::update(home.path(), |_| Ok::<_, StoreError>(None)).unwrap_err();
    assert!(error.to_string().contains("not a regular file"), "{error}");
    assert_eq!(fs::read_to_string(elsewhere).unwrap(), "mine");
}
