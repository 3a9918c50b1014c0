//! The terminal's modes: raw, the other screen, marked pastes; and the way back out of them, whatever happens.

use std::io::{self, IsTerminal as _, Write as _};

use crossterm::cursor::Show;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::{Attribute, SetAttribute};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{execute, queue};

/// Why there can be no composer here.
#[derive(Debug, thiserror::Error)]
pub enum NoTerminal {
    #[error("the composer needs a terminal, and there is none here; sendoff send works without one")]
    None,
    #[error(
        "the composer needs a terminal that can move its cursor, and TERM is {0}; sendoff send works on any"
    )]
    Dumb(String),
    #[error("the terminal cannot be set up: {0}")]
    Io(#[from] io::Error),
}

/// The exit code for a bug of ours (sysexits.h).
const SOFTWARE: i32 = 70;

/// Is there a terminal at both ends, and can it draw?
pub(super) fn probe() -> Result<(), NoTerminal> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(NoTerminal::None);
    }
    match std::env::var("TERM") {
        Ok(term) if !term.is_empty() && term != "dumb" => Ok(()),
        Ok(term) if !term.is_empty() => Err(NoTerminal::Dumb(term)),
        _ => Err(NoTerminal::Dumb("not set".to_owned())),
    }
}

/// Columns and rows, from the kernel; no program is run and no question asked.
pub(super) fn size() -> (u16, u16) {
    match rustix::termios::tcgetwinsize(rustix::stdio::stdout()) {
        Ok(size) if size.ws_col > 0 && size.ws_row > 0 => (size.ws_col, size.ws_row),
        _ => (80, 24),
    }
}

/// The bytes that switch to our screen.
pub(super) fn enter() -> io::Result<Vec<u8>> {
    enable_raw_mode()?;
    let mut bytes = Vec::new();
    queue!(bytes, EnterAlternateScreen, EnableBracketedPaste)?;
    Ok(bytes)
}

/// Back to what was there before. Written by whoever calls: there may be nobody else left to do it. Errors are ignored, since
/// the terminal may be gone, and nothing is printed, since printing to a terminal that is gone would end the process.
pub(super) fn leave() {
    let mut stdout = io::stdout().lock();
    let _ =
        execute!(stdout, SetAttribute(Attribute::Reset), DisableBracketedPaste, LeaveAlternateScreen, Show);
    let _ = stdout.flush();
    let _ = disable_raw_mode();
}

/// A panic gives the terminal back before it is reported, and reports where, but not with which values.
pub(super) fn restore_on_panic() {
    std::panic::set_hook(Box::new(|info| {
        leave();
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        let mut stderr = io::stderr().lock();
        let _ = writeln!(
            stderr,
            "sendoff: a fault of ours at {place}. The draft is saved; the outbox knows what was sent."
        );
        // tokio would catch it in a task, and the loop would draw on over a terminal that was given back.
        std::process::exit(SOFTWARE);
    }));
}
