//! A draft: what was typed, right or wrong. `Draft::check` is the only door from here to a `Letter`.

use std::path::PathBuf;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::account::Account;
use super::address::{Address, Mailbox};
use super::dsn::Dsn;
use super::letter::{Content, Enclosure, Letter};
use super::size::Size;

/// What was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// The name of the account it is to go out by.
    pub account: String,
    /// The address of the sender, if it is not the account's own but another of its identities.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sender: Option<String>,
    pub to: String,
    pub cc: String,
    pub bcc: String,
    pub subject: String,
    pub attachments: Vec<Attachment>,
    pub body: String,
    /// Delivery reports asked for this message; else the account's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dsn: Option<Dsn>,
}

/// A file to go along; its size is what it was when it was attached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    pub path: PathBuf,
    /// Bytes.
    pub len: u64,
}

/// A field of the composer, in the order of Tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    To,
    Cc,
    Bcc,
    Subject,
    Body,
    Attach,
    From,
}

/// Why a draft cannot be sent as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub field: Field,
    pub what: String,
}

/// What is found where an attachment should be, at the moment of sending. Same order as `Draft::attachments`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileFact {
    /// A regular file of so many bytes that can be read.
    File(u64),
    Missing,
    NotAFile,
    Unreadable(String),
}

/// What makes one letter differ from the next; comes from outside, so that a letter can be built twice the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    pub date: SystemTime,
    pub token: [u8; 16],
}

/// Mailboxes in Exchange Online may send this much by default, as it goes over the wire.
pub const EXCHANGE_DEFAULT_LIMIT: u64 = 35_000_000;
/// A subject longer than this is a paste that went into the wrong field.
const MAX_SUBJECT: usize = 4_000;
/// Thunderbird's threshold is 15; Outlook warns at 25.
const MANY_RECIPIENTS: usize = 15;

impl Stamp {
    /// The token as 32 characters that may stand in a Message-ID, a boundary or a file name.
    pub fn hex(&self) -> String {
        format!("{:032x}", u128::from_be_bytes(self.token))
    }
}

impl Attachment {
    /// The base name, as recipients will see it.
    pub fn name(&self) -> String {
        self.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }
}

impl Field {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::To => "To",
            Self::Cc => "Cc",
            Self::Bcc => "Bcc",
            Self::Subject => "Subject",
            Self::Body => "body",
            Self::Attach => "Attach",
            Self::From => "From",
        }
    }
}

impl Draft {
    /// Has anything been typed that would be missed?
    pub fn is_blank(&self) -> bool {
        [&self.to, &self.cc, &self.bcc, &self.subject, &self.body].iter().all(|text| text.trim().is_empty())
            && self.attachments.is_empty()
    }

    /// A few words to know it by.
    pub fn title(&self) -> &str {
        let first_line = self.body.lines().map(str::trim).find(|line| !line.is_empty());
        [self.subject.trim(), self.to.trim()]
            .into_iter()
            .find(|text| !text.is_empty())
            .or(first_line)
            .unwrap_or("empty draft")
    }

    /// Turns what was typed into what can be sent, or says all that stands in the way.
    pub fn check(
        &self,
        account: &Account,
        files: &[FileFact],
        stamp: &Stamp,
    ) -> Result<Letter, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut list = |field: Field, text: &str| {
            Mailbox::parse_list(text).unwrap_or_else(|bad| {
                problems.extend(bad.into_iter().map(|bad| Problem { field, what: bad.to_string() }));
                Vec::new()
            })
        };
        let (to, cc, bcc) =
            (list(Field::To, &self.to), list(Field::Cc, &self.cc), list(Field::Bcc, &self.bcc));
        if problems.is_empty() && to.len() + cc.len() + bcc.len() == 0 {
            problems.push(Problem { field: Field::To, what: "there is no recipient yet".into() });
        }
        let subject = self.subject.trim();
        if subject.chars().any(char::is_control) {
            problems.push(Problem { field: Field::Subject, what: "it contains a control character".into() });
        } else if subject.len() > MAX_SUBJECT {
            problems.push(Problem { field: Field::Subject, what: "it is longer than 4,000 bytes".into() });
        }
        let enclosures = self.enclosures(files, &mut problems);
        if !problems.is_empty() {
            return Err(problems);
        }
        let dsn = self.dsn.or(account.extras.dsn);
        let (from, reply_to) = (&account.from, account.reply_to.as_ref());
        let content = Content { from, reply_to, to, cc, bcc, subject, body: &self.body, enclosures, dsn };
        Letter::build(&content, stamp)
            .map_err(|error| vec![Problem { field: Field::Body, what: error.to_string() }])
    }

    fn enclosures(&self, files: &[FileFact], problems: &mut Vec<Problem>) -> Vec<Enclosure> {
        let mut enclosures = Vec::with_capacity(self.attachments.len());
        for (position, attachment) in self.attachments.iter().enumerate() {
            let name = attachment.name();
            let what = match files.get(position) {
                Some(&FileFact::File(len)) => {
                    enclosures.push(Enclosure { path: attachment.path.clone(), name, len });
                    continue;
                }
                Some(FileFact::NotAFile) => format!("{name} is not a regular file"),
                Some(FileFact::Unreadable(why)) => format!("{name} cannot be read: {why}"),
                Some(FileFact::Missing) | None => {
                    format!("{name} is not there ({})", attachment.path.display())
                }
            };
            problems.push(Problem { field: Field::Attach, what });
        }
        enclosures
    }

    /// What a careful colleague would ask before it goes out. None of it stops the letter.
    pub fn doubts(&self, account: &Account, letter: &Letter) -> Vec<String> {
        let mut doubts = Vec::new();
        if self.subject.trim().is_empty() {
            doubts.push("the subject is empty".to_owned());
        }
        if own_text(&self.body).all(|line| line.trim().is_empty()) && self.attachments.is_empty() {
            doubts.push("the message is empty".to_owned());
        }
        if self.attachments.is_empty() && speaks_of_attachment(&self.body) {
            doubts.push("the text speaks of an attachment, but there is none".to_owned());
        }
        let public = letter.header_recipients;
        if public > MANY_RECIPIENTS {
            doubts.push(format!(
                "all {public} people in To and Cc will see each other's addresses; Bcc hides them"
            ));
        }
        let size = letter.envelope.size;
        if account.is_exchange_online() && size > EXCHANGE_DEFAULT_LIMIT {
            doubts.push(format!(
                "{} is over the {} that a mailbox may send unless its administrator raised the limit",
                Size(size),
                Size(EXCHANGE_DEFAULT_LIMIT)
            ));
        }
        if account.is_exchange_online() && !account.is_sandbox && !account.speaks_for_itself() {
            doubts.push(format!(
                "{} signs in, and {} goes into From: the server takes that only with \u{201c}Send As\u{201d} rights, and says so only at the end",
                account.signs_in_as(),
                account.sender()
            ));
        }
        let is_self = |to: &Address| to.is_same(account.sender());
        if letter.envelope.to.len() == 1 && letter.envelope.to.iter().all(is_self) {
            doubts.push("the only recipient is yourself".to_owned());
        }
        doubts
    }
}

/// The lines before the signature (its border is `-- `, RFC 3676 section 4.3).
fn own_text(body: &str) -> impl Iterator<Item = &str> {
    body.lines().take_while(|line| line.trim_end() != "--")
}

/// Does the text that its author wrote (not what it quotes) say that something is attached?
fn speaks_of_attachment(body: &str) -> bool {
    const WORDS: [&str; 6] = ["attached", "attachment", "enclosed", "angehängt", "anbei", "ci-joint"];
    own_text(body)
        .filter(|line| !line.starts_with('>'))
        .map(str::to_lowercase)
        .any(|line| WORDS.iter().any(|word| line.contains(word)))
}
