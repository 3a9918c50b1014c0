//! Finds the words and the reply codes in text as people paste it: log lines, tracebacks, JSON, quoted and wrapped mail.

use std::ops::Range;

/// What was found in a text.
pub(super) struct Text {
    /// Lower case, one line, single spaces, without reply codes and quoting.
    pub(super) words: String,
    /// Refusals, in the order in which they stand.
    pub(super) found: Vec<Found>,
    /// The numbers behind `AADSTS`.
    pub(super) aadsts: Vec<u32>,
}

/// As much as one reply may hold, before and behind its code.
const BEFORE: usize = 300;
const BEHIND: usize = 900;

/// A reply code, an enhanced code (RFC 3463), or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) code: Option<u16>,
    pub(super) enhanced: Option<String>,
}

impl Text {
    pub(super) fn read(raw: &str) -> Self {
        Self::of(&plain(raw))
    }

    fn of(plain: &str) -> Self {
        let (found, spans, _) = codes(plain);
        Self { words: words(plain, &spans), found, aadsts: aadsts(plain) }
    }

    /// Of a long text the part around the first refusal, then the whole: in a transcript the other lines only distract.
    pub(super) fn parts(raw: &str) -> Vec<Self> {
        let plain = plain(raw);
        let (_, _, first) = codes(&plain);
        let part = first.map(|at| {
            let from = plain.floor_char_boundary(at.saturating_sub(BEFORE));
            let from = plain[from..at].rfind('\n').map_or(from, |line| from + line + 1);
            let to = plain.floor_char_boundary(at.saturating_add(BEHIND).min(plain.len()));
            &plain[from..to]
        });
        let said = plain.split_once(SERVER_SAID).map(|(_, said)| said).filter(|said| !said.trim().is_empty());
        let shorter = [said, part].into_iter().flatten().filter(|part| part.len() < plain.len());
        shorter.chain([plain.as_str()]).map(Self::of).collect()
    }
}

/// Lower case, without the escapes and quotes of whatever wrapped it; lines stay lines.
fn plain(raw: &str) -> String {
    let mut text = unescape(raw).to_lowercase();
    for (entity, c) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")] {
        if text.contains(entity) {
            text = text.replace(entity, c);
        }
    }
    // Quoted-printable: a soft line break, a space, an equals sign.
    for (coded, c) in [("=\r\n", ""), ("=\n", ""), ("=20", " "), ("=3d", "=")] {
        if text.contains(coded) {
            text = text.replace(coded, c);
        }
    }
    let lines = text.lines().map(|line| line.trim_start_matches(|c: char| c == '>' || c.is_whitespace()));
    lines.collect::<Vec<_>>().join("\n")
}

/// Undoes `\n`, `\"`, `\u2019` and the like, typographic quotes, and the marks of Markdown.
fn unescape(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\\' => {
                while rest.next_if_eq(&'\\').is_some() {}
                match rest.next_if(|c| matches!(c, 'n' | 'r' | 't')) {
                    Some('t') => text.push(' '),
                    Some(_) => text.push('\n'),
                    None => text.push_str(if rest.peek().is_some_and(char::is_ascii_punctuation) { "" } else { " " }),
                }
            }
            '\u{21b5}' | '\u{23ce}' | '\u{2028}' => text.push('\n'),
            '\u{2018}' | '\u{2019}' => text.push('\''),
            '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}' => text.push('"'),
            '\u{a0}' | '\u{200b}' => text.push(' '),
            '\u{2010}' | '\u{2011}' | '\u{2013}' => text.push('-'),
            '`' | '*' => {}
            c => text.push(c),
        }
    }
    text
}

/// .NET puts the name of the reply code before what the server said, as in "Mailbox unavailable. The server response was: ...".
const SERVER_SAID: &str = "server response was:";

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
    if let [b'2' | b'4' | b'5', b'0'..=b'5' | b'7', b'0'..=b'9'] = digits.as_bytes() {
        return digits.parse().ok().map(Kind::Code);
    }
    let parts = digits.split('.').collect::<Vec<_>>();
    let is_enhanced = matches!(parts[..], ["2" | "4" | "5", subject, detail]
        if subject.len() == 1 && (1..=3).contains(&detail.len()));
    is_enhanced.then(|| Kind::Enhanced(digits.to_owned()))
}

/// The refusals, where reply codes of any kind stand, and where the first refusal does.
fn codes(plain: &str) -> (Vec<Found>, Vec<Range<usize>>, Option<usize>) {
    let numbers = numbers(plain);
    let (mut found, mut spans, mut first) = (Vec::new(), Vec::new(), None);
    let mut rest = numbers.iter().peekable();
    while let Some(number) = rest.next() {
        let (code, enhanced, end) = match &number.kind {
            Kind::Code(code) => match rest.next_if(|next| is_pair(plain, number, next)) {
                Some(Number { span, kind: Kind::Enhanced(enhanced) }) => (Some(*code), Some(enhanced), span.end),
                _ if is_reply(plain, &number.span) => (Some(*code), None, number.span.end),
                _ => continue,
            },
            Kind::Enhanced(enhanced) => (None, Some(enhanced), number.span.end),
        };
        let is_separator = plain[end..].starts_with('-');
        spans.push(number.span.start..end + usize::from(is_separator));
        let is_refusal = code.map_or_else(
            || enhanced.is_some_and(|code| !code.starts_with('2') && !is_version(plain, number.span.start)),
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
        && between.chars().all(|c| matches!(c, ' ' | '\n' | '\t' | '-' | ',' | '\'' | '"' | '(' | ')' | '#' | ':' | ';' | 'b' | ']'))
}

/// Words behind which three digits are a reply code.
const MARKS: &[&str] = &[
    "said", "code", "codes", "responsecode", "response", "error", "status", "smtpstatus", "failed", "failure", "returned",
    "got", "server", "smtp", "fatal", "client", "login", "statuscode", "smtp_code", "reply", "answered", "respuesta",
    "resposta", "antwort", "exception", "smtperror", "replied", "refused", "rejected", "reject", "result", "stat",
];

/// Is the lone three-digit number at `span` a reply code? At the start of a line, in a tuple, or behind a telling word.
fn is_reply(plain: &str, span: &Range<usize>) -> bool {
    let line = line_before(plain, span.start);
    let after = plain[span.end..].chars().next();
    let bare = line.trim_end_matches(|c: char| !c.is_alphanumeric());
    let is_alone = bare.is_empty() || matches!(bare, "s" | "r" | "smtp");
    if is_alone && line.len() < 12 {
        return matches!(after, None | Some(' ' | '-' | '\n' | ']' | ',' | ':' | '"' | '\''));
    }
    let is_tuple = line.ends_with('(') && after == Some(',');
    let is_arrow = line.trim_end().ends_with(['<', '~']);
    let is_continued = after == Some('-') && plain[span.end + 1..].starts_with(|c: char| c.is_alphabetic() || c == '"');
    let word = bare.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
    let is_close = line.len() - bare.len() <= 5;
    is_tuple || is_arrow || is_continued || (is_close && MARKS.contains(&word))
}

/// What stands before `at` in its line, of a long line only the end.
fn line_before(plain: &str, at: usize) -> &str {
    let from = plain.floor_char_boundary(at.saturating_sub(200));
    plain[from..at].rsplit('\n').next().unwrap_or_default()
}

/// Three numbers with dots may also be a version.
fn is_version(plain: &str, start: usize) -> bool {
    let before = plain[..start].trim_end_matches(|c: char| !c.is_alphanumeric());
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    ["version", "v", "exim", "postfix", "dovecot", "sendmail", "node", "php", "python", "release"].contains(&word)
}

/// The text between the codes, on one line.
fn words(plain: &str, spans: &[Range<usize>]) -> String {
    let mut kept = String::with_capacity(plain.len());
    let mut at = 0;
    for span in spans {
        kept.push_str(&plain[at..span.start]);
        kept.push(' ');
        at = span.end;
    }
    kept.push_str(&plain[at..]);
    let mut words = String::with_capacity(kept.len());
    for word in kept.split_whitespace().filter(|word| !is_name(word)) {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}

/// Addresses and hosts, as `<bob@fabrikam.com>:`, `helo=<spam>`, `relay=mx.fabrikam.com[192.0.2.7]:25`: their words mean nothing.
fn is_name(word: &str) -> bool {
    let is_address = word.split_once('@').is_some_and(|(_, host)| host.contains('.')) && !word.contains("//");
    let is_host = word.split_once('[').is_some_and(|(name, ip)| {
        (name.contains('.') && ip.contains(']')) || (name.is_empty() && ip.contains('.'))
    });
    is_address || is_host || ["helo=", "relay=", "from=<", "to=<", "client="].iter().any(|key| word.starts_with(key))
}

/// What stands before the number of a sign-in error: `AADSTS50126`, `"error_codes":[50126]`, `error?code=50126`.
const BEFORE_AADSTS: &[&str] =
    &["aadsts", "error_codes\":", "error?code=", "errorno\":", "invalid_client:", "invalid_grant:", "invalid_request:"];

fn aadsts(plain: &str) -> Vec<u32> {
    let starts = BEFORE_AADSTS.iter().flat_map(|mark| plain.match_indices(mark).map(|(at, mark)| at + mark.len()));
    let mut numbers = starts.filter_map(|start| leading_number(&plain[start..])).collect::<Vec<_>>();
    numbers.dedup();
    numbers
}

fn leading_number(text: &str) -> Option<u32> {
    let text = text.trim_start_matches([' ', '\n', '[', ':', '"']);
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text[..end.min(9)].parse().ok().filter(|number| *number > 9_999)
}
