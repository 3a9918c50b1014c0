//! The sanitiser: the one gate that text from outside passes before it reaches a screen, a file or the clipboard.

use std::fmt;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

/// Text that is safe to show: controls, direction overrides and invisible characters are spelled out, not acted on.
#[derive(Clone, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Shown(String);

impl Shown {
    /// Takes one line of text; a line break in it is shown as `^J`.
    pub fn new(text: &str) -> Self {
        let mut shown = String::with_capacity(text.len());
        for c in text.chars() {
            push(&mut shown, c);
        }
        Self(shown)
    }

    /// Takes bytes that claim to be text; those that are not UTF-8 are shown as `\xNN`.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let mut shown = String::with_capacity(bytes.len());
        for chunk in bytes.utf8_chunks() {
            for c in chunk.valid().chars() {
                push(&mut shown, c);
            }
            for byte in chunk.invalid() {
                let _ = write!(shown, "\\x{byte:02X}");
            }
        }
        Self(shown)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Appends `c` in its safe form: caret notation for C0 (as terminals do), a code point for what cannot be seen.
fn push(shown: &mut String, c: char) {
    match c {
        '\0'..='\x1f' => {
            shown.push('^');
            shown.push(char::from(c as u8 + 0x40));
        }
        '\x7f' => shown.push_str("^?"),
        _ if is_unseen(c) => {
            let _ = write!(shown, "<U+{:04X}>", c as u32);
        }
        _ => shown.push(c),
    }
}

/// Characters that change how their neighbours read without being seen: C1 controls, line and paragraph separators,
/// direction marks and overrides, zero-width spaces, tags, and the byte-order mark. Joiners stay: emoji need them.
fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{80}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}

impl From<String> for Shown {
    fn from(text: String) -> Self {
        Self::new(&text)
    }
}

impl From<&str> for Shown {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<Shown> for String {
    fn from(shown: Shown) -> Self {
        shown.0
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}
