//! The parts of a bounce, as far as one of them is encoded (RFC 2045 section 6): some relays put base64 or quoted-printable
//! around the delivery status, and RFC 6533 allows it.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::fields;

/// A paste may end anywhere.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

#[derive(Debug, Clone, Copy)]
enum Encoding {
    Base64,
    QuotedPrintable,
}

/// The text with every delivery status in clear, without the quoting of a reply (`> `).
pub(super) fn in_clear(text: &str) -> String {
    let mut clear = String::with_capacity(text.len());
    let mut head = String::new();
    let mut body: Option<(Encoding, String)> = None;
    for line in text.lines() {
        let line = line.trim_start_matches("> ").trim_end();
        let line = if line == ">" { "" } else { line };
        // No line of base64 begins like a boundary, and no field does.
        let is_boundary = line.starts_with("--");
        match &mut body {
            Some((_, encoded)) if !is_boundary => {
                push_line(encoded, line);
                continue;
            }
            _ => clear.push_str(&body.take().map_or_else(String::new, Encoding::read)),
        }
        push_line(&mut clear, line);
        if line.is_empty() {
            body = encoding(&head).map(|encoding| (encoding, String::new()));
        }
        if line.is_empty() || is_boundary {
            head.clear();
        } else {
            push_line(&mut head, line);
        }
    }
    clear.push_str(&body.map_or_else(String::new, Encoding::read));
    clear
}

fn push_line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

/// What stands around a delivery status with this head.
fn encoding(head: &str) -> Option<Encoding> {
    let fields = fields(head, &["content-type", "content-transfer-encoding"]);
    let value = |wanted: &str| {
        let field = fields.iter().find(|(name, _)| name == wanted);
        field.map(|(_, value)| value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
    };
    let kind = value("content-type")?;
    if kind != "message/delivery-status" && kind != "message/global-delivery-status" {
        return None;
    }
    match value("content-transfer-encoding")?.as_str() {
        "base64" => Some(Encoding::Base64),
        "quoted-printable" => Some(Encoding::QuotedPrintable),
        _ => None,
    }
}

impl Encoding {
    /// As much as can be read of it.
    fn read((encoding, text): (Self, String)) -> String {
        let bytes = match encoding {
            Self::Base64 => base64(&text),
            Self::QuotedPrintable => quoted_printable(&text),
        };
        let mut clear = String::from_utf8_lossy(&bytes).into_owned();
        clear.push('\n');
        clear
    }
}

fn base64(text: &str) -> Vec<u8> {
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let mut letters: Vec<u8> =
        text.bytes().filter(|byte| !byte.is_ascii_whitespace()).take_while(is_letter).collect();
    if letters.len() % 4 == 1 {
        letters.pop();
    }
    LENIENT.decode(letters).unwrap_or_default()
}

fn quoted_printable(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, behind)) = rest.split_first() {
        rest = behind;
        let digit = |at: usize| behind.get(at).and_then(|digit| char::from(*digit).to_digit(16));
        match (byte, digit(0), digit(1)) {
            (b'=', Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or(u8::MAX));
                rest = &behind[2..];
            }
            // A line that goes on in the next.
            (b'=', ..) if behind.first() == Some(&b'\n') => rest = &behind[1..],
            _ => bytes.push(byte),
        }
    }
    bytes
}
