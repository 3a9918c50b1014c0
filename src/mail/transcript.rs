//! The dialogue, line by line, already masked: what the log pane shows, what `--log` prints, what is safe to paste.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::outcome::Step;
use super::reply::Class;
use super::text::Shown;
use super::tls::{Certificate, TlsFacts};

/// One line of the dialogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Since the session began.
    pub at: Duration,
    /// For the first line of a reply: how long the server took.
    pub took: Option<Duration>,
    pub mark: Mark,
    pub kind: Kind,
    pub text: Shown,
}

/// Who speaks, and whether under TLS; shown as swaks shows it, since its users know these marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    Sent,
    SentTls,
    Received,
    ReceivedTls,
    Note,
    Error,
}

/// What a line is, for its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Command,
    Reply(Class),
    Message,
    Tls,
    Note,
    Error,
}

/// What a session tells while it runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wire {
    Line(Line),
    /// The session has come to this step.
    Step(Step),
    /// The certificates that the server showed, its own first; told before they are judged.
    Chain(Vec<Certificate>),
    Tls(TlsFacts),
    /// What the server offers, by its last reply to EHLO: the lines after the first.
    Offered(Vec<Shown>),
    /// Bytes of the message that left, of so many.
    Progress {
        sent: u64,
        total: u64,
    },
}

impl Line {
    /// Something of our own to say, from before there was a session.
    pub fn remark(text: &str) -> Self {
        Self { at: Duration::ZERO, took: None, mark: Mark::Note, kind: Kind::Note, text: Shown::new(text) }
    }
}

impl Mark {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "->",
            Self::SentTls => "~>",
            Self::Received => "<-",
            Self::ReceivedTls => "<~",
            Self::Note => "==",
            Self::Error => "**",
        }
    }
}

/// ` 1.204   41 ms  <~ 250 2.1.0 Sender OK`: the form of `send --log`.
impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let took = self.took.map(|took| Took(took).to_string()).unwrap_or_default();
        write!(f, "{:>8.3} {took:>8}  {} {}", self.at.as_secs_f64(), self.mark.as_str(), self.text)
    }
}

/// A duration in at most seven columns: `41 ms`, `5.1 s`, `12 min`.
#[derive(Debug, Clone, Copy)]
pub struct Took(pub Duration);

impl fmt::Display for Took {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self.0.as_millis() {
            0 => "<1 ms".to_owned(),
            millis @ 1..1_000 => format!("{millis} ms"),
            1_000..60_000 => format!("{:.1} s", self.0.as_secs_f64()),
            millis => format!("{} min", millis / 60_000),
        };
        f.pad(&text)
    }
}
