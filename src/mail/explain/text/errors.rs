//! Finds the numbers that systems give their own errors: `[Errno 110]`, `os error 111`, `Socket Error # 10060`, `errno: -4039`.

use std::ops::RangeInclusive;

/// What stands before such a number, lower case.
const MARKS: &[&str] = &[
    "errno",
    "errorcode",
    "error code",
    "gaierror",
    "error no",
    "kcfstreamerrorcodekey",
    "nsposixerrordomain code",
    "nsposixerrordomain error",
    "nsurlerrordomain code",
    "nsurlerrordomain error",
    "os error",
    "socket error",
    "socketexception",
    "winerror",
];

/// As many characters as stand between a mark and its number: `": "`, ` # `.
const BETWEEN: usize = 6;

/// Errors of Windows sockets: they are known without a mark.
const WINDOWS: RangeInclusive<u32> = 10_004..=11_031;

/// Those of Linux that are known in brackets: `Connection timed out (110)`.
const BRACKETED: RangeInclusive<u32> = 97..=115;

/// More than anyone pastes.
const MOST: usize = 32;

pub(super) fn errors(plain: &str) -> Vec<u32> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(start) = plain[at..].find(|c: char| c.is_ascii_digit()).map(|next| at + next) {
        let rest = &plain[start..];
        let length = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        at = start + length;
        if let Some(number) = number(&plain[..start], &rest[..length], &rest[length..])
            && found.len() < MOST
        {
            found.push(number);
        }
    }
    found
}

fn number(before: &str, digits: &str, after: &str) -> Option<u32> {
    let before = before.strip_suffix('-').unwrap_or(before);
    let number = digits.parse::<u32>().ok().filter(|number| *number < 100_000)?;
    let is_part = before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | ':' | '_' | '/'))
        || after.starts_with(|c: char| c.is_alphanumeric() || c == '_')
        || after.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let is_known = WINDOWS.contains(&number) && !is_part;
    // Others in brackets may be anything: the codes of curl and of filters, ports, lines.
    let in_brackets = BRACKETED.contains(&number)
        && before.ends_with(['(', '[', '#'])
        && after.starts_with([')', ']', ':']);
    (is_known || in_brackets || is_marked(before)).then_some(number)
}

fn is_marked(before: &str) -> bool {
    let mark = before.trim_end_matches([' ', ':', '=', '"', '\'', '(', '[', '#']);
    before.len() - mark.len() <= BETWEEN && MARKS.iter().any(|known| mark.ends_with(known))
}
