//! `password_command`: a program whose first line of output is the secret.

use std::io::IsTerminal as _;
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;
use tokio::time::timeout;
use zeroize::Zeroizing;

use crate::mail::secret::Secret;
use crate::mail::text::Shown;

/// Long enough to touch a key or type a passphrase elsewhere.
const LIMIT: Duration = Duration::from_secs(30);

/// Who has the terminal while a helper program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Terminal {
    /// Nobody: a helper may ask for a passphrase on it.
    Free,
    /// The composer: a helper that asks there would get half of what is typed.
    Taken,
}

/// Why a helper program gave no secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HelperError {
    #[error("password_command: {0} cannot be started: {1}")]
    Start(String, String),
    #[error("password_command: {0} gave no answer in 30 s")]
    TimedOut(String),
    #[error("password_command: {0} failed ({1}){2}")]
    Failed(String, String, String),
    #[error("password_command: {0} printed nothing")]
    Empty(String),
}

/// Runs the program, without a shell. Without a terminal its standard input is empty, and what it says on standard error is kept
/// for the error.
pub async fn run(argv: &[String], terminal: Terminal) -> Result<Secret, HelperError> {
    let Some((program, arguments)) = argv.split_first() else {
        return Err(HelperError::Empty(String::new()));
    };
    let name = || program.clone();
    let mut command = Command::new(program);
    match terminal {
        // In a group of its own and without a terminal's name: a passphrase typed for it must not be shared with our keyboard.
        Terminal::Taken => {
            command.process_group(0).env_remove("GPG_TTY");
        }
        Terminal::Free => {
            let name = rustix::termios::ttyname(std::io::stdout(), Vec::new());
            if let Some(name) = name.ok().and_then(|name| name.into_string().ok()) {
                command.env("GPG_TTY", name);
            }
        }
    }
    // What asks may do so on its standard streams, where they are the terminal that it was given.
    let given = |is_terminal: bool, other: Stdio| match terminal {
        Terminal::Free if is_terminal => Stdio::inherit(),
        _ => other,
    };
    command
        .args(arguments)
        .stdin(given(std::io::stdin().is_terminal(), Stdio::null()))
        .stdout(Stdio::piped())
        .stderr(given(std::io::stderr().is_terminal(), Stdio::piped()))
        .kill_on_drop(true);
    let child = command.spawn().map_err(|error| HelperError::Start(name(), error.to_string()))?;
    let output =
        timeout(LIMIT, child.wait_with_output()).await.map_err(|_elapsed| HelperError::TimedOut(name()))?;
    let output = output.map_err(|error| HelperError::Start(name(), error.to_string()))?;
    let stdout = Zeroizing::new(output.stdout);
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let last = said
            .lines()
            .map(str::trim)
            .rfind(|line| !line.is_empty())
            .map(|line| format!(": {}", Shown::new(line)));
        return Err(HelperError::Failed(name(), output.status.to_string(), last.unwrap_or_default()));
    }
    let first = stdout.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let first = first.strip_suffix(b"\r").unwrap_or(first);
    let secret = Secret::new(String::from_utf8_lossy(first).into_owned());
    if secret.is_empty() { Err(HelperError::Empty(name())) } else { Ok(secret) }
}
