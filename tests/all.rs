//! Everything that needs only this crate. One file a subject, named as in `src/`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test touches the world")]
#![allow(unreachable_pub, reason = "one program, whose modules share their helpers")]

mod accounts;
mod address;
mod ahead;
mod architecture;
mod auth;
mod check;
mod crash;
mod descriptors;
mod editor;
mod explain;
mod hangup;
mod import;
mod kernel;
mod letter;
mod log;
mod mind;
mod outbox;
mod reply;
mod route;
mod sandbox;
mod secrets;
mod send;
mod senders;
mod settings;
mod smtp;
mod store;
mod story;
mod support;
mod text;
mod theme;
mod ui;
mod vault;
