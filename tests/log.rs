//! What is kept of sessions: records on disk, the commands that read them, and what may leave.

mod canaries;
mod forms;
mod records;

use std::path::PathBuf;
use std::process::Command;

use crate::support::server::Server;
use crate::support::terminal::Home;

pub(crate) const TOKEN: &str = "auth = \"xoauth2\"\npassword_command = [\"printf\", \"sandbox-token\"]";

/// What a run of the program left: code, standard output, standard error.
pub(crate) fn run(home: &Home, arguments: &[&str], input: &str) -> (Option<i32>, String, String) {
    use std::io::Write as _;
    let mut child = Command::new(env!("CARGO_BIN_EXE_sendoff"))
        .args(arguments)
        .env_clear()
        .envs(home.environment())
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    // A command that reads nothing may be gone already.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// One message is sent, as this scenario has it.
pub(crate) fn send(home: &Home, scenario: &str) -> Server {
    let server = Server::start(home, scenario);
    home.config(&server.config(TOKEN));
    run(home, &["send", "--to", "bob@fabrikam.com", "--subject", "Q3 <numbers>"], "Hello\n");
    server
}

pub(crate) fn records(home: &Home) -> Vec<PathBuf> {
    let Ok(folder) = std::fs::read_dir(home.state().join("logs")) else { return Vec::new() };
    let mut files: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}
