//! Texts about TLS: of servers that demand it, of servers that do not have it, of OpenSSL, rustls, Java, .NET, Go and Node.

pub(super) mod certificates;
pub(super) mod demands;
pub(super) mod handshakes;
pub(super) mod versions;
