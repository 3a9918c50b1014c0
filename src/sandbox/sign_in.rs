//! AUTH: the exchange of LOGIN and XOAUTH2 up to the point where a user and a secret have been offered.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::words::{self, Words};

/// The password of every user of the sandbox.
pub const PASSWORD: &str = "open-sesame";
/// An access token of every user of the sandbox, without the sign-in service.
pub const TOKEN: &str = "sandbox-token";

/// What the client's next line will be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum SignIn {
    LoginUser,
    LoginPassword { user: String },
    Token,
}

/// Where the exchange stands after a line.
pub(super) enum Turn {
    /// The client is asked for more.
    Ask(SignIn, Words),
    /// It has offered all.
    Offered {
        user: String,
        proof: Proof,
    },
    Refused(Words),
}

/// By what a user means to be known.
pub(super) enum Proof {
    Password(String),
    Token(String),
}

impl SignIn {
    /// Begins with the mechanism that AUTH named, and its initial response if there was one (RFC 4954, section 4).
    pub(super) fn begin(mechanism: &str, response: Option<&str>) -> Turn {
        let (sign_in, prompt) = match mechanism.to_ascii_uppercase().as_str() {
            "LOGIN" => (Self::LoginUser, words::ASK_USER),
            "XOAUTH2" => (Self::Token, words::ASK_TOKEN),
            _ => return Turn::Refused(words::UNKNOWN_MECHANISM),
        };
        match response {
            // A lone equals sign is an empty response.
            Some("=") => sign_in.answer(b""),
            Some(response) => sign_in.answer(response.as_bytes()),
            None => Turn::Ask(sign_in, prompt),
        }
    }

    /// Takes the client's answer, still in base64. Exchange answers a cancelling `*` with 535, where RFC 4954 has 501.
    pub(super) fn answer(self, line: &[u8]) -> Turn {
        let decoded = BASE64_STANDARD.decode(line).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        match (self, decoded) {
            (Self::LoginUser, Some(user)) => Turn::Ask(Self::LoginPassword { user }, words::ASK_PASSWORD),
            (Self::LoginPassword { user }, Some(password)) => {
                Turn::Offered { user, proof: Proof::Password(password) }
            }
            (Self::Token, Some(blob)) => match user_and_token(&blob) {
                Some((user, token)) => {
                    Turn::Offered { user: user.to_owned(), proof: Proof::Token(token.to_owned()) }
                }
                None => Turn::Refused(words::MALFORMED_TOKEN),
            },
            (Self::Token, None) if line != b"*" => Turn::Refused(words::MALFORMED_TOKEN),
            (_, None) => Turn::Refused(words::WRONG_CREDENTIALS),
        }
    }
}

/// Takes `user=…^Aauth=Bearer …^A^A` apart.
fn user_and_token(blob: &str) -> Option<(&str, &str)> {
    let (user, token) =
        blob.strip_suffix("\x01\x01")?.strip_prefix("user=")?.split_once("\x01auth=Bearer ")?;
    let whole = |part: &str| !part.is_empty() && !part.contains('\x01');
    (whole(user) && whole(token)).then_some((user, token))
}
