//! From what was typed to the bytes of a letter, read back by a parser that is not ours.

mod attachments;
mod headers;
mod injection;
mod text;

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use mail_parser::{Address, Message, MessageParser, MimeHeaders as _};
use sendoff::mail::account::Account;
use sendoff::mail::draft::{Attachment, Draft, FileFact, Problem, Stamp};
use sendoff::mail::letter::Letter;
use sendoff::store;

use crate::support::attempt::account;

/// A letter and its bytes as they lie in the outbox.
struct Written {
    letter: Letter,
    bytes: Vec<u8>,
}

fn stamp() -> Stamp {
    Stamp { date: SystemTime::UNIX_EPOCH + Duration::from_secs(1_790_000_000), token: [0xA5; 16] }
}

fn draft() -> Draft {
    Draft {
        to: "Bob Ray <bob@fabrikam.com>".into(),
        subject: "Q3 numbers".into(),
        body: "Hi Bob,\n\nsee you on Monday.\n".into(),
        ..Draft::default()
    }
}

fn check(draft: &Draft) -> Result<Letter, Vec<Problem>> {
    check_as(&account(), draft)
}

fn check_as(account: &Account, draft: &Draft) -> Result<Letter, Vec<Problem>> {
    let facts = store::file_facts(draft.attachments.iter().map(|file| file.path.as_path()));
    draft.check(account, &facts, &stamp())
}

/// Writes a draft out, and holds every letter to what every letter must keep.
fn write(draft: &Draft) -> Written {
    write_as(&account(), draft)
}

fn write_as(account: &Account, draft: &Draft) -> Written {
    let letter = check_as(account, draft).unwrap();
    let mut bytes = Vec::new();
    store::write_letter(&letter, &mut bytes).unwrap();
    let written = Written { letter, bytes };
    assert_eq!(written.letter.envelope.size, written.bytes.len() as u64, "the announced size is the size");
    for line in written.lines() {
        assert!(line.len() <= 998, "a line of {} octets", line.len());
    }
    written
}

impl Written {
    /// The lines; each must end in CRLF, and none hold a CR, LF or NUL of its own.
    fn lines(&self) -> Vec<&[u8]> {
        let text = self.bytes.strip_suffix(b"\r\n").expect("the last line is ended");
        let mut lines = Vec::new();
        let mut start = 0;
        for end in memchr::memmem::find_iter(text, b"\r\n").chain([text.len()]) {
            lines.push(&text[start..end]);
            start = end + 2;
        }
        assert!(
            !lines.iter().any(|line| line.iter().any(|byte| b"\r\n\0".contains(byte))),
            "a lone line end"
        );
        lines
    }

    /// The names in the header, in order.
    fn header_names(&self) -> Vec<String> {
        let header = self.lines().into_iter().take_while(|line| !line.is_empty());
        let starts = header.filter(|line| !line.starts_with(b" ") && !line.starts_with(b"\t"));
        starts.map(|line| String::from_utf8_lossy(line).split(':').next().unwrap().to_owned()).collect()
    }

    fn text(&self) -> &str {
        str::from_utf8(&self.bytes).unwrap()
    }

    fn parsed(&self) -> Message<'_> {
        MessageParser::default().parse(&self.bytes).unwrap()
    }

    /// The text as it was typed: line ends are LF again.
    fn body(&self) -> String {
        self.parsed().body_text(0).unwrap().replace("\r\n", "\n")
    }

    fn subject(&self) -> String {
        self.parsed().subject().unwrap_or_default().to_owned()
    }

    /// `(name, content)` of each attachment, in order.
    fn files(&self) -> Vec<(String, Vec<u8>)> {
        let parsed = self.parsed();
        parsed
            .attachments()
            .map(|part| (part.attachment_name().unwrap().to_owned(), part.contents().to_vec()))
            .collect()
    }
}

/// `(name, address)` of each mailbox in a header.
fn mailboxes(header: Option<&Address<'_>>) -> Vec<(String, String)> {
    let addresses = header.into_iter().flat_map(Address::iter);
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    addresses.map(|mailbox| (text(mailbox.name()), text(mailbox.address()))).collect()
}

/// A folder with files in it, and the draft that sends them.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn add(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    fn attach(&self, draft: Draft, name: &str, content: &[u8]) -> Draft {
        let attachment = Attachment { path: self.add(name, content), len: content.len() as u64 };
        Draft { attachments: [draft.attachments, vec![attachment]].concat(), ..draft }
    }
}

/// What is wrong with a draft whose one file is as `fact` says.
fn problem_with(fact: FileFact) -> String {
    let attachment = Attachment { path: "/home/ana/report.pdf".into(), len: 5 };
    let draft = Draft { attachments: vec![attachment], ..draft() };
    draft.check(&account(), &[fact], &stamp()).unwrap_err().remove(0).what
}
