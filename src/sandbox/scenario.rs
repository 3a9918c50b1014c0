//! The ways a day with Exchange Online can go, and all that each of them changes.

use std::str::FromStr;
use std::time::Duration;

use super::words::{self, Words};

/// One way in which the server behaves, for a whole session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Scenario {
    #[default]
    Accepts,
    WrongPassword,
    SmtpAuthDisabled,
    SendAsDenied,
    RcptRefused,
    TooManyConnections,
    Slow,
    DropAfterDot,
    Stall,
}

impl Scenario {
    /// Every scenario, the good day first.
    pub const ALL: [Self; 9] = [
        Self::Accepts,
        Self::WrongPassword,
        Self::SmtpAuthDisabled,
        Self::SendAsDenied,
        Self::RcptRefused,
        Self::TooManyConnections,
        Self::Slow,
        Self::DropAfterDot,
        Self::Stall,
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accepts => "accepts",
            Self::WrongPassword => "wrong-password",
            Self::SmtpAuthDisabled => "smtp-auth-disabled",
            Self::SendAsDenied => "send-as-denied",
            Self::RcptRefused => "rcpt-refused",
            Self::TooManyConnections => "too-many-connections",
            Self::Slow => "slow",
            Self::DropAfterDot => "drop-after-dot",
            Self::Stall => "stall",
        }
    }

    /// What happens, in one plain line.
    pub fn says(self) -> &'static str {
        match self {
            Self::Accepts => "Every message is accepted.",
            Self::WrongPassword => "The sign-in is refused: wrong password or token.",
            Self::SmtpAuthDisabled => {
                "The sign-in is refused: SMTP sending is switched off for the organisation."
            }
            Self::SendAsDenied => "The message is refused: this sign-in may not send as that address.",
            Self::RcptRefused => {
                "The second recipient, and any named nobody..., is unknown; the others are accepted."
            }
            Self::TooManyConnections => "The message is deferred: the mailbox has too many connections open.",
            Self::Slow => "Everything works, slowly: late answers, and an upload of 400 kB a second.",
            Self::DropAfterDot => {
                "The connection breaks after the whole message was taken, before the answer."
            }
            Self::Stall => "The server falls silent at MAIL and never answers again.",
        }
    }

    /// The answer to any sign-in, however right.
    pub(super) fn refuses_sign_in(self) -> Option<Words> {
        match self {
            Self::WrongPassword => Some(words::WRONG_CREDENTIALS),
            Self::SmtpAuthDisabled => Some(words::SMTP_AUTH_DISABLED),
            _ => None,
        }
    }

    /// The answer to RCPT, if the recipient is unknown. `nth` counts the recipients asked for, from 0.
    pub(super) fn refuses_recipient(self, nth: usize, address: &str) -> Option<Words> {
        let nobody = address.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("nobody"));
        (self == Self::RcptRefused && (nth == 1 || nobody)).then_some(words::UNKNOWN_RECIPIENT)
    }

    /// The answer to a whole message, if it is not accepted.
    pub(super) fn refuses_message(self) -> Option<Words> {
        match self {
            Self::SendAsDenied => Some(words::SEND_AS_DENIED),
            Self::TooManyConnections => Some(words::TOO_MANY_CONNECTIONS),
            _ => None,
        }
    }

    /// How long each reply takes.
    pub(super) fn reply_delay(self) -> Duration {
        if self == Self::Slow { Duration::from_millis(300) } else { Duration::ZERO }
    }

    /// How fast the server reads, in octets a second, if it dawdles.
    pub(super) fn reading_rate(self) -> Option<u32> {
        (self == Self::Slow).then_some(400_000)
    }
}

/// The one user of a sandbox that was told of no other.
pub const USER: &str = "ana@contoso.com";

/// How a session goes and who may sign in to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    pub scenario: Scenario,
    /// Addresses that may sign in, with [`PASSWORD`](super::PASSWORD) or [`TOKEN`](super::TOKEN).
    pub users: Vec<String>,
}

impl From<Scenario> for Script {
    /// The scenario with its one example user.
    fn from(scenario: Scenario) -> Self {
        Self { scenario, users: vec![USER.to_owned()] }
    }
}

/// A name that no scenario has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "there is no scenario {given:?}{}; the scenarios are {}",
    .nearest.map(|name| format!(", did you mean {name}?")).unwrap_or_default(),
    Scenario::ALL.map(Scenario::name).join(", ")
)]
pub struct UnknownScenario {
    pub given: String,
    /// The scenario that was perhaps meant.
    pub nearest: Option<&'static str>,
}

impl FromStr for Scenario {
    type Err = UnknownScenario;

    fn from_str(given: &str) -> Result<Self, Self::Err> {
        let named = |scenario: &Self| scenario.name().eq_ignore_ascii_case(given);
        Self::ALL.into_iter().find(named).ok_or_else(|| UnknownScenario {
            given: given.to_owned(),
            nearest: nearest(&given.to_ascii_lowercase()),
        })
    }
}

/// The name with the fewest letters to change, if at least half of it is right.
fn nearest(given: &str) -> Option<&'static str> {
    let (name, distance) = Scenario::ALL
        .map(|scenario| (scenario.name(), distance(given, scenario.name())))
        .into_iter()
        .min_by_key(|(_, distance)| *distance)?;
    (distance * 2 <= name.len()).then_some(name)
}

/// How many letters must be added, dropped or changed to make one word the other (Levenshtein).
fn distance(given: &str, name: &str) -> usize {
    let mut row: Vec<usize> = (0..=name.len()).collect();
    for (above, letter) in given.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = above + 1;
        for (left, wanted) in name.chars().enumerate() {
            let change = diagonal + usize::from(letter != wanted);
            diagonal = row[left + 1];
            row[left + 1] = change.min(diagonal + 1).min(row[left] + 1);
        }
    }
    row[name.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scenario_is_found_by_its_name() {
        for scenario in Scenario::ALL {
            assert_eq!(scenario.name().parse(), Ok(scenario));
            assert!(scenario.says().ends_with('.'), "{} needs a sentence", scenario.name());
        }
    }

    #[test]
    fn a_misspelt_name_gets_the_nearest_and_the_list() {
        let said = |given: &str| given.parse::<Scenario>().unwrap_err().to_string();

        assert_eq!(
            said("wrong-pasword"),
            "there is no scenario \"wrong-pasword\", did you mean wrong-password?; the scenarios are accepts, \
             wrong-password, smtp-auth-disabled, send-as-denied, rcpt-refused, too-many-connections, slow, \
             drop-after-dot, stall"
        );
        assert!(said("auth-disabled").contains("did you mean smtp-auth-disabled?"));
        assert!(!said("zzzzzzzzzzzz").contains("did you mean"));
        assert!(!said("").contains("did you mean"));
    }
}
