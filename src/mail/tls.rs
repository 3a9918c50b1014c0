//! What is known of a TLS session, and of the certificates that a server showed, as plain values.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::text::Shown;

/// The facts of an established session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TlsFacts {
    /// As people write it: `TLS 1.3`.
    pub protocol: String,
    /// `AES-256-GCM`, `CHACHA20-POLY1305`.
    pub cipher: String,
    /// Key exchange group, such as `X25519`.
    pub group: String,
    /// The name that the certificate was checked against.
    pub name: String,
}

impl TlsFacts {
    /// `TLS 1.3 AES-256-GCM`, for a title.
    pub fn short(&self) -> String {
        format!("{} {}", self.protocol, self.cipher)
    }
}

/// One certificate of a chain, as the server sent it (RFC 5280); nothing here says that it is to be believed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// `CN=smtp.office365.com, O=Contoso`; empty where the certificate has none.
    pub subject: Shown,
    pub issuer: Shown,
    /// The names and addresses that it is for (RFC 5280 section 4.2.1.6).
    pub names: Vec<Shown>,
    pub valid_from: Timestamp,
    pub valid_until: Timestamp,
    /// `ECDSA P-256`, `RSA 2048`.
    pub key: String,
    /// How the issuer signed it: `ECDSA with SHA-256`.
    pub signature: String,
}

impl Certificate {
    /// Whole days until it expires; below zero once it has.
    pub fn days_left(&self, now: Timestamp) -> i64 {
        self.valid_until.duration_since(now).as_secs().div_euclid(24 * 60 * 60)
    }
}
