//! What a client did that SMTP forbids, though the server went along with it.

/// Where a line stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Command,
    Message,
}

impl Place {
    fn name(self) -> &'static str {
        match self {
            Self::Command => "a command",
            Self::Message => "the message",
        }
    }
}

/// One breach of the rules. A session notes each of them once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Violation {
    /// RFC 5321, section 2.3.8.
    #[error("a line feed without a carriage return in {}: lines end with CR LF", .0.name())]
    BareLineFeed(Place),
    /// RFC 5321, section 2.3.8.
    #[error("a carriage return without a line feed in {}: lines end with CR LF", .0.name())]
    BareCarriageReturn(Place),
    /// RFC 5321, section 4.5.3.1.6.
    #[error("a line of more than 998 octets in the message: encode the body or fold the line")]
    LongLine,
    /// RFC 2920, section 3.1: some commands end a flight, and what follows waits for the answer.
    #[error("more was sent behind {0} before its answer: {0} is the last of a flight")]
    Hurried(&'static str),
    /// RFC 3207, section 5: what comes behind STARTTLS in clear may be an intruder's.
    #[error("more was sent in clear behind STARTTLS: only the TLS handshake may follow")]
    ClearAfterStartTls,
}
