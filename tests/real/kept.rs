//! What the program does with a password in a real keyring, and without one where the keyring is of no use.

use std::time::{Duration, Instant};

use crate::desktop::{Desktop, Keyring};
use crate::rig::wait_for;
use crate::seat::Seat;
use crate::support::terminal::{Terminal, key};
use crate::{ANA, BOB};

/// As `secret-tool` names an entry; tests and people find it the same way.
const ENTRY: [&str; 4] = ["service", "sendoff:localhost", "username", ANA];

/// The three seconds, and all that comes after them.
const LIMIT: Duration = Duration::from_secs(5);

fn store(ana: &Seat, password: &str) {
    ana.desktop.secret_tool(&[&["store", "--label", "by hand"], &ENTRY[..]].concat(), password.as_bytes());
}

fn looked_up(desktop: &Desktop) -> String {
    desktop.secret_tool(&[&["lookup"], &ENTRY[..]].concat(), b"")
}

/// Up to the confirmed review.
fn write(terminal: &mut Terminal, subject: &str) {
    terminal.sees("Subject").press(&format!("{BOB}\t\t\t{subject}\tHello")).press(key::CTRL_X);
    terminal.sees("Send this?").press(key::ENTER);
}

#[test]
fn a_password_in_the_keyring_is_used_without_a_question() {
    let ana = Seat::at(Keyring::Unlocked);
    let password = ana.rig.fact("PASSWORD");
    store(&ana, password);

    let mut terminal = ana.screen(&[]);
    write(&mut terminal, "from the keyring");
    terminal.sees("accepted: from the keyring");
    ana.has_no_trace_of(password, terminal.raw());

    let sent = ana.send();
    ana.rig.delivered(BOB, sent.accepted());
    let client = ana.rig.logged(&[sent.queue_id(), "sasl_method="]);
    assert!(client.contains(&format!("sasl_method=PLAIN, sasl_username={ANA}")), "{client}");
    ana.has_no_trace_of(password, sent.told.as_bytes());
}

#[test]
fn what_was_typed_and_accepted_is_kept_when_one_says_so() {
    let ana = Seat::at(Keyring::Unlocked);
    let password = ana.rig.fact("PASSWORD");
    let mut terminal = ana.screen(&[]);
    write(&mut terminal, "to be kept");
    terminal.sees("the keyring has no password").press(password).press(key::ENTER);
    terminal.sees("Keep it in the keyring?");
    // It came unasked, so the first Enter only says that it was seen.
    terminal.press(key::ENTER).sees("Enter choose").press(key::RIGHT).press(key::ENTER);
    terminal.sees("kept in the keyring");
    let kept = wait_for("the entry", || Some(looked_up(&ana.desktop)).filter(|kept| !kept.is_empty()));
    assert!(kept == password, "the keyring holds something else");
    ana.has_no_trace_of(password, terminal.raw());
    ana.rig.delivered(BOB, ana.send().accepted());
}

#[test]
fn a_password_that_has_changed_is_removed_and_typed_anew() {
    let ana = Seat::at(Keyring::Unlocked);
    store(&ana, "the one of last year");
    let sent = ana.send();
    assert_eq!(
        (sent.verdict(), sent.text("cause")),
        ((77, "refused", "auth"), "wrong-credentials"),
        "{sent}"
    );

    let mut terminal = ana.screen(&[]);
    write(&mut terminal, "anew");
    terminal.sees("535 5.7.8").press(key::F6).press(key::F6).press("o").sees("Sign out of work?");
    terminal.press(key::RIGHT).press(key::ENTER).sees("signed out");
    assert_eq!(looked_up(&ana.desktop), "");
    terminal.press(key::F6).press(key::F6).press(key::CTRL_X).sees("Send this?").press(key::ENTER);
    terminal.sees("the keyring has no password").press(ana.rig.fact("PASSWORD")).press(key::ENTER);
    terminal.sees("accepted: anew").sees("Keep it in the keyring?");
}

#[test]
fn a_locked_keyring_is_said_and_one_types() {
    let ana = Seat::at(Keyring::Unlocked);
    let password = ana.rig.fact("PASSWORD");
    store(&ana, password);
    ana.desktop.lock();

    let sent = ana.send();
    assert_eq!(sent.verdict(), (77, "failed", "secret"), "{sent}");
    assert!(sent.text("text").contains("the keyring is locked"), "{sent}");

    let mut terminal = ana.screen(&[]);
    write(&mut terminal, "typed");
    terminal.sees("the keyring is locked").press(password).press(key::ENTER).sees("accepted: typed");
    // It would not keep it; the vault would.
    terminal.sees("Keep it in the vault?");

    let (exit, says) = ana.run(&["accounts", "sign-out", "work"]);
    assert_eq!(exit, 74, "{says}");
    assert!(says.contains("not out of the keyring: the keyring is locked"), "{says}");
}

#[test]
fn signing_out_empties_the_keyring() {
    let ana = Seat::at(Keyring::Unlocked);
    store(&ana, ana.rig.fact("PASSWORD"));
    let (exit, says) = ana.run(&["accounts", "sign-out", "work"]);
    assert_eq!(exit, 0, "{says}");
    assert_eq!(looked_up(&ana.desktop), "");
    let sent = ana.send();
    assert_eq!(sent.verdict(), (77, "failed", "secret"), "{sent}");
    assert!(sent.text("text").contains("the keyring has no password for"), "{sent}");
}

#[test]
fn nothing_waits_longer_than_three_seconds_for_a_bus_that_never_answers() {
    let ana = Seat::at(Keyring::Silent);
    let began = Instant::now();
    let sent = ana.send();
    assert_eq!(sent.verdict(), (77, "failed", "secret"), "{sent}");
    assert!(sent.text("text").contains("the keyring did not answer in 3 s"), "{sent}");
    assert!(began.elapsed() < LIMIT, "{:?}", began.elapsed());

    let mut terminal = ana.screen(&[]);
    write(&mut terminal, "typed");
    terminal.sees("the keyring did not answer").press(ana.rig.fact("PASSWORD")).press(key::ENTER);
    terminal.sees("accepted: typed").sees("closed");
    // The call still hangs; leaving does not.
    let began = Instant::now();
    terminal.press(key::CTRL_Q);
    assert_eq!(terminal.exit_code(), 0);
    assert!(began.elapsed() < LIMIT, "{:?}", began.elapsed());
}
