//! SECRETS AND SIGN-IN. Where a password or token comes from, and where it may be kept.
//!
//! Knows: helper programs, the keyring, deadlines on both. Must not know: the screen, the wire, any file.
//! The order, first hit wins: `password_command`, the keyring, and then the person (whom `runtime` or `cli` asks).

mod helper;
pub mod keyring;
pub mod secrets;
