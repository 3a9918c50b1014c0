//! The scribe: turns what passes on the wire into transcript lines, timed and masked. Pure; it is told the time.

use std::time::Duration;

use zeroize::Zeroizing;

use crate::mail::reply::{Class, ReplyLine};
use crate::mail::secret::Secret;
use crate::mail::text::Shown;
use crate::mail::transcript::{Kind, Line, Mark};

use super::command::{Command, HIDDEN};

/// Writes the transcript of one session, and knows what must not stand in it.
#[derive(Default)]
pub struct Scribe {
    is_tls: bool,
    /// When the last bytes went out: a reply's `took` counts from there.
    asked: Duration,
    /// What must not be seen even if the server repeats it.
    needles: Vec<Zeroizing<String>>,
}

impl Scribe {
    pub fn tls_started(&mut self) {
        self.is_tls = true;
    }

    /// From now on these are masked in what the server says: as they are, and in base64, where some echo them.
    pub fn hide(&mut self, user: &str, secret: &Secret) {
        self.needles.extend(secret.forms(user));
    }

    pub(super) fn command(&mut self, at: Duration, command: &Command) -> Line {
        self.asked = at;
        self.line(at, self.sent_mark(), Kind::Command, Shown::new(command.shown()))
    }

    /// What left that is not a command: the message.
    pub(super) fn message(&mut self, at: Duration, text: &str) -> Line {
        self.asked = at;
        self.line(at, self.sent_mark(), Kind::Message, Shown::new(text))
    }

    /// One line from the server, without its line end.
    pub fn reply_line(&self, at: Duration, is_first: bool, line: &[u8]) -> Line {
        let kind = ReplyLine::parse(line).map_or(Kind::Error, |parsed| Kind::Reply(Class::of(parsed.code)));
        let mark = if self.is_tls { Mark::ReceivedTls } else { Mark::Received };
        let took = is_first.then(|| at.saturating_sub(self.asked));
        Line { took, ..self.line(at, mark, kind, self.masked_line(line)) }
    }

    pub fn note(&self, at: Duration, kind: Kind, text: &str) -> Line {
        let mark = if kind == Kind::Error { Mark::Error } else { Mark::Note };
        self.line(at, mark, kind, self.masked(text.as_bytes()))
    }

    /// A line of a reply: its code is no secret, whatever the secret is.
    fn masked_line(&self, line: &[u8]) -> Shown {
        let Ok(parsed) = ReplyLine::parse(line) else { return self.masked(line) };
        let code = String::from_utf8_lossy(&line[..line.len() - parsed.text.len()]);
        Shown::new(&format!("{code}{}", self.masked(parsed.text)))
    }

    /// Foreign text with every known secret taken out, then made safe to show.
    pub fn masked(&self, text: &[u8]) -> Shown {
        let lossy = String::from_utf8_lossy(text);
        let shown = match self.without_secrets(&lossy) {
            Some(masked) => Shown::new(&masked),
            None => Shown::from_bytes(text),
        };
        // Once more: what a control is spelled as may complete a secret (0x0E becomes `^N`).
        self.without_secrets(shown.as_str()).map_or(shown, Shown::from)
    }

    /// None where there is nothing to hide.
    fn without_secrets(&self, text: &str) -> Option<String> {
        self.needles.iter().any(|needle| text.contains(needle.as_str())).then(|| {
            self.needles.iter().fold(text.to_owned(), |text, needle| text.replace(needle.as_str(), HIDDEN))
        })
    }

    fn sent_mark(&self) -> Mark {
        if self.is_tls { Mark::SentTls } else { Mark::Sent }
    }

    #[expect(clippy::unused_self, reason = "reads as what the scribe writes")]
    fn line(&self, at: Duration, mark: Mark, kind: Kind, text: Shown) -> Line {
        Line { at, took: None, mark, kind, text }
    }
}
