//! Failures that have a number or a name of their own: Outlook's and CDO's results, Windows sockets and Schannel, Apple's
//! network errors. Their words change with the language, the number does not.

use super::Cause::{
    BadAddress, BadSequence, CertificateInvalid, CommandUnrecognised, ConnectionLost, ConnectionRefused,
    ConnectionTimeout, MessageTooLarge, NameNotFound, NotSignedIn, RelayDenied, ServerBusy, TlsFailed,
    TlsRequired, TlsTooOld, UnknownRecipient, WrongCredentials,
};
use super::Who::{Administrator, Wait, You};
use super::row::{Row, row};

/// Of certificates and TLS.
#[rustfmt::skip]
pub(super) const TLS: &[Row] = &[
    row(CertificateInvalid, Administrator, "The server's certificate is not one that this machine trusts: expired, self-made, for another name, or from an unknown issuer.",
        "Check host and this machine's clock. For a server of your own, name its root certificate in ca_file.")
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
    row(TlsFailed, Administrator, "The encryption of the connection (TLS) could not be set up.", "Check host and port (587 with \"starttls\"); both ends must speak TLS 1.2 or later.")
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
    row(NameNotFound, You, "The server's name cannot be found.", "Check host in the account (no spaces, no https://), and that this machine can look names up.")
        .when(&[
            "wsahost_not_found|wsatry_again|wsano_data|wsano_recovery|11002|11003|11004",
            "%1003|%1006",
            "0x800ccc0d", "hostnotfound",
        ]),
    row(ConnectionRefused, Administrator, "Nothing listens there, or a firewall turned the connection away.", "Check host and port (\"localhost\" is this machine itself).")
        .when(&["wsaeconnrefused|0x274d|0x8007274d", "wsaeacces", "%1004",]),
    row(ConnectionLost, Wait, "The connection broke before the server had answered.", "Send it again; if it keeps happening, check that port and security fit together.")
        .when(&[
            "0x800ccc0f & !socket error: 1006",
            "wsaeconnreset|wsaeconnaborted|wsaenetreset|wsaeshutdown|wsaenotconn|10052|10057|10058|0x80072746",
            "%1005",
        ]),
    row(ConnectionTimeout, Administrator, "The server could not be reached in time.", "Check host and port, and whether a firewall or the provider blocks the port.")
        .when(&[
            "0x800ccc19|0x800ccc0e|0x80042108|0x80042109|0x80040213",
            "wsaetimedout|wsaenetunreach|wsaehostunreach|wsaenetdown|wsaehostdown|wsaeaddrnotavail|10050|10064|0x274c|0x8007274c",
            "%1001|%1009",
        ]),
    row(WrongCredentials, You, "The server did not accept user name and password (or token).", "Check both; with multi-factor sign-in an app password or a token is needed.")
        .when(&["0x800ccc92|0x800ccc18|0x800ccc90|0x800ccc91|0x80040217|80040217|0x8009030c",]),
    row(TlsRequired, You, "The server and the account do not agree on encryption (TLS).", "Set security = \"starttls\" with port 587 in the account.")
        .when(&["0x800ccc7d",]),
    row(RelayDenied, You, "The server passes mail on to other domains only for people who are signed in.", "Set auth and username in the account.")
        .when(&["0x800ccc79"]),
    row(NotSignedIn, You, "The server wants a sign-in before it takes mail.", "Set auth and username in the account.")
        .when(&["0x800ccc78|0x800ccc80|0x800ccc81"]),
    row(CommandUnrecognised, Administrator, "The server does not know a command that was sent.", "Check that this is a mail submission server, and the right port.")
        .when(&["0x800ccc62|0x800ccc63|0x800ccc64|0x800ccc66"]),
    row(BadSequence, Administrator, "The server expected another command first.", "Check that this is a mail submission server, and the right port.")
        .when(&["0x800ccc65"]),
    row(ServerBusy, Wait, "The server has trouble of its own for the moment.", "Try again in a few minutes.")
        .when(&["0x800ccc67|0x800ccc6a|0x800ccc6c"]),
    row(UnknownRecipient, You, "There is no such recipient.", "Correct the address.").when(&["0x800ccc69"]),
    row(MessageTooLarge, You, "The message is larger than the server takes.", "Make it smaller, or send a link instead of the file.")
        .when(&["0x800ccc6d"]),
    row(BadAddress, You, "The server finds an address malformed.", "Correct the address.").when(&[
        "0x800ccc6e|0x800ccc7b",
    ]),
];
