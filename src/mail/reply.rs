//! A reply of the server (RFC 5321 section 4.2), read by its bytes and not by its prose.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::text::Shown;

/// All lines of one reply. A lone `250` without a space or text is a reply, too: some servers send it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    code: u16,
    /// The text of each line, without code, separator and line end.
    lines: Vec<Shown>,
}

/// Why bytes are not a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAReply {
    #[error("the line does not begin with a three-digit reply code")]
    NoCode,
    #[error("the lines of one reply carry different codes")]
    MixedCodes,
}

/// What the first digit says (RFC 5321 section 4.2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    Done,
    GoOn,
    Later,
    No,
}

/// One line of a reply, taken apart.
pub(crate) struct ReplyLine<'a> {
    pub(crate) code: u16,
    pub(crate) is_last: bool,
    pub(crate) text: &'a [u8],
}

impl<'a> ReplyLine<'a> {
    /// Reads a line without its line end. Codes are 200 to 599; a `1yz` has no meaning in SMTP.
    pub(crate) fn parse(line: &'a [u8]) -> Result<Self, NotAReply> {
        let (digits, rest) = line.split_at_checked(3).ok_or(NotAReply::NoCode)?;
        let [a @ b'2'..=b'5', b @ b'0'..=b'9', c @ b'0'..=b'9'] = digits else {
            return Err(NotAReply::NoCode);
        };
        let code = u16::from(a - b'0') * 100 + u16::from(b - b'0') * 10 + u16::from(c - b'0');
        match rest {
            [] => Ok(Self { code, is_last: true, text: rest }),
            [b' ', text @ ..] => Ok(Self { code, is_last: true, text }),
            [b'-', text @ ..] => Ok(Self { code, is_last: false, text }),
            _ => Err(NotAReply::NoCode),
        }
    }
}

impl Reply {
    pub(crate) fn first(line: &ReplyLine<'_>) -> Self {
        Self { code: line.code, lines: vec![Shown::from_bytes(line.text)] }
    }

    pub(crate) fn push(&mut self, line: &ReplyLine<'_>) -> Result<(), NotAReply> {
        if line.code != self.code {
            return Err(NotAReply::MixedCodes);
        }
        self.lines.push(Shown::from_bytes(line.text));
        Ok(())
    }

    /// Reads a whole reply from text, as it stands in a journal or is pasted by a person.
    pub fn parse(text: &str) -> Result<Self, NotAReply> {
        let mut lines = text.lines().filter(|line| !line.trim().is_empty());
        let first = ReplyLine::parse(lines.next().ok_or(NotAReply::NoCode)?.trim_end().as_bytes())?;
        let mut reply = Self::first(&first);
        for line in lines {
            reply.push(&ReplyLine::parse(line.trim_end().as_bytes())?)?;
        }
        Ok(reply)
    }

    pub fn code(&self) -> u16 {
        self.code
    }

    pub fn class(&self) -> Class {
        Class::of(self.code)
    }

    pub fn is_done(&self) -> bool {
        self.class() == Class::Done
    }

    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().map(Shown::as_str)
    }

    /// The text without code and enhanced code, its lines joined by spaces.
    pub fn text(&self) -> String {
        let skip = self.enhanced();
        let bare = |line: &str| match &skip {
            Some(code) => line.strip_prefix(code.as_str()).unwrap_or(line).trim_start().to_owned(),
            None => line.to_owned(),
        };
        self.lines().map(bare).collect::<Vec<_>>().join(" ").trim().to_owned()
    }

    /// The enhanced status code (RFC 3463) that the text begins with, such as `5.7.139`.
    pub fn enhanced(&self) -> Option<String> {
        let word = self.lines().next()?.split(' ').next()?;
        let parts = word.split('.').collect::<Vec<_>>();
        let is_number =
            |part: &&str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        let fits = parts.len() == 3 && matches!(parts[0], "2" | "4" | "5") && parts.iter().all(is_number);
        fits.then(|| word.to_owned())
    }

    /// The Message-ID that the server says it gave to the message, in the text of its final 250.
    pub fn message_id(&self) -> Option<String> {
        let text = self.text();
        let start = text.find('<')?;
        let end = start + text[start..].find('>')? + 1;
        let id = &text[start..end];
        (id.contains('@') && !id.contains(char::is_whitespace)).then(|| id.to_owned())
    }
}

impl Class {
    pub fn of(code: u16) -> Self {
        match code {
            ..300 => Self::Done,
            300..400 => Self::GoOn,
            400..500 => Self::Later,
            _ => Self::No,
        }
    }
}

/// `535 5.7.3 Authentication unsuccessful`; the lines of a long reply are joined by spaces.
impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.lines().collect::<Vec<_>>().join(" "))
    }
}
