//! The table of failures: what stopped an attempt without a reply.

use super::Cause::{self, ConnectionLost, ConnectionTimeout, MessageTooLarge, NotSignedIn, Unknown};
use super::Who::{Administrator, Wait, You};
use super::row::{Row, row};
use crate::mail::outcome::Trouble;

/// What is said of a failure of this kind.
#[rustfmt::skip]
pub(super) fn of(trouble: Trouble) -> Row {
    let row = match trouble {
        Trouble::Config => row(Unknown, You,
            "The account's settings cannot be used.",
            "Correct the line that is named."),
        Trouble::NoSecret | Trouble::NotSignedIn | Trouble::NoToken => return without_secret(trouble),
        Trouble::NoMechanism => row(Cause::MechanismNotOffered, You,
            "The server does not offer the way to sign in that the account asks for.",
            "Set auth to one that it offers (see AUTH in the log), or to auto."),
        Trouble::CannotCarry => row(MessageTooLarge, You,
            "The server cannot carry this message.",
            "Make it smaller, or change what is named."),
        Trouble::Stopped => row(Cause::UnknownRecipient, You,
            "Some recipients were refused, so nothing was sent.",
            "Correct them, or send to the others."),
        Trouble::Cancelled => row(Unknown, You,
            "You stopped it before the message was complete.",
            "Send it again when you like."),
        Trouble::Disk => row(Unknown, You,
            "A file could not be read or written.",
            "Free some space or check the file, then send again."),
        Trouble::NameNotFound => row(Cause::NameNotFound, You,
            "The server's name cannot be found.",
            "Check host in the account, and that this machine can look names up. For Microsoft 365 it is smtp.office365.com."),
        Trouble::Refused => row(Cause::ConnectionRefused, Administrator,
            "Nothing listens there, or a firewall turned the connection away.",
            "Check host and port. Microsoft 365 serves 587 (and 25), not 465; networks often block 25."),
        Trouble::TimedOut => row(ConnectionTimeout, Administrator,
            "The server did not answer in time.",
            "A firewall may drop the packets: outbound port 587 has to be open. Port 465 is not served by Microsoft 365."),
        Trouble::NoGreeting => row(ConnectionTimeout, You,
            "The connection was opened, and the server did not say a word.",
            "It may expect TLS from the first byte, as on port 465: then set security = \"tls\" in the account. If it does not, a firewall or proxy on the way swallows what is said. Microsoft 365 serves 587 with starttls."),
        Trouble::Unreachable => row(ConnectionTimeout, Administrator,
            "There is no way to the server from here.",
            "Check this machine's network."),
        Trouble::Proxy => row(Cause::ConnectionRefused, Administrator,
            "The proxy on the way did not open a connection to the server.",
            "Check proxy in the account (or ALL_PROXY): its host and port, that it runs, its user and password, and that it lets \
             the server's port through."),
        Trouble::Lost => row(ConnectionLost, Wait,
            "The connection broke before the message was complete.",
            "Try again; nothing was taken."),
        Trouble::NoTls => row(Cause::TlsRequired, Administrator,
            "The server would not start TLS, so nothing was sent: neither user name nor message.",
            "Something between here and the server may be removing STARTTLS; or this is not the submission port."),
        Trouble::Tls => row(Cause::TlsFailed, Administrator,
            "TLS could not be set up.",
            "The server must speak TLS 1.2 or later; a proxy may interfere."),
        Trouble::Certificate => row(Cause::CertificateInvalid, Administrator,
            "The server's certificate does not prove that it is the server you named.",
            "Check host. For a server of your own, name its root in ca_file. There is no switch to skip the check."),
        Trouble::Injected => row(Cause::TlsFailed, Administrator,
            "Someone on the way put text in front of the encrypted line. Nothing of yours was sent.",
            "Do not send from this network until it is understood."),
        Trouble::Protocol => row(Unknown, Administrator,
            "What answered does not speak SMTP as it should.",
            "Check host and port; a proxy may answer."),
    };
    row.confirmed()
}

/// It answered before, so no firewall keeps it away.
pub(super) const SILENT: Row = row(
    ConnectionTimeout,
    Wait,
    "The server fell silent in the middle of the session.",
    "Try again in a few minutes; if it lasts at the same step, whoever runs the server, or a proxy on the way, has to look.",
)
.confirmed();

/// There is nothing to sign in with.
#[rustfmt::skip]
fn without_secret(trouble: Trouble) -> Row {
    let row = match trouble {
        Trouble::NoSecret => row(NotSignedIn, You,
            "There is no password or token for this account.",
            "Enter it, or name a password_command."),
        Trouble::NotSignedIn => row(NotSignedIn, You,
            "Nobody is signed in for this account.",
            "Sign in: i in the account pane, or sendoff accounts sign-in."),
        _ => row(Unknown, You,
            "The sign-in service gave no access token.",
            "Mend what it says, then try again."),
    };
    row.confirmed()
}
