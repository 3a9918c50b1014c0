//! Everything that needs only this crate. One file a subject, named as in `src/`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod architecture;
mod editor;
mod sandbox;
mod theme;
