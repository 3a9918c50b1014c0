//! The last resort: codes without telling words, where what they mean is certain (RFC 5321, RFC 3463, RFC 4954, RFC 7372).

use super::Cause::{
    AppPasswordNeeded, BadAddress, BlocklistedIp, ConnectionLost, ConnectionTimeout, MechanismNotOffered,
    RateLimited, ServerBusy, TlsRequired, UnknownDomain, UnknownRecipient,
};
use super::Who::{Administrator, Wait, You};
use super::row::{Row, row};
use super::said;

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    said::WRONG.when(&[
            "@535", "#5.7.8", "#5.7.3 & authenticat",
        ]),
    row(AppPasswordNeeded, You, "This account needs an app password.", "Make one in the account's security settings and use it here.").when(&[
        "@534", "#5.7.9",
    ]),
    row(TlsRequired, You, "The server wants an encrypted connection (TLS), or a sign-in, first.",
        "Set security = \"starttls\" and auth in the account.").when(&[
            "@530 & #5.7.0", "@538", "#5.7.11",
        ]),
    said::NOT_SIGNED_IN.when(&[
        "@530",
    ]),
    row(MechanismNotOffered, You, "The server does not take this way of signing in.", "Set auth to one that it offers, or to auto.").when(&[
        "@504",
    ]),
    row(BadAddress, You, "The server does not take an address, in From or of a recipient, for its form or its name.", "Check the addresses; set from in the account to the one you sign in with.").when(&[
        "@553 & !#5|#4",
    ]),
    said::NOBODY.when(&[
        "#5.1.1", "#5.1.10", "#5.1.6",
    ]),
    row(UnknownRecipient, You, "The recipient's mailbox is closed or switched off.", "Ask the recipient by another way.").when(&[
        "#5.2.1",
    ]),
    said::NO_DOMAIN.when(&[
        "#5.1.2", "#5.4.4", "#4.1.2", "#4.4.4",
    ]),
    row(UnknownDomain, You, "The domain of the sender's address cannot be found.", "Correct from in the account.").when(&[
        "#4.1.8", "#5.1.8",
    ]),
    said::MALFORMED.when(&[
        "#5.1.3", "#4.1.3",
    ]),
    row(BadAddress, You, "The address in From is not valid for the server.", "Correct from in the account.").when(&[
        "#5.1.7", "#4.1.7",
    ]),
    said::FULL.when(&[
        "#5.2.2", "#4.2.2",
    ]),
    said::TOO_LARGE.when(&[
        "#5.3.4", "#5.2.3", "@552 & !#5.6 & !#5.7 & !#5.5 & !#5.2",
    ]),
    said::MANY_RECIPIENTS.when(&[
        "#4.5.3", "#5.5.3",
    ]),
    said::SPF.when(&["#5.7.23", "#5.7.24"]),
    said::DMARC.when(&[
            "#5.7.20", "#5.7.21", "#5.7.22", "#5.7.26",
        ]),
    row(BlocklistedIp, Administrator, "The sending server's address has no name in DNS (no reverse DNS).", "Whoever runs the sending server sets its PTR record.").when(&[
        "#5.7.25", "#4.7.25",
    ]),
    row(RateLimited, Wait, "The server found too much mail from here at once.", "Send more slowly.").when(&[
        "#5.7.28", "#4.7.28",
    ]),
    said::CONTENT.when(&[
        "#5.6", "#4.6",
    ]),
    said::BUSY.when(&[
        "#4.3.0", "#4.3.1", "#4.3.2", "#5.3.2",
    ]),
    row(ConnectionTimeout, Wait, "The next server did not answer.", "It is tried again; ask the recipient's side if it lasts.").when(&[
        "#4.4.1", "#5.4.1 & @421",
    ]),
    row(ConnectionLost, Wait, "The connection between two servers broke.", "Send it again.").when(&[
        "#4.4.2",
    ]),
    said::OUT_OF_ORDER.when(&[
        "@503",
    ]),
    said::UNRECOGNISED.when(&[
        "@500 & smtp|expected|command|server & !#5.7|#5.0", "@502 & !#5.7", "@501 & !#5.1|#5.7|#5.0", "@555",
    ]),
    row(ServerBusy, Wait, "The server closed the session: it is busy, or has had enough of this client.", "Try again in a few minutes.").when(&[
        "@421",
    ]),
];
