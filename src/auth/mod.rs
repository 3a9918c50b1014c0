//! SECRETS AND SIGN-IN. Where a password or token comes from, and where it may be kept: each place by itself.
//!
//! Knows: helper programs, the keyring, the sign-in service (OAuth 2.0 over HTTPS), the port to which a browser comes back, and
//! deadlines on all of them. Must not know: the screen, the wire, any file.
//! The order in which they are asked is `runtime::chain`, since the vault's file and the person are reached from there. `vault` is
//! octets in and octets out.

pub mod helper;
pub mod http;
pub mod kernel;
pub mod keyring;
pub mod oauth;
pub mod spare;
pub mod vault;
