//! Finds reply codes in text: where three digits are a reply, and where they are apples.

use std::ops::Range;

/// A reply code, an enhanced code (RFC 3463), or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::mail::explain) struct Found {
    pub(in crate::mail::explain) code: Option<u16>,
    pub(in crate::mail::explain) enhanced: Option<String>,
}

/// More codes than any honest text holds.
const MOST_CODES: usize = 64;

/// A run of digits and dots, as `550`, `5.7.1`, `10.0.0.1`.
struct Number {
    span: Range<usize>,
    kind: Kind,
}

enum Kind {
    Code(u16),
    Enhanced(String),
}

fn numbers(plain: &str) -> Vec<Number> {
    let bytes = plain.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && (bytes[at].is_ascii_digit() || bytes[at] == b'.') {
            at += 1;
        }
        let digits = plain[start..at].trim_end_matches('.');
        let is_free = start == 0 || !joins(bytes[start - 1]);
        let is_closed = bytes.get(at).is_none_or(|&b| !b.is_ascii_alphanumeric() && b != b'_');
        if let (true, true, Some(kind)) = (is_free, is_closed, kind(digits)) {
            found.push(Number { span: start..start + digits.len(), kind });
        }
    }
    found
}

/// Bytes that make digits part of something else: a word, a path, an address, a version.
fn joins(before: u8) -> bool {
    before.is_ascii_alphanumeric() || matches!(before, b'.' | b'_' | b'/' | b'+' | b'@') || before >= 0x80
}

fn kind(digits: &str) -> Option<Kind> {
    // No mail server answers 40x and 41x; web servers do.
    if let [b'2' | b'5', b'0'..=b'5' | b'7', b'0'..=b'9'] | [b'4', b'2'..=b'5' | b'7', b'0'..=b'9'] =
        digits.as_bytes()
    {
        return digits.parse().ok().map(Kind::Code);
    }
    let parts = digits.split('.').collect::<Vec<_>>();
    let is_enhanced = matches!(parts[..], ["2" | "4" | "5", subject, detail]
        if subject.len() == 1 && (1..=3).contains(&detail.len()));
    is_enhanced.then(|| Kind::Enhanced(digits.to_owned()))
}

/// The refusals, where reply codes of any kind stand, and where the first refusal does.
pub(super) fn codes(plain: &str) -> (Vec<Found>, Vec<Range<usize>>, Option<usize>) {
    let numbers = numbers(plain);
    let (mut found, mut spans, mut first) = (Vec::new(), Vec::new(), None);
    let mut rest = numbers.iter().peekable();
    while let Some(number) = rest.next() {
        let (code, enhanced, end) = match &number.kind {
            Kind::Code(code) => match rest.next_if(|next| is_pair(plain, number, next)) {
                Some(Number { span, kind: Kind::Enhanced(enhanced) }) => {
                    (Some(*code), Some(enhanced), span.end)
                }
                _ if is_reply(plain, &number.span) => (Some(*code), None, number.span.end),
                _ => continue,
            },
            Kind::Enhanced(enhanced) => (None, Some(enhanced), number.span.end),
        };
        let is_separator = plain[end..].starts_with('-');
        spans.push(number.span.start..end + usize::from(is_separator));
        let is_refusal = code.map_or_else(
            || enhanced.is_some_and(|code| !code.starts_with('2') && !is_in_prose(plain, number.span.start)),
            |code| code >= 400,
        );
        let next = Found { code, enhanced: enhanced.cloned() };
        if is_refusal && found.len() < MOST_CODES && !found.contains(&next) {
            first = first.or(Some(number.span.start));
            found.push(next);
        }
    }
    (found, spans, first)
}

/// `550 5.1.1`, `550-5.1.1`, `(550, b'5.1.1`, `452 #4.5.3`: an enhanced code of the same class right behind.
fn is_pair(plain: &str, code: &Number, next: &Number) -> bool {
    let between = &plain[code.span.end..next.span.start];
    let class = plain.as_bytes()[code.span.start] == plain.as_bytes()[next.span.start];
    matches!(next.kind, Kind::Enhanced(_))
        && class
        && between.len() <= 6
        && between.chars().all(|c| {
            matches!(c, ' ' | '\n' | '\t' | '-' | ',' | '\'' | '"' | '(' | ')' | '#' | ':' | ';' | 'b' | ']')
        })
}

/// Words behind which three digits are a reply code.
const MARKS: &[&str] = &[
    "said",
    "code",
    "codes",
    "responsecode",
    "response",
    "error",
    "status",
    "smtpstatus",
    "failed",
    "failure",
    "returned",
    "got",
    "server",
    "smtp",
    "fatal",
    "client",
    "login",
    "statuscode",
    "smtp_code",
    "reply",
    "answered",
    "respuesta",
    "resposta",
    "antwort",
    "exception",
    "smtperror",
    "replied",
    "reported",
    "responded",
    "responds",
    "says",
    "with",
    "diagnostic",
    // Postfix: "refused to talk to me: 554 ...".
    "me",
    "refused",
    "rejected",
    "reject",
    "result",
    "stat",
];

/// Is the lone three-digit number at `span` a reply code? At the start of a line, in a tuple, or behind a telling word.
fn is_reply(plain: &str, span: &Range<usize>) -> bool {
    let line = line_before(plain, span.start);
    let after = plain[span.end..].chars().next();
    let bare = line.trim_end_matches(|c: char| !c.is_alphanumeric());
    if ["http", "http error", "http status", "http code", "http status code"]
        .iter()
        .any(|http| bare.ends_with(http))
    {
        return false;
    }
    let is_alone = bare.is_empty() || matches!(bare, "s" | "r" | "smtp");
    if is_alone && line.len() < 12 {
        return matches!(after, None | Some(' ' | '-' | '\n' | ']' | ',' | ':' | '"' | '\''));
    }
    let is_quoting = plain[span.end..].starts_with(" '") || plain[span.end..].starts_with(" \"");
    let is_tuple = line.ends_with('(') && after == Some(',');
    let is_arrow = line.trim_end().ends_with(['<', '~']);
    let is_continued =
        after == Some('-') && plain[span.end + 1..].starts_with(|c: char| c.is_alphabetic() || c == '"');
    let word = bare.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
    let is_close = line.len() - bare.len() <= 5;
    let is_introduced = line.trim_end().ends_with([':', '\'', '"', '=', '>', ';', '(', '['])
        && plain[span.end..].trim_start_matches([' ', '-']).starts_with(char::is_alphabetic)
        && matches!(after, Some(' ' | '-'));
    is_tuple
        || is_introduced
        || is_arrow
        || is_quoting
        || is_continued
        || (is_close
            && (MARKS.contains(&word)
                || word.ends_with("exception")
                || word.ends_with("error")
                || word.contains("smtp")))
}

/// What stands before `at` in its line, of a long line only the end.
fn line_before(plain: &str, at: usize) -> &str {
    let from = plain.floor_char_boundary(at.saturating_sub(200));
    plain[from..at].rsplit('\n').next().unwrap_or_default()
}

/// Three numbers with dots may also be a version: a code stands behind a mark or a telling word, not in a sentence.
fn is_in_prose(plain: &str, start: usize) -> bool {
    let line = line_before(plain, start);
    let before = line.trim_end_matches(' ');
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is_telling = MARKS.contains(&word) || ["ndr", "dsn", "with"].contains(&word);
    before.len() < line.len() && before.ends_with(char::is_alphanumeric) && !is_telling
}
