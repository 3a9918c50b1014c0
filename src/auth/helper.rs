//! `password_command`: a program whose first line of output is the secret.

use std::io::{self, IsTerminal as _};
use std::process::{Output, Stdio};
use std::time::Duration;

use process_wrap::std::{CommandWrap, CommandWrapper as _, ProcessSession};
use rustix::process::{Pid, Signal, kill_process_group};
use tokio::process::{Child, Command};
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
    let unstarted = |error: io::Error| HelperError::Start(name(), error.to_string());
    let mut command = Command::new(program);
    command.args(arguments).stdout(Stdio::piped()).kill_on_drop(true);
    match terminal {
        Terminal::Free => offer_terminal(&mut command),
        Terminal::Taken => keep_from_terminal(&mut command).map_err(unstarted)?,
    }
    let child = command.spawn().map_err(unstarted)?;
    let session = (terminal == Terminal::Taken).then(|| Session::of(&child));
    let output = timeout(LIMIT, child.wait_with_output()).await;
    let output = output.map_err(|_elapsed| HelperError::TimedOut(name()))?;
    if let Some(session) = session {
        session.release();
    }
    first_line(name, output.map_err(unstarted)?)
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

/// In a session of its own, which has no terminal: what would ask on /dev/tty fails at once, where it would have written over the
/// composer and shared its keyboard.
fn keep_from_terminal(command: &mut Command) -> io::Result<()> {
    command.env_remove("GPG_TTY").stdin(Stdio::null()).stderr(Stdio::piped());
    // The wrapper looks at nothing else of what it wraps than the command that is passed beside it.
    let unused = CommandWrap::with_new("", |_| {});
    ProcessSession.pre_spawn(command.as_std_mut(), &unused)
}

/// A helper and what it started. Dropped, it is killed.
struct Session(Option<Pid>);

impl Session {
    fn of(child: &Child) -> Self {
        Self(child.id().and_then(|id| Pid::from_raw(id.try_into().ok()?)))
    }

    /// It ended by itself; what it left running may run.
    fn release(mut self) {
        self.0 = None;
    }
}

impl Drop for Session {
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
