//! A no of the sign-in service: its word decides, its number and text explain.

use std::fmt;

use crate::mail::explain::{self, Explanation};
use crate::mail::oauth::Way;
use crate::mail::text::Shown;

/// What the service said, in a form that is safe to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub sense: Sense,
    /// The `error` word itself.
    pub error: Shown,
    /// The number behind `AADSTS`.
    pub number: Option<u32>,
    /// The first line of `error_description`.
    pub text: Shown,
    /// The way in that was refused; none for a renewal or a service.
    pub way: Option<Way>,
}

/// What an `error` word means for the one who asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// Nobody has entered the code yet.
    Pending,
    /// Ask five seconds less often, from now on.
    SlowDown,
    /// The person said no.
    Declined,
    /// The code is too old, wrong or used.
    CodeGone,
    /// What was shown is not (or no longer) good enough: somebody has to sign in again.
    SignInAgain,
    /// The service has trouble of its own.
    Passing,
    /// The registration of the application, or our settings.
    Settings,
    Unknown,
}

/// Characters of an `error` word and of its text that are kept.
const WORD: usize = 60;
const TEXT: usize = 300;

impl Refusal {
    pub(super) fn new(error: &str, number: Option<u32>, text: &str, way: Option<Way>) -> Self {
        let number = number.or_else(|| numbered(text));
        let first = text.lines().next().unwrap_or_default();
        Self { sense: Sense::of(error), error: cut(error, WORD), number, text: cut(first, TEXT), way }
    }

    /// By the number where it is known, else by the word.
    pub fn explanation(&self) -> Explanation {
        let by_number = self.number.map(|number| explain::text(&format!("AADSTS{number}")));
        by_number
            .filter(|found| found.cause != explain::Cause::Unknown.as_str() || found.is_confirmed)
            .unwrap_or_else(|| explain::text(&self.stand_in()))
    }

    /// What to look up where the number says nothing.
    fn stand_in(&self) -> String {
        match (self.way, self.sense) {
            (Some(_), _) if self.is_policy() => "AADSTS53003".to_owned(),
            // On the way in there is no stored sign-in yet that could have ended.
            (Some(_), Sense::SignInAgain) => "expired_token".to_owned(),
            (_, Sense::Passing) => "AADSTS90033".to_owned(),
            _ => format!("error={}", self.error),
        }
    }

    fn is_policy(&self) -> bool {
        self.number.is_some_and(|number| POLICIES.contains(&number))
    }

    /// Is more asked for than the service grants, or than it granted before?
    pub(super) fn is_scope(&self) -> bool {
        self.error.as_str() == "invalid_scope"
    }

    /// The ways that this refusal may not close. Advice, not a decision: so the number may be asked.
    pub fn other_ways(&self) -> &'static [Way] {
        let is_policy = self.is_policy();
        let is_address = self.number == Some(NO_REDIRECT);
        match self.way {
            Some(Way::DeviceCode) if is_policy || self.is_no_device_code() => {
                &[Way::Loopback, Way::PasteBack]
            }
            Some(Way::Loopback) if is_policy => &[Way::PasteBack],
            Some(Way::Loopback) if is_address => &[Way::PasteBack, Way::DeviceCode],
            Some(Way::PasteBack) if is_address => &[Way::Loopback, Way::DeviceCode],
            _ => &[],
        }
    }

    /// A browser's way needs no "public client flows", and a service may know no device code at all.
    fn is_no_device_code(&self) -> bool {
        let is_unknown_client = self.number == Some(NO_SUCH_CLIENT);
        self.number == Some(SECRET_DEMANDED)
            || matches!(self.error.as_str(), "unauthorized_client" | "unsupported_grant_type")
                && !is_unknown_client
    }
}

/// Rules of an organisation that look at the device, the browser or the way in.
const POLICIES: [u32; 20] = [
    50097, 50129, 50131, 50199, 50072, 50074, 50076, 50078, 50079, 53000, 53001, 53002, 53003, 53004,
    530_021, 530_032, 530_033, 530_034, 530_035, 530_036,
];
const SECRET_DEMANDED: u32 = 7_000_218;
const NO_REDIRECT: u32 = 50011;
const NO_SUCH_CLIENT: u32 = 700_016;

impl Sense {
    fn of(error: &str) -> Self {
        match error {
            "authorization_pending" => Self::Pending,
            "slow_down" => Self::SlowDown,
            "authorization_declined" | "access_denied" => Self::Declined,
            "expired_token" | "bad_verification_code" | "code_expired" => Self::CodeGone,
            "invalid_grant"
            | "interaction_required"
            | "login_required"
            | "consent_required"
            | "account_selection_required" => Self::SignInAgain,
            "temporarily_unavailable" | "server_error" => Self::Passing,
            "invalid_client"
            | "invalid_request"
            | "invalid_resource"
            | "invalid_scope"
            | "unauthorized_client"
            | "unsupported_grant_type"
            | "unsupported_response_type" => Self::Settings,
            _ => Self::Unknown,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.error.as_str(), self.number) {
            ("", _) => f.write_str("without a word that can be shown"),
            (error, None) => f.write_str(error),
            (error, Some(number)) => write!(f, "{error}, AADSTS{number}"),
        }
    }
}

fn cut(text: &str, most: usize) -> Shown {
    Shown::new(&text.chars().take(most).collect::<String>())
}

/// `AADSTS70016: ...`.
fn numbered(text: &str) -> Option<u32> {
    let (_, rest) = text.split_once("AADSTS")?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}
