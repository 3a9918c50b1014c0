//! What a program says when all is over, whatever went wrong: asked last, when neither a reason nor a code was found.

use super::Cause::{ConnectionLost, ConnectionTimeout, WrongCredentials};
use super::Who::{Administrator, Wait, You};
use super::row::{Row, row};

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row(
        ConnectionTimeout,
        Administrator,
        "The server could not be reached.",
        "Check host and port, and whether a firewall or the provider blocks the port: for Microsoft 365 smtp.office365.com and 587.",
    )
    .when(&[
        "connecting to & server & failed",
        "no connection has been|connection has not been|connection was not & established|made|opened",
        "is refusing smtp connections", "cannot open mail", "error connecting to",
        "could not connect to outgoing server", "could not be reached", "could not contact",
        "a stable connection to the server could not", "connection to & failed", "unable to contact",
        "failed to open connection", "connect() failed", "failed to connect", "unable to connect",
        "could not connect & !@554", "couldn't connect", "cannot connect", "can't connect",
        "failure sending mail. & unable", "could not open socket", "could not open connection",
        "connect failed", "connection failed & !@554", "connection could not be established",
        "unable to establish connection", "can't reach", "could not establish connection", "error connecting",
        "not reachable",
    ]),
    row(
        ConnectionLost,
        Wait,
        "The connection broke before the server had answered.",
        "Send it again; if it keeps happening, check that port and security fit together (587 with \"starttls\", 465 with \"tls\").",
    )
    .when(&["connection error", "connection failure", "not connected"]),
    row(
        WrongCredentials,
        You,
        "The sign-in did not succeed; most often user name or password is wrong.",
        "Check both; look in the log for what the server answered to AUTH.",
    )
    .when(&["could not authenticate & !must", "invalid login", "login failed", "authentication failed", "authentication error"]),
];
