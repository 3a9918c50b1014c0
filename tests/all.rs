//! Everything that needs only this crate. One file a subject, named as in `src/`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(unreachable_pub, reason = "one program, whose modules share their helpers")]

mod architecture;
mod crash;
mod editor;
mod hangup;
mod letter;
mod sandbox;
mod secrets;
mod send;
mod smtp;
mod story;
mod support;
mod theme;
