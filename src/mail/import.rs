//! Accounts that other programs know: read from the text of their files, each to be shown before it is kept.
//!
//! A secret that stands in such a file is never taken: it is named among what was left out. A file that cannot be read to
//! its end yields what could be read, and a remark.

mod aerc;
mod himalaya;
mod msmtp;
mod mutt;
mod raw;

use super::form::AccountForm;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Program {
    Msmtp,
    Mutt,
    Aerc,
    Himalaya,
}

/// An account that could be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub program: Program,
    /// Where it stands: the file as it was named, and the line, from 1.
    pub file: String,
    pub line: usize,
    pub form: AccountForm,
    pub left_out: Vec<LeftOut>,
}

/// Something that was not taken along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    pub what: String,
    pub why: String,
}

/// What a file had.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    pub candidates: Vec<Candidate>,
    /// What is no candidate, and why; each with its line where it has one.
    pub remarks: Vec<String>,
}

impl Program {
    pub const ALL: [Self; 4] = [Self::Msmtp, Self::Mutt, Self::Aerc, Self::Himalaya];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Msmtp => "msmtp",
            Self::Mutt => "mutt",
            Self::Aerc => "aerc",
            Self::Himalaya => "himalaya",
        }
    }

    /// Where its files are, below the home folder (`~/`) and below the folder for configurations.
    pub fn files(self) -> (&'static [&'static str], &'static [&'static str]) {
        match self {
            Self::Msmtp => (&[".msmtprc"], &["msmtp/config"]),
            Self::Mutt => (
                &[".muttrc", ".mutt/muttrc", ".neomuttrc", ".neomutt/neomuttrc"],
                &["mutt/muttrc", "neomutt/neomuttrc"],
            ),
            Self::Aerc => (&[], &["aerc/accounts.conf"]),
            Self::Himalaya => (&[".himalayarc"], &["himalaya/config.toml"]),
        }
    }

    /// Reads the text of one of its files.
    pub fn read(self, file: &str, text: &str) -> Found {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let (raws, remarks) = match self {
            Self::Msmtp => msmtp::read(text),
            Self::Mutt => mutt::read(text),
            Self::Aerc => aerc::read(text),
            Self::Himalaya => himalaya::read(text),
        };
        let mut found = Found { candidates: Vec::new(), remarks };
        for raw in raws {
            match raw.candidate(self, file) {
                Ok(candidate) => found.candidates.push(candidate),
                Err(remark) => found.remarks.push(remark),
            }
        }
        found
    }
}

/// What a parser hands back: accounts as they stand there, and remarks.
type Read = (Vec<raw::Raw>, Vec<String>);

const SECRET: &str = "a secret is never read from a file; sendoff asks for it and can keep it in the keyring";
