//! SECRETS AND SIGN-IN. Where a password or token comes from, and where it may be kept.
//!
//! Knows: helper programs, the keyring, the sign-in service (OAuth 2.0 over HTTPS), the port to which a browser comes back, and
//! deadlines on all of them. Must not know: the screen, the wire, any file.
//! The order, first hit wins: `password_command`, the keyring, and then the person (whom `runtime` or `cli` asks). An account with an
//! application gets its token from the sign-in in the keyring (`runtime::tokens`). `vault` is bytes in and bytes out; nobody asks it
//! yet.

mod helper;
pub mod http;
pub mod kernel;
pub mod keyring;
pub mod oauth;
pub mod secrets;
pub mod vault;
