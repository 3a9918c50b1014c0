//! Header values that need more care than a plain string: long unbroken words and file names.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use lettre::message::header::{Header, HeaderName, HeaderValue};

use super::address::Mailbox;

/// A run without spaces that is longer than this cannot be folded into lines of 78 columns (RFC 5322 section 2.1.1).
const MAX_WORD: usize = 60;
/// Bytes of text in one encoded word: 45 become 60, within the 75 of RFC 2047 section 2.
const WORD_BYTES: usize = 45;

/// Must `text` go out as encoded words? Lettre sees to text outside ASCII; an unbroken run it would leave as it is.
pub(crate) fn is_unbroken(text: &str) -> bool {
    text.split(' ').any(|word| word.len() > MAX_WORD)
}

/// Text that a reader would decode although nobody encoded it.
pub(crate) fn looks_encoded(text: &str) -> bool {
    text.contains("=?")
}

/// RFC 2047 encoded words, folded. Cut between characters, so that each word decodes by itself.
pub(crate) fn encoded_words(text: &str) -> String {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in text.chars() {
        if word.len() + c.len_utf8() > WORD_BYTES {
            words.push(std::mem::take(&mut word));
        }
        word.push(c);
    }
    words.push(word);
    let encode = |word: &String| format!("=?utf-8?b?{}?=", STANDARD.encode(word));
    words.iter().map(encode).collect::<Vec<_>>().join("\r\n ")
}

pub(crate) fn subject(text: &str) -> HeaderValue {
    let name = HeaderName::new_from_ascii_str("Subject");
    if is_unbroken(text) || looks_encoded(text) {
        HeaderValue::dangerous_new_pre_encoded(name, text.to_owned(), encoded_words(text))
    } else {
        HeaderValue::new(name, text.to_owned())
    }
}

/// A list of mailboxes, one on each line: lettre does not fold between bare addresses, and forty of them would make a line
/// longer than the 998 octets of RFC 5322 section 2.1.1.
pub(crate) fn mailboxes(name: &'static str, list: &[Mailbox]) -> HeaderValue {
    let shown = list.iter().map(Mailbox::to_string).collect::<Vec<_>>().join(", ");
    let encoded = list.iter().map(mailbox).collect::<Vec<_>>().join(",\r\n ");
    HeaderValue::dangerous_new_pre_encoded(HeaderName::new_from_ascii_str(name), shown, encoded)
}

fn mailbox(mailbox: &Mailbox) -> String {
    let address = &mailbox.address;
    match &mailbox.name {
        None => address.to_string(),
        Some(name) if name.len() <= MAX_WORD && name.bytes().all(|b| matches!(b, b' '..=b'~')) => {
            format!("\"{}\" <{address}>", name.replace('\\', "\\\\").replace('"', "\\\""))
        }
        Some(name) => format!("{}\r\n <{address}>", encoded_words(name)),
    }
}

/// `Content-Type` with the file's name in the form that older readers look for (RFC 2047 inside `name=`).
#[derive(Clone)]
pub(crate) struct FileType(HeaderValue);

/// `Content-Disposition` with both forms of the name: RFC 2231 first, then an ASCII stand-in.
#[derive(Clone)]
pub(crate) struct FileDisposition(HeaderValue);

impl FileType {
    pub(crate) fn new(mime: &str, file_name: &str) -> Self {
        let quoted = if is_plain(file_name) { file_name.to_owned() } else { encoded_words(file_name) };
        Self(pre_encoded::<Self>(format!("{mime};\r\n name=\"{quoted}\"")))
    }
}

impl FileDisposition {
    pub(crate) fn new(file_name: &str) -> Self {
        if is_plain(file_name) {
            return Self(pre_encoded::<Self>(format!("attachment;\r\n filename=\"{file_name}\"")));
        }
        // The extended form first: readers that know only one form then take the one they know.
        let extended = percent_encoded(file_name);
        let stand_in = ascii_stand_in(file_name);
        Self(pre_encoded::<Self>(format!(
            "attachment;\r\n filename*=utf-8''{extended};\r\n filename=\"{stand_in}\""
        )))
    }
}

fn pre_encoded<H: Header>(value: String) -> HeaderValue {
    HeaderValue::dangerous_new_pre_encoded(H::name(), value.clone(), value)
}

/// May the name stand in quotation marks as it is, on one line?
fn is_plain(name: &str) -> bool {
    name.len() <= MAX_WORD
        && !looks_encoded(name)
        && name.bytes().all(|b| matches!(b, b' '..=b'~') && b != b'"' && b != b'\\')
}

/// The name, within the 255 octets that Linux allows (macOS counts UTF-16, and so allows three times as many): as `%XX`
/// that still fits a line. What is over is cut from the stem; the ending says what the file is.
pub(crate) fn within_limit(name: &str) -> String {
    const MAX: usize = 255;
    if name.len() <= MAX {
        return name.to_owned();
    }
    let (stem, ending) = name.rsplit_once('.').filter(|(_, ending)| ending.len() <= 16).unwrap_or((name, ""));
    let stem = &stem[..stem.floor_char_boundary(MAX - 1 - ending.len())];
    if ending.is_empty() { stem.to_owned() } else { format!("{stem}.{ending}") }
}

/// RFC 2231 section 4, with the characters that RFC 5987 lets stand.
fn percent_encoded(name: &str) -> String {
    let mut encoded = String::with_capacity(name.len() * 3);
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push(hex(byte >> 4));
            encoded.push(hex(byte & 15));
        }
    }
    encoded
}

fn hex(half: u8) -> char {
    char::from_digit(u32::from(half), 16).map_or('0', |digit| digit.to_ascii_uppercase())
}

/// The name with `_` for what ASCII lacks, its ending kept, short enough for one line.
fn ascii_stand_in(name: &str) -> String {
    let flat = |part: &str| -> String {
        part.chars().map(|c| if c.is_ascii_alphanumeric() || "-_. ".contains(c) { c } else { '_' }).collect()
    };
    match name.rsplit_once('.') {
        Some((stem, ending)) if ending.len() <= 8 => {
            let stem: String = flat(stem).chars().take(48).collect();
            format!("{stem}.{}", flat(ending))
        }
        _ => flat(name).chars().take(56).collect(),
    }
}

macro_rules! raw_header {
    ($type:ty, $name:literal) => {
        impl Header for $type {
            fn name() -> HeaderName {
                HeaderName::new_from_ascii_str($name)
            }

            fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
                Ok(Self(pre_encoded::<Self>(text.to_owned())))
            }

            fn display(&self) -> HeaderValue {
                self.0.clone()
            }
        }
    };
}
raw_header!(FileType, "Content-Type");
raw_header!(FileDisposition, "Content-Disposition");
