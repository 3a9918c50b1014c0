//! THE MIND. What the program knows and what each key and event does to it. Pure: `update(&mut Model, Msg) -> Vec<Effect>`.
//!
//! Knows: `mail`, and the text area behind `editor`. Must not know: tokio, the terminal, files, clocks. Time comes in with
//! the messages that carry it; ids are counted, not drawn.
//!
//! One file a pane, with its state and its update: `account`, `compose`, `outbox`, `log`, `dialog`. What runs
//! across them: `send` (a letter's way), `drafts` (what is in the composer next), `leaving`.

pub mod account;
pub mod action;
pub mod compose;
pub mod dialog;
mod drafts;
pub mod editor;
pub mod effect;
mod help;
pub mod keymap;
mod leaving;
pub mod log;
pub mod model;
pub mod msg;
pub mod outbox;
mod send;
pub mod update;

pub use model::Model;
pub use update::update;
