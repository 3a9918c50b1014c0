//! The access tokens that the sign-in service has issued, for the SMTP server to look at: one writes, many read.

use jiff::Timestamp;
use tokio::sync::watch;

use super::sign_in::TOKEN;

/// An access token, opaque to everyone but the sandbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    pub token: String,
    pub holder: Holder,
    pub expires: Timestamp,
}

/// Whose mailbox a token opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    Person(String),
    /// An application in its own name (client credentials): every mailbox.
    Service,
}

/// All tokens in force. Clones see the same.
#[derive(Debug, Clone)]
pub struct Tokens(watch::Receiver<Vec<Issued>>);

impl Tokens {
    pub(super) fn new() -> (watch::Sender<Vec<Issued>>, Self) {
        let (sender, receiver) = watch::channel(Vec::new());
        (sender, Self(receiver))
    }

    /// Whether `token` opens the mailbox of `user`. [`TOKEN`] opens every one, for those who have no sign-in service.
    pub(super) fn open(&self, user: &str, token: &str) -> bool {
        let opens = |issued: &Issued| {
            issued.token == token
                && match &issued.holder {
                    Holder::Person(person) => person.eq_ignore_ascii_case(user),
                    Holder::Service => true,
                }
        };
        token == TOKEN || self.0.borrow().iter().any(opens)
    }
}

impl Default for Tokens {
    /// No token but [`TOKEN`].
    fn default() -> Self {
        Self::new().1
    }
}
