//! What comes out of a session.

use std::time::Duration;

/// What whoever holds the socket has to do next, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Send(Vec<u8>),
    /// Exchange takes its time here.
    Wait(Duration),
    /// Shake hands on TLS, then say [`Session::tls_started`].
    StartTls,
    /// The server has this message, whether or not the client will hear of it.
    Accepted(Mail),
    /// Close in good order: TLS is told.
    Close,
    /// Break the connection without a word.
    Drop,
    /// Tear it down: the client is to see a reset.
    Reset,
    /// Keep the connection and never answer again.
    Stall,
}

/// A message that the server has taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Who had signed in.
    pub user: String,
    /// The envelope's sender, empty for a bounce.
    pub from: String,
    /// The recipients that were accepted.
    pub to: Vec<String>,
    /// What stood behind each of them in RCPT, such as `NOTIFY=NEVER`, as it was written.
    pub to_parameters: Vec<Vec<String>>,
    /// What stood behind the sender in MAIL, such as `SIZE=1200`, as it was written.
    pub parameters: Vec<String>,
    /// The message, dots undone.
    pub data: Vec<u8>,
    /// The Message-ID in the answer, without angle brackets: the one that recipients would see.
    pub message_id_given: String,
}
