//! Texts about TLS: of servers that demand it, of servers that do not have it, of OpenSSL, rustls, Java, .NET, Go and Node.

use super::Cause::{CertificateInvalid, TlsFailed, TlsRequired, TlsTooOld};
use super::Who::{Administrator, Wait, You};
use super::row::{Row, row};
use crate::mail::outcome::Step;

#[rustfmt::skip]
const DEMANDED: Row = row(
    TlsRequired,
    You,
    "The server takes mail and sign-ins only over an encrypted connection (TLS).",
    "Set security = \"starttls\" with port 587, or security = \"tls\" with port 465, in the account.",
);

#[rustfmt::skip]
const NOT_OFFERED: Row = row(
    TlsRequired,
    Administrator,
    "The server does not offer to encrypt the connection (STARTTLS), so nothing was sent to it.",
    "Check host and port (587 for submission); a firewall or proxy on the way may be removing STARTTLS. A server on port 465 \
     wants security = \"tls\".",
);

#[rustfmt::skip]
const NOT_NOW: Row = row(
    TlsRequired,
    Wait,
    "The server cannot encrypt the connection at the moment, so nothing was sent.",
    "Try again in a few minutes.",
);

#[rustfmt::skip]
const WRONG_PORT: Row = row(
    TlsFailed,
    You,
    "The two ends do not agree on when encryption begins: one spoke TLS where the other spoke plain text.",
    "It is most often the port: 587 and 25 begin plain (security = \"starttls\"), 465 begins with TLS (security = \"tls\"). For \
     Microsoft 365: 587 and \"starttls\".",
);

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
pub(super) const VERSION: &[Row] = &[
    TOO_OLD
        .when(&[
            "<new tls> & <at least>",
            "<old tls> & <no longer taken>",
            "tls|ssl & version & too low|too old|outdated|deprecated|no longer supported|not supported|unsupported & !wrong version",
            "only supports|only offers & tls 1.0|tlsv1.0|sslv3",
        ]),
    TOO_OLD.when(&[
        "#4.7.66", "tls 1.0 and 1.1 are not supported", "tlsv1 alert protocol version",
        "alert protocol version", "unsupported protocol|unsupported_protocol & ssl|tls", "protocol_version",
        "no_protocols_available", "protocol is disabled", "ssl3 & disabled", "inappropriate_fallback",
        "unsupported tls version", "tls 1.0 is", "tls1.0", "protocol version alert",
        "no shared cipher|no_shared_cipher|no ciphers available|no_ciphers_available|no cipher suites|cipher mismatch|cipher_mismatch|no common cipher",
        "no appropriate protocol", "version too low", "no protocols available",
        "tls versions are not supported", "selected protocol version",
        "insufficient security|insufficient_security|insufficientsecurity", "alert number 71",
        "protocolversion", "security protocol is not supported",
        "serverselectedunsupported|no common protocol|nocommonprotocol", "requires tls 1.2", "support tls 1.2",
        "peer is incompatible: servertlsversion", "alert number 70", "protocol version not supported",
        "tls version & not supported",
        "the client and server cannot communicate, because they do not possess a common",
        "doesnotsupporttls12",
        "tls version 1.0|tls version 1.1 & !up to",
        "nociphersuitesincommon|no cipher can be selected|no matching cipher|version_or_cipher_mismatch|alert_protocol_version",
        "no cipher suite supported|no supported cipher|supported cipher suite|no cipher match",
    ])
    .confirmed(),
    WEAK_KEY.when(&[
        "key too small|key_too_small & dh|ee|rsa", "wrong signature type",
        "diffie-hellman|dh & not acceptable|too small|too short|too weak|not long enough|weak & !found",
    ])
    .confirmed(),
];

/// What .NET says of a handshake in the words of a sign-in.
#[rustfmt::skip]
pub(super) const HANDSHAKE: &[Row] = &[
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
        "authenticateasclient & !certificate & !535", "unexpected or badly formatted",
    ]),
];

/// What the server itself says of encryption.
#[rustfmt::skip]
pub(super) const DEMANDS: &[Row] = &[
    DEMANDED
        .when(&[
            "without ssl|without tls|without encryption|without starttls|without an encrypted & not allowed|not permitted|not accepted|not available|forbidden|disabled|not possible",
            "authentication|auth|login|connections & only allowed|only available|only permitted|only accepted|only supported & tls|ssl|starttls|encrypted|encryption",
            "non-tls|non-ssl|non-encrypted & not accepted|not allowed|not permitted|refused|rejected|connections",
            "must use ssl|must use an encrypted|must use a secure|must use encryption",
            "unencrypted connection & !refus", "only with ssl or tls", "errortlsnotavailable",
            "authentication is not allowed at this stage", "requested ssl level failed",
            "too many unauthenticated starttls", "must issue a starttls", "must issue starttls",
            "starttls command first", "starttls first", "issue a starttls command",
            "starttls is required to send", "starttls required", "a starttls is required",
            "tls is required for", "encryption needed|#5.7.10",
            "tls|ssl|encryption|starttls & mandatory|obligatory|compulsory",
            "plain text|plaintext|unencrypted|cleartext|clear text & connections|login|logins|sessions|authentication & not accepted|not allowed|not permitted|refused|disabled|disallowed",
            "authentication|auth|login & only & over|via|with|after & secure|encrypted|tls|ssl & connection|channel|session",
            "missing_requirement & tls", "encryption required", "must use tls", "requires tls", "tls required",
            "need starttls", "must use starttls", "plaintext authentication disallowed",
            "plaintext authentication is disallowed", "secure connection is required",
            "auth not available without tls", "ssl is required", "ssl required", "requires ssl",
            "ssl/tls required", "starttls command must be", "session encryption is required", "please use tls",
            "use starttls before", "#5.7.11", "@538", "tls connection required", "connection must be secured",
            "encrypted connection is required", "unencrypted connection & refus", "requires encryption",
            "tls encryption is required", "enable tls",
        ])
        .confirmed(),
    NOT_NOW
        .when(&[
            "tls not available", "tls is not available due to", "tls currently unavailable", "tls temporarily",
            "@454",
        ])
        .at(&[Step::StartTls]),
    NOT_NOW.when(&[
        "tls not available due to", "tls currently unavailable", "@454 & tls & !relay & !authenticat",
    ]).confirmed(),
    NOT_OFFERED
        .when(&[
            "doesn't advertise & starttls", "starttls & doesn't advertise", "not advertise & starttls",
            "starttls_not_support", "starttlsnotavailable", "error upgrading connection with starttls",
            "starttls is required & not", "starttls & 502", "did not offer tls",
            "starttls|tls|secure connection & not offered|not advertised|not announced|not provided|not enabled on|does not offer|doesn't offer|did not offer|lacks",
            "requested ssl level|use_ssl_failed", "starttls unsupported", "command starttls & not",
            "starttls: command not", "starttls extension not", "starttls not supported",
            "starttls is not supported", "does not support starttls", "does not support the starttls",
            "doesn't support starttls", "starttls is not offered", "starttls not offered",
            "starttls not available", "starttls is not available", "server does not support tls",
            "server did not offer starttls", "doesn't offer starttls", "does not offer starttls",
            "starttls not advertised", "not advertise starttls", "not support tls via the starttls",
            "no starttls", "starttls & not advertised", "starttls & unsupported", "did not advertise starttls",
            "starttls & isn't supported", "does not support secure connections", "without starttls support",
            "tls is required, but was not offered", "tls required but not", "not support starttls",
            "starttls was not offered", "doesn't have starttls", "does not support ssl & !this stream",
            "tls is required, but",
            "does not support tls", "starttls command not", "starttls failed & not supported",
        ])
        .confirmed(),
];

/// What libraries say when it fails.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    NAME_MISMATCH,
    CERTIFICATE,
    WRONG_PORT
        .when(&[
            "unexpected packet format", "unexpected tls packet", "illegal or unsupported version",
            "unknown_protocol", "ssl:wrong_version", "handshake & plaintext", "wrong version number",
            "wrong_version_number", "unknown protocol & ssl", "unable to parse tls packet header",
            "first record does not look like a tls handshake", "unrecognized ssl message, plaintext",
            "plaintext connection?", "invalidcontenttype", "received corrupt message", "corruptmessage",
            "packet length too long", "packet_length_too_long", "unsupported or unrecognized ssl message",
            "handshake failed due to an unexpected packet format", "an unexpected tls packet was received",
            "oversized record", "unsupported_record_type|unsupported record type",
            "ssl23_get_server_hello|ssl3_get_record|get_server_hello", "unknownprotocol", "not a tls",
            "record layer & unexpected", "http request & ssl", "cannot determine the frame size",
            "corrupted frame", "an ssl/tls & not accept", "unexpected_message & tls", "invalid content type",
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
        "unable to connect with starttls", "unable to connect with tls", "unable to find the socket transport",
        "extension missing: openssl", "tls_failed", "tls startup failed",
        "before secure tls connection was established", "handshakeexception",
        "unable to connect with the server using tls", "gnutls-e-|gnutls error|gnutls_e_",
        "record layer failure|record_layer_failure|bad record type|bad record", "gnutls_handshake",
        "network socket disconnected before secure", "error initiating tls", "ssl negotiation", "tls alert",
        "handshake failure", "handshakefailure", "in the push function|in the pull function",
        "neither tls nor starttls",
        "generated client alert|generated server alert|received client alert|received server alert",
        "could not negotiate|cannot negotiate|failed to negotiate|unable to negotiate & tls|ssl|encryption|secure",
        "connection encryption type",
        "tls|ssl|starttls & handshake|negotiation|upgrade|session & failed|failure|aborted|error|interrupted",
        "niossl",
        "decryption failed|decrypt_error|bad_record_mac|illegal_parameter|decode_error & tls|ssl|alert",
        "peer|remote & tls alert|ssl alert|fatal alert", "handshake error", "handshake_failure",
        "sslhandshakeexception", "handshake failed", "could not convert socket to tls", "tls handshake",
        "ssl handshake", "sslv3 alert", "tlsv1 alert", "tls negotiation failed", "starttls failed",
        "starttls command failed", "failed to start tls", "cannot start tls", "ssl_error",
        "unable to enable tls", "tls error", "ssl error", "sslerror", "ssl_connect", "ssl_accept error",
        "crypto failed", "failed to enable crypto", "can't starttls|cannot starttls|could not starttls",
        "gnutls_priority|no tls socket", "could not start tls|couldn't start tls|failed starting tls",
        "cannot get tls certificate|sha256 fingerprint",
        "this stream does not support ssl", "tls packet with unexpected",
        "unexpected eof while reading", "received_fatal_alert", "received fatal alert", "fatal alert:",
        "eof occurred in violation of protocol", "ssl operation failed", "tls library problem", "ssl routines",
        "secure tls connection", "tls negotiation", "err_ssl", "tls connect & !connection established",
        "ssl connect", "secure channel", "establish a secure connection", "failed to negotiate tls",
        "starttls & exception", "inappropriate fallback", "bad record mac", "no cipher", "securityerror: ssl",
        "unsafe legacy renegotiation", "unable to starttls",
    ])
    .confirmed(),
];

#[rustfmt::skip]
const CERTIFICATE: Row = row(
    CertificateInvalid,
    Administrator,
    "The server's certificate is not one that this machine trusts: expired, self-made, or from an unknown issuer.",
    "Check host and this machine's clock. For a server of your own, name its root certificate in ca_file; where a virus scanner \
     or proxy opens TLS, its root has to be known. There is no switch to skip the check.",
)
.when(&[
    "certificate for this server is invalid", "hasn't got a known issuer",
    "certificate|cert|certificates & <untrusted> & !client certificate & !connector & !gnutls-e-",
    "cannot verify & certificate", "verify error", "bad_cert|bad cert", "pretending to be", "no name matching",
    "certificateexpired|certificatenotyetvalid|certificateexception|certpathvalidator|certpathbuilder",
    "trust anchor",
    "err_cert_|cert_not_yet|cert_untrusted|cert_signature|cert_revoked|unable_to_get_cert|hostname_check_failed",
    "^unknown issuer|unknownissuer|untrusted issuer",
    "serververificationfailed|caused by: invalidcertificate|invalidcertificate(",
    "fingerprint & mismatch|not match|changed", "^certificate_unknown & !alert",
    "cn mismatch", "verify leaf|certificate crl|certificate revocation list",
    "issuer certificate of|no certificates could be verified|peerunverified",
    "certificate & issued to another|issued for another|for another host",
    "gnutls-e-certificate|gnutls-e-cert", "errorcertificate",
    "certificate is not yet valid", "certificate has been revoked", "server certificate not verified",
    "certificate was not verified", "certificate & not trusted by", "certificates & expired",
    "certificate verify failed", "certificate_verify_failed", "self signed certificate",
    "self-signed certificate", "self_signed_cert", "certificate signed by unknown authority",
    "certificate has expired", "cert_has_expired", "certificate expired", "certificate is expired",
    "unable to get local issuer", "unable to verify the first certificate", "unable_to_verify_leaf",
    "unable_to_get_issuer", "pkix path", "unable to find valid certification path", "x509:",
    "remote certificate is invalid", "remote certificate was rejected", "certificate validation",
    "untrusted certificate", "certificate not trusted", "certificate is not trusted", "certificate unknown",
    "unknown ca", "unknown_ca", "bad certificate", "invalid certificate", "invalid peer certificate",
    "certificate is invalid", "certificate verification", "certificate is not valid", "certificate problem",
    "unknownissuer", "notvalidforname", "issuer is unknown", "server certificate & not", "certexpired",
    "cannot verify server's certificate", "certificate rejected", "ssl certificate error", "depth_zero",
    "untrusted root", "revocation function was unable", "certificate could not be verified",
    "certificate chain", "sslcertverificationerror", "certificate cannot be verified",
    "server certificate verification failed", "peer certificate cannot be authenticated",
    "certificate has not been verified", "certificate not verified", "#5.7.322", "#5.7.323", "#4.7.322",
    "#4.7.323",
])
.confirmed();

#[rustfmt::skip]
const NAME_MISMATCH: Row = row(
    CertificateInvalid,
    You,
    "The server's certificate is made out for another name than the host in the account.",
    "Set host to the name that the server's certificate carries (for Microsoft 365: smtp.office365.com), not to an address in digits.",
)
.when(&[
    "did not match expected", "does not match the server certificate", "doesn't match certificate's altnames",
    "no alternative certificate subject name", "certificate host check failed", "hostname/ip does not match",
    "does not match certificate", "altnames", "doesn't match any of the subject alternative",
    "no subject alternative", "common name mismatch", "hostname mismatch", "did not match expected cn",
    "name mismatch", "certificate is valid for", "host name & certificate & match", "certificate name & match",
    "peer certificate cn", "hostname & match & certificate", "certificate doesn't match",
    "certificate owner does not match", "#5.7.325", "#4.7.325", "subject alternative name",
    "certificate hostname",
    "host name verification failed",
])
.confirmed();
