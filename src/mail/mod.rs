//! WORDS. The values that every other folder shares: accounts, addresses, drafts, letters, transcript lines, outcomes.
//!
//! Knows: the vocabulary of the field (RFC 5321, RFC 5322, SASL) and how one value becomes another.
//! Must not know: tokio, the terminal, files, clocks, randomness. What it needs of those comes in as values.

pub mod account;
pub mod address;
pub mod argv;
pub mod capability;
pub mod check;
pub mod draft;
pub mod dsn;
pub mod edit;
pub mod explain;
pub mod form;
pub mod guide;
pub mod header;
pub mod import;
pub mod letter;
pub mod mailto;
pub mod oauth;
pub mod outbox;
pub mod outcome;
pub mod place;
pub mod preset;
pub mod proxy;
pub mod reply;
pub mod secret;
pub mod session;
pub mod settings;
pub mod sign_in;
pub mod size;
pub mod stores;
pub mod text;
pub mod tls;
pub mod transcript;
