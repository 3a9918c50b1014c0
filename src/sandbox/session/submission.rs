//! What a session does to take a message: the sign-in, the envelope, DATA and BDAT, the final answer.

use super::{Mail, Next, Session, Step, wants_utf8};
use crate::sandbox::command::Command;
use crate::sandbox::content::Unstuff;
use crate::sandbox::envelope::Envelope;
use crate::sandbox::scenario::{Deed, Point};
use crate::sandbox::sign_in::{SignIn, Turn};
use crate::sandbox::violation::Violation;
use crate::sandbox::words::{self, Words};

/// The login in the refusal of a sender, where the one who signed in has written as themselves.
const OTHER_LOGIN: &str = "service@contoso.com";

impl Session {
    pub(super) fn auth(&mut self, mechanism: &str, response: Option<&str>) -> Result<(), Words> {
        if !self.encrypted {
            self.conduct.note(Violation::ClearAuth);
        }
        if !self.greeted {
            return Err(words::HELLO_FIRST);
        }
        if !self.encrypted {
            return Err(words::UNKNOWN_MECHANISM);
        }
        if self.user.is_some() {
            return Err(words::ALREADY_SIGNED_IN);
        }
        self.turn(SignIn::begin(mechanism, response));
        Ok(())
    }

    pub(super) fn turn(&mut self, turn: Turn) {
        match turn {
            Turn::Ask(sign_in, prompt) => {
                self.say(prompt);
                self.next = Next::SignIn(sign_in);
            }
            Turn::Offered { user, proof } => {
                if !self.is_struck(Point::SignIn) {
                    let right = self.script.admits(&user, &proof);
                    self.admit(user, right);
                }
            }
            Turn::Refused(refusal) => self.say(refusal),
        }
    }

    fn admit(&mut self, user: String, right: bool) {
        self.user = Some(user).filter(|_| right);
        let Some(mailbox) = self.mailbox() else {
            self.user = None;
            return self.say(words::WRONG_CREDENTIALS);
        };
        self.seat = mailbox.enter();
        self.say(words::SIGNED_IN);
    }

    pub(super) fn mail(&mut self, arguments: &str) -> Result<Words, Words> {
        if !self.greeted {
            return Err(words::HELLO_FIRST);
        }
        if !self.encrypted {
            return Err(words::NOT_ENCRYPTED);
        }
        if self.user.is_none() {
            return Err(words::NOT_SIGNED_IN);
        }
        if self.envelope.is_some() {
            return Err(words::SENDER_TWICE);
        }
        let envelope = Envelope::open(arguments);
        if envelope.is_err() && wants_utf8(arguments, "FROM") {
            self.conduct.note(Violation::Utf8Address);
        }
        self.envelope = Some(envelope?);
        Ok(words::SENDER_OK)
    }

    pub(super) fn rcpt(&mut self, arguments: &str) -> Result<Words, Words> {
        let envelope = self.envelope.as_mut().ok_or(words::MAIL_FIRST)?;
        if !envelope.utf8 && wants_utf8(arguments, "TO") {
            self.conduct.note(Violation::Utf8Address);
        }
        envelope.add(arguments, self.script.scenario)?;
        Ok(words::RECIPIENT_OK)
    }

    pub(super) fn data(&mut self, arguments: &str) -> Result<Words, Words> {
        let envelope = self.ready()?;
        if envelope.chunked || envelope.binary {
            return Err(words::BDAT_BEGUN);
        }
        if !arguments.is_empty() {
            return Err(words::INVALID_ARGUMENTS);
        }
        self.next = Next::Content(Unstuff::LineStart);
        Ok(words::START_INPUT)
    }

    /// The envelope, once it has a recipient.
    fn ready(&mut self) -> Result<&mut Envelope, Words> {
        let envelope = self.envelope.as_mut().ok_or(words::MAIL_FIRST)?;
        if envelope.to.is_empty() { Err(words::RCPT_FIRST) } else { Ok(envelope) }
    }

    /// BDAT (RFC 3030): the size of a chunk in octets, and LAST. Its octets follow even where it is out of turn.
    pub(super) fn bdat(&mut self, arguments: &str) -> Result<(), Words> {
        let (size, last) = match arguments.split_once(' ') {
            Some((size, last)) if last.trim().eq_ignore_ascii_case("LAST") => (size, true),
            _ => (arguments, false),
        };
        match size.parse() {
            Ok(0) => self.chunk_done(0, last),
            Ok(size) => self.next = Next::Chunk { size, left: size, last },
            Err(_) => return Err(words::INVALID_ARGUMENTS),
        }
        Ok(())
    }

    /// Takes what of these octets belongs to the chunk, and returns the others.
    pub(super) fn chunk<'a>(&mut self, bytes: &'a [u8], size: u64, left: u64, last: bool) -> &'a [u8] {
        let used = usize::try_from(left).map_or(bytes.len(), |left| left.min(bytes.len()));
        let left = left - used as u64;
        if let Ok(envelope) = self.ready() {
            envelope.content.plain(&bytes[..used]);
        }
        self.next = Next::Chunk { size, left, last };
        if left == 0 {
            self.next = Next::Command;
            self.chunk_done(size, last);
        }
        &bytes[used..]
    }

    fn chunk_done(&mut self, size: u64, last: bool) {
        self.conduct.chunk_ended();
        match self.ready() {
            Err(refusal) => {
                self.conduct.refused(Command::Bdat(""), refusal);
                self.say(refusal);
            }
            Ok(_) if last => self.message_done(),
            Ok(envelope) => {
                envelope.chunked = true;
                self.send(words::CHUNK_OK, &[("octets", &size.to_string())]);
            }
        }
    }

    /// Takes what of these octets belongs to the message, and returns the others.
    pub(super) fn content<'a>(&mut self, bytes: &'a [u8], mut unstuff: Unstuff) -> &'a [u8] {
        let envelope =
            self.envelope.as_mut().expect("DATA needs an envelope, and nothing ends one before its dot");
        let Some(used) = envelope.content.stuffed(&mut unstuff, bytes) else {
            self.next = Next::Content(unstuff);
            return &[];
        };
        self.next = Next::Command;
        self.message_done();
        &bytes[used..]
    }

    /// The whole message is here: it is judged.
    fn message_done(&mut self) {
        let envelope = self.envelope.take().expect("a message needs an envelope");
        envelope.violations().into_iter().for_each(|violation| self.conduct.note(violation));
        match self.judge(&envelope) {
            Some(refusal) => {
                let user = self.user.as_deref().expect("an envelope needs a sign-in");
                let login = if user.eq_ignore_ascii_case(&envelope.from) { OTHER_LOGIN } else { user };
                let blanks = [("login", login.to_owned()), ("sender", envelope.from)];
                let blanks = blanks.each_ref().map(|(name, value)| (*name, value.as_str()));
                self.send(refusal, &blanks);
            }
            None => self.take(envelope),
        }
    }

    /// Why the message is not taken, if it is not: for its size, for the scenario, for the limits of the mailbox.
    fn judge(&mut self, envelope: &Envelope) -> Option<Words> {
        if envelope.content.too_large() {
            return Some(words::TOO_LARGE);
        }
        if self.script.scenario.at == Point::Dot
            && let Some(refusal) = self.script.scenario.reply()
        {
            return Some(refusal);
        }
        let mailbox = self.mailbox().expect("an envelope needs a sign-in");
        let seat = if self.seat.is_none() { mailbox.enter() } else { None };
        let is_in_time = || mailbox.submit();
        let refusal = match (&self.seat, &seat) {
            (None, None) => Some(words::TOO_MANY_CONNECTIONS),
            _ if !is_in_time() => Some(words::TOO_MANY_MESSAGES),
            _ => None,
        };
        self.seat = self.seat.take().or(seat);
        refusal
    }

    fn take(&mut self, envelope: Envelope) {
        self.mails += 1;
        let deed = self.script.scenario.deed;
        let own = envelope.message_id().filter(|_| deed == Deed::EchoMessageId);
        let message_id = own.map_or_else(|| self.facts.message_id(self.mails), str::to_owned);
        self.steps.push(Step::Accepted(Mail {
            user: self.user.clone().expect("an envelope needs a sign-in"),
            from: envelope.from,
            to: envelope.to,
            to_parameters: envelope.to_parameters,
            parameters: envelope.parameters,
            data: envelope.content.into_data(),
            message_id_given: message_id.clone(),
        }));
        if !self.is_struck(Point::Dot) {
            self.send(words::ACCEPTED, &[("message_id", &message_id)]);
        }
    }
}
