//! The vault and the real age: each opens what the other made.

use sendoff::auth::vault::Vault;
use sendoff::mail::place::Place;
use sendoff::mail::secret::Secret;

use crate::support::terminal::{Home, Terminal};

const PASSPHRASE: &str = "correct horse battery";
const JSON: &str = "{\"sendoff:smtp.office365.com\":{\"ana@contoso.com\":\"staple \\\"9\\\"\"}}";
/// Cheaper than a person's, since scrypt is slow in a build for tests.
const CHEAP: u8 = 10;

fn place() -> Place {
    Place { service: "sendoff:smtp.office365.com".to_owned(), user: "ana@contoso.com".to_owned() }
}

fn passphrase() -> Secret {
    Secret::new(PASSPHRASE.to_owned())
}

/// age asks on its terminal and nowhere else, so it gets one.
fn age(home: &Home, line: &str, questions: &[&str]) {
    let mut shell = Terminal::shell(home, (100, 30));
    shell.sees("$ ").press(&format!("exec age {line}\r"));
    for question in questions {
        shell.sees(question).press(&format!("{PASSPHRASE}\r"));
    }
    assert_eq!(shell.exit_code(), 0, "age {line}\n{}", shell.text());
}

#[test]
fn age_opens_what_the_vault_sealed() {
    let home = Home::new();
    let mut vault = Vault::new(passphrase());
    vault.put(&place(), &Secret::new("staple \"9\"".to_owned()));
    home.file("vault.age", &vault.seal_with(CHEAP).unwrap());
    age(&home, "-d -o plain vault.age", &["Enter passphrase:"]);
    assert_eq!(std::fs::read_to_string(home.path().join("plain")).unwrap(), JSON);
}

/// The cost is age's own here, which takes a while in a build for tests.
#[test]
fn the_vault_opens_what_age_wrote() {
    let home = Home::new();
    home.file("plain", JSON.as_bytes());
    age(&home, "-p -o vault.age plain", &["Enter passphrase", "Confirm passphrase:"]);
    let bytes = std::fs::read(home.path().join("vault.age")).unwrap();
    let Ok(vault) = Vault::open(&bytes, passphrase()) else {
        panic!("it is a vault, and this is its passphrase")
    };
    assert!(vault.get(&place()).expect("it is in there").reveal() == "staple \"9\"");
}
