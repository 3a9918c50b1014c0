//! `mailto:` links (RFC 6068): only what a person can see before it goes out, and never a file.

use super::draft::Draft;

/// A link longer than this was not made for a person.
const MOST: usize = 1_000_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadLink {
    #[error(
        "it is neither a command (sendoff --help lists them) nor a link such as mailto:bob@fabrikam.com?subject=Hello"
    )]
    NotMailto,
    #[error("it is longer than a megabyte")]
    TooLong,
    #[error("it contains bytes that are not UTF-8")]
    NotUtf8,
}

/// The draft that a link fills, and the names of the fields that were left out (such as `attach`).
pub fn parse(link: &str) -> Result<(Draft, Vec<String>), BadLink> {
    if link.len() > MOST {
        return Err(BadLink::TooLong);
    }
    let has_scheme = link.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto:"));
    let rest = if has_scheme { &link[7..] } else { return Err(BadLink::NotMailto) };
    let rest = rest.split('#').next().unwrap_or_default();
    let (to, fields) = rest.split_once('?').unwrap_or((rest, ""));
    let (mut draft, mut left_out) = (Draft { to: one_line(&decoded(to)?), ..Draft::default() }, Vec::new());
    for field in fields.split('&').filter(|field| !field.is_empty()) {
        let (name, value) = field.split_once('=').unwrap_or((field, ""));
        let value = decoded(value)?;
        match name.to_ascii_lowercase().as_str() {
            "to" => add(&mut draft.to, &value),
            "cc" => add(&mut draft.cc, &value),
            "bcc" => add(&mut draft.bcc, &value),
            "subject" => draft.subject = one_line(&value),
            "body" => draft.body = value.replace("\r\n", "\n").replace('\r', "\n"),
            _ => left_out.push(one_line(name)),
        }
    }
    Ok((draft, left_out))
}

fn add(list: &mut String, more: &str) {
    if !list.is_empty() && !more.is_empty() {
        list.push_str(", ");
    }
    list.push_str(&one_line(more));
}

/// A header field is one line, whatever was encoded into it.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>().trim().to_owned()
}

/// Percent-decoding (RFC 3986 section 2.1); `+` is a plus sign here.
fn decoded(text: &str) -> Result<String, BadLink> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        let code = after.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match code.and_then(|pair| u8::from_str_radix(pair, 16).ok()).filter(|_| byte == b'%') {
            Some(decoded) => {
                bytes.push(decoded);
                rest = &after[2..];
            }
            None => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).map_err(|_invalid| BadLink::NotUtf8)
}
