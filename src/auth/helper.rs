//! `password_command`: a program whose first line of output is the secret.

use std::io::{self, IsTerminal as _};
use std::process::{Output, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};
use tokio::process::{Child, Command};
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::error::Elapsed;
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
    #[error("password_command: {0} asks on the terminal, where the composer is")]
    Asks(String),
    #[error("password_command: {0} gave no answer in 30 s")]
    TimedOut(String),
    #[error("password_command: {0} failed ({1}){2}")]
    Failed(String, String, String),
    #[error("password_command: {0} printed nothing")]
    Empty(String),
}

/// Runs the program, without a shell. Without a terminal its standard input is empty, and what it says on standard error is kept
/// for the error; one that opens the terminal by itself is ended at once ([`HelperError::Asks`]).
pub async fn run(argv: &[String], terminal: Terminal) -> Result<Secret, HelperError> {
    let Some((program, arguments)) = argv.split_first() else {
        return Err(HelperError::Empty(String::new()));
    };
    let name = || program.clone();
    let unstarted = |error: io::Error| HelperError::Start(name(), error.to_string());
    let mut command = Command::new(program);
    command.args(arguments).stdout(Stdio::piped()).kill_on_drop(true);
    let ended = match terminal {
        Terminal::Free => {
            offer_terminal(&mut command);
            Ended::Itself(timeout(LIMIT, command.spawn().map_err(unstarted)?.wait_with_output()).await)
        }
        Terminal::Taken => apart(command).await.map_err(unstarted)?,
    };
    match ended {
        Ended::Itself(Ok(output)) => first_line(name, output.map_err(unstarted)?),
        Ended::Itself(Err(_elapsed)) => Err(HelperError::TimedOut(name())),
        Ended::Stopped => Err(HelperError::Asks(name())),
    }
}

/// What asks may do so on its standard streams, where they are the terminal, and on the one that it is told the name of.
fn offer_terminal(command: &mut Command) {
    let name = rustix::termios::ttyname(io::stdout(), Vec::new());
    if let Some(name) = name.ok().and_then(|name| name.into_string().ok()) {
        command.env("GPG_TTY", name);
    }
    let given = |is_terminal: bool, other: Stdio| if is_terminal { Stdio::inherit() } else { other };
    command.stdin(given(io::stdin().is_terminal(), Stdio::null()));
    command.stderr(given(io::stderr().is_terminal(), Stdio::piped()));
}

/// How a helper came to its end.
enum Ended {
    Itself(Result<io::Result<Output>, Elapsed>),
    /// The kernel stopped it, since it wanted to read the terminal from the background.
    Stopped,
}

/// In a group of its own and without a terminal's name: a passphrase typed for it must not be shared with our keyboard.
async fn apart(mut command: Command) -> io::Result<Ended> {
    command.process_group(0).env_remove("GPG_TTY").stdin(Stdio::null()).stderr(Stdio::piped());
    let mut changes = signal(SignalKind::child())?;
    let child = command.spawn()?;
    let group = Group::of(&child);
    let stopped = async {
        while !group.is_stopped() {
            changes.recv().await;
        }
    };
    let ended = tokio::select! {
        ended = timeout(LIMIT, child.wait_with_output()) => Ended::Itself(ended),
        () = stopped => Ended::Stopped,
    };
    if matches!(ended, Ended::Itself(Ok(_))) {
        group.release();
    }
    Ok(ended)
}

/// A helper and what it started. Dropped, it is killed.
struct Group(Option<Pid>);

impl Group {
    fn of(child: &Child) -> Self {
        Self(child.id().and_then(|id| Pid::from_raw(id.try_into().ok()?)))
    }

    /// Background programs that touch the terminal are stopped together (SIGTTIN, SIGTTOU).
    fn is_stopped(&self) -> bool {
        let look = WaitIdOptions::STOPPED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        self.0.is_some_and(|id| matches!(waitid(WaitId::Pid(id), look), Ok(Some(_))))
    }

    /// It ended by itself; what it left running may run.
    fn release(mut self) {
        self.0 = None;
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if let Some(id) = self.0 {
            let _ = kill_process_group(id, Signal::KILL);
        }
    }
}

fn first_line(name: impl Fn() -> String, output: Output) -> Result<Secret, HelperError> {
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
