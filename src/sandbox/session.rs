//! The conversation with one client, as a pure machine: octets in, steps out. What it says stands in `words`, what a
//! scenario changes in `scenario`.

mod submission;

use std::mem;
use std::time::Duration;

use memchr::memchr;

use super::command::{Command, is_host};
use super::content::Unstuff;
use super::envelope::Envelope;
use super::facts::Facts;
use super::scenario::{Scenario, Script};
use super::sign_in::SignIn;
use super::violation::{Place, Violation};
use super::words::{self, Words};

/// How long Exchange Online takes to refuse something: 4 to 5 s in public transcripts.
pub const TARPIT: Duration = Duration::from_secs(5);

/// The longest command line, in octets without its line feed.
const LINE: usize = 8 * 1024;

/// What whoever holds the socket has to do next, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Send(Vec<u8>),
    /// Exchange takes its time here.
    Wait(Duration),
    /// Shake hands on TLS, then say [`Session::tls_started`].
    StartTls,
    /// The server has this message, whether or not the client will hear of it.
    Accepted(Mail),
    /// Close in good order: TLS is told.
    Close,
    /// Break the connection without a word.
    Drop,
    /// Keep the connection and never answer again.
    Stall,
}

/// A message that the server has taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Who had signed in.
    pub user: String,
    /// The envelope's sender, empty for a bounce.
    pub from: String,
    /// The recipients that were accepted.
    pub to: Vec<String>,
    /// What stood behind the sender in MAIL, such as `SIZE=1200`, as it was written.
    pub parameters: Vec<String>,
    /// The message, dots undone.
    pub data: Vec<u8>,
    /// The Message-ID in the answer, without angle brackets: the one that recipients would see.
    pub message_id_given: String,
}

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
    envelope: Option<Envelope>,
    mails: u32,
    steps: Vec<Step>,
    violations: Vec<Violation>,
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
            envelope: None,
            mails: 0,
            steps: Vec::new(),
            violations: Vec::new(),
        }
    }

    /// The first words, once the client is there.
    pub fn greeting(&mut self) -> Vec<Step> {
        self.say(words::GREETING);
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
                    self.note(Violation::ClearAfterStartTls);
                    &[]
                }
                Next::Nothing => &[],
            };
        }
        mem::take(&mut self.steps)
    }

    /// The handshake that [`Step::StartTls`] asked for is done: all that was said in clear is forgotten.
    pub fn tls_started(&mut self) {
        self.encrypted = true;
        self.greeted = false;
        self.envelope = None;
        self.next = Next::Command;
    }

    /// The client has been silent for too long.
    pub fn timed_out(&mut self) -> Vec<Step> {
        self.send(words::TIMED_OUT, &[]);
        self.end(Step::Close);
        mem::take(&mut self.steps)
    }

    /// What the client did that it may not, each breach once, in the order seen. A [`Violation::Hurried`] is seen if
    /// the hurried octets came in one piece with what they should have waited for.
    pub fn violations(&self) -> &[Violation] {
        &self.violations
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
        if line.pop_if(|last| *last == b'\r').is_none() {
            self.note(Violation::BareLineFeed(Place::Command));
        }
        if line.contains(&b'\r') {
            self.note(Violation::BareCarriageReturn(Place::Command));
        }
        self.hear(&line, !rest.is_empty());
        rest
    }

    /// Takes a line without its end; `hurried` if more had come behind it.
    fn hear(&mut self, line: &[u8], hurried: bool) {
        if let Next::SignIn(sign_in) = mem::replace(&mut self.next, Next::Command) {
            if hurried {
                self.note(Violation::Hurried("AUTH"));
            }
            return self.turn(sign_in.answer(line));
        }
        let command = Command::parse(line);
        if let Some(verb) = command.ends_a_flight().filter(|_| hurried) {
            self.note(Violation::Hurried(verb));
        }
        self.obey(command);
    }

    fn obey(&mut self, command: Command<'_>) {
        if self.script.scenario == Scenario::Stall && matches!(command, Command::Mail(_)) {
            return self.end(Step::Stall);
        }
        let (Ok(words) | Err(words)) = match command {
            Command::Helo(name) => self.hello(name, words::HELO),
            Command::Ehlo(name) if self.encrypted => self.hello(name, words::EHLO_ENCRYPTED),
            Command::Ehlo(name) => self.hello(name, words::EHLO),
            Command::StartTls(arguments) => return self.start_tls(arguments),
            Command::Auth { mechanism, response } => return self.auth(mechanism, response),
            Command::Mail(arguments) => self.mail(arguments),
            Command::Rcpt(arguments) => self.rcpt(arguments),
            Command::Data(arguments) => self.data(arguments),
            Command::Bdat(arguments) => return self.bdat(arguments),
            Command::Reset => {
                self.envelope = None;
                Ok(words::RESET)
            }
            Command::Noop => Ok(words::NOTHING_DONE),
            Command::Verify => Ok(words::CANNOT_VERIFY),
            Command::Help => Ok(words::HELP),
            Command::Quit => return self.quit(),
            Command::NotImplemented => Err(words::NOT_IMPLEMENTED),
            Command::Unknown => Err(words::UNKNOWN_COMMAND),
        };
        self.say(words);
    }

    fn hello(&mut self, name: &str, welcome: Words) -> Result<Words, Words> {
        if !is_host(name) {
            return Err(words::INVALID_DOMAIN);
        }
        self.greeted = true;
        self.envelope = None;
        Ok(welcome)
    }

    fn start_tls(&mut self, arguments: &str) {
        if !self.greeted {
            return self.say(words::HELLO_FIRST);
        }
        if self.encrypted {
            return self.say(words::ALREADY_ENCRYPTED);
        }
        if !arguments.is_empty() {
            return self.say(words::INVALID_ARGUMENTS);
        }
        self.say(words::START_TLS);
        self.steps.push(Step::StartTls);
        self.next = Next::Handshake;
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
        if words.is_refusal() {
            self.steps.push(Step::Wait(TARPIT));
        }
        self.send(words, &[]);
    }

    fn send(&mut self, words: Words, blanks: &[(&str, &str)]) {
        let delay = self.script.scenario.reply_delay();
        if !delay.is_zero() {
            self.steps.push(Step::Wait(delay));
        }
        self.steps.push(Step::Send(self.facts.fill(words, blanks)));
    }

    fn note(&mut self, violation: Violation) {
        if !self.violations.contains(&violation) {
            self.violations.push(violation);
        }
    }
}
