//! An account as another program has it, and the form that it makes here.

use crate::mail::account::{SUBMISSION, SUBMISSIONS};
use crate::mail::address::Mailbox;
use crate::mail::argv;
use crate::mail::form::{AccountForm, Key};
use crate::mail::settings::is_loopback;

use super::{Candidate, LeftOut, Program, SECRET};

#[derive(Debug, Clone, Default)]
pub(super) struct Raw {
    pub(super) name: String,
    pub(super) line: usize,
    /// An address, with or without a name.
    pub(super) from: String,
    pub(super) real_name: String,
    pub(super) host: String,
    pub(super) port: String,
    /// `starttls`, `tls`, `none`.
    pub(super) security: &'static str,
    /// As sendoff calls it; empty: automatic.
    pub(super) auth: &'static str,
    pub(super) user: String,
    pub(super) command: Option<Vec<String>>,
    pub(super) left_out: Vec<LeftOut>,
}

impl Raw {
    pub(super) fn leave_out(&mut self, what: &str, why: impl Into<String>) {
        self.left_out.push(LeftOut { what: what.to_owned(), why: why.into() });
    }

    pub(super) fn leave_secret_out(&mut self, what: &str) {
        self.leave_out(what, SECRET);
    }

    /// Takes a command that prints the secret, as long as the secret is not a part of it.
    pub(super) fn take_command(&mut self, what: &str, command: Vec<String>) {
        let prints = |word: &str| ["echo", "printf"].contains(&word.rsplit('/').next().unwrap_or_default());
        if command.iter().flat_map(|word| word.split_whitespace()).any(prints) {
            self.leave_secret_out(&format!("{what}, which may hold the secret itself"));
        } else {
            self.command = Some(command);
        }
    }

    pub(super) fn candidate(mut self, program: Program, file: &str) -> Result<Candidate, String> {
        let Self { name, line, .. } = &self;
        let nothing =
            |why: &str| format!("{file}:{line}: account \u{201c}{name}\u{201d} was not taken: {why}");
        if self.host.is_empty() {
            return Err(nothing("it names no SMTP server"));
        }
        if self.host.contains(|c: char| c.is_control() || c.is_whitespace()) {
            return Err(nothing("its server has no name that could be looked up"));
        }
        if self.from.is_empty() && !self.user.contains('@') {
            return Err(nothing("it names no sender; `sendoff accounts add` takes the address"));
        }
        let from = if self.from.is_empty() { &self.user } else { &self.from };
        let mut from = Mailbox::parse(from).map_err(|error| nothing(&format!("its sender, {error}")))?;
        if from.name.is_none() && !self.real_name.trim().is_empty() {
            let named = Mailbox { name: Some(self.real_name.clone()), ..from.clone() };
            from = Mailbox::parse(&named.to_string()).unwrap_or(from);
        }
        let form = self.form(program, &from);
        let (file, line, left_out) = (file.to_owned(), self.line, self.left_out);
        Ok(Candidate { program, file, line, form, left_out })
    }

    fn form(&mut self, program: Program, from: &Mailbox) -> AccountForm {
        if self.security == "none" && !is_loopback(&self.host) {
            self.security = "starttls";
            self.leave_out(
                "no encryption",
                "sendoff sends in clear to this machine alone; STARTTLS is tried instead",
            );
        }
        let mut form = AccountForm::default();
        let visible: String = self.name.chars().filter(|c| !c.is_control()).collect();
        form.set(Key::Name, if visible.trim().is_empty() { program.as_str() } else { visible.trim() });
        form.set(Key::From, from.to_string());
        form.set(Key::Host, self.host.as_str());
        form.set(Key::Security, self.security);
        if self.port.is_empty() {
            self.port = if self.security == "tls" { SUBMISSIONS } else { SUBMISSION }.to_string();
        }
        form.set(Key::Port, self.port.as_str());
        form.set(Key::Auth, if self.security == "none" { "none" } else { self.auth });
        form.set(Key::Username, self.user.as_str());
        if form.value(Key::Auth) != "none" {
            form.set(Key::PasswordCommand, self.command.as_deref().map(argv::join).unwrap_or_default());
        }
        for problem in form.problems(&[]) {
            if let Some(key) = problem.key.filter(|key| ![Key::Name, Key::From].contains(key)) {
                self.left_out.push(LeftOut { what: key.as_str().to_owned(), why: problem.why });
                form.set(key, "");
            }
        }
        form.shortest()
    }
}

/// `user:secret@host:port`, as the addresses of servers have it. The secret goes no further than a yes.
pub(super) struct Authority {
    pub(super) user: String,
    pub(super) has_secret: bool,
    pub(super) host: String,
    pub(super) port: String,
}

impl Authority {
    pub(super) fn parse(text: &str) -> Self {
        let text = text.split(['/', '?', '#']).next().unwrap_or_default();
        let (login, place) = text.rsplit_once('@').unwrap_or(("", text));
        let (user, secret) = login.split_once(':').unwrap_or((login, ""));
        let (host, port) = match place.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => (host, port),
            _ => (place, ""),
        };
        Self {
            user: percent_decoded(user),
            has_secret: !secret.is_empty(),
            host: host.trim_matches(['[', ']']).to_owned(),
            port: port.to_owned(),
        }
    }
}

/// RFC 3986 section 2.1; what is no octet of UTF-8 stays as it is.
fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut plain, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        let digits = text.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        if let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            plain.push(byte);
            at += 3;
        } else {
            plain.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(plain).unwrap_or_else(|_| text.to_owned())
}
