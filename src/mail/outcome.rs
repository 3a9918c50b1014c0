//! How an attempt ended: what is known, what is not, and what every recipient was told.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::address::Address;
use super::reply::{Class, Reply};
use super::tls::TlsFacts;

/// The steps of one attempt, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    Config,
    Secret,
    Lookup,
    Connect,
    Greeting,
    Ehlo,
    StartTls,
    Tls,
    Auth,
    Mail,
    Rcpt,
    Data,
    Body,
    Dot,
    Quit,
}

impl Step {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Config => "config",
            Self::Secret => "secret",
            Self::Lookup => "lookup",
            Self::Connect => "connect",
            Self::Greeting => "greeting",
            Self::Ehlo => "ehlo",
            Self::StartTls => "starttls",
            Self::Tls => "tls",
            Self::Auth => "auth",
            Self::Mail => "mail",
            Self::Rcpt => "rcpt",
            Self::Data => "data",
            Self::Body => "body",
            Self::Dot => "dot",
            Self::Quit => "quit",
        }
    }

    /// What is being done, for a title: `signing in`.
    pub fn doing(self) -> &'static str {
        match self {
            Self::Config => "reading the account",
            Self::Secret => "fetching the secret",
            Self::Lookup => "looking up the server",
            Self::Connect => "connecting",
            Self::Greeting => "waiting for the greeting",
            Self::Ehlo => "saying hello",
            Self::StartTls | Self::Tls => "securing the line",
            Self::Auth => "signing in",
            Self::Mail | Self::Rcpt => "naming sender and recipients",
            Self::Data => "announcing the message",
            Self::Body => "sending the message",
            Self::Dot => "waiting for the server to take it",
            Self::Quit => "saying goodbye",
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The six ways in which an attempt can end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// The server took it for every recipient.
    Accepted,
    /// The server took it for some; the others were refused and the person agreed.
    Partly,
    /// A 5yz: as it is, it will never be taken.
    Refused,
    /// A 4yz, or the network failed before the final dot: surely not sent, may be tried again.
    Deferred,
    /// It could not be tried, or went wrong on our side of a reply (TLS, certificate, protocol, config): surely not sent.
    Failed,
    /// The final dot may have left and no answer came: it may or may not have been sent.
    Unknown,
}

impl Outcome {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Partly => "partly",
            Self::Refused => "refused",
            Self::Deferred => "deferred",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }

    /// Did the server take the message for anyone?
    pub fn is_taken(self) -> bool {
        matches!(self, Self::Accepted | Self::Partly)
    }

    /// What a refusal by a reply of this class means for the attempt.
    pub fn of_refusal(class: Class) -> Self {
        match class {
            Class::Later => Self::Deferred,
            Class::No => Self::Refused,
            Class::Done | Class::GoOn => Self::Failed,
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// What stopped an attempt that no reply stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    pub trouble: Trouble,
    /// The bare facts: a system error, the names in a certificate, what was expected.
    pub detail: String,
}

/// The kinds of failure, as `mail::explain` tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trouble {
    Config,
    NoSecret,
    /// Nobody is signed in by OAuth, or no more.
    NotSignedIn,
    /// There is a sign-in, and it yielded no access token.
    NoToken,
    NameNotFound,
    Refused,
    TimedOut,
    /// The connection was opened, and not an octet came over it.
    NoGreeting,
    Lost,
    Unreachable,
    /// The proxy did not open the way.
    Proxy,
    /// The server does not offer STARTTLS, or would not start it.
    NoTls,
    Tls,
    Certificate,
    /// Bytes stood before the TLS handshake that could only have been put there (RFC 3207 section 6).
    Injected,
    /// Something that is not SMTP, or not in sequence.
    Protocol,
    /// No sign-in mechanism in common.
    NoMechanism,
    /// The server cannot carry this message: size, SMTPUTF8.
    CannotCarry,
    /// Some recipients were refused and the person (or `--partial stop`) said stop.
    Stopped,
    Cancelled,
    /// A file of ours could not be read or written.
    Disk,
}

impl Trouble {
    /// What a failure before the dot means: may be tried again as it is, or not.
    pub fn outcome(self) -> Outcome {
        match self {
            Self::NameNotFound
            | Self::Refused
            | Self::TimedOut
            | Self::NoGreeting
            | Self::Lost
            | Self::Unreachable
            | Self::Proxy => Outcome::Deferred,
            _ => Outcome::Failed,
        }
    }
}

/// What one recipient was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    pub address: Address,
    /// `None` while the server has not been asked.
    pub reply: Option<Reply>,
}

impl Recipient {
    pub fn is_accepted(&self) -> bool {
        self.reply.as_ref().is_some_and(Reply::is_done)
    }

    pub fn is_refused(&self) -> bool {
        self.reply.as_ref().is_some_and(|reply| !reply.is_done())
    }
}

/// All that is known of one attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub outcome: Outcome,
    /// The last step reached.
    pub step: Step,
    /// The reply that decided, or the last one.
    pub reply: Option<Reply>,
    pub failure: Option<Failure>,
    pub recipients: Vec<Recipient>,
    /// Ours.
    pub message_id: String,
    /// The one in the final 250, where the server names one.
    pub server_id: Option<String>,
    pub tls: Option<TlsFacts>,
    /// How long each step took, and in all.
    pub times: Vec<(Step, Duration)>,
    pub total: Duration,
    /// Was the sign-in accepted? Then a typed secret is worth keeping.
    pub signed_in: bool,
}

impl Report {
    /// An attempt that ended before there was a session.
    pub fn untried(step: Step, failure: Failure, message_id: String) -> Self {
        Self {
            outcome: failure.trouble.outcome(),
            step,
            reply: None,
            failure: Some(failure),
            recipients: Vec::new(),
            message_id,
            server_id: None,
            tls: None,
            times: Vec::new(),
            total: Duration::ZERO,
            signed_in: false,
        }
    }

    /// Ours, where the server keeps the message under another: then nobody finds it by ours.
    pub fn replaced(&self) -> Option<&str> {
        let server = self.server_id.as_deref()?;
        Some(self.message_id.as_str()).filter(|ours| !ours.is_empty() && *ours != server)
    }

    /// Under which id a message that was taken is found: `<…> (your Message-ID <…> was replaced)`.
    pub fn receipt(&self) -> String {
        let id = self.server_id.as_ref().unwrap_or(&self.message_id);
        let replaced = self.replaced().map(|ours| format!(" (your Message-ID {ours} was replaced)"));
        format!("{id}{}", replaced.unwrap_or_default())
    }

    pub fn refused(&self) -> impl Iterator<Item = &Recipient> {
        self.recipients.iter().filter(|recipient| recipient.is_refused())
    }
}
