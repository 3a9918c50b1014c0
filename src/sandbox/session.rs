//! The conversation with one client, as a pure machine: octets in, steps out. What it says stands in `words`, what a
//! scenario changes in `scenario`.

mod scene;
mod step;
mod submission;

pub use step::{Mail, Step};

use std::mem;
use std::time::Duration;

use memchr::memchr;

use super::command::{Command, is_host};
use super::conduct::{AUTH_LINE, Conduct};
use super::content::Unstuff;
use super::envelope::{Envelope, wants_utf8};
use super::facts::Facts;
use super::limits::{Mailbox, Seat};
use super::scenario::{Deed, Point, Script};
use super::sign_in::SignIn;
use super::violation::Violation;
use super::words::{self, Words};

/// How long Exchange Online takes to refuse something: 4 to 5 s in public transcripts.
pub const TARPIT: Duration = Duration::from_secs(5);

/// The longest line that is read to its end, in octets without its line feed.
const LINE: usize = AUTH_LINE;

/// What the next octets from the client are.
#[derive(Debug)]
enum Next {
    Command,
    /// The answer to a 334.
    SignIn(SignIn),
    /// The message, dot-stuffed.
    Content(Unstuff),
    /// A chunk of BDAT: its octets in all, and those still to come.
    Chunk {
        size: u64,
        left: u64,
        last: bool,
    },
    Handshake,
    /// A handshake that the server will not take part in.
    VainHandshake,
    /// All is said.
    Nothing,
}

/// A conversation with one client.
pub struct Session {
    script: Script,
    facts: Facts,
    next: Next,
    line: Vec<u8>,
    encrypted: bool,
    greeted: bool,
    user: Option<String>,
    /// The place among the mailbox's sessions, from the sign-in on if there was one.
    seat: Option<Seat>,
    envelope: Option<Envelope>,
    mails: u32,
    steps: Vec<Step>,
    conduct: Conduct,
}

impl Session {
    pub fn new(script: Script, facts: Facts) -> Self {
        Self {
            script,
            facts,
            next: Next::Command,
            line: Vec::new(),
            encrypted: false,
            greeted: false,
            user: None,
            seat: None,
            envelope: None,
            mails: 0,
            steps: Vec::new(),
            conduct: Conduct::default(),
        }
    }

    /// The first words, once the client is there.
    pub fn greeting(&mut self) -> Vec<Step> {
        if !self.is_struck(Point::Greeting) {
            self.say(words::GREETING);
        }
        mem::take(&mut self.steps)
    }

    /// Takes what the client sent, chopped anywhere.
    pub fn receive(&mut self, mut bytes: &[u8]) -> Vec<Step> {
        while !bytes.is_empty() {
            bytes = match self.next {
                Next::Command | Next::SignIn(_) => self.line(bytes),
                Next::Content(unstuff) => self.content(bytes, unstuff),
                Next::Chunk { size, left, last } => self.chunk(bytes, size, left, last),
                Next::Handshake => {
                    self.conduct.note(Violation::ClearAfterStartTls);
                    &[]
                }
                Next::VainHandshake => {
                    self.fail_handshake();
                    &[]
                }
                Next::Nothing => {
                    self.conduct.more();
                    &[]
                }
            };
        }
        mem::take(&mut self.steps)
    }

    /// The handshake that [`Step::StartTls`] asked for is done: all that was said in clear is forgotten.
    pub fn tls_started(&mut self) {
        self.conduct.tls_started();
        self.encrypted = true;
        self.greeted = false;
        self.envelope = None;
        self.next = Next::Command;
    }

    /// The client has been silent for too long.
    pub fn timed_out(&mut self) -> Vec<Step> {
        self.send(words::TIMED_OUT, &[]);
        mem::take(&mut self.steps)
    }

    /// What the client did that it may not, each breach once, in the order seen.
    pub fn violations(&self) -> &[Violation] {
        self.conduct.violations()
    }

    fn line<'a>(&mut self, bytes: &'a [u8]) -> &'a [u8] {
        let end = memchr(b'\n', bytes);
        let piece = &bytes[..end.unwrap_or(bytes.len())];
        if self.line.len() + piece.len() > LINE {
            self.say(words::LINE_TOO_LONG);
            self.end(Step::Close);
            return &[];
        }
        self.line.extend_from_slice(piece);
        let Some(end) = end else { return &[] };
        let rest = &bytes[end + 1..];
        let mut line = mem::take(&mut self.line);
        let has_cr = line.pop_if(|last| *last == b'\r').is_some();
        self.conduct.line(&line, has_cr);
        self.hear(&line, !rest.is_empty());
        rest
    }

    /// Takes a line without its end; `hurried` if more had come behind it.
    fn hear(&mut self, line: &[u8], hurried: bool) {
        if let Next::SignIn(sign_in) = mem::replace(&mut self.next, Next::Command) {
            self.conduct.response(hurried);
            return self.turn(sign_in.answer(line));
        }
        let command = Command::parse(line);
        self.conduct.command(command, line.len(), hurried);
        if self.envelope.as_ref().is_some_and(|envelope| envelope.chunked) {
            self.conduct.between_chunks(command);
        }
        if self.point(command).is_some_and(|point| self.is_struck(point)) {
            return self.conduct.passed_over(command);
        }
        match self.obey(command) {
            Some(Ok(words)) => self.say(words),
            // The scenario's own words are no judgement of the client.
            Some(Err(words)) if self.script.scenario.reply() == Some(words) => {
                self.conduct.passed_over(command);
                self.say(words);
            }
            Some(Err(words)) => {
                self.conduct.refused(command, words);
                self.say(words);
            }
            None => {}
        }
    }

    /// The answer to a command; `None` where it has been given, or is to come.
    fn obey(&mut self, command: Command<'_>) -> Option<Result<Words, Words>> {
        Some(match command {
            Command::Helo(name) => self.hello(name, words::HELO),
            Command::Ehlo(name) if self.encrypted => self.hello(name, words::EHLO_ENCRYPTED),
            Command::Ehlo(name) => self.hello(name, words::EHLO),
            Command::StartTls(arguments) => return self.start_tls(arguments).err().map(Err),
            Command::Auth { mechanism, response } => return self.auth(mechanism, response).err().map(Err),
            Command::Mail(arguments) => self.mail(arguments),
            Command::Rcpt(arguments) => self.rcpt(arguments),
            Command::Data(arguments) => self.data(arguments),
            Command::Bdat(arguments) => return self.bdat(arguments).err().map(Err),
            Command::Reset => {
                self.envelope = None;
                Ok(words::RESET)
            }
            Command::Noop => Ok(words::NOTHING_DONE),
            Command::Verify => Ok(words::CANNOT_VERIFY),
            Command::Help => Ok(words::HELP),
            Command::Quit => {
                self.quit();
                return None;
            }
            Command::NotImplemented => Err(words::NOT_IMPLEMENTED),
            Command::Unknown => Err(words::UNKNOWN_COMMAND),
        })
    }

    fn hello(&mut self, name: &str, welcome: Words) -> Result<Words, Words> {
        if !is_host(name) {
            return Err(words::INVALID_DOMAIN);
        }
        self.conduct.greeted(welcome != words::HELO);
        self.greeted = true;
        self.envelope = None;
        Ok(welcome)
    }

    fn start_tls(&mut self, arguments: &str) -> Result<(), Words> {
        if !self.greeted {
            return Err(words::HELLO_FIRST);
        }
        if self.encrypted {
            return Err(words::ALREADY_ENCRYPTED);
        }
        if !arguments.is_empty() {
            return Err(words::INVALID_ARGUMENTS);
        }
        self.say(words::START_TLS);
        let scenario = self.script.scenario;
        if scenario.at == Point::Handshake && scenario.deed != Deed::Stranger {
            self.next = Next::VainHandshake;
        } else {
            self.steps.push(Step::StartTls);
            self.next = Next::Handshake;
        }
        Ok(())
    }

    fn quit(&mut self) {
        self.say(words::GOODBYE);
        self.end(Step::Close);
    }

    fn end(&mut self, last: Step) {
        self.steps.push(last);
        self.next = Next::Nothing;
    }

    /// Answers a command: at the scenario's pace, and refusals only after the tarpit.
    fn say(&mut self, words: Words) {
        let delay = if words.is_refusal() { TARPIT } else { Duration::ZERO };
        self.send_late(delay, words, &[]);
    }

    fn send_late(&mut self, delay: Duration, words: Words, blanks: &[(&str, &str)]) {
        for delay in [delay, self.script.scenario.reply_delay()] {
            if !delay.is_zero() {
                self.steps.push(Step::Wait(delay));
            }
        }
        self.steps.push(Step::Send(self.facts.fill(words, blanks)));
        if words.ends_the_session() {
            self.end(Step::Close);
        }
    }

    fn send(&mut self, words: Words, blanks: &[(&str, &str)]) {
        self.send_late(Duration::ZERO, words, blanks);
    }

    /// The mailbox of whoever has signed in.
    fn mailbox(&self) -> Option<&Mailbox> {
        let user = self.user.as_deref()?;
        self.script.mailboxes.iter().find(|mailbox| mailbox.is(user))
    }
}
