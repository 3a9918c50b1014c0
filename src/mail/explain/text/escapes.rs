//! Undoes the escapes of letters beyond ASCII: `\u00e9` of JSON, `\xc3\xa9` of Python, `=C3=A9` of mail, `&#233;` of HTML.

use std::borrow::Cow;

/// An escape begins with one of these.
const MARKS: [char; 3] = ['\\', '&', '='];

pub(super) fn decoded(raw: &str) -> Cow<'_, str> {
    let mut rest = raw;
    let mut text = String::new();
    let mut at = 0;
    while let Some(next) = rest[at..].find(MARKS).map(|next| at + next) {
        if let Some((letters, length)) = letters(&rest[next..]) {
            text.push_str(&rest[..next]);
            text.push_str(&letters);
            rest = &rest[next + length..];
            at = 0;
        } else {
            at = next + 1;
        }
    }
    if text.is_empty() && rest.len() == raw.len() {
        return Cow::Borrowed(raw);
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// What the escapes at the beginning of `text` stand for, and how long they are.
fn letters(text: &str) -> Option<(String, usize)> {
    if let Some(number) = text.strip_prefix("&#") {
        let (number, _) = number.split_at_checked(number.find(';').filter(|&end| end < 8)?)?;
        let code =
            number.strip_prefix('x').map_or_else(|| number.parse(), |hex| u32::from_str_radix(hex, 16));
        return Some((char::from_u32(code.ok()?)?.to_string(), "&#;".len() + number.len()));
    }
    let mark = text.len() - text.trim_start_matches('\\').len();
    let (units, length) = match text.as_bytes().get(mark)? {
        b'u' if mark > 0 => run(text, mark, 'u', 4),
        b'x' if mark > 0 => run(text, mark, 'x', 2),
        b'=' if mark == 0 => run(text, 0, '=', 2),
        _ => return None,
    };
    let letters = if text.as_bytes()[mark] == b'u' {
        String::from_utf16(&units).ok()
    } else {
        let bytes = units.iter().map(|&unit| u8::try_from(unit).ok()).collect::<Option<Vec<_>>>()?;
        String::from_utf8(bytes).ok()
    };
    // What is ASCII means something else as often as not.
    letters.filter(|letters| !letters.is_ascii()).map(|letters| (letters, length))
}

/// The numbers of a run of escapes, each of `mark` backslashes, a letter and hexadecimal digits.
fn run(text: &str, mark: usize, letter: char, digits: usize) -> (Vec<u16>, usize) {
    let (mut units, mut length) = (Vec::new(), 0);
    while let Some(rest) = text.get(length..)
        && rest.len() - rest.trim_start_matches('\\').len() == mark
        && let Some(hex) = rest[mark..].strip_prefix(letter).and_then(|hex| hex.get(..digits))
        && hex.bytes().all(|b| b.is_ascii_hexdigit())
        && let Ok(unit) = u16::from_str_radix(hex, 16)
    {
        // A letter beyond ASCII goes on only with others.
        if unit < 0x80 {
            break;
        }
        units.push(unit);
        length += mark + 1 + digits;
    }
    (units, length)
}
