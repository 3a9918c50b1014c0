//! THE HANDS. The only folder that spawns, reads the clock, draws random numbers and owns the terminal.
//!
//! Knows everything and decides little: `sends` joins wire, journal and gate; `perform` turns effects into tasks; `run` is
//! the loop; `terminal` is the screen and the keyboard.

#![expect(clippy::disallowed_methods, reason = "this is the folder that touches the world")]

mod ahead;
pub mod chain;
pub mod check;
pub mod clock;
mod editor;
mod event;
mod keyboard;
pub(crate) mod look;
mod pace;
mod perform;
mod purse;
pub mod recorder;
pub mod route;
mod run;
pub mod sandbox;
mod screen;
pub mod sends;
pub mod sign_in;
mod signals;
pub mod stores;
mod submit;
mod terminal;
pub mod tokens;
mod trial;
pub mod trust;
pub mod vault;
mod worker;

pub use run::{Start, run};
pub use terminal::NoTerminal;

use std::io;

use crate::auth::spare;
use crate::mail::oauth::Way;
use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};

/// No core file, and no look into the memory by another process of the same user: it may hold a password.
pub fn harden() {
    // Best effort: a kernel that does not know one of them is no reason not to start.
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
}

/// The ways to sign in by OAuth, in the order that fits this host: where one came by SSH, or there is no screen, a browser on
/// this machine is the last thing to try.
pub fn ways() -> Vec<Way> {
    let has = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if has("SSH_CONNECTION") || !(has("DISPLAY") || has("WAYLAND_DISPLAY")) {
        vec![Way::DeviceCode, Way::PasteBack, Way::Loopback]
    } else {
        vec![Way::Loopback, Way::DeviceCode, Way::PasteBack]
    }
}

/// `USER@ADDRESS` of this machine, as the SSH client on the other end knows it.
fn ssh_host() -> Option<String> {
    let connection = std::env::var("SSH_CONNECTION").ok()?;
    // Client address and port, server address and port.
    let address = connection.split(' ').nth(2)?.parse::<std::net::IpAddr>().ok()?;
    let user = std::env::var("USER")
        .ok()
        .filter(|user| user.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)));
    Some(user.map_or_else(|| address.to_string(), |user| format!("{user}@{address}")))
}

/// What the runtime opens as it begins: what it waits with, and the ends of a pipe for signals.
const DESCRIPTORS: usize = 6;

/// The one runtime: current-thread, so that state needs no lock.
pub fn tokio() -> io::Result<tokio::runtime::Runtime> {
    // Without them it does not fail, but ends the program.
    spare::descriptors(DESCRIPTORS)?;
    tokio::runtime::Builder::new_current_thread().enable_all().build()
}
