//! One message between MAIL and its acceptance: who it is from, who it is for, what it says.

use super::command::{is_address, path};
use super::content::Content;
use super::scenario::Scenario;
use super::violation::Violation;
use super::words::{self, SIZE, Words};

/// The most recipients that one message may have, Exchange Online's default.
const RECIPIENTS: usize = 500;

/// The longest ENVID and ORCPT (RFC 3461, sections 4.2 and 4.4).
const ENVID: usize = 100;
const ORCPT: usize = 500;

/// A message that has a sender.
#[derive(Debug, Default)]
pub(super) struct Envelope {
    pub(super) from: String,
    pub(super) to: Vec<String>,
    /// What stood behind the sender in MAIL, as it was written.
    pub(super) parameters: Vec<String>,
    /// What stood behind each of `to` in RCPT.
    pub(super) to_parameters: Vec<Vec<String>>,
    pub(super) content: Content,
    /// BODY=BINARYMIME: the message must come by BDAT, and has no lines.
    pub(super) binary: bool,
    /// BDAT has begun: only BDAT may go on.
    pub(super) chunked: bool,
    /// What SIZE said, in octets.
    declared: Option<u64>,
    eight_bit: bool,
    pub(super) utf8: bool,
    /// RCPT commands so far, refused ones too.
    asked: usize,
}

impl Envelope {
    /// Reads the arguments of MAIL (RFC 5321, 1870, 6152, 3030, 6531, 3461, 4954).
    pub(super) fn open(arguments: &str) -> Result<Self, Words> {
        let (from, parameters) = path(arguments, "FROM").ok_or(words::INVALID_SENDER)?;
        let mut envelope = Self { from: from.to_owned(), ..Self::default() };
        if names_one_twice(&parameters) {
            return Err(words::INVALID_ARGUMENTS);
        }
        for parameter in parameters {
            envelope.parameter(parameter)?;
            envelope.parameters.push(parameter.to_owned());
        }
        let valid = from.is_empty() || is_address(from, envelope.utf8);
        valid.then_some(envelope).ok_or(words::INVALID_SENDER)
    }

    fn parameter(&mut self, parameter: &str) -> Result<(), Words> {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        match (name.to_ascii_uppercase().as_str(), value.to_ascii_uppercase().as_str()) {
            ("SIZE", octets) => match octets.parse::<u64>() {
                Ok(octets) if octets > SIZE => return Err(words::TOO_LARGE),
                Ok(octets) => self.declared = Some(octets),
                Err(_) => return Err(words::INVALID_ARGUMENTS),
            },
            ("BODY", "7BIT") | ("RET", "FULL" | "HDRS") => {}
            ("BODY", "8BITMIME") => self.eight_bit = true,
            ("BODY", "BINARYMIME") => self.binary = true,
            ("SMTPUTF8", "") => self.utf8 = true,
            ("ENVID", _) if is_xtext(value) && value.len() <= ENVID => {}
            ("AUTH", _) if is_xtext(value) => {}
            _ => return Err(words::INVALID_ARGUMENTS),
        }
        Ok(())
    }

    /// Reads the arguments of RCPT and takes the recipient in, if the scenario does.
    pub(super) fn add(&mut self, arguments: &str, scenario: Scenario) -> Result<(), Words> {
        let (to, parameters) = path(arguments, "TO").ok_or(words::INVALID_RECIPIENT)?;
        if !is_address(to, self.utf8) {
            return Err(words::INVALID_RECIPIENT);
        }
        if names_one_twice(&parameters) || !parameters.iter().all(|text| is_recipient_parameter(text)) {
            return Err(words::INVALID_ARGUMENTS);
        }
        if self.to.len() == RECIPIENTS {
            return Err(words::TOO_MANY_RECIPIENTS);
        }
        let nth = self.asked;
        self.asked += 1;
        if let Some(refusal) = scenario.refuses_recipient(nth, to, &self.to) {
            return Err(refusal);
        }
        self.to.push(to.to_owned());
        self.to_parameters.push(parameters.into_iter().map(str::to_owned).collect());
        Ok(())
    }

    /// What was wrong with the message, in itself and beside what MAIL had said of it.
    pub(super) fn violations(&self) -> Vec<Violation> {
        let real = self.content.size();
        let mut violations = Vec::new();
        if !self.binary {
            violations.extend(self.content.violations());
            // With SMTPUTF8 the header may hold such octets by itself (RFC 6531, section 3.6).
            if self.content.is_eight_bit() && !self.eight_bit && !self.utf8 {
                violations.push(Violation::EightBit);
            }
        }
        if let Some(declared) = self.declared.filter(|declared| real > *declared) {
            violations.push(Violation::Larger { declared, real });
        }
        violations
    }

    /// The Message-ID that the message brought, without angle brackets.
    pub(super) fn message_id(&self) -> Option<&str> {
        let data = self.content.data();
        let header = &data[..memchr::memmem::find(data, b"\r\n\r\n").unwrap_or(data.len())];
        let value = header.split(|octet| *octet == b'\n').find_map(|line| {
            let line = str::from_utf8(line).ok()?;
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("message-id").then_some(value)
        })?;
        value.trim().strip_prefix('<')?.strip_suffix('>')
    }
}

/// Whether an address in these arguments would be one if MAIL had said SMTPUTF8.
pub(super) fn wants_utf8(arguments: &str, keyword: &str) -> bool {
    path(arguments, keyword).is_some_and(|(address, parameters)| {
        let says_so = parameters.iter().any(|name| name.eq_ignore_ascii_case("SMTPUTF8"));
        !says_so && !is_address(address, false) && is_address(address, true)
    })
}

/// No parameter may come twice (RFC 5321, section 4.1.1.11).
fn names_one_twice(parameters: &[&str]) -> bool {
    let name = |parameter: &&str| parameter.split('=').next().unwrap_or_default().to_ascii_uppercase();
    let mut names: Vec<_> = parameters.iter().map(name).collect();
    names.sort_unstable();
    names.windows(2).any(|pair| pair[0] == pair[1])
}

/// The parameters of RFC 3461, section 4.
fn is_recipient_parameter(parameter: &str) -> bool {
    let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
    match name.to_ascii_uppercase().as_str() {
        "NOTIFY" => {
            let mut events: Vec<_> = value.split(',').map(str::to_ascii_uppercase).collect();
            let count = events.len();
            events.sort_unstable();
            events.dedup();
            let known = |event: &String| matches!(event.as_str(), "SUCCESS" | "FAILURE" | "DELAY");
            events.len() == count && (events == ["NEVER"] || events.iter().all(known))
        }
        "ORCPT" => value.split_once(';').is_some_and(|(kind, address)| {
            let is_atom = |c: char| c.is_ascii_alphanumeric() || c == '-';
            !kind.is_empty() && kind.chars().all(is_atom) && is_xtext(address) && value.len() <= ORCPT
        }),
        _ => false,
    }
}

/// Whether this is xtext: visible ASCII, in which a plus is followed by two hexadecimal capitals (RFC 3461, section 4).
fn is_xtext(text: &str) -> bool {
    let mut parts = text.split('+');
    let plain = |part: &str| part.bytes().all(|octet| octet.is_ascii_graphic() && octet != b'=');
    let is_hex = |octet: u8| octet.is_ascii_digit() || matches!(octet, b'A'..=b'F');
    let coded = |part: &str| part.len() >= 2 && part.bytes().take(2).all(is_hex) && plain(part);
    !text.is_empty() && parts.next().is_some_and(plain) && parts.all(coded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_of_delivery_reports_are_read_to_the_letter() {
        for good in
            ["NOTIFY=never", "NOTIFY=SUCCESS,DELAY", "ORCPT=rfc822;bob@fabrikam.com", "ORCPT=utf-8;a+2Bb@x"]
        {
            assert!(is_recipient_parameter(good), "{good}");
        }
        for bad in [
            "NOTIFY",
            "NOTIFY=",
            "NOTIFY=NEVER,DELAY",
            "NOTIFY=NEVER,NEVER",
            "NOTIFY=DELAY,DELAY",
            "NOTIFY=MAYBE",
            "ORCPT=bob@fabrikam.com",
            "ORCPT=;bob@fabrikam.com",
            "ORCPT=rfc822;",
            "ORCPT=rfc822;a+2bb@x",
            "ORCPT=rfc822;a=b@x",
            "RET=FULL",
        ] {
            assert!(!is_recipient_parameter(bad), "{bad}");
        }
        let opens = |parameters: &str| Envelope::open(&format!("FROM:<ana@contoso.com> {parameters}"));
        assert_eq!(opens("RET=hdrs ENVID=Q3+2B7").unwrap().parameters, ["RET=hdrs", "ENVID=Q3+2B7"]);
        for bad in ["RET=SOME", "RET=FULL RET=FULL", "ENVID=", "ENVID=a+", "ENVID=a+2x", "SIZE=1 size=1"] {
            assert_eq!(opens(bad).unwrap_err(), words::INVALID_ARGUMENTS, "{bad}");
        }
        assert!(opens(&format!("ENVID={}", "q".repeat(100))).is_ok());
        assert!(opens(&format!("ENVID={}", "q".repeat(101))).is_err());
    }

    #[test]
    fn the_message_id_is_found_in_the_header_alone() {
        let id = |message: &str| {
            let mut envelope = Envelope::default();
            envelope.content.plain(message.as_bytes());
            envelope.message_id().map(str::to_owned)
        };
        assert_eq!(
            id("Subject: Q3\r\nMESSAGE-ID: <1@contoso.com>\r\n\r\n").as_deref(),
            Some("1@contoso.com")
        );
        assert_eq!(id("Subject: Q3\r\n\r\nMessage-ID: <1@contoso.com>\r\n"), None);
        assert_eq!(id("Message-ID: 1@contoso.com\r\n\r\n"), None);
    }
}
