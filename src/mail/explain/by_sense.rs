//! Beside a refusal's code a few words tell enough, however the sentence goes: whom it is about, and what is wrong with it.

use super::Cause::{
    BadAddress, BlocklistedIp, NotSignedIn, RateLimited, RecipientMailboxFull, RelayDenied, ServerBusy,
    SpamRejected, TlsRequired, UnknownDomain, UnknownRecipient, WrongCredentials,
};
use super::Who::{Administrator, Recipient, Wait, You};
use super::row::{Row, row};

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row(TlsRequired, You, "The server wants an encrypted connection (TLS) first.", "Set security = \"starttls\" with port 587 in the account.")
        .when(&["~tls & required", "~encrypt & required", "~starttls & first", "~ssl & only"]),
    row(NotSignedIn, You, "The server wants a sign-in before it takes mail.", "Set auth and username in the account.")
        .when(&[
            "~authenticat & required", "~authenticat & before", "~log in & before", "~login & before",
            "~authenticat & first",
        ]),
    row(WrongCredentials, You, "The server did not accept user name and password (or token).",
        "Check both; with multi-factor sign-in an app password or a token is needed.")
        .when(&[
            "~authenticat & fail* & !sender & !dkim", "~login & fail*", "~password & wrong",
            "~password & invalid",
            "~password & incorrect", "~authenticat & invalid & !sender", "~authenticat & denied & !sender",
        ]),
    row(RelayDenied, You, "The server passes mail on to other domains only for people who are signed in.", "Set auth and username in the account.")
        .when(&["~relay & den*", "~relay & not", "~relay & reject"]),
    row(RecipientMailboxFull, Recipient, "The recipient's mailbox is full.", "Tell them by another way.")
        .when(&[
            "~quota", "~mailbox & full", "~storage & exceed", "~space & exceed", "~not & enough space",
            "~disk & full & !server", "~full mailbox",
        ]),
    row(UnknownDomain, You, "The domain of an address cannot be found.", "Correct the address.")
        .when(&[
            "~domain & not found", "~domain & does not exist", "~domain & invalid & !helo", "~domain & unknown",
            "~host & not found",
        ]),
    row(BadAddress, You, "The server does not accept the address in From.", "Correct from in the account.")
        .when(&[
            "~sender & invalid", "~sender & not valid", "~sender & unknown", "~sender & does not exist",
            "~batv",
            "~envelope from & reject", "~sender & syntax",
        ]),
    row(UnknownRecipient, You, "There is no such recipient, or the mailbox is closed.", "Correct the address; if it is right, ask the recipient by another way.")
        .when(&[
            "~recipient & unknown", "~recipient & not found", "~recipient & not exist", "~recipient & disabled",
            "~recipient & inactive", "~recipient & not valid", "~recipient & undeliverable", "~user & unknown",
            "~user & not found", "~user & not exist", "~user & disabled", "~user & inactive",
            "~user & not active",
            "~user & not valid", "~mailbox & unknown", "~mailbox & not found", "~mailbox & not exist",
            "~mailbox & unavailable", "~mailbox & disabled", "~mailbox & inactive", "~mailbox & invalid",
            "~mailbox & not present", "~no mail box", "~account & not found", "~account & not exist",
            "~account & unavailable", "~account & inactive", "~account & closed", "~address & not found",
            "~address & not exist", "~address & no longer", "~address & unknown", "~not present in directory",
            "~email & not found", "~not a local",
        ]),
    row(BadAddress, You, "The server finds an address malformed.", "Correct the address.")
        .when(&[
            "~address & syntax", "~address & invalid", "~recipient & invalid", "~address & reserved",
            "@501 & #5.1", "~address & malformed", "~invalid & mailbox name",
        ]),
    row(BlocklistedIp, Administrator, "The receiving side blocks the address (IP) of the server that the mail came from.",
        "Look the address up at a blocklist check; send through your provider's server on port 587.")
        .when(&[
            "~ip & block", "~black & ip", "~ip & reject", "~ip & refus", "~client host & reject",
            "~your server & block",
            "~your host & reject", "~open proxy", "~server of your isp", "~mail server & block",
        ]),
    row(RateLimited, Wait, "The server takes no more from here for now.", "Wait a while, then send more slowly.")
        .when(&["~limit & exceed", "~limit & reached", "~too many", "~too much mail", "~too frequent"]),
    row(SpamRejected, You, "The server does not want this message: its content, or the sender's standing.", "Change the text; ask the recipient's side if it is wrong.")
        .when(&[
            "~content & reject", "~content & block", "~reject & policy", "~message & policy",
            "~violat & policy",
            "~reputation",
        ]),
    row(ServerBusy, Wait, "The server has trouble of its own for the moment.", "Try again in a few minutes.")
        .when(&[
            "@421 & try again", "@450 & try again", "@451 & try again", "@452 & try again", "@451 & temporar",
            "@421 & temporar", "@450 & temporar", "~shutting down", "~server & overload",
        ]),
    // What JavaMail puts before every refusal of a recipient.
    row(BadAddress, You, "The server finds an address malformed.", "Correct the address.").when(&["invalid addresses"]),
];
