//! A delivered message: its bytes, and what two parsers that know nothing of sendoff make of them.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use mail_parser::{Address, MessageParser, MimeHeaders as _};
use serde_json::Value;

const READ_BACK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/real/read_back.py");
/// RFC 5322 section 2.1.1.
const MAX_LINE: usize = 998;

pub(crate) struct Mail {
    path: PathBuf,
    /// As Postfix files it, with LF where CRLF came over the wire.
    raw: Vec<u8>,
}

/// What a person sees of a message.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) cc: String,
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) files: Vec<File>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) sha256: String,
}

impl File {
    pub(crate) fn new(name: &str, content: &[u8]) -> Self {
        Self { name: name.to_owned(), sha256: sha256(content) }
    }
}

impl Mail {
    /// Reads a delivered file, and sees that it is one that every server and every reader can take.
    pub(crate) fn read(path: &Path) -> Self {
        let mail = Self { path: path.to_owned(), raw: fs::read(path).expect("delivered mail can be read") };
        mail.check_form();
        mail
    }

    fn check_form(&self) {
        assert!(!self.raw.contains(&b'\r'), "a bare CR");
        assert!(self.raw.is_ascii(), "8-bit octets, though the server was not told of any");
        let longest = self.raw.split(|&byte| byte == b'\n').map(<[u8]>::len).max();
        assert!(longest <= Some(MAX_LINE), "a line of {longest:?} octets");
        let headers = self.headers();
        for name in ["From", "Date", "Message-ID", "Subject", "MIME-Version", "Content-Type"] {
            assert_eq!(self.count(name), 1, "{name} in\n{headers}");
        }
        for name in ["Bcc", "User-Agent", "X-Mailer", "Sender", "X-Originating-IP"] {
            assert_eq!(self.count(name), 0, "{name} in\n{headers}");
        }
        let machine = fs::read_to_string("/proc/sys/kernel/hostname").expect("Linux says its name");
        let ours = headers.find("\nFrom: ").map(|start| &headers[start..]).expect("a message has a From");
        assert!(!names(ours, machine.trim()), "{} in\n{ours}", machine.trim());
    }

    pub(crate) fn headers(&self) -> String {
        let end = self.raw.windows(2).position(|pair| pair == b"\n\n").expect("headers end in an empty line");
        String::from_utf8(self.raw[..=end].to_vec()).expect("headers are ASCII")
    }

    fn count(&self, name: &str) -> usize {
        let is_it =
            |line: &&str| line.split_once(':').is_some_and(|(field, _)| field.eq_ignore_ascii_case(name));
        self.headers().lines().filter(is_it).count()
    }

    /// The bytes without what the servers on the way wrote on top.
    pub(crate) fn as_sent(&self) -> String {
        let text = String::from_utf8_lossy(&self.raw).into_owned();
        let start = text.find("\nFrom: ").expect("a message has a From") + 1;
        text[start..].to_owned()
    }

    /// Both parsers find what was given.
    pub(crate) fn reads(&self, given: &Reading) {
        assert_eq!(self.read_by_python(), *given, "Python's parser");
        assert_eq!(self.read_by_mail_parser(), *given, "mail-parser");
    }

    pub(crate) fn read_by_python(&self) -> Reading {
        let output = Command::new("python3").arg(READ_BACK).arg(&self.path).output().expect("python3 starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let found: Value = serde_json::from_slice(&output.stdout).expect("read_back.py prints JSON");
        // A name that needs care goes out in a second form for older readers; Python remarks on that, and on no more.
        let remark =
            if self.as_sent().contains("filename*=") { "InvalidHeaderDefect" } else { "none at all" };
        let defects = found["defects"].as_array().expect("a list");
        assert!(defects.iter().all(|defect| defect == remark), "{found}");
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let files = found["attachments"].as_array().expect("a list").iter();
        Reading {
            from: text(&found["from"]),
            to: text(&found["to"]),
            cc: text(&found["cc"]),
            subject: text(&found["subject"]),
            text: text(&found["text"]).replace("\r\n", "\n"),
            files: files.map(|f| File { name: text(&f["filename"]), sha256: text(&f["sha256"]) }).collect(),
        }
    }

    pub(crate) fn read_by_mail_parser(&self) -> Reading {
        let message = MessageParser::default().parse(&self.raw).expect("it is a message");
        let files = message.attachments();
        Reading {
            from: list(message.from()),
            to: list(message.to()),
            cc: list(message.cc()),
            subject: message.subject().unwrap_or_default().to_owned(),
            text: message.body_text(0).unwrap_or_default().replace("\r\n", "\n"),
            files: files.map(|f| File::new(f.attachment_name().unwrap_or_default(), f.contents())).collect(),
        }
    }
}

/// `Name <user@host>, ...`, with quotation marks where the name needs them: the form that Python prints, too.
fn list(addresses: Option<&Address<'_>>) -> String {
    let shown = |name: Option<&str>, address: &str| match name {
        None => address.to_owned(),
        Some(name) if name.contains(['(', ')', '<', '>', '@', ',', ':', ';', '.', '\\', '"', '[', ']']) => {
            format!("\"{}\" <{address}>", name.replace('\\', "\\\\").replace('"', "\\\""))
        }
        Some(name) => format!("{name} <{address}>"),
    };
    let all = addresses.into_iter().flat_map(Address::iter);
    all.map(|one| shown(one.name(), one.address().unwrap_or_default())).collect::<Vec<_>>().join(", ")
}

/// Does the text hold this host name as a word, alone or with a domain behind it?
fn names(text: &str, host: &str) -> bool {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '.');
    let first_label = |word: &str| word.split('.').next().unwrap_or_default().to_owned();
    words
        .filter(|word| !word.is_empty())
        .any(|word| first_label(word).eq_ignore_ascii_case(&first_label(host)))
}

/// By coreutils: a third opinion, and no dependency.
pub(crate) fn sha256(content: &[u8]) -> String {
    let mut child = Command::new("sha256sum")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("sha256sum starts");
    child.stdin.take().expect("it is piped").write_all(content).expect("sha256sum reads");
    let output = child.wait_with_output().expect("sha256sum ends");
    String::from_utf8_lossy(&output.stdout).split(' ').next().unwrap_or_default().to_owned()
}
