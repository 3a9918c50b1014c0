//! The table of failures: what stopped an attempt without a reply.

use super::Who::{self, Administrator, Wait, You};
use crate::mail::outcome::Trouble;

/// One row: the trouble, and what it means.
pub(super) struct Row {
    pub(super) trouble: Trouble,
    pub(super) cause: &'static str,
    pub(super) says: &'static str,
    pub(super) who: Who,
    pub(super) todo: &'static str,
}

impl Row {
    const fn new(
        trouble: Trouble,
        cause: &'static str,
        says: &'static str,
        who: Who,
        todo: &'static str,
    ) -> Self {
        Self { trouble, cause, says, who, todo }
    }
}

pub(super) const NOT_SMTP: Row = Row::new(
    Trouble::Protocol,
    "unknown",
    "What answered does not speak SMTP as it should.",
    Administrator,
    "Check host and port; a proxy may answer.",
);

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    Row::new(Trouble::Config, "unknown",
        "The account's settings cannot be used.", You,
        "Correct the line that is named."),
    Row::new(Trouble::NoSecret, "not-signed-in",
        "There is no password or token for this account.", You,
        "Enter it, or name a password_command."),
    Row::new(Trouble::NoMechanism, "mechanism-not-offered",
        "The server does not offer the way to sign in that the account asks for.", You,
        "Set auth to one that it offers (see AUTH in the log), or to auto."),
    Row::new(Trouble::CannotCarry, "message-too-large",
        "The server cannot carry this message.", You,
        "Make it smaller, or change what is named."),
    Row::new(Trouble::Stopped, "unknown-recipient",
        "Some recipients were refused, so nothing was sent.", You,
        "Correct them, or send to the others."),
    Row::new(Trouble::Cancelled, "unknown",
        "You stopped it before the message was complete.", You,
        "Send it again when you like."),
    Row::new(Trouble::Disk, "unknown",
        "A file could not be read or written.", You,
        "Free some space or check the file, then send again."),
    Row::new(Trouble::NameNotFound, "name-not-found",
        "The server's name cannot be found.", You,
        "Check host in the account, and that this machine can look names up. For Microsoft 365 it is smtp.office365.com."),
    Row::new(Trouble::Refused, "connection-refused",
        "Nothing listens there, or a firewall turned the connection away.", Administrator,
        "Check host and port. Microsoft 365 serves 587 (and 25), not 465; networks often block 25."),
    Row::new(Trouble::TimedOut, "connection-timeout",
        "The server did not answer in time.", Administrator,
        "A firewall may drop the packets: outbound port 587 has to be open. Port 465 is not served by Microsoft 365."),
    Row::new(Trouble::Unreachable, "connection-timeout",
        "There is no way to the server from here.", Administrator,
        "Check this machine's network."),
    Row::new(Trouble::Lost, "connection-lost",
        "The connection broke before the message was complete.", Wait,
        "Send it again."),
    Row::new(Trouble::NoTls, "tls-required",
        "The server would not start TLS, so nothing was sent: neither user name nor message.", Administrator,
        "Something between here and the server may be removing STARTTLS; or this is not the submission port."),
    Row::new(Trouble::Tls, "tls-failed",
        "TLS could not be set up.", Administrator,
        "The server must speak TLS 1.2 or later; a proxy may interfere."),
    Row::new(Trouble::Certificate, "certificate-invalid",
        "The server's certificate does not prove that it is the server you named.", Administrator,
        "Check host. For a server of your own, name its root in ca_file. There is no switch to skip the check."),
    Row::new(Trouble::Injected, "tls-failed",
        "Someone on the way put text in front of the encrypted line. Nothing of yours was sent.", Administrator,
        "Do not send from this network until it is understood."),
];
