//! What a client did that SMTP forbids, though the server went along with it. Each says what it was, what is due, and where
//! that is written.

/// Where an octet or a line stood.
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

/// One breach of the rules. A session notes each of them once. Commands are named by their verbs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Violation {
    #[error("a line feed without a carriage return in {}: lines end with CR LF (RFC 5321, 2.3.8)", .0.name())]
    BareLineFeed(Place),
    #[error("a carriage return without a line feed in {}: lines end with CR LF (RFC 5321, 2.3.8)", .0.name())]
    BareCarriageReturn(Place),
    #[error("a NUL in {}: no line may hold one (RFC 5321, 4.1.2; RFC 5322, 2.1)", .0.name())]
    Nul(Place),
    #[error("a line of {octets} octets for {verb}: {most} are the most, with CR LF (RFC 5321, 4.5.3.1.4)")]
    LongCommand { verb: &'static str, octets: usize, most: usize },
    #[error("a line of more than 998 octets in the message: encode or fold it (RFC 5321, 4.5.3.1.6)")]
    LongLine,
    #[error("a line of the message begins with a single dot: dots are doubled there (RFC 5321, 4.5.2)")]
    UndoubledDot,
    #[error("octets over 127 in a message that MAIL did not announce with BODY=8BITMIME (RFC 6152, 3)")]
    EightBit,
    #[error("{real} octets of message where MAIL had announced {declared} with SIZE (RFC 1870, 6.3)")]
    Larger { declared: u64, real: u64 },
    #[error("{0} out of turn: another command comes first (RFC 5321, 4.1.4)")]
    OutOfTurn(&'static str),
    #[error("a name in {0} that is neither a domain nor an address in brackets (RFC 5321, 4.1.3)")]
    HelloName(&'static str),
    #[error("an argument of {0} that EHLO did not offer, or that is malformed (RFC 5321, 4.1.1.11)")]
    Argument(&'static str),
    #[error("letters beyond ASCII in an address, though MAIL did not say SMTPUTF8 (RFC 6531, 3.4)")]
    Utf8Address,
    #[error("AUTH in clear: TLS comes first (RFC 4954, 9)")]
    ClearAuth,
    #[error("more was sent in clear behind STARTTLS: only the TLS handshake may follow (RFC 3207, 5)")]
    ClearAfterStartTls,
    /// Seen if the octets came in one piece with what they should have waited for.
    #[error("more was sent behind {0} before its answer: {0} is the last of a flight (RFC 2920, 3.1)")]
    Hurried(&'static str),
    /// The same.
    #[error("commands in one flight before EHLO has offered PIPELINING (RFC 2920, 3.1)")]
    Pipelined,
    #[error("more was sent behind QUIT: it is the last word (RFC 5321, 4.1.1.10)")]
    AfterQuit,
    #[error("DATA and BDAT in one transaction, or DATA for BODY=BINARYMIME (RFC 3030, 2 and 3)")]
    DataAndChunks,
    #[error("{0} between chunks: the message ends with BDAT and LAST, or with RSET (RFC 3030, 2)")]
    Unfinished(&'static str),
    #[error("a chunk of another size than BDAT said: no command follows it (RFC 3030, 2)")]
    ChunkSize,
}
