//! What is known of a TLS session, as plain values.

use serde::Serialize;

/// The facts of an established session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
