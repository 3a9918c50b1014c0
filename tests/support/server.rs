//! `sendoff sandbox` as a process of its own, which keeps a ledger of what it took.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::support::terminal::Home;

/// The built-in server, run by itself.
pub struct Server {
    child: Child,
    lines: Receiver<String>,
    pub port: u16,
    pub ca: PathBuf,
}

impl Server {
    #[track_caller]
    pub fn start(home: &Home, scenario: &str) -> Self {
        Self::start_with(home, scenario, &["--no-delays"])
    }

    /// As `start`, and every message is written to this folder.
    #[track_caller]
    pub fn keeping(home: &Home, folder: &std::path::Path) -> Self {
        let folder = folder.to_str().expect("a temporary folder has a plain name");
        Self::start_with(home, "accepts", &["--no-delays", "--keep", folder])
    }

    /// As `start`, but it takes its time: for those who want to be in the middle of something.
    #[track_caller]
    pub fn unhurried(home: &Home, scenario: &str) -> Self {
        Self::start_with(home, scenario, &[])
    }

    #[track_caller]
    fn start_with(home: &Home, scenario: &str, more: &[&str]) -> Self {
        let ca = home.path().join("sandbox-ca.pem");
        let mut child = Command::new(env!("CARGO_BIN_EXE_sendoff"))
            .args(["sandbox", "--scenario", scenario, "--ca"])
            .arg(&ca)
            .args(more)
            .env_clear()
            .envs(home.environment())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let stdout = BufReader::new(child.stdout.take().expect("its output is piped"));
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in stdout.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        let mut server = Self { child, lines, port: 0, ca };
        while server.port == 0 {
            let line = server.line().expect("the server says its port");
            if let Some(port) = line.strip_prefix("port = ") {
                server.port = port.parse().expect("a port is a number");
            }
        }
        server
    }

    fn line(&self) -> Option<String> {
        self.lines.recv_timeout(Duration::from_mins(1)).ok()
    }

    /// A configuration with one account that reaches it; `more` is added to the account.
    pub fn config(&self, more: &str) -> String {
        format!(
            "[[account]]\nname = \"work\"\nfrom = \"Ana Silva <ana@contoso.com>\"\nhost = \"localhost\"\nport = {}\nca_file = \"{}\"\n{more}\n",
            self.port,
            self.ca.display(),
        )
    }

    /// The next line of the ledger: one for every message that was taken.
    #[track_caller]
    pub fn accepted(&self) -> String {
        loop {
            let line = self.line().expect("the server takes a message");
            assert!(!line.starts_with("violation"), "{line}");
            if line.starts_with("accepted") {
                return line;
            }
        }
    }

    /// How many messages the ledger holds that nobody has asked for.
    pub fn drain(&self) -> usize {
        let mut count = 0;
        while let Ok(line) = self.lines.try_recv() {
            assert!(!line.starts_with("violation"), "{line}");
            count += usize::from(line.starts_with("accepted"));
        }
        count
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
