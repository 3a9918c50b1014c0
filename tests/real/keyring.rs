//! A real gnome-keyring on a bus of its own: what is in it is used, and what was typed and accepted can be put into it.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use crate::rig::{Rig, wait_for};
use crate::support::terminal::{Home, Terminal, key};

/// Unlocks the keyring, says where the bus is, and ends when its input does.
const SCRIPT: &str = "printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
echo \"$DBUS_SESSION_BUS_ADDRESS\"; cat >/dev/null";

struct Desktop {
    session: Child,
    address: String,
    runtime: String,
}

impl Desktop {
    fn start(home: &Home) -> Self {
        let runtime = home.path().join("run");
        std::fs::create_dir(&runtime).unwrap();
        let mut session = Command::new("dbus-run-session")
            .args(["--", "sh", "-c", SCRIPT])
            .env("HOME", home.path())
            .env("XDG_RUNTIME_DIR", &runtime)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-run-session is there; tests/real/run installs it");
        let mut address = String::new();
        BufReader::new(session.stdout.take().unwrap()).read_line(&mut address).unwrap();
        Self { session, address: address.trim().to_owned(), runtime: runtime.display().to_string() }
    }

    fn environment(&self) -> [(&str, &str); 2] {
        [("DBUS_SESSION_BUS_ADDRESS", &self.address), ("XDG_RUNTIME_DIR", &self.runtime)]
    }

    fn secret_tool(&self, arguments: &[&str], input: &str) -> String {
        let mut tool = Command::new("secret-tool")
            .args(arguments)
            .envs(self.environment())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("secret-tool is there; tests/real/run installs it");
        std::io::Write::write_all(&mut tool.stdin.take().unwrap(), input.as_bytes()).unwrap();
        String::from_utf8(tool.wait_with_output().unwrap().stdout).unwrap()
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        drop(self.session.stdin.take());
        let _ = self.session.wait();
    }
}

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
    let desktop = Desktop::start(&home);
    home.config(&config(&rig));
    let store = [&["store", "--label", "sendoff"], &ENTRY[..]].concat();
    desktop.secret_tool(&store, rig.fact("PASSWORD"));
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
    let desktop = Desktop::start(&home);
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
        wait_for("the entry", || Some(desktop.secret_tool(&lookup, "")).filter(|kept| !kept.is_empty()));
    assert!(kept == rig.fact("PASSWORD"), "the keyring holds something else");
}
