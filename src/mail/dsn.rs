//! What a sender wants to hear of a message's fate later: delivery status notifications (RFC 3461).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The parameters of one request: NOTIFY goes with each RCPT, RET and ENVID with MAIL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dsn {
    pub notify: Notify,
    pub ret: Return,
}

/// When to write (RFC 3461 section 4.1). None of the three is `NEVER`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Notify {
    pub success: bool,
    pub failure: bool,
    pub delay: bool,
}

/// How much of the message comes back with it (RFC 3461 section 4.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Return {
    #[default]
    Headers,
    Full,
}

/// A word that is none of RFC 3461's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "\u{201c}{0}\u{201d} is no occasion to be notified of; there are success, failure and delay, separated by commas, or never"
)]
pub struct NotANotify(String);

impl Notify {
    pub const ALWAYS: Self = Self { success: true, failure: true, delay: true };
    const NEVER: Self = Self { success: false, failure: false, delay: false };
}

impl Dsn {
    /// Whatever happens, with the headers alone.
    pub const ALWAYS: Self = Self { notify: Notify::ALWAYS, ret: Return::Headers };
}

impl FromStr for Notify {
    type Err = NotANotify;

    /// Reads `success,delay` or `never`, in any case of letters.
    fn from_str(text: &str) -> Result<Self, NotANotify> {
        if text.trim().eq_ignore_ascii_case("never") {
            return Ok(Self::NEVER);
        }
        let mut notify = Self::NEVER;
        for word in text.split(',').map(str::trim) {
            let flag = match word.to_ascii_lowercase().as_str() {
                "success" => &mut notify.success,
                "failure" => &mut notify.failure,
                "delay" => &mut notify.delay,
                _ => return Err(NotANotify(word.to_owned())),
            };
            *flag = true;
        }
        Ok(notify)
    }
}

/// As RFC 3461 writes it: `SUCCESS,FAILURE,DELAY`.
impl fmt::Display for Notify {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let occasions = [(self.success, "SUCCESS"), (self.failure, "FAILURE"), (self.delay, "DELAY")];
        let words: Vec<&str> = occasions.iter().filter(|(is_on, _)| *is_on).map(|(_, word)| *word).collect();
        f.write_str(&if words.is_empty() { "NEVER".to_owned() } else { words.join(",") })
    }
}

impl FromStr for Return {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "headers" => Ok(Self::Headers),
            "full" => Ok(Self::Full),
            _ => Err(format!("\u{201c}{text}\u{201d} is not known; there are headers and full")),
        }
    }
}

impl TryFrom<String> for Notify {
    type Error = NotANotify;

    fn try_from(text: String) -> Result<Self, NotANotify> {
        text.parse()
    }
}

impl From<Notify> for String {
    fn from(notify: Notify) -> Self {
        notify.to_string()
    }
}

impl Return {
    /// As RFC 3461 writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Headers => "HDRS",
            Self::Full => "FULL",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn occasions_are_read_as_people_write_them_and_written_as_the_rfc_does() {
        let written = |text: &str| text.parse::<Notify>().map(|notify| notify.to_string());
        assert_eq!(written("delay, success").unwrap(), "SUCCESS,DELAY");
        assert_eq!(written("Never").unwrap(), "NEVER");
        assert_eq!(written("failure").unwrap(), "FAILURE");
        for wrong in ["", "sometimes", "success,never", "success,,delay"] {
            assert!(written(wrong).is_err(), "{wrong}");
        }
    }
}
