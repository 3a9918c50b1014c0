//! What several tests lean on: the other end of a wire, a terminal with a person at it, a server that keeps a ledger.

pub(crate) mod attempt;
pub(crate) mod authority;
pub(crate) mod canary;
pub(crate) mod picture;
pub(crate) mod proxy;
pub(crate) mod server;
pub(crate) mod splinter;
pub(crate) mod terminal;
pub(crate) mod wire;
