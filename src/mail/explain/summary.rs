//! What a program says when all is over, whatever went wrong: asked last, when neither a reason nor a code was found.

use super::Cause::{ConnectionTimeout, TlsRequired, Unknown, WrongCredentials};
use super::Who::{Administrator, You};
use super::row::{Row, row};
use super::said;

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    // PHPMailer says that it could not connect whatever went wrong.
    row(WrongCredentials, You, "The sign-in did not succeed; most often user name or password is wrong.", "Check both; look in the log for what the server answered to AUTH.")
        .when(&["could not authenticate & connect() failed & !must"]),
    row(
        ConnectionTimeout,
        Administrator,
        "The server could not be reached.",
        "Check host and port, and whether a firewall or the provider blocks the port: for Microsoft 365 smtp.office365.com and 587.",
    )
    .when(&[
        "server is not responding|host is not responding|server not responding",
        "did not accept our requests to connect|not accept our connection|is refusing smtp connections",
        "not reachable|could not be reached|can't reach|could not contact|unable to contact",
        "failed to connect to & after & !attempts & !retries",
    ]),
    // Refused, unanswered, unknown by name, or its encryption not understood: all are told so.
    row(
        Unknown,
        Administrator,
        "The server could not be reached, and the text does not say why.",
        "Check host and port, and whether a firewall or the provider blocks the port: for Microsoft 365 smtp.office365.com and 587.",
    )
    .when(&[
        "connecting to & server & failed",
        "no connection has been|connection has not been|connection was not & established|made|opened",
        "connection to & failed", "could not connect & !@554", "failure sending mail. & unable",
        "connection failed & !@554",
        "a stable connection to the server could not", "can't connect", "cannot connect", "cannot open mail",
        "connect failed", "connect() failed", "connection could not be established",
        "could not connect to outgoing server", "could not establish connection", "could not open connection",
        "could not open socket", "couldn't connect", "error connecting", "failed to connect",
        "failed to open connection", "unable to connect", "unable to establish connection",
    ]),
    said::LOST
    .when(&["connection error", "connection failure", "not connected"]),
    row(
        WrongCredentials,
        You,
        "The sign-in did not succeed; most often user name or password is wrong.",
        "Check both; look in the log for what the server answered to AUTH.",
    )
    .when(&[
        "could not authenticate & !must",
        "failed to authenticate|smtpauthenticationerror|smtpauthenticationexception|authenticationfailedexception",
        "error & while authenticating|during authentication",
        "authentication error", "authentication failed", "invalid login", "login failed",
    ]),
    // The numbers with which curl ends.
    said::NO_NAME
        .when(&["curl: (6)|curl error 6:|curle_couldnt_resolve"]),
    row(ConnectionTimeout, Administrator, "The server could not be reached.", "Check host and port, and whether a firewall or the provider blocks the port.")
        .when(&["curl: (7)|curl error 7:|curle_couldnt_connect", "curl: (28)|curl error 28:"]),
    said::HANDSHAKE
        .when(&["curl: (35)|curl error 35:"]),
    said::LOST
        .when(&[
            "curl: (52)|curl: (55)|curl: (56)|curl error 52:|curl error 55:|curl error 56: & !rcpt failed|mail failed|data failed",
        ]),
    said::UNTRUSTED
        .when(&["curl: (60)|curl: (51)|curl error 60:|curl error 51:"]),
    row(TlsRequired, Administrator, "The server and the program do not agree on encryption (TLS).", "Check host and port (587 for submission).")
        .when(&["curl: (64)|curl error 64:"]),
    row(WrongCredentials, You, "The sign-in did not succeed; most often user name or password is wrong.", "Check both.")
        .when(&["curl: (67)|curl error 67:"]),
];
