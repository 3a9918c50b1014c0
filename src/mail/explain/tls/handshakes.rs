//! What libraries say when a handshake fails.

use crate::mail::explain::Cause::TlsFailed;
use crate::mail::explain::Who::{Administrator, You};
use crate::mail::explain::row::{Row, row};

#[rustfmt::skip]
const WRONG_PORT: Row = row(
    TlsFailed,
    You,
    "The two ends do not agree on when encryption begins: one spoke TLS where the other spoke plain text.",
    "It is most often the port: 587 and 25 begin plain (security = \"starttls\"), 465 begins with TLS (security = \"tls\"). For \
     Microsoft 365: 587 and \"starttls\".",
);

/// A command that was the beginning of TLS, and what .NET says of a handshake in the words of a sign-in.
#[rustfmt::skip]
pub(in crate::mail::explain) const EARLY: &[Row] = &[
    WRONG_PORT.when(&["?tls"]),
    row(
        TlsFailed,
        Administrator,
        "The encryption of the connection (TLS) could not be set up.",
        "Check host and port (587 with \"starttls\"); both ends must speak TLS 1.2 or later, and a proxy or virus scanner on the \
         way may interfere.",
    )
    .when(&[
        "authentication failed|authentication fails & remote party|remote side|tls alert|transport stream|ssl stream|sslstream",
        "^authentication failed & see inner exception & !certificate", "call to sspi failed",
        "handshake & timed out|timeout & !connect",
        "starttls failed & authentication failure", "authenticateasclient & !certificate & !535",
        "unexpected or badly formatted",
    ]),
];

#[rustfmt::skip]
pub(in crate::mail::explain) const ROWS: &[Row] = &[
    WRONG_PORT
        .when(&[
            "unexpected packet format", "unexpected tls packet", "illegal or unsupported version",
            "unknown_protocol", "ssl:wrong_version", "handshake & plaintext", "wrong version number",
            "wrong_version_number", "unknown protocol & ssl", "unable to parse tls packet header",
            "first record does not look like a tls handshake", "unrecognized ssl message, plaintext",
            "plaintext connection?", "invalidcontenttype", "received corrupt message", "corruptmessage",
            "packet length too long", "packet_length_too_long", "unsupported or unrecognized ssl message",
            "oversized record", "unsupported record version", "unsupported_record_type|unsupported record type",
            "ssl23_get_server_hello|ssl3_get_record|get_server_hello", "unknownprotocol", "not a tls",
            "record layer & unexpected", "http request & ssl", "cannot determine the frame size",
            "corrupted frame", "ssl|tls & attempted over a non-", "026 003 00|x16 x03 x0|u0016 u0003 u000", "an ssl/tls & not accept", "unexpected_message & tls", "invalid content type",
        ])
        .confirmed(),
    row(
        TlsFailed,
        Administrator,
        "The encryption of the connection (TLS) could not be set up.",
        "Check host and port (587 with \"starttls\"); both ends must speak TLS 1.2 or later, and a proxy or virus scanner on the \
         way may interfere.",
    )
    .when(&[
        "x509 - |ssl - |pk - |rsa - |ecp - |bignum - & memory|alert|parameter|peer|unknown|invalid|bad & !certificate|eof",
        "tls configuration problem|tls library problem|tls initialization|tls engine & !certificate",
        "tls exception|ssl exception|tlsexception|sslexception", "client -> server: starttls & could not connect to smtp host", "disabling tls support", "unable to connect with starttls", "unable to connect with tls",
        "unable to connect via tls|unable to connect via ssl", "tls_failed", "tls startup failed",
        "handshakeexception",
        "unable to connect with the server using tls", "gnutls-e-|gnutls error|gnutls_e_",
        "record layer failure|record_layer_failure|bad record type|bad record", "gnutls_handshake",
        "network socket disconnected before secure", "error initiating tls", "ssl negotiation", "tls alert",
        "handshake failure", "remote error: tls", "handshakefailure", "in the push function|in the pull function",
        "neither tls nor starttls",
        "generated client alert|generated server alert|received client alert|received server alert",
        "could not negotiate|cannot negotiate|failed to negotiate|unable to negotiate & tls|ssl|encryption|secure",
        "connection encryption type",
        "tls|ssl|starttls & handshake|negotiation|upgrade|session & failed|failure|aborted|error|interrupted & !too many",
        "niossl",
        "decryption failed|decrypt_error|bad_record_mac|illegal_parameter|decode_error & tls|ssl|alert",
        "peer|remote & tls alert|ssl alert|fatal alert", "handshake error", "handshake_failure",
        "handshake failed", "could not convert socket to tls", "tls handshake",
        "ssl handshake", "sslv3 alert", "tlsv1 alert", "starttls failed",
        "starttls command failed", "failed to start tls", "cannot start tls", "ssl_error", "error:1408|error:1409|error:140a|error:1416|error:0a00",
        "unable to enable tls", "tls error", "ssl error", "sslerror", "ssl_connect", "ssl_accept error",
        "failed to start [tls://|failed to start [ssl://|unable to connect to tls://|unable to connect to ssl://", "crypto failed", "failed to enable crypto", "can't starttls|cannot starttls|could not starttls",
        "gnutls_priority|no tls socket", "could not start tls|couldn't start tls|failed starting tls",
        "cannot get tls certificate|sha256 fingerprint",
        "this stream does not support ssl", "tls packet with unexpected",
        "unexpected eof while reading", "received_fatal_alert", "received fatal alert", "fatal alert:",
        "eof occurred in violation of protocol", "ssl operation failed", "tls library problem", "ssl routines",
        "secure tls connection", "tls negotiation", "err_ssl", "tls connect & !tls connection",
        "ssl connect & !ssl connection", "secure channel", "establish a secure connection", "failed to negotiate tls",
        "starttls & exception & !violation|pipelin*|@5", "inappropriate fallback", "no cipher",
        "securityerror: ssl",
        "unable to starttls",
    ])
    .confirmed(),
];
