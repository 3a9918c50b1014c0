//! What the server itself says of encryption: that it wants it, or that it has none.

use crate::mail::explain::Cause::{TlsFailed, TlsRequired};
use crate::mail::explain::Who::{Administrator, Wait, You};
use crate::mail::explain::row::{Row, row};
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
pub(in crate::mail::explain) const ROWS: &[Row] = &[
    DEMANDED
        .when(&[
            "without ssl|without tls|without encryption|without starttls|without an encrypted & not allowed|not permitted|not accepted|not available|forbidden|disabled|not possible",
            "authentication|auth|login|connections & only allowed|only available|only permitted|only accepted|only supported & tls|ssl|starttls|encrypted|encryption",
            "auth*|login|mail & before starttls|before tls|until tls|until starttls|until encryption & !issue",
            "cleartext|plaintext|unencrypted & not accepted|is not allowed|is refused|not welcome & !attachment|body|html",
            "wasn't sent over a tls|not sent over a tls|encryption too weak 0",
            "non-tls|non-ssl|non-encrypted & not accepted|not allowed|not permitted|refused|rejected|connections",
            "must use ssl|must use an encrypted|must use a secure|must use encryption",
            "unencrypted connection & !refus", "must issue a starttls|must issue start tls",
            "encryption needed|#5.7.10 & !protocol violation",
            "tls|ssl|encryption|starttls & mandatory|obligatory|compulsory",
            "plain text|plaintext|unencrypted|cleartext|clear text & connections|login|logins|sessions|authentication & not accepted|not allowed|not permitted|refused|disabled|disallowed",
            "authentication|auth|login & only & over|via|with|after & secure|encrypted|tls|ssl & connection|channel|session",
            "missing_requirement & tls", "#5.7.11", "@538", "unencrypted connection & refus",
            "a starttls is required", "authentication is not allowed at this stage",
            "connection must be secured", "enable tls", "encrypted connection is required",
            "encryption required", "errortlsnotavailable", "issue a starttls command", "must issue starttls",
            "must use starttls", "must use tls", "need starttls", "only with ssl or tls", "please use tls",
            "requested ssl level failed", "requires encryption", "requires ssl", "requires tls",
            "secure connection is required", "session encryption is required", "ssl is required",
            "ssl required", "starttls command first", "starttls command must be", "starttls first",
            "starttls is required to send", "tls connection required", "tls encryption is required",
            "tls is required for", "tls required", "too many unauthenticated starttls", "use starttls before",
        ])
        .confirmed(),
    NOT_NOW
        .when(&[
            "@454",
            "tls currently unavailable", "tls is not available due to", "tls not available",
            "tls temporarily",
        ])
        .at(&[Step::StartTls]),
    row(
        TlsFailed,
        Wait,
        "The server could not begin to encrypt the connection, so nothing was sent.",
        "Try again in a few minutes; whoever runs the server looks at its certificate and key.",
    )
    .when(&[
        "tls not available due to|tls not available after|tls is not available due",
        "tls currently unavailable|tls temporarily unavailable",
        "@454 & tls|starttls & unavailable|available|denied|failed & !relay|authenticat|channel",
    ]).confirmed(),
    DEMANDED.when(&["@454 & tls channel"]),
    NOT_OFFERED
        .when(&[
            "doesn't advertise & starttls", "?starttls & @500|@501|@502|@503",
            "starttls|stls & unterstützt & nicht", "@502|@500 & tls|starttls & not available|unavailable",
            "^starttls|encrypted connection|ssl is|tls is & unavailable|not available|not accepted|not supported & !smtputf8|socket transport|cipher|version",
            "didn't found starttls|starttls not found & !ssl routines", "not advertise & starttls",
            "starttls is required & not", "starttls & 502",
            "starttls|tls|secure connection & not offered|not advertised|not announced|not provided|not enabled on|does not offer|doesn't offer|did not offer|lacks",
            "requested ssl level|use_ssl_failed", "command starttls & not", "starttls & unsupported",
            "starttls & isn't supported", "does not support ssl & !this stream",
            "starttls failed & not supported",
            "appropriate tls channel", "did not offer tls", "does not support secure connections",
            "does not support the starttls", "does not support tls", "doesn't have starttls",
            "doesn't support starttls", "error upgrading connection with starttls", "no starttls",
            "no tls available", "not support starttls", "not support tls via the starttls", "requiretls",
            "starttls command not", "starttls extension not", "starttls is not available",
            "starttls is not supported", "starttls not available", "starttls not supported",
            "starttls: command not", "starttls_not_support", "starttlsnotavailable", "tls is required, but",
            "tls required but not", "without starttls support",
        ])
        .confirmed(),
];
