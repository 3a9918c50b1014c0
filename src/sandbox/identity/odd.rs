//! Answers made by hand, member by member, so that one can be left out, changed or doubled; and answers that are none.

use oauth2::url::Url;
use serde_json::Value;

use super::answer::{Answer, Manner};
use super::scenario::{Deed, Oddity, Place, SignInScenario, Twist};

/// A huge answer, in octets.
const HUGE: usize = 50_000_000;

/// Members of a JSON object in their order, each value as JSON.
pub(super) struct Members(Vec<(&'static str, String)>);

/// Parameters of an address in their order.
pub(super) struct Parameters(Vec<(&'static str, String)>);

impl Members {
    pub(super) fn new() -> Self {
        Self(Vec::new())
    }

    pub(super) fn text(&mut self, name: &'static str, value: &str) {
        self.0.push((name, Value::from(value).to_string()));
    }

    pub(super) fn number(&mut self, name: &'static str, value: i64) {
        self.0.push((name, value.to_string()));
    }

    pub(super) fn twist(&mut self, twist: Option<Twist>) {
        change(&mut self.0, twist, |plain| Value::from(plain).to_string());
    }

    pub(super) fn answer(self) -> Answer {
        let members: Vec<String> =
            self.0.into_iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
        Answer::new(200, "application/json; charset=utf-8", format!("{{{}}}", members.join(",")))
    }
}

impl Parameters {
    pub(super) fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds one, unless it is empty.
    pub(super) fn add(&mut self, name: &'static str, value: &str) {
        if !value.is_empty() {
            self.0.push((name, value.to_owned()));
        }
    }

    pub(super) fn twist(&mut self, twist: Option<Twist>) {
        change(&mut self.0, twist, str::to_owned);
    }

    /// The address with these behind it.
    pub(super) fn behind(self, mut url: Url) -> String {
        url.query_pairs_mut().extend_pairs(self.0);
        url.into()
    }
}

fn change(all: &mut Vec<(&'static str, String)>, twist: Option<Twist>, write: fn(&str) -> String) {
    let long = format!("https://localhost/{}", "a".repeat(10_000));
    let (name, value) = match twist {
        None => return,
        Some(Twist::Without(name)) => return all.retain(|(known, _)| *known != name),
        Some(Twist::Again(name, value)) => return all.push((name, value.to_owned())),
        Some(Twist::Set(name, value)) => (name, value.to_owned()),
        Some(Twist::Long(name)) => (name, write(&long)),
    };
    all.iter_mut().filter(|(known, _)| *known == name).for_each(|(_, known)| known.clone_from(&value));
}

/// What goes out instead of the right answer.
pub(super) fn at(place: Place, scenario: SignInScenario, right: Answer) -> Answer {
    let is_here = [Place::Throughout, place].contains(&scenario.place);
    let Deed::Odd(oddity) = scenario.deed else { return right };
    if !is_here {
        return right;
    }
    match oddity {
        Oddity::Html => {
            Answer::html(200, "<!DOCTYPE html><title>Sign in to this network</title><p>Accept the terms.")
        }
        Oddity::Empty => Answer { body: Vec::new(), ..right },
        Oddity::Torn => Answer { body: right.body[..right.body.len() / 2].to_vec(), ..right },
        Oddity::NulInside => {
            let body = [&right.body[..1], b"\0", &right.body[1..]].concat();
            Answer { body, ..right }
        }
        Oddity::Huge => Answer { manner: Manner::Padded(HUGE), ..right },
        Oddity::Gzip => Answer { body: gzip(&right.body), ..right }.with("Content-Encoding", "gzip"),
        Oddity::Redirect => Answer { status: 307, ..Answer::redirect("https://login.contoso.example/") },
        Oddity::Busy(status, after) => Answer::bare(status).with("Retry-After", after),
        Oddity::Silence => Answer { manner: Manner::Silent, ..right },
        Oddity::Drip => Answer { manner: Manner::Dripping, ..right },
        Oddity::Reset => Answer { manner: Manner::Reset, ..right },
    }
}

/// The octets in the form of gzip (RFC 1952), in one stored block (RFC 1951, section 3.2.4).
fn gzip(octets: &[u8]) -> Vec<u8> {
    let length = u16::try_from(octets.len()).expect("an answer is a few kB");
    let head = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 1];
    let sizes = [length.to_le_bytes(), (!length).to_le_bytes()].concat();
    [&head[..], &sizes, octets, &crc32(octets).to_le_bytes(), &u32::from(length).to_le_bytes()].concat()
}

fn crc32(octets: &[u8]) -> u32 {
    let shift = |crc: u32, _| (crc >> 1) ^ if crc & 1 == 1 { 0xEDB8_8320 } else { 0 };
    !octets.iter().fold(!0, |crc, octet| (0..8).fold(crc ^ u32::from(*octet), shift))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_one_that_everybody_checks_theirs_with() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }
}
