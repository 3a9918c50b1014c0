//! Failures that have a number or a name of their own: Outlook's and CDO's results, Windows sockets and Schannel, Apple's
//! network errors. Their words change with the language, the number does not.

use super::Cause::{TlsRequired, TlsTooOld};
use super::Who::{Administrator, You};
use super::row::{Row, row};
use super::said;

/// Of certificates and TLS.
#[rustfmt::skip]
pub(super) const TLS: &[Row] = &[
    said::UNTRUSTED
        .when(&[
            "err_tls_cert|cert_altname|cert's altnames",
            "cert_e_|0x800b0109|0x800b010f|0x800b0101|0x800b010a|0x800b0110",
            "crypt_e_|0x80092012|0x80092013", "sec_e_untrusted_root|0x80090325",
            "sec_e_wrong_principal|0x80090322", "sec_e_cert_expired|0x80090328",
            "sec_e_cert_unknown|0x80090327",
            "errsslxcertchain|errsslhostnamemismatch|errsslcertexpired|errsslnorootcert|errsslunknownrootcert",
            "(-9807)|(-9843)|(-9813)|(-9814)|(-9812)",
            "code=-1202|code=-1201|code=-1203|code=-1204|%1202|%1201|%1203|%1204",
            "remotecertificatenamemismatch|remotecertificatechainerrors|remotecertificatenotavailable",
            "untrustedroot|partialchain & !smtp auth", "notimevalid|nottimevalid",
            "ip address mismatch", "principal name is incorrect",
        ]),
    row(TlsTooOld, Administrator, "The two ends have no version of TLS (or no cipher) in common.", "Both ends must speak TLS 1.2 or later.")
        .when(&[
            "version_or_cipher_mismatch|alert_protocol_version", "sec_e_algorithm_mismatch|0x80090331",
            "errsslbadprotocolversion|(-9836)|errsslprotocol & version",
        ]),
    said::HANDSHAKE
        .when(&[
            "sec_e_|0x80090308|0x80090326|0x80090304|0x80090302",
            "schannel: next initializesecuritycontext failed|schannel: failed",
            "%1200", "errsslprotocol|errsslclosedabort|(-9806)|(-9824)|(-9800)", "err_ssl_|err_tls_",
            "0x800ccc1a",
        ]),
];

/// Of sockets, and of Outlook and CDO where nothing else is said.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    said::NO_NAME
        .when(&[
            "wsahost_not_found|wsatry_again|wsano_data|wsano_recovery|11002|11003|11004",
            "%1003|%1006",
            "0x800ccc0d", "hostnotfound",
        ]),
    said::REFUSED
        .when(&["wsaeconnrefused|0x274d|0x8007274d", "wsaeacces", "%1004",]),
    said::LOST
        .when(&[
            "0x800ccc0f & !socket error: 1006",
            "wsaeconnreset|wsaeconnaborted|wsaenetreset|wsaeshutdown|wsaenotconn|10052|10057|10058|0x80072746",
            "%1005",
        ]),
    said::NO_ANSWER
        .when(&[
            "0x800ccc19|0x800ccc0e|0x80042108|0x80042109|0x80040213",
            "wsaetimedout|wsaenetunreach|wsaehostunreach|wsaenetdown|wsaehostdown|wsaeaddrnotavail|10050|10064|0x274c|0x8007274c",
            "%1001|%1009",
        ]),
    said::WRONG
        .when(&["0x800ccc92|0x800ccc18|0x800ccc90|0x800ccc91|0x80040217|80040217|0x8009030c",]),
    row(TlsRequired, You, "The server and the account do not agree on encryption (TLS).", "Set security = \"starttls\" with port 587 in the account.")
        .when(&["0x800ccc7d",]),
    said::RELAY
        .when(&["0x800ccc79"]),
    said::NOT_SIGNED_IN
        .when(&["0x800ccc78|0x800ccc80|0x800ccc81"]),
    said::UNRECOGNISED
        .when(&["0x800ccc62|0x800ccc63|0x800ccc64|0x800ccc66"]),
    said::OUT_OF_ORDER
        .when(&["0x800ccc65"]),
    said::BUSY
        .when(&["0x800ccc67|0x800ccc6a|0x800ccc6c"]),
    said::NOBODY.when(&["0x800ccc69"]),
    said::TOO_LARGE
        .when(&["0x800ccc6d"]),
    said::MALFORMED.when(&[
        "0x800ccc6e|0x800ccc7b",
    ]),
];
