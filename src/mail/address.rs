//! Mailbox lists as people type them: split, checked, and explained where they are wrong (RFC 5322 section 3.4).

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use lettre::address::Address as Checked;
use serde::{Deserialize, Serialize};

use super::header::looks_encoded;

/// An address that may stand in an envelope. Its domain is kept as an A-label, so that only a local part outside ASCII
/// needs SMTPUTF8 (RFC 6531).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Address(Checked);

/// An address with the name of its owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    pub name: Option<String>,
    pub address: Address,
}

/// An entry of a list that is not a mailbox, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\u{201c}{entry}\u{201d}: {why}")]
pub struct BadAddress {
    pub entry: String,
    pub why: &'static str,
}

/// RFC 5321 section 4.5.3.1: octets in a local part, and in a path less its angle brackets.
const MAX_LOCAL: usize = 64;
const MAX_ADDRESS: usize = 254;
/// A name longer than this is a mistake (and would have to be folded inside a word).
const MAX_NAME: usize = 256;

impl Address {
    /// Checks `text` as the bare address of one mailbox.
    pub fn parse(text: &str) -> Result<Self, BadAddress> {
        let bad = |why| BadAddress { entry: text.to_owned(), why };
        let (local, domain) = text.rsplit_once('@').ok_or_else(|| bad("there is no @ in it"))?;
        if local.is_empty() {
            return Err(bad("nothing stands before the @"));
        }
        if domain.is_empty() {
            return Err(bad("nothing stands after the @"));
        }
        if text.chars().any(char::is_control) {
            return Err(bad("it contains a control character"));
        }
        if text.chars().any(|c| c.is_whitespace() || matches!(c, '<' | '>')) && !local.starts_with('"') {
            return Err(bad("it contains a space or an angle bracket; write Name <user@host>"));
        }
        let domain = to_ascii(domain).ok_or_else(|| bad("what stands after the @ is not a domain"))?;
        // Before the grammar, which has these limits, too, but does not tell them apart.
        if local.len() > MAX_LOCAL {
            return Err(bad("the part before the @ is longer than 64 characters"));
        }
        if local.len() + 1 + domain.len() > MAX_ADDRESS {
            return Err(bad("it is longer than 254 characters"));
        }
        let checked = Checked::new(local, &domain).map_err(|_why| match local {
            _ if local.contains('@') => bad("there is more than one @ in it"),
            _ if local.starts_with('.') || local.ends_with('.') || local.contains("..") => {
                bad("dots may not stand first, last or side by side before the @")
            }
            _ => bad("it is not a valid address"),
        })?;
        Ok(Self(checked))
    }

    pub fn local(&self) -> &str {
        self.0.user()
    }

    /// The domain, as an A-label.
    pub fn domain(&self) -> &str {
        self.0.domain()
    }

    pub fn needs_smtputf8(&self) -> bool {
        !self.local().is_ascii()
    }

    /// The same mailbox? Domains are compared without case (RFC 5321 section 2.4); so are local parts, as every server
    /// that matters does, since sending twice is worse than asking.
    pub fn is_same(&self, other: &Self) -> bool {
        self.to_string().eq_ignore_ascii_case(&other.to_string())
    }

    pub(crate) fn as_lettre(&self) -> &Checked {
        &self.0
    }
}

/// The A-label form of a domain, or an address literal as it stands.
fn to_ascii(domain: &str) -> Option<String> {
    if let Some(literal) = domain.strip_prefix('[') {
        return is_literal(literal.strip_suffix(']')?).then(|| domain.to_owned());
    }
    let is_label_char = |b: u8| b.is_ascii_alphanumeric() || b"-_.".contains(&b);
    idna::domain_to_ascii(domain).ok().filter(|ascii| {
        !ascii.is_empty()
            && !ascii.starts_with('.')
            && !ascii.contains("..")
            && ascii.bytes().all(is_label_char)
    })
}

/// `192.0.2.1` or `IPv6:2001:db8::1` (RFC 5321 section 4.1.3).
fn is_literal(text: &str) -> bool {
    let v6 = text.get(..5).filter(|tag| tag.eq_ignore_ascii_case("IPv6:")).map(|tag| &text[tag.len()..]);
    match v6 {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        None => text.parse::<Ipv4Addr>().is_ok(),
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0.as_ref())
    }
}

impl TryFrom<String> for Address {
    type Error = BadAddress;

    fn try_from(text: String) -> Result<Self, BadAddress> {
        Self::parse(&text)
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.to_string()
    }
}

impl Mailbox {
    /// Reads `user@host`, `<user@host>`, `Name <user@host>` or `"Name, with comma" <user@host>`.
    pub fn parse(entry: &str) -> Result<Self, BadAddress> {
        let entry = entry.trim();
        let bad = |why| BadAddress { entry: entry.to_owned(), why };
        let Some(start) = find_outside_quotes(entry, '<') else {
            if entry.contains(" (") {
                return Err(bad("comments in brackets are not taken; write Name <user@host>"));
            }
            return Ok(Self { name: None, address: Address::parse(entry)? });
        };
        let inner = entry[start + 1..].strip_suffix('>').ok_or_else(|| bad("the closing > is missing"))?;
        let address = Address::parse(inner.trim()).map_err(|error| bad(error.why))?;
        let name = unquote(entry[..start].trim());
        if name.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
            return Err(bad("the name contains a control character"));
        }
        if looks_encoded(&name) {
            return Err(bad("the name contains =?, which readers would take for encoded text"));
        }
        if name.len() > MAX_NAME {
            return Err(bad("the name is longer than 256 bytes"));
        }
        Ok(Self { name: Some(name).filter(|name| !name.is_empty()), address })
    }

    /// Reads a list separated by commas or semicolons. Empty entries are let pass, so that a trailing comma is no mistake.
    pub fn parse_list(list: &str) -> Result<Vec<Self>, Vec<BadAddress>> {
        let (mut good, mut bad) = (Vec::new(), Vec::new());
        for entry in split(list).into_iter().filter(|entry| !entry.trim().is_empty()) {
            match Self::parse(entry) {
                Ok(mailbox) => good.push(mailbox),
                Err(why) => bad.push(why),
            }
        }
        if bad.is_empty() { Ok(good) } else { Err(bad) }
    }

    pub(crate) fn to_lettre(&self) -> lettre::message::Mailbox {
        lettre::message::Mailbox::new(self.name.clone(), self.address.as_lettre().clone())
    }
}

impl fmt::Display for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            None => write!(f, "{}", self.address),
            Some(name) if name.contains([',', ';', '<', '>', '"', '@', '(', ')', '\\']) => {
                write!(f, "\"{}\" <{}>", name.replace('\\', "\\\\").replace('"', "\\\""), self.address)
            }
            Some(name) => write!(f, "{name} <{}>", self.address),
        }
    }
}

/// The name inside quotation marks, with its backslashes resolved; a name without them as it stands.
fn unquote(name: &str) -> String {
    let Some(inner) = name.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return name.to_owned();
    };
    let mut plain = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        plain.push(if c == '\\' { chars.next().unwrap_or('\\') } else { c });
    }
    plain
}

/// Where `wanted` first stands outside a quoted string, as a byte offset.
fn find_outside_quotes(text: &str, wanted: char) -> Option<usize> {
    outside_quotes(text).find(|(_, c)| *c == wanted).map(|(at, _)| at)
}

/// The characters of `text` that stand outside quoted strings, with their byte offsets.
fn outside_quotes(text: &str) -> impl Iterator<Item = (usize, char)> {
    let (mut quoted, mut escaped) = (false, false);
    text.char_indices().filter(move |(_, c)| {
        let was_quoted = quoted;
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ => {}
        }
        !was_quoted && !quoted
    })
}

/// Cuts a list at its commas and semicolons, but not inside quotes or angle brackets.
fn split(list: &str) -> Vec<&str> {
    let (mut entries, mut start, mut bracketed) = (Vec::new(), 0, false);
    for (at, c) in outside_quotes(list) {
        match c {
            '<' => bracketed = true,
            '>' => bracketed = false,
            ',' | ';' if !bracketed => {
                entries.push(&list[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    entries.push(&list[start..]);
    entries
}
