//! Watches a client for what SMTP forbids. The session says what it heard and how it answered; what it answers does not
//! depend on what is noted here.

use super::command::Command;
use super::violation::{Place, Violation};
use super::words::{self, Words};

/// The longest line of a command with its CR LF (RFC 5321, section 4.5.3.1.4).
const LINE: usize = 512;
/// What SIZE, BODY, SMTPUTF8, DSN and AUTH add to MAIL (RFC 1870, 6152, 6531, 3461, 4954).
const MAIL_LINE: usize = LINE + 26 + 17 + 10 + 107 + 500;
/// What DSN adds to RCPT (RFC 3461, section 3).
const RCPT_LINE: usize = LINE + 500;
/// AUTH and the answers within it (RFC 4954, section 4).
pub(super) const AUTH_LINE: usize = 12_288;

/// A client's record.
#[derive(Debug, Default)]
pub(super) struct Conduct {
    violations: Vec<Violation>,
    /// EHLO was answered on this layer, and with it PIPELINING offered.
    may_pipeline: bool,
    /// The sender or a recipient was refused. What was sent in one flight with them could not know (RFC 2920, section 3.1).
    is_excused: bool,
    /// The last octets were those of a chunk.
    after_chunk: bool,
    has_quit: bool,
}

impl Conduct {
    pub(super) fn violations(&self) -> &[Violation] {
        &self.violations
    }

    pub(super) fn note(&mut self, violation: Violation) {
        if !self.violations.contains(&violation) {
            self.violations.push(violation);
        }
    }

    /// A line, its end already told by `has_cr`.
    pub(super) fn line(&mut self, line: &[u8], has_cr: bool) {
        let seen = [
            (!has_cr, Violation::BareLineFeed(Place::Command)),
            (line.contains(&b'\r'), Violation::BareCarriageReturn(Place::Command)),
            (line.contains(&0), Violation::Nul(Place::Command)),
        ];
        seen.into_iter().filter(|(is_seen, _)| *is_seen).for_each(|(_, violation)| self.note(violation));
    }

    /// An answer within AUTH; `hurried` if more had come behind it.
    pub(super) fn response(&mut self, hurried: bool) {
        if hurried {
            self.note(Violation::Hurried("AUTH"));
        }
    }

    /// A command of so many octets without its line end.
    pub(super) fn command(&mut self, command: Command<'_>, octets: usize, hurried: bool) {
        let (verb, octets) = (command.verb(), octets + 2);
        let most = match command {
            Command::Mail(_) => MAIL_LINE,
            Command::Rcpt(_) => RCPT_LINE,
            Command::Auth { .. } => AUTH_LINE,
            _ => LINE,
        };
        if octets > most {
            self.note(Violation::LongCommand { verb, octets, most });
        }
        if hurried && command.ends_a_flight() {
            self.note(Violation::Hurried(verb));
        } else if hurried && !self.may_pipeline && !matches!(command, Command::StartTls(_)) {
            self.note(Violation::Pipelined);
        }
        let is_chunk_left = std::mem::take(&mut self.after_chunk);
        if is_chunk_left && command == Command::Unknown {
            self.note(Violation::ChunkSize);
        }
        if matches!(command, Command::Mail(_) | Command::Ehlo(_) | Command::Helo(_) | Command::Reset) {
            self.is_excused = false;
        }
        self.has_quit |= command == Command::Quit;
    }

    /// The answer to a command was no, by the session's own judgement.
    pub(super) fn refused(&mut self, command: Command<'_>, answer: Words) {
        let verb = command.verb();
        let is_excused = self.is_excused && self.may_pipeline;
        let violation = match answer {
            words::RCPT_FIRST | words::MAIL_FIRST if is_excused => None,
            words::HELLO_FIRST
            | words::MAIL_FIRST
            | words::RCPT_FIRST
            | words::SENDER_TWICE
            | words::ALREADY_ENCRYPTED
            | words::ALREADY_SIGNED_IN => Some(Violation::OutOfTurn(verb)),
            words::INVALID_DOMAIN => Some(Violation::HelloName(verb)),
            words::INVALID_ARGUMENTS => Some(Violation::Argument(verb)),
            words::BDAT_BEGUN => Some(Violation::DataAndChunks),
            _ => None,
        };
        if let Some(violation) = violation {
            self.note(violation);
        }
        self.passed_over(command);
    }

    /// The answer to a command was no, for whatever reason.
    pub(super) fn passed_over(&mut self, command: Command<'_>) {
        self.is_excused |= matches!(command, Command::Mail(_) | Command::Rcpt(_));
    }

    pub(super) fn greeted(&mut self, by_ehlo: bool) {
        self.may_pipeline = by_ehlo;
    }

    pub(super) fn tls_started(&mut self) {
        self.may_pipeline = false;
    }

    /// A command before the last chunk of a message.
    pub(super) fn between_chunks(&mut self, command: Command<'_>) {
        let may_come = matches!(
            command,
            Command::Bdat(_) | Command::Reset | Command::Noop | Command::Data(_) | Command::Unknown
        );
        if !may_come {
            self.note(Violation::Unfinished(command.verb()));
        }
    }

    pub(super) fn chunk_ended(&mut self) {
        self.after_chunk = true;
    }

    /// Octets when all was said.
    pub(super) fn more(&mut self) {
        if self.has_quit {
            self.note(Violation::AfterQuit);
        }
    }
}
