//! A real gnome-keyring on a bus of its own: what is in it is used, and what was typed and accepted can be put into it.

use crate::desktop::{Desktop, Keyring};
use crate::rig::{Rig, wait_for};
use crate::support::terminal::{Home, Terminal, key};

fn config(rig: &Rig) -> String {
    format!(
        "[[account]]\nname = \"work\"\nfrom = \"Ana Silva <{}>\"\nhost = \"localhost\"\nport = {}\nca_file = \"{}\"\n",
        crate::ANA,
        rig.port("STARTTLS_PORT"),
        rig.fact("CA_FILE"),
    )
}

/// As `secret-tool` names an entry; `tests` and people find it the same way.
const ENTRY: [&str; 4] = ["service", "sendoff:localhost", "username", crate::ANA];

#[test]
fn a_secret_in_the_keyring_is_used_without_a_question() {
    let (rig, home) = (Rig::find(), Home::new());
    let desktop = Desktop::start(&home, Keyring::Unlocked);
    home.config(&config(&rig));
    let store = [&["store", "--label", "sendoff"], &ENTRY[..]].concat();
    desktop.secret_tool(&store, rig.fact("PASSWORD").as_bytes());
    let mut terminal = Terminal::start_with(&home, (120, 40), &[], &desktop.environment());
    terminal
        .sees("Subject")
        .press(&format!("{}\t\t\tfrom the keyring\tHello", crate::BOB))
        .press(key::CTRL_X);
    terminal.sees("Send this?").press(key::ENTER).sees("accepted: from the keyring");
}

#[test]
fn what_was_typed_and_accepted_is_kept_when_one_says_so() {
    let (rig, home) = (Rig::find(), Home::new());
    let desktop = Desktop::start(&home, Keyring::Unlocked);
    home.config(&config(&rig));
    let mut terminal = Terminal::start_with(&home, (120, 40), &[], &desktop.environment());
    terminal.sees("Subject").press(&format!("{}\t\t\tto be kept\tHello", crate::BOB)).press(key::CTRL_X);
    terminal.sees("Send this?").press(key::ENTER).sees("the keyring has no password");
    terminal.press(rig.fact("PASSWORD")).press(key::ENTER).sees("Keep it in the keyring?");
    // It came unasked, so the first Enter only says that it was seen.
    terminal
        .press(key::ENTER)
        .sees("Enter choose")
        .press(key::RIGHT)
        .press(key::ENTER)
        .sees("kept in the keyring");
    let lookup = [&["lookup"], &ENTRY[..]].concat();
    let kept =
        wait_for("the entry", || Some(desktop.secret_tool(&lookup, b"")).filter(|kept| !kept.is_empty()));
    assert!(kept == rig.fact("PASSWORD"), "the keyring holds something else");
}
