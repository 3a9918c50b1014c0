//! What libraries say when a handshake fails.

use crate::mail::explain::Cause::TlsFailed;
use crate::mail::explain::Who::You;
use crate::mail::explain::row::{Row, row};
use crate::mail::explain::said;

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
    said::HANDSHAKE
    .when(&[
        "authentication failed|authentication fails & remote party|remote side|tls alert|transport stream|ssl stream|sslstream",
        "^authentication failed & see inner exception & !certificate",
        "handshake & timed out|timeout & !connect", "starttls failed & authentication failure",
        "authenticateasclient & !certificate & !535",
        "call to sspi failed", "unexpected or badly formatted",
    ]),
];

#[rustfmt::skip]
pub(in crate::mail::explain) const ROWS: &[Row] = &[
    WRONG_PORT
        .when(&[
            "handshake & plaintext", "unknown protocol & ssl", "plaintext connection?",
            "unsupported_record_type|unsupported record type",
            "ssl23_get_server_hello|ssl3_get_record|get_server_hello", "record layer & unexpected",
            "http request & ssl", "ssl|tls & attempted over a non-", "026 003 00|x16 x03 x0|u0016 u0003 u000",
            "an ssl/tls & not accept", "unexpected_message & tls",
            "cannot determine the frame size", "corrupted frame", "corruptmessage",
            "first record does not look like a tls handshake", "illegal or unsupported version",
            "invalid content type", "invalidcontenttype", "not a tls", "oversized record",
            "packet length too long", "packet_length_too_long", "received corrupt message",
            "ssl:wrong_version", "unable to parse tls packet header", "unexpected packet format",
            "unexpected tls packet", "unknown_protocol", "unknownprotocol",
            "unrecognized ssl message, plaintext", "unsupported or unrecognized ssl message",
            "unsupported record version", "wrong version number", "wrong_version_number",
        ])
        .confirmed(),
    said::HANDSHAKE
    .when(&[
        "x509 - |ssl - |pk - |rsa - |ecp - |bignum - & memory|alert|parameter|peer|unknown|invalid|bad & !certificate|eof",
        "tls configuration problem|tls library problem|tls initialization|tls engine & !certificate",
        "tls exception|ssl exception|tlsexception|sslexception",
        "client -> server: starttls & could not connect to smtp host",
        "unable to connect via tls|unable to connect via ssl", "gnutls-e-|gnutls error|gnutls_e_",
        "record layer failure|record_layer_failure|bad record type|bad record",
        "in the push function|in the pull function",
        "generated client alert|generated server alert|received client alert|received server alert",
        "could not negotiate|cannot negotiate|failed to negotiate|unable to negotiate & tls|ssl|encryption|secure",
        "tls|ssl|starttls & handshake|negotiation|upgrade|session & failed|failure|aborted|error|interrupted & !too many",
        "decryption failed|decrypt_error|bad_record_mac|illegal_parameter|decode_error & tls|ssl|alert",
        "peer|remote & tls alert|ssl alert|fatal alert",
        "error:1408|error:1409|error:140a|error:1416|error:0a00",
        "failed to start [tls://|failed to start [ssl://|unable to connect to tls://|unable to connect to ssl://",
        "can't starttls|cannot starttls|could not starttls", "gnutls_priority|no tls socket",
        "could not start tls|couldn't start tls|failed starting tls",
        "cannot get tls certificate|sha256 fingerprint", "tls connect & !tls connection",
        "ssl connect & !ssl connection", "starttls & exception & !violation|pipelin*|@5",
        "cannot start tls", "connection encryption type", "could not convert socket to tls", "crypto failed",
        "disabling tls support", "eof occurred in violation of protocol", "err_ssl", "error initiating tls",
        "establish a secure connection", "failed to enable crypto", "failed to negotiate tls",
        "failed to start tls", "fatal alert:", "gnutls_handshake", "handshake error", "handshake failed",
        "handshake failure", "handshake_failure", "handshakeexception", "handshakefailure",
        "inappropriate fallback", "neither tls nor starttls", "network socket disconnected before secure",
        "niossl", "no cipher", "received fatal alert", "received_fatal_alert", "remote error: tls",
        "secure channel", "secure tls connection", "securityerror: ssl", "ssl error", "ssl handshake",
        "ssl negotiation", "ssl operation failed", "ssl routines", "ssl_accept error", "ssl_connect",
        "ssl_error", "sslerror", "sslv3 alert", "starttls command failed", "starttls failed",
        "this stream does not support ssl", "tls alert", "tls error", "tls handshake", "tls library problem",
        "tls negotiation", "tls packet with unexpected", "tls startup failed", "tls_failed", "tlsv1 alert",
        "unable to connect with starttls", "unable to connect with the server using tls",
        "unable to connect with tls", "unable to enable tls", "unable to starttls",
        "unexpected eof while reading",
    ])
    .confirmed(),
];
