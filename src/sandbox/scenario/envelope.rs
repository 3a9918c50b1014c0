//! What can go wrong with the sender, the recipients and the word that a message follows.

use super::Deed::{Say, Stall};
use super::Point::{Data, Mail, Rcpt};
use super::Whom::{AllButTheFirst, EachDomainTwice, Everybody, SecondAndNobody};
use super::{Scenario, row, unnumbered};
use crate::sandbox::words;

#[rustfmt::skip]
pub(super) const TABLE: &[Scenario] = &[
    row(30, "command-unrecognised", Mail, Say(words::UNKNOWN_COMMAND),
        "The server does not know the command MAIL."),
    row(31, "command-not-implemented", Mail, Say(words::NOT_IMPLEMENTED),
        "The server knows the command MAIL and does not do it."),
    row(32, "need-mail", Rcpt(Everybody), Say(words::MAIL_FIRST),
        "MAIL comes first, the server says, whatever came."),
    row(32, "need-rcpt", Data, Say(words::RCPT_FIRST),
        "RCPT comes first, the server says, whatever came."),
    row(32, "sender-already-given", Mail, Say(words::SENDER_TWICE),
        "There is a sender already, the server says, whatever came."),
    row(33, "invalid-arguments", Mail, Say(words::INVALID_ARGUMENTS),
        "The parameters of MAIL are refused."),
    row(34, "invalid-recipient", Rcpt(Everybody), Say(words::INVALID_RECIPIENT),
        "Every recipient is refused as no address."),
    row(34, "invalid-sender", Mail, Say(words::INVALID_SENDER),
        "The sender is refused as no address."),
    row(34, "invalid-sender-501", Mail, Say(words::INVALID_SENDER_501),
        "The sender is refused as no address, with the code of a syntax error."),
    row(35, "too-many-recipients", Rcpt(AllButTheFirst), Say(words::TOO_MANY_RECIPIENTS),
        "The first recipient is accepted; the others are too many for one message."),
    row(36, "too-many-of-one-domain", Rcpt(EachDomainTwice), Say(words::TOO_MANY_RECIPIENTS),
        "One recipient of each domain is accepted; the others are too many."),
    row(37, "message-too-large", Mail, Say(words::TOO_LARGE),
        "The size that MAIL declares is too large."),
    row(38, "no-resources", Mail, Say(words::NO_RESOURCES),
        "The server has no room at the moment."),
    row(39, "relay-denied", Rcpt(Everybody), Say(words::RELAY_DENIED),
        "There is no relay for those who have not signed in."),
    row(40, "no-connector", Rcpt(Everybody), Say(words::NO_CONNECTOR),
        "No connector knows this machine."),
    row(41, "direct-send-rejected", Rcpt(Everybody), Say(words::DIRECT_SEND_REJECTED),
        "The organisation wants a sign-in of whoever writes in its name."),
    // As servers for incoming mail do it; Exchange Online accepts the recipient and sends a bounce.
    unnumbered("rcpt-refused", Rcpt(SecondAndNobody), Say(words::UNKNOWN_RECIPIENT),
        "The second recipient, and any named nobody..., is unknown; the others are accepted."),
    unnumbered("all-refused", Rcpt(Everybody), Say(words::UNKNOWN_RECIPIENT),
        "Every recipient is unknown."),
    unnumbered("stall", Mail, Stall,
        "The server falls silent at MAIL and never answers again."),
];
