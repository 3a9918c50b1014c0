//! The whole program against a real Postfix, a real Dovecot, a real keyring and a real provider of sign-ins;
//! `tests/real/run` starts them (the keyring is each story's own) and then this.
//!
//! A story is a command line, what came back from it, and what the server and the recipients say. Three promises are
//! not left to stories: `Ana::finish` sees after every send that no secret is to be found and that nothing stays
//! behind, and `Rig::delivered` sees that every message is one that any server would carry.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![expect(clippy::disallowed_methods, reason = "tests read files, the environment and the clock")]

#[path = "real/ana.rs"]
mod ana;
#[path = "real/attachments.rs"]
mod attachments;
#[path = "support/canary.rs"]
mod canary;
#[path = "real/certificates.rs"]
mod certificates;
#[path = "real/desktop.rs"]
mod desktop;
#[path = "real/kept.rs"]
mod kept;
#[path = "real/keyring.rs"]
mod keyring;
#[path = "real/leaks.rs"]
mod leaks;
#[path = "real/leftovers.rs"]
mod leftovers;
#[path = "real/mail.rs"]
mod mail;
#[path = "real/oidc.rs"]
mod oidc;
#[path = "real/provider.rs"]
mod provider;
#[path = "real/recipients.rs"]
mod recipients;
#[path = "real/rig.rs"]
mod rig;
#[path = "real/seat.rs"]
mod seat;
#[path = "real/sign_in.rs"]
mod sign_in;
#[path = "real/signed_in.rs"]
mod signed_in;
#[path = "real/text.rs"]
mod text;
#[path = "real/vault.rs"]
mod vault;

/// What the stories of `tests/all.rs` stand on, as far as it is needed here.
#[path = "support"]
mod support {
    #[allow(dead_code, unreachable_pub, reason = "only a part is used here")]
    pub(crate) mod terminal;
}

const SENDOFF: &str = env!("CARGO_BIN_EXE_sendoff");

const ANA: &str = "ana@contoso.test";
const BOB: &str = "bob@fabrikam.test";
const CAROL: &str = "carol@contoso.test";
const DAN: &str = "dan@fabrikam.test";
/// Whom the server does not know.
const NOBODY: &str = "nobody@fabrikam.test";
