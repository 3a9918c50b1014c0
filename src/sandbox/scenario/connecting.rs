//! What can go wrong up to the sign-in: the line, the greeting, TLS.

use super::Deed::{Alert, Reset, Say, Stall, Stranger};
use super::Point::{Auth, Data, Greeting, Handshake, Hello, Mail, SecondHello, SignIn, StartTls};
use super::{Scenario, row};
use crate::sandbox::words;

/// TLS alerts by their numbers (RFC 8446, section 6.2).
const HANDSHAKE_FAILURE: u8 = 40;
const PROTOCOL_VERSION: u8 = 70;

#[rustfmt::skip]
pub(super) const TABLE: &[Scenario] = &[
    row(1, "no-answer", Greeting, Stall,
        "The connection opens and nothing is ever said, as behind a firewall."),
    row(2, "handshake-fails", Handshake, Alert(HANDSHAKE_FAILURE),
        "STARTTLS is accepted, and then the TLS handshake fails."),
    row(2, "tls-1.1-only", Handshake, Alert(PROTOCOL_VERSION),
        "STARTTLS is accepted, and then no version of TLS is in common."),
    row(2, "intercepted", Handshake, Stranger,
        "The certificate comes from an unknown authority, as where a proxy reads along."),
    row(3, "tls-too-old", SecondHello, Say(words::TLS_TOO_OLD),
        "The server says that TLS 1.0 and 1.1 are over, and closes."),
    row(4, "no-tls-there", Handshake, Say(words::UNKNOWN_COMMAND),
        "The handshake is answered in clear text, as on a port that has no TLS."),
    row(6, "hello-rejected", Hello, Say(words::INVALID_DOMAIN),
        "The name in EHLO is refused."),
    row(7, "hello-first", Auth, Say(words::HELLO_FIRST),
        "The server wants another EHLO after TLS, whatever came."),
    row(8, "starttls-required", Mail, Say(words::NOT_ENCRYPTED),
        "STARTTLS comes first, the server says at MAIL, whatever came."),
    row(9, "starttls-refused", StartTls, Say(words::TLS_UNAVAILABLE),
        "STARTTLS is put off: no TLS at the moment."),
    row(10, "server-full", Greeting, Say(words::SERVER_FULL),
        "The server has too many connections of all clients, and closes."),
    row(10, "not-available", Greeting, Say(words::NOT_AVAILABLE),
        "The server is not available, and closes."),
    row(11, "idle-timeout", Mail, Say(words::TIMED_OUT),
        "The server closes the session: it was idle too long."),
    row(11, "session-too-long", Data, Say(words::SESSION_TOO_LONG),
        "The server closes the session: it lasted too long."),
    row(12, "too-many-errors", SignIn, Say(words::TOO_MANY_ERRORS),
        "The server closes the session: it has seen too many errors."),
    row(13, "reset", Hello, Reset,
        "The connection is reset at EHLO, without a reply."),
];
