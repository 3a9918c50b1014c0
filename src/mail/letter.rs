//! A letter: what can be sent. The only place where MIME is made.
//!
//! Lettre builds a skeleton in which a marker stands for each attachment; the letter is the pieces between the markers and
//! the files themselves. So its exact size is known before a file is read, and no file is ever held in memory.

use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use lettre::Message;
use lettre::message::header::{ContentTransferEncoding, ContentType};
use lettre::message::{Body, MultiPart, SinglePart};
use serde::{Deserialize, Serialize};

use super::address::{Address, Mailbox};
use super::draft::Stamp;
use super::dsn::Dsn;
use super::header::{FileDisposition, FileType, mailboxes, subject, within_limit};

/// Who it goes to and what is needed to carry it: RFC 5321's envelope, with the facts that stay with the letter for life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    pub from: Address,
    /// Every recipient once, Bcc too.
    pub to: Vec<Address>,
    /// In angle brackets.
    pub message_id: String,
    pub subject: String,
    /// Octets before dot-stuffing: what SIZE= announces (RFC 1870).
    pub size: u64,
    /// A local part outside ASCII needs SMTPUTF8 (RFC 6531).
    pub smtputf8: bool,
    /// Octets above 127 in the message: it needs BODY=8BITMIME (RFC 6152).
    #[serde(default)]
    pub eight_bit: bool,
    /// Delivery reports to ask for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dsn: Option<Dsn>,
}

/// A frozen letter, not yet written out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub envelope: Envelope,
    /// People named in To and Cc.
    pub header_recipients: usize,
    pub pieces: Vec<Piece>,
}

/// What the letter consists of, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    Bytes(Vec<u8>),
    /// A file, to be written as base64 in lines of 76 (RFC 2045 section 6.8), the last without its line end.
    File {
        path: PathBuf,
        len: u64,
    },
}

/// A file to go along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Enclosure {
    pub(crate) path: PathBuf,
    pub(crate) name: String,
    pub(crate) len: u64,
}

/// What a letter is made of, checked.
pub(crate) struct Content<'a> {
    pub(crate) from: &'a Mailbox,
    pub(crate) reply_to: Option<&'a Mailbox>,
    pub(crate) to: Vec<Mailbox>,
    pub(crate) cc: Vec<Mailbox>,
    pub(crate) bcc: Vec<Mailbox>,
    pub(crate) subject: &'a str,
    pub(crate) body: &'a str,
    pub(crate) enclosures: Vec<Enclosure>,
    pub(crate) dsn: Option<Dsn>,
}

/// The builder would not have it. Not expected after `Draft::check`; said rather than panicked over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the message cannot be built: {0}")]
pub struct CannotBuild(String);

/// Octets that one line of base64 carries.
pub const BASE64_LINE: usize = 57;

impl Letter {
    pub(crate) fn build(content: &Content<'_>, stamp: &Stamp) -> Result<Self, CannotBuild> {
        // Lettre would panic over these. No door of `address` lets one through, but a `Mailbox` can be made by hand.
        let mut names = std::iter::once(content.from)
            .chain(content.reply_to)
            .chain(&content.to)
            .chain(&content.cc)
            .filter_map(|m| m.name.as_deref());
        if names.any(|name| name.chars().any(char::is_control)) {
            return Err(CannotBuild("a name contains a control character".into()));
        }
        let token = stamp.hex();
        let message_id = format!("<{token}@{}>", content.from.address.domain());
        let header_recipients = content.to.len() + content.cc.len();
        let envelope_to = everyone(&[&content.to, &content.cc, &content.bcc]);
        let skeleton = skeleton(content, stamp, &message_id, &token)?;
        let pieces = pieces(&skeleton, &content.enclosures, &token)?;
        let smtputf8 =
            content.from.address.needs_smtputf8() || envelope_to.iter().any(Address::needs_smtputf8);
        let size = pieces.iter().map(Piece::size).sum();
        let envelope = Envelope {
            from: content.from.address.clone(),
            to: envelope_to,
            message_id,
            subject: content.subject.to_owned(),
            size,
            smtputf8,
            eight_bit: pieces.iter().any(Piece::is_eight_bit),
            dsn: content.dsn,
        };
        Ok(Self { envelope, header_recipients, pieces })
    }
}

impl Piece {
    /// A file is always base64.
    fn is_eight_bit(&self) -> bool {
        matches!(self, Self::Bytes(bytes) if !bytes.is_ascii())
    }

    /// Octets in the finished letter.
    fn size(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::File { len, .. } => {
                let (full, rest) = (len / BASE64_LINE as u64, len % BASE64_LINE as u64);
                let lines = full + u64::from(rest > 0);
                full * 76 + rest.div_ceil(3) * 4 + lines.saturating_sub(1) * 2
            }
        }
    }
}

/// Each address once, in the order of first mention.
fn everyone(lists: &[&Vec<Mailbox>]) -> Vec<Address> {
    let mut all: Vec<Address> = Vec::new();
    for mailbox in lists.iter().copied().flatten() {
        if !all.iter().any(|known| known.is_same(&mailbox.address)) {
            all.push(mailbox.address.clone());
        }
    }
    all
}

/// The whole message, with a marker where each file goes. Bcc is in no header: it stands in the envelope alone.
fn skeleton(
    content: &Content<'_>,
    stamp: &Stamp,
    message_id: &str,
    token: &str,
) -> Result<Vec<u8>, CannotBuild> {
    let mut builder = Message::builder()
        .from(content.from.to_lettre())
        .date(stamp.date)
        .message_id(Some(message_id.to_owned()))
        .raw_header(subject(content.subject));
    if let Some(reply_to) = content.reply_to {
        builder = builder.reply_to(reply_to.to_lettre());
    }
    if !content.to.is_empty() {
        builder = builder.raw_header(mailboxes("To", &content.to));
    }
    if !content.cc.is_empty() {
        builder = builder.raw_header(mailboxes("Cc", &content.cc));
    }
    let to =
        everyone(&[&content.to, &content.cc, &content.bcc]).iter().map(|a| a.as_lettre().clone()).collect();
    let envelope = lettre::address::Envelope::new(Some(content.from.address.as_lettre().clone()), to)
        .map_err(|error| CannotBuild(error.to_string()))?;
    let text = SinglePart::plain(normalised(content.body));
    let message = if content.enclosures.is_empty() {
        builder.envelope(envelope).singlepart(text)
    } else {
        let mut parts = MultiPart::mixed().boundary(format!("=_{token}")).singlepart(text);
        for (position, file) in content.enclosures.iter().enumerate() {
            parts = parts.singlepart(file_part(file, &marker(token, position)));
        }
        builder.envelope(envelope).multipart(parts)
    };
    message
        .map(|message| without_extra_line(message.formatted()))
        .map_err(|error| CannotBuild(error.to_string()))
}

/// Lettre closes every part with a line end; a text alone has one already, and the second would be an empty line more.
fn without_extra_line(mut message: Vec<u8>) -> Vec<u8> {
    if message.ends_with(b"\r\n\r\n") {
        message.truncate(message.len() - 2);
    }
    message
}

fn file_part(file: &Enclosure, marker: &str) -> SinglePart {
    let guess = mime_guess::from_path(&file.name).first_or_octet_stream();
    // A message part is not multipart and not a message: base64 is not allowed on those (RFC 2045 section 6.4).
    let mime = match guess.type_().as_str() {
        "multipart" | "message" => mime_guess::mime::APPLICATION_OCTET_STREAM,
        _ => guess,
    };
    debug_assert!(ContentType::parse(mime.essence_str()).is_ok());
    let name = within_limit(&file.name);
    SinglePart::builder()
        .header(FileType::new(mime.essence_str(), &name))
        .header(FileDisposition::new(&name))
        .body(Body::dangerous_pre_encoded(marker.as_bytes().to_vec(), ContentTransferEncoding::Base64))
}

/// Random enough never to stand in a text: it holds the token that is drawn for this letter alone.
fn marker(token: &str, position: usize) -> String {
    format!("{}:{position}:", STANDARD.encode(token))
}

/// Cuts the skeleton at its markers.
fn pieces(skeleton: &[u8], files: &[Enclosure], token: &str) -> Result<Vec<Piece>, CannotBuild> {
    let mut pieces = Vec::with_capacity(files.len() * 2 + 1);
    let mut rest = skeleton;
    for (position, file) in files.iter().enumerate() {
        let marker = marker(token, position);
        let missing = || CannotBuild(format!("{} has no place in it", file.name));
        let at = memchr::memmem::find(rest, marker.as_bytes()).ok_or_else(missing)?;
        pieces.push(Piece::Bytes(rest[..at].to_vec()));
        pieces.push(Piece::File { path: file.path.clone(), len: file.len });
        rest = &rest[at + marker.len()..];
    }
    pieces.push(Piece::Bytes(rest.to_vec()));
    Ok(pieces)
}

/// Line ends as RFC 5322 section 2.3 wants them, whatever was typed or pasted; NUL has no place in a message.
fn normalised(body: &str) -> String {
    let mut text = String::with_capacity(body.len() + body.len() / 32 + 2);
    let mut chars = body.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                text.push_str("\r\n");
            }
            '\n' => text.push_str("\r\n"),
            '\0' => {}
            c => text.push(c),
        }
    }
    if !text.is_empty() && !text.ends_with("\r\n") {
        text.push_str("\r\n");
    }
    text
}
