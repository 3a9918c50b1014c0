//! sendoff: write mail in a terminal, send it through Office 365 SMTP, and watch every line of the dialogue.
//!
//! # The house
//!
//! A star around one vocabulary: `mail` knows words; the wings know `mail` and not each other; `app` is the mind and `ui`
//! the face, both pure; `runtime` is the only one with hands. To find a line, ask which pane, and mind, face or hand.
//!
//! | folder | may import | may not know |
//! |---|---|---|
//! | `mail` | | `tokio` `crossterm` `std::fs` `std::net::Tcp` `Instant` `::now()` |
//! | `smtp` | `mail` | `crossterm` `ratatui` `std::fs` `keyring` |
//! | `sandbox` | `mail` | `crossterm` `ratatui` `std::fs` `keyring` |
//! | `auth` | `mail` | `crossterm` `ratatui` `std::fs` `TcpStream` |
//! | `store` | `mail` | `crossterm` `ratatui` `tokio` `keyring` |
//! | `app` | `mail` | `tokio` `crossterm` `std::fs` `Instant` `::now()` `std::env` |
//! | `ui` | `app` `mail` | `tokio` `std::fs` `Instant` `::now()` `std::env` `std::net` |
//! | `runtime` | `mail` `smtp` `sandbox` `auth` `store` `app` `ui` | |
//! | `cli` | `mail` `smtp` `sandbox` `auth` `store` `app` `ui` `runtime` | |
//!
//! `tests/architecture.rs` reads this table against every `crate::` in the source. `.clippy.toml` keeps clocks, spawning
//! and files to the folders that own them.
//!
//! # Three enums, never merged
//!
//! [`app::action::Action`] is what a person may ask, [`app::msg::Msg`] is what happened, [`app::effect::Effect`] is what the
//! world must do. `update(&mut Model, Msg) -> Vec<Effect>`; `view(&Model, &Look, &mut Frame)`.
//!
//! # Two flows
//!
//! A keystroke: reader thread → `Msg::Key` → `update` → keymap → `Action` → the pane's update → effects → all ready messages
//! drained → one frame, one write.
//!
//! A send: Ctrl-X → `Effect::Check` → `Draft::check` → review, and beside it `Effect::OpenAhead`: a session up to "signed in"
//! that waits for its letter, and whose lines are `Msg::Prelude`. Enter → `Effect::Queue` → letter and journal synced → `Msg::Queued` → `Effect::Submit` → the
//! session opened ahead, or a new one: `sending` recorded, MAIL (each line through `Tap`, `Reader` and `Scribe` to `Msg::Wire`
//! and to the recorder), `dot-intent` recorded, the dot, the outcome recorded, QUIT. No word of a letter before the disk.
//!
//! # Where do I put it?
//!
//! A value or a sentence about mail: `mail`; what a refusal means: `mail::explain`; what a check of an account comes to:
//! `mail::check`; the forms of a recorded session: `mail::session`. A byte on the wire: `smtp`; on the other end of it: `sandbox`.
//! A place for a secret, a sign-in: `auth`; in which order they are asked: `runtime::chain`. A file: `store`.
//! What a key does: `app`, in the file of its pane. How that looks: `ui`, in the file of the same name. A task, a timer, the
//! terminal: `runtime`. A subcommand: `cli`. A change of the configuration: what it asks in `mail::edit`, which lines it touches
//! in `store::config`. What another program's file says of an account: `mail::import`.

pub mod app;
pub mod auth;
pub mod cli;
pub mod mail;
pub mod runtime;
pub mod sandbox;
pub mod smtp;
pub mod store;
pub mod ui;
