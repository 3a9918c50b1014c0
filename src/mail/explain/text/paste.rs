//! Undoes what wrapped a text on its way here: escapes, quotes, entities; and leaves out the lines that say nothing of a failure.

use std::borrow::Cow;

use super::escapes::decoded;

/// As much as is read of each end of a long text, in bytes.
const END: usize = 32 * 1024;

/// Of a whole log file the beginning and the end: what went wrong stands in one of them.
pub(super) fn ends(raw: &str) -> Cow<'_, str> {
    if raw.len() <= 2 * END {
        return Cow::Borrowed(raw);
    }
    let (head, tail) = (raw.floor_char_boundary(END), raw.ceil_char_boundary(raw.len() - END));
    Cow::Owned(format!("{}\n{}", &raw[..head], &raw[tail..]))
}

/// Lower case, without the escapes and quotes of whatever wrapped it; lines stay lines.
pub(super) fn plain(raw: &str) -> String {
    let mut text = unescape(&decoded(raw)).to_lowercase();
    for (entity, c) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")]
    {
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
    let lines = lines.collect::<Vec<_>>();
    let telling = lines
        .iter()
        .copied()
        .filter(|line| !is_yes(line) && !is_frame(line) && !is_goodbye(line))
        .collect::<Vec<_>>();
    // Where nothing else is said, it is what was pasted.
    let mut plain =
        if telling.iter().all(|line| line.is_empty()) { lines.join("\n") } else { telling.join("\n") };
    if let Some([class, subject, detail]) = spelled_code(&plain) {
        let reply = format!("\nsmtp reply: {class}{subject}{detail}");
        plain.push_str(&reply);
    }
    plain
}

/// The digits of a code that the crate lettre spells out: `severity: PermanentNegativeCompletion, category: MailSystem, detail: Four`.
fn spelled_code(plain: &str) -> Option<[usize; 3]> {
    const SEVERITIES: &[&str] = &["", "", "", "", "transientnegative", "permanentnegative"];
    const CATEGORIES: &[&str] =
        &["syntax", "information", "connections", "unspecified3", "unspecified4", "mailsystem"];
    const DETAILS: &[&str] =
        &["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    let after = |name: &str, words: &[&str]| {
        let (_, value) = plain.split_once(name)?;
        words.iter().position(|word| !word.is_empty() && value.starts_with(word))
    };
    Some([after("severity: ", SEVERITIES)?, after("category: ", CATEGORIES)?, after("detail: ", DETAILS)?])
}

/// The names of constants as words, each a sentence.
pub(super) fn names(raw: &str) -> String {
    let text = unescape(&decoded(raw));
    let lines = text.lines().filter(|line| !is_frame(&line.trim().to_lowercase()));
    lines.flat_map(spelled_out).collect::<Vec<_>>().join(". ")
}

/// `MAILSMTP_ERROR_CONNECTION_REFUSED`, `MailboxUnavailable`: not the names of exceptions, which tell the kind of a thing only.
fn spelled_out(line: &str) -> impl Iterator<Item = String> {
    line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter_map(|name| {
        let humps = name
            .as_bytes()
            .windows(2)
            .filter(|two| two[0].is_ascii_lowercase() && two[1].is_ascii_uppercase());
        let is_name = name.trim_matches('_').contains('_') || humps.count() > 0;
        let is_class = name.ends_with("Exception") || name.ends_with("Error");
        if !is_name || is_class || name.len() < 8 {
            return None;
        }
        let mut words = String::new();
        let mut was_lower = false;
        for c in name.chars() {
            if c == '_' || (was_lower && c.is_ascii_uppercase()) {
                words.push(' ');
            }
            if c != '_' {
                words.push(c.to_ascii_lowercase());
            }
            was_lower = c.is_ascii_lowercase();
        }
        Some(words)
    })
}

/// A line of a dialogue in which the server agrees: `S: 250-AUTH LOGIN XOAUTH2`, `<< 221 2.0.0 closing connection`.
fn is_yes(line: &str) -> bool {
    const MARKS: [&str; 8] = ["s: ", "< ", "<- ", "<<< ", "<** ", "<~ ", "server -> client: ", "server: "];
    let said = MARKS.iter().find_map(|mark| line.split_once(mark)).map_or(line, |(_, said)| said);
    let mut digits = said.bytes();
    matches!(
        (digits.next(), digits.next(), digits.next(), digits.next()),
        (Some(b'2'), Some(b'1' | b'2' | b'3' | b'5'), Some(b'0'..=b'5'), Some(b'-' | b' '))
    ) && !said.split([' ', '-']).any(is_no)
}

/// `550`: on the same line, if line ends were lost on the way.
fn is_no(word: &str) -> bool {
    word.len() == 3 && word.starts_with(['4', '5']) && word.bytes().all(|b| b.is_ascii_digit())
}

/// A line in which the program ends the session by itself.
fn is_goodbye(line: &str) -> bool {
    const GOODBYES: [&str; 4] =
        ["connection: closed", "closing connection 0", "closing connection #0", "quit"];
    GOODBYES.iter().any(|goodbye| {
        line.strip_suffix(goodbye).is_some_and(|before| !before.ends_with(char::is_alphanumeric))
    })
}

/// A line of a stack trace: its names are of the program, not of what happened.
fn is_frame(line: &str) -> bool {
    (line.starts_with("at ") && line.ends_with(')') && line.contains('('))
        || (line.starts_with("file \"") && line.contains(", line "))
        || line.contains(".rb:") && line.contains(":in ")
        || line.contains(" at ") && line.contains("node_modules/")
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
                    None => text.push_str(if rest.peek().is_some_and(char::is_ascii_punctuation) {
                        ""
                    } else {
                        " "
                    }),
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
