//! What a session does to take a message: the sign-in, the envelope, DATA and BDAT, the final answer.

use super::{Mail, Next, Session, Step};
use crate::sandbox::content::Unstuff;
use crate::sandbox::envelope::Envelope;
use crate::sandbox::scenario::Scenario;
use crate::sandbox::sign_in::{SignIn, Turn};
use crate::sandbox::words::{self, Words};

/// The login in the refusal of a sender, where the one who signed in has written as themselves.
const OTHER_LOGIN: &str = "service@contoso.com";

impl Session {
    pub(super) fn auth(&mut self, mechanism: &str, response: Option<&str>) {
        if !self.greeted {
            return self.say(words::HELLO_FIRST);
        }
        if !self.encrypted {
            return self.say(words::UNKNOWN_MECHANISM);
        }
        if self.user.is_some() {
            return self.say(words::ALREADY_SIGNED_IN);
        }
        self.turn(SignIn::begin(mechanism, response));
    }

    pub(super) fn turn(&mut self, turn: Turn) {
        match turn {
            Turn::Ask(sign_in, prompt) => {
                self.say(prompt);
                self.next = Next::SignIn(sign_in);
            }
            Turn::Offered { user, right } => match self.admit(&user, right) {
                Ok(()) => {
                    self.user = Some(user);
                    self.say(words::SIGNED_IN);
                }
                Err(refusal) => self.say(refusal),
            },
            Turn::Refused(refusal) => self.say(refusal),
        }
    }

    fn admit(&self, user: &str, right: bool) -> Result<(), Words> {
        if let Some(refusal) = self.script.scenario.refuses_sign_in() {
            return Err(refusal);
        }
        let known = self.script.users.iter().any(|name| name.eq_ignore_ascii_case(user));
        if known && right { Ok(()) } else { Err(words::WRONG_CREDENTIALS) }
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
        self.envelope = Some(Envelope::open(arguments)?);
        Ok(words::SENDER_OK)
    }

    pub(super) fn rcpt(&mut self, arguments: &str) -> Result<Words, Words> {
        let envelope = self.envelope.as_mut().ok_or(words::MAIL_FIRST)?;
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
    pub(super) fn bdat(&mut self, arguments: &str) {
        let (size, last) = match arguments.split_once(' ') {
            Some((size, last)) if last.trim().eq_ignore_ascii_case("LAST") => (size, true),
            _ => (arguments, false),
        };
        match size.parse() {
            Ok(0) => self.chunk_done(0, last),
            Ok(size) => self.next = Next::Chunk { size, left: size, last },
            Err(_) => self.say(words::INVALID_ARGUMENTS),
        }
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
        match self.ready() {
            Err(refusal) => self.say(refusal),
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
        let user = self.user.clone().expect("an envelope needs a sign-in");
        if !envelope.binary {
            envelope.content.violations().for_each(|violation| self.note(violation));
        }
        if envelope.content.too_large() {
            return self.say(words::TOO_LARGE);
        }
        if let Some(refusal) = self.script.scenario.refuses_message() {
            let login = if user.eq_ignore_ascii_case(&envelope.from) { OTHER_LOGIN } else { &user };
            return self.send(refusal, &[("login", login), ("sender", &envelope.from)]);
        }
        self.mails += 1;
        let message_id = self.facts.message_id(self.mails);
        self.steps.push(Step::Accepted(Mail {
            user,
            from: envelope.from,
            to: envelope.to,
            parameters: envelope.parameters,
            data: envelope.content.into_data(),
            message_id_given: message_id.clone(),
        }));
        match self.script.scenario {
            Scenario::DropAfterDot => self.end(Step::Drop),
            _ => self.send(words::ACCEPTED, &[("message_id", &message_id)]),
        }
    }
}
