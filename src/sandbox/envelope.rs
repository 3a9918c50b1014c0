//! One message between MAIL and its acceptance: who it is from, who it is for, what it says.

use super::command::{is_address, path};
use super::content::Content;
use super::scenario::Scenario;
use super::words::{self, SIZE, Words};

/// The most recipients that one message may have, Exchange Online's default.
const RECIPIENTS: usize = 500;

/// A message that has a sender.
#[derive(Debug, Default)]
pub(super) struct Envelope {
    pub(super) from: String,
    pub(super) to: Vec<String>,
    /// What stood behind the sender in MAIL, as it was written.
    pub(super) parameters: Vec<String>,
    pub(super) content: Content,
    /// BODY=BINARYMIME: the message must come by BDAT, and has no lines.
    pub(super) binary: bool,
    /// BDAT has begun: only BDAT may go on.
    pub(super) chunked: bool,
    utf8: bool,
    /// RCPT commands so far, refused ones too.
    asked: usize,
}

impl Envelope {
    /// Reads the arguments of MAIL (RFC 5321, 1870, 6152, 3030, 6531, 3461, 4954).
    pub(super) fn open(arguments: &str) -> Result<Self, Words> {
        let (from, parameters) = path(arguments, "FROM").ok_or(words::INVALID_SENDER)?;
        let mut envelope = Self { from: from.to_owned(), ..Self::default() };
        for parameter in parameters {
            envelope.parameter(parameter)?;
            envelope.parameters.push(parameter.to_owned());
        }
        let valid = from.is_empty() || is_address(from, envelope.utf8);
        valid.then_some(envelope).ok_or(words::INVALID_SENDER)
    }

    fn parameter(&mut self, parameter: &str) -> Result<(), Words> {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        let (name, value) = (name.to_ascii_uppercase(), value.to_ascii_uppercase());
        match (name.as_str(), value.as_str()) {
            ("SIZE", octets) => match octets.parse::<u64>() {
                Ok(octets) if octets > SIZE => return Err(words::TOO_LARGE),
                Ok(_) => {}
                Err(_) => return Err(words::INVALID_ARGUMENTS),
            },
            ("BODY", "7BIT" | "8BITMIME") | ("RET", "FULL" | "HDRS") => {}
            ("BODY", "BINARYMIME") => self.binary = true,
            ("SMTPUTF8", "") => self.utf8 = true,
            ("ENVID" | "AUTH", value) if !value.is_empty() => {}
            _ => return Err(words::INVALID_ARGUMENTS),
        }
        Ok(())
    }

    /// Reads the arguments of RCPT and takes the recipient in, if the scenario knows it.
    pub(super) fn add(&mut self, arguments: &str, scenario: Scenario) -> Result<(), Words> {
        let (to, parameters) = path(arguments, "TO").ok_or(words::INVALID_RECIPIENT)?;
        if !is_address(to, self.utf8) {
            return Err(words::INVALID_RECIPIENT);
        }
        if !parameters.into_iter().all(is_recipient_parameter) {
            return Err(words::INVALID_ARGUMENTS);
        }
        if self.to.len() == RECIPIENTS {
            return Err(words::TOO_MANY_RECIPIENTS);
        }
        let nth = self.asked;
        self.asked += 1;
        if let Some(refusal) = scenario.refuses_recipient(nth, to) {
            return Err(refusal);
        }
        self.to.push(to.to_owned());
        Ok(())
    }
}

/// The parameters of RFC 3461, section 4.
fn is_recipient_parameter(parameter: &str) -> bool {
    let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
    let value = value.to_ascii_uppercase();
    match name.to_ascii_uppercase().as_str() {
        "NOTIFY" => {
            value == "NEVER" || value.split(',').all(|event| matches!(event, "SUCCESS" | "FAILURE" | "DELAY"))
        }
        "ORCPT" => value.contains(';'),
        _ => false,
    }
}
