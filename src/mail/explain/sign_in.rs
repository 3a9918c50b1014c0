//! Texts about signing in to a mail server: switched off, blocked, wrong, or not done at all.

pub(super) mod accounts;
pub(super) mod credentials;
pub(super) mod mechanisms;
pub(super) mod policies;
pub(super) mod tokens;
