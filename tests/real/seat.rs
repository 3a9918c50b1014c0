//! Ana at a desktop with a keyring: her home, an account without a word of where its secret is, and the program on a line or
//! on a screen.

use std::process::{Child, Command, Output, Stdio};

use crate::ana::Sent;
use crate::desktop::{Desktop, Keyring};
use crate::rig::Rig;
use crate::support::terminal::{Home, Terminal};
use crate::{ANA, BOB, SENDOFF, canary};

pub(crate) struct Seat {
    pub(crate) rig: Rig,
    // Before the home in which it lives.
    pub(crate) desktop: Desktop,
    home: Home,
}

impl Seat {
    /// `more` ends her account in the configuration.
    pub(crate) fn with(keyring: Keyring, more: &str) -> Self {
        let (rig, home) = (Rig::find(), Home::new());
        home.config(&format!(
            "[[account]]\nname = \"work\"\nfrom = \"Ana Silva <{ANA}>\"\nhost = \"localhost\"\nport = {}\nca_file = \"{}\"\n{more}",
            rig.port("STARTTLS_PORT"),
            rig.fact("CA_FILE"),
        ));
        Self { rig, desktop: Desktop::start(&home, keyring), home }
    }

    pub(crate) fn at(keyring: Keyring) -> Self {
        Self::with(keyring, "")
    }

    /// The composer, or what a command shows on a screen.
    pub(crate) fn screen(&self, arguments: &[&str]) -> Terminal {
        Terminal::start_with(&self.home, (120, 40), arguments, &self.desktop.environment())
    }

    /// A command without a terminal, so nobody can be asked.
    pub(crate) fn start(&self, arguments: &[&str]) -> Child {
        Command::new("setsid")
            .args(["--wait", SENDOFF])
            .args(arguments)
            .env_clear()
            .envs(self.home.environment())
            .envs(self.desktop.environment())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("setsid starts")
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> (i32, String) {
        ended(self.start(arguments))
    }

    /// `sendoff send --json --log` to Bob.
    pub(crate) fn send(&self) -> Sent {
        let child = self.start(&["send", "--json", "--log", "--to", BOB, "--subject", "From the desktop"]);
        let (exit, out, told) = parts(child.wait_with_output().unwrap());
        let report = serde_json::from_str(&out).unwrap_or_else(|why| panic!("{why}: {out:?}\n{told}"));
        Sent { exit, report, told }
    }

    /// It is neither in what was shown nor in any file of hers, where the keyring's own are sealed.
    #[track_caller]
    pub(crate) fn has_no_trace_of(&self, secret: &str, shown: &[u8]) {
        let forms = canary::forms(secret);
        assert!(!canary::is_in(shown, &forms), "a secret was shown");
        for (path, bytes) in self.home.all_bytes() {
            assert!(!canary::is_in(&bytes, &forms), "a secret is in {}", path.display());
        }
    }
}

/// How it ended, and all that it said.
pub(crate) fn ended(child: Child) -> (i32, String) {
    let (exit, out, told) = parts(child.wait_with_output().unwrap());
    (exit, out + &told)
}

fn parts(output: Output) -> (i32, String, String) {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}
