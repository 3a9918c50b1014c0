//! `password_command`: a program whose first line of output is the secret.

use std::io::{self, IsTerminal as _};
use std::pin::pin;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use process_wrap::std::{CommandWrap, CommandWrapper as _, ProcessSession};
use rustix::process::{Pid, Signal, kill_process_group};
use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::process::{Child, Command};
use tokio::time::timeout;
use zeroize::Zeroizing;

use crate::mail::secret::Secret;
use crate::mail::text::Shown;

/// Long enough to touch a key or type a passphrase elsewhere.
const LIMIT: Duration = Duration::from_secs(30);
/// How long after its end the last of what a helper said may take, where something else holds its outputs open.
const GRACE: Duration = Duration::from_millis(200);
/// Octets of a line that count; no password or token is longer.
const MOST: usize = 64 * 1024;

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
    #[error("password_command: {0} printed nothing in its first line")]
    Empty(String),
    #[error(
        "password_command: what {0} printed is no text (UTF-8) of less than 64 KiB, so it is no password or token"
    )]
    NotText(String),
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
    let mut child = command.spawn().map_err(unstarted)?;
    let session = (terminal == Terminal::Taken).then(|| Session::of(&child));
    let mut said = Said::default();
    let status = timeout(LIMIT, said.hear(&mut child)).await;
    let status = status.map_err(|_elapsed| HelperError::TimedOut(name()))?.map_err(unstarted)?;
    if let Some(session) = session {
        session.release();
    }
    if !status.success() {
        return Err(HelperError::Failed(name(), status.to_string(), said.complaint()));
    }
    said.secret(name)
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

/// What a helper says, as far as it counts: however much more it says is read and forgotten.
#[derive(Default)]
struct Said {
    /// Up to the first line break.
    line: Zeroizing<Vec<u8>>,
    is_over: bool,
    /// The end of what came on standard error.
    errors: Vec<u8>,
}

impl Said {
    /// Until the helper has ended. What it left running in the background may hold its outputs open, and is not waited for.
    async fn hear(&mut self, child: &mut Child) -> io::Result<ExitStatus> {
        let (out, err) = (child.stdout.take(), child.stderr.take());
        let (line, is_over, errors) = (&mut self.line, &mut self.is_over, &mut self.errors);
        let hearing = async {
            tokio::join!(
                each(out, |octets| first_line(line, is_over, octets)),
                each(err, |octets| last_of(errors, octets)),
            )
        };
        let mut hearing = pin!(hearing);
        let mut is_silent = false;
        let status = loop {
            tokio::select! {
                status = child.wait() => break status?,
                _ = &mut hearing, if !is_silent => is_silent = true,
            }
        };
        if !is_silent {
            let _ = timeout(GRACE, hearing).await;
        }
        Ok(status)
    }

    /// The last line of what it complained about, with a colon before it.
    fn complaint(&self) -> String {
        let said = String::from_utf8_lossy(&self.errors);
        let last = said.lines().map(str::trim).rfind(|line| !line.is_empty());
        last.map(|line| format!(": {}", Shown::new(line))).unwrap_or_default()
    }

    fn secret(&self, name: impl Fn() -> String) -> Result<Secret, HelperError> {
        let line = self.line.strip_suffix(b"\r").unwrap_or(&self.line);
        match std::str::from_utf8(line) {
            Ok("") => Err(HelperError::Empty(name())),
            Ok(text) if line.len() < MOST => Ok(Secret::new(text.to_owned())),
            _ => Err(HelperError::NotText(name())),
        }
    }
}

/// Reads to the end, in pieces.
async fn each(stream: Option<impl AsyncRead + Unpin>, mut take: impl FnMut(&[u8])) {
    let Some(mut stream) = stream else { return };
    let mut piece = Zeroizing::new(vec![0; 4096]);
    while let Ok(count @ 1..) = stream.read(&mut piece).await {
        take(&piece[..count]);
    }
}

/// The buffer never grows beyond what it began with, so nothing of it stays behind in memory.
fn first_line(line: &mut Zeroizing<Vec<u8>>, is_over: &mut bool, octets: &[u8]) {
    if *is_over {
        return;
    }
    let room = MOST - line.len();
    line.reserve_exact(room);
    let end = octets.iter().position(|byte| *byte == b'\n');
    let new = &octets[..end.unwrap_or(octets.len())];
    line.extend(&new[..new.len().min(room)]);
    *is_over = end.is_some() || line.len() == MOST;
}

fn last_of(errors: &mut Vec<u8>, octets: &[u8]) {
    errors.extend(octets);
    errors.drain(..errors.len().saturating_sub(MOST));
}
