//! THE HANDS. The only folder that spawns, reads the clock, draws random numbers and owns the terminal.
//!
//! Knows everything and decides little: `sends` joins wire, journal and gate; `perform` turns effects into tasks; `run` is
//! the loop; `terminal` is the screen and the keyboard.

#![expect(clippy::disallowed_methods, reason = "this is the folder that touches the world")]

mod ahead;
pub mod check;
pub mod clock;
mod editor;
mod keyboard;
pub(crate) mod look;
mod pace;
mod perform;
pub mod recorder;
pub mod route;
mod run;
pub mod sandbox;
mod screen;
pub mod sends;
mod submit;
mod terminal;
mod trial;
pub mod trust;
mod worker;

pub use run::{Start, run};
pub use terminal::NoTerminal;

use std::io;

use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};

/// No core file, and no look into the memory by another process of the same user: it may hold a password.
pub fn harden() {
    // Best effort: a kernel that does not know one of them is no reason not to start.
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
}

/// The one runtime: current-thread, so that state needs no lock.
pub fn tokio() -> io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()
}
