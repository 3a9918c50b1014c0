//! The scribe: turns what passes on the wire into transcript lines, timed and masked. Pure; it is told the time.

use std::time::Duration;

use zeroize::Zeroizing;

use crate::mail::reply::{Class, ReplyLine};
use crate::mail::secret::{HALF, Secret};
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
    /// What must not be seen even in part, from its beginning.
    hints: Vec<Zeroizing<String>>,
    /// The end of what the reply has said so far: a secret may go on in its next line.
    before: Zeroizing<String>,
}

/// As many letters of a secret at the end of a line as may be the beginning of it.
const BEGUN: usize = 4;

impl Scribe {
    pub fn tls_started(&mut self) {
        self.is_tls = true;
    }

    /// From now on these are masked in what the server says: as they are, and in base64, where some echo them.
    pub fn hide(&mut self, user: &str, secret: &Secret) {
        self.needles.extend(secret.forms(user));
        self.hints.extend(secret.hints());
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
    pub fn reply_line(&mut self, at: Duration, is_first: bool, line: &[u8]) -> Line {
        let kind = ReplyLine::parse(line).map_or(Kind::Error, |parsed| Kind::Reply(Class::of(parsed.code)));
        let mark = if self.is_tls { Mark::ReceivedTls } else { Mark::Received };
        let took = is_first.then(|| at.saturating_sub(self.asked));
        if is_first {
            self.before = Zeroizing::default();
        }
        let text = self.masked_line(line);
        Line { took, ..self.line(at, mark, kind, text) }
    }

    pub fn note(&self, at: Duration, kind: Kind, text: &str) -> Line {
        let mark = if kind == Kind::Error { Mark::Error } else { Mark::Note };
        self.line(at, mark, kind, self.masked(text.as_bytes()))
    }

    /// A line of a reply: its code is no secret, whatever the secret is.
    fn masked_line(&mut self, line: &[u8]) -> Shown {
        let Ok(parsed) = ReplyLine::parse(line) else { return self.masked(line) };
        let code = String::from_utf8_lossy(&line[..line.len() - parsed.text.len()]);
        let text = Zeroizing::new(String::from_utf8_lossy(parsed.text).into_owned());
        let from = self.goes_on_to(&text);
        let to = if parsed.is_last { text.len() } else { self.begins_at(&text).max(from) };
        self.remember(&text);
        if from == 0 && to == text.len() {
            return Shown::new(&format!("{code}{}", self.masked(parsed.text)));
        }
        let hidden = |is: bool| if is { HIDDEN } else { "" };
        let inner = self.masked(text[from..to].as_bytes());
        Shown::new(&format!("{code}{}{inner}{}", hidden(from > 0), hidden(to < text.len())))
    }

    /// How far into `text` a secret goes that began in the line before.
    fn goes_on_to(&self, text: &str) -> usize {
        if self.before.is_empty() {
            return 0;
        }
        let whole = Zeroizing::new([self.before.as_str(), text].concat());
        let border = self.before.len();
        let ends = self.needles.iter().flat_map(|needle| {
            let found = whole.match_indices(needle.as_str());
            found.map(|(at, it)| (at, at + it.len())).filter(|(at, end)| *at < border && *end > border)
        });
        ends.map(|(_, end)| end - border).max().unwrap_or(0)
    }

    /// Where at the end of `text` a secret may begin that goes on in the next line.
    fn begins_at(&self, text: &str) -> usize {
        let begun = |needle: &Zeroizing<String>| {
            let parts =
                needle.char_indices().map(|(at, _)| at).skip(BEGUN).take_while(|&at| at <= text.len());
            let parts = parts.map(|at| &needle[..at]);
            parts.filter(|part| text.ends_with(part)).map(|part| text.len() - part.len()).min()
        };
        self.needles.iter().filter_map(begun).min().unwrap_or(text.len())
    }

    fn remember(&mut self, text: &str) {
        let longest = self.needles.iter().map(|needle| needle.len()).max().unwrap_or(0);
        let all = Zeroizing::new([self.before.as_str(), text].concat());
        let from = all.ceil_char_boundary(all.len().saturating_sub(longest));
        self.before = Zeroizing::new(all[from..].to_owned());
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
        let whole = self.needles.iter().any(|needle| text.contains(needle.as_str())).then(|| {
            self.needles.iter().fold(text.to_owned(), |text, needle| text.replace(needle.as_str(), HIDDEN))
        });
        let begun = self.without_beginnings(whole.as_deref().unwrap_or(text));
        begun.or(whole)
    }

    /// The same for a long secret of which only the first letters stand there.
    fn without_beginnings(&self, text: &str) -> Option<String> {
        let mut masked = None::<String>;
        for hint in &self.hints {
            let Some((half, _)) = hint.char_indices().nth(HALF) else { continue };
            while let Some(at) = masked.as_deref().unwrap_or(text).find(&hint[..half]) {
                let found = masked.as_deref().unwrap_or(text);
                let same = found[at..].chars().zip(hint.chars()).take_while(|(a, b)| a == b);
                let end = at + same.map(|(c, _)| c.len_utf8()).sum::<usize>();
                masked = Some([&found[..at], HIDDEN, &found[end..]].concat());
            }
        }
        masked
    }

    fn sent_mark(&self) -> Mark {
        if self.is_tls { Mark::SentTls } else { Mark::Sent }
    }

    #[expect(clippy::unused_self, reason = "reads as what the scribe writes")]
    fn line(&self, at: Duration, mark: Mark, kind: Kind, text: Shown) -> Line {
        Line { at, took: None, mark, kind, text }
    }
}
