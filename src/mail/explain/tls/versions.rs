//! Versions and ciphers that are too old.

use crate::mail::explain::Cause::TlsTooOld;
use crate::mail::explain::Who::Administrator;
use crate::mail::explain::row::{Row, row};

#[rustfmt::skip]
const TOO_OLD: Row = row(
    TlsTooOld,
    Administrator,
    "One end offers only TLS 1.0 or 1.1, versions of encryption that are no longer accepted.",
    "Both ends must speak TLS 1.2 or later: update the older one; a proxy or virus scanner on the way may be it. An \
     administrator can opt in to smtp-legacy.office365.com for old devices.",
);

#[rustfmt::skip]
const WEAK_KEY: Row = row(
    TlsTooOld,
    Administrator,
    "The server's TLS works with keys or signatures that are too weak to be accepted today.",
    "Whoever runs the server gives it longer keys (2048 bits or more) and current ciphers.",
);

/// What is said of a version by its number: "TLS 1.2 is required" is no demand to switch TLS on.
#[rustfmt::skip]
pub(in crate::mail::explain) const ROWS: &[Row] = &[
    TOO_OLD
        .when(&[
            "<new tls> & <at least>",
            "high-strength cipher|strong cipher|stronger cipher|cipher strength",
            "<old tls> & <no longer taken>",
            "tls|ssl & version & too low|too old|outdated|deprecated|no longer supported|not supported|unsupported & !wrong version|record version",
            "only supports|only offers & tls 1.0|tlsv1.0|sslv3",
        ]),
    TOO_OLD.when(&[
        "#4.7.66",
        "unsupported protocol|unsupported_protocol & ssl|tls|handshake",
        "unsafe legacy renegotiation|unsafe_legacy_renegotiation",
        "no common encryption|no_cypher_overlap|no_cipher_overlap|alert code is 70|alert code is 71|alert 70|numéro de version illégal",
        "ssl3 & disabled",
        "no shared cipher|no_shared_cipher|no ciphers available|no_ciphers_available|no cipher suites|cipher mismatch|cipher_mismatch|no common cipher",
        "insufficient security|insufficient_security|insufficientsecurity",
        "serverselectedunsupported|no common protocol|nocommonprotocol",
        "tls version & not supported", "tls version 1.0|tls version 1.1 & !up to",
        "nociphersuitesincommon|no cipher can be selected|no matching cipher|version_or_cipher_mismatch|alert_protocol_version",
        "no cipher suite supported|no supported cipher|supported cipher suite|no cipher match",
        "alert number 70", "alert number 71", "alert protocol version", "could not generate dh keypair",
        "doesnotsupporttls12", "inappropriate_fallback", "no appropriate protocol", "no protocols available",
        "no_protocols_available", "peer is incompatible: servertlsversion", "protocol is disabled",
        "protocol version alert", "protocol version not supported", "protocol_version", "protocolversion",
        "requires tls 1.2", "security protocol is not supported", "selected protocol version",
        "support tls 1.2", "the client and server cannot communicate, because they do not possess a common",
        "tls 1.0 and 1.1 are not supported", "tls 1.0 is", "tls1.0", "unconfigured cipher",
        "unsupported tls version", "version too low",
    ])
    .confirmed(),
    WEAK_KEY.when(&[
        "key too small|key_too_small & dh|ee|rsa",
        "diffie-hellman|dh & not acceptable|too small|too short|too weak|not long enough|weak & !found",
        "wrong signature type",
    ])
    .confirmed(),
];
