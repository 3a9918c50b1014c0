//! Asks whoever sits at the terminal: for a secret, for the passphrase of the vault.

use std::fs::File;
use std::io::ErrorKind;
use std::time::Duration;

use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

use crate::auth::helper::Terminal;
use crate::mail::account::Account;
use crate::mail::secret::{Kind, Secret};
use crate::mail::settings::Settings;
use crate::mail::stores::{self, Wish};
use crate::runtime::chain::Person;
use crate::runtime::stores::Stores;
use crate::runtime::vault::Asking;
use crate::store::paths::Paths;

use super::say;

/// Whoever started the command, if that was on a terminal.
pub(super) struct AtTerminal<'a>(pub(super) &'a Account);

impl Person for AtTerminal<'_> {
    const ASKING: Asking = Asking::Allowed;
    const TERMINAL: Terminal = Terminal::Free;

    async fn secret(&mut self, _notes: &[String]) -> Option<Secret> {
        let account = self.0;
        let word = capitalised(account.secret_word());
        let prompt = format!("{word} for {} at {}: ", account.username, account.host);
        tokio::task::spawn_blocking(move || typed(&prompt)).await.ok()?
    }
}

/// A secret that is to be kept.
pub(super) async fn kept(account: &Account, kind: Kind) -> Option<Secret> {
    let prompt = format!("{} of {}: ", capitalised(kind.as_str()), account.username);
    tokio::task::spawn_blocking(move || typed(&prompt)).await.ok()?
}

/// The stores of this host, with the vault's passphrase asked for here.
pub(super) fn stores(paths: &Paths, settings: &Settings) -> Stores {
    let mut tries = 0;
    Stores::new(paths.state.clone(), settings.cache, move |wish| {
        tries += 1;
        if tries > MOST {
            return None;
        }
        passphrase(&wish)
    })
}

/// How often a passphrase may be wrong.
const MOST: u32 = 3;

fn passphrase(wish: &Wish) -> Option<Secret> {
    if let Some(why) = wish.why {
        say::complain(why);
    }
    if !wish.is_new {
        return typed("Passphrase of the vault: ");
    }
    let mut prompt = "No keyring on this host keeps it. A vault can: a file that only a passphrase opens.\n\
                      New passphrase (nothing: do not keep it): ";
    for _ in 0..MOST {
        let first = typed(prompt)?;
        prompt = "New passphrase: ";
        if let Some(why) = stores::unfit(&first) {
            say::complain(why);
            continue;
        }
        if typed("Once more: ")?.reveal() == first.reveal() {
            return Some(first);
        }
        say::complain("those two were not the same");
    }
    None
}

/// What was entered without being shown; `None` without a terminal, or for nothing.
pub(super) fn typed(prompt: &str) -> Option<Secret> {
    // Before the prompt is there: whoever is fast, or pastes, would see the first letters.
    let hushed = Hushed::new();
    let typed = rpassword::prompt_password(prompt);
    drop(hushed);
    if typed.as_ref().is_err_and(|why| why.kind() == ErrorKind::Interrupted) {
        interrupted();
    }
    typed.ok().filter(|text| !text.is_empty()).map(Secret::new)
}

/// As the shell says it of whoever was ended by SIGINT.
fn interrupted() -> ! {
    say::err("\n");
    std::process::exit(130)
}

/// Does it until Ctrl-C ends the process, which leaves the terminal as it was found: a prompt may have it without its echo.
pub(super) async fn unless_interrupted<T>(command: impl Future<Output = T>) -> T {
    let found = File::open("/dev/tty").ok().and_then(|terminal| Some((tcgetattr(&terminal).ok()?, terminal)));
    tokio::select! {
        biased;
        done = Box::pin(command) => done,
        Ok(()) = tokio::signal::ctrl_c() => {
            // A prompt ends the process by itself, once it has put back what it changed.
            tokio::time::sleep(GRACE).await;
            if let Some((before, terminal)) = found {
                let _ = tcsetattr(&terminal, OptionalActions::Now, &before);
            }
            interrupted()
        }
    }
}

/// What a prompt that hears of Ctrl-C may take to put the terminal back.
const GRACE: Duration = Duration::from_millis(100);

/// The terminal without its echo, and with Ctrl-C as a letter for whoever reads it, until this is dropped.
struct Hushed {
    terminal: File,
    before: Termios,
}

impl Hushed {
    fn new() -> Option<Self> {
        let terminal = File::options().read(true).write(true).open("/dev/tty").ok()?;
        let before = tcgetattr(&terminal).ok()?;
        let mut quiet = before.clone();
        quiet.local_modes.remove(LocalModes::ECHO | LocalModes::ISIG);
        tcsetattr(&terminal, OptionalActions::Now, &quiet).ok()?;
        Some(Self { terminal, before })
    }
}

impl Drop for Hushed {
    fn drop(&mut self) {
        let _ = tcsetattr(&self.terminal, OptionalActions::Now, &self.before);
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
