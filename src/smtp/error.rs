//! What can go wrong on the wire, and what that is called in `mail::outcome`.

use std::io;

use crate::mail::outcome::{Failure, Trouble};
use crate::mail::reply::NotAReply;
use crate::mail::size::Size;

use super::limits;

/// What is done before the server has said a word.
pub(super) const GREETING: &str = "waiting for the greeting";

/// Why a session ended without the server's leave.
#[derive(Debug, thiserror::Error)]
pub enum SmtpError {
    #[error("{host} cannot be found: {why}")]
    NameNotFound { host: String, why: String },
    #[error("connecting to {to}: {why}")]
    Connect { to: String, why: io::Error },
    #[error("the proxy {proxy} did not connect: {why}")]
    Proxy { proxy: String, why: String },
    #[error("the connection broke: {0}")]
    Lost(#[from] io::Error),
    #[error("the server closed the connection")]
    Closed,
    #[error("no answer for {} s while {doing}", limit.as_secs())]
    TimedOut { doing: &'static str, limit: std::time::Duration },
    /// Not an octet in clear, as from a server that waits for a TLS hello.
    #[error("no answer for {} s while {}", limits::REPLY.as_secs(), GREETING)]
    NoGreeting,
    #[error("{0}; it said: {1}")]
    NotAReply(NotAReply, String),
    #[error("the server sent a line of more than {} KiB", limits::LINE / 1024)]
    LineTooLong,
    #[error("the server's reply is longer than {} KiB", limits::ALL_LINES / 1024)]
    ReplyTooLong,
    #[error("the server spoke before it was asked: {0}")]
    Unasked(String),
    #[error("{0} more bytes stood in the clear behind the answer to STARTTLS; they are not believed")]
    Injected(usize),
    #[error("{0}")]
    NoTls(String),
    #[error("{0}")]
    Tls(String),
    #[error("{0}")]
    Certificate(String),
    #[error("{0}")]
    NoMechanism(String),
    #[error("the message has {}, the server takes {} at most", Size(*.size), Size(*.limit))]
    TooLarge { size: u64, limit: u64 },
    #[error("{0} needs SMTPUTF8, which the server does not offer")]
    NeedsSmtpUtf8(String),
    #[error("the message has letters outside ASCII in its headers, and the server does not offer 8BITMIME")]
    NeedsEightBit,
    #[error("the server answered {got} where {wanted} was due")]
    WrongReply { got: String, wanted: &'static str },
    #[error("the server asked for something that does not belong to signing in: {0}")]
    WrongChallenge(String),
    #[error("an address or parameter contains a control character")]
    UnsafeCommand,
    #[error("{0}")]
    Config(String),
    #[error("there is no password or token")]
    NoSecret,
    #[error("{0}")]
    Stopped(&'static str),
    #[error("reading the frozen message: {0}")]
    Spool(io::Error),
}

impl SmtpError {
    fn trouble(&self) -> Trouble {
        match self {
            Self::NameNotFound { .. } => Trouble::NameNotFound,
            Self::Connect { why, .. } => match why.kind() {
                io::ErrorKind::ConnectionRefused => Trouble::Refused,
                io::ErrorKind::TimedOut => Trouble::TimedOut,
                io::ErrorKind::NetworkUnreachable | io::ErrorKind::HostUnreachable => Trouble::Unreachable,
                _ => Trouble::Lost,
            },
            Self::Proxy { .. } => Trouble::Proxy,
            Self::Lost(_) | Self::Closed => Trouble::Lost,
            Self::TimedOut { .. } => Trouble::TimedOut,
            Self::NoGreeting => Trouble::NoGreeting,
            Self::NotAReply(..)
            | Self::LineTooLong
            | Self::ReplyTooLong
            | Self::Unasked(_)
            | Self::WrongReply { .. }
            | Self::WrongChallenge(_) => Trouble::Protocol,
            Self::Injected(_) => Trouble::Injected,
            Self::NoTls(_) => Trouble::NoTls,
            Self::Tls(_) => Trouble::Tls,
            Self::Certificate(_) => Trouble::Certificate,
            Self::NoMechanism(_) => Trouble::NoMechanism,
            Self::TooLarge { .. } | Self::NeedsSmtpUtf8(_) | Self::NeedsEightBit => Trouble::CannotCarry,
            Self::UnsafeCommand | Self::Config(_) => Trouble::Config,
            Self::NoSecret => Trouble::NoSecret,
            Self::Stopped(_) | Self::Spool(_) => Trouble::Disk,
        }
    }
}

impl From<&SmtpError> for Failure {
    fn from(error: &SmtpError) -> Self {
        Self { trouble: error.trouble(), detail: error.to_string() }
    }
}
