//! The ways a sign-in can go. Up to the place where a scenario strikes, all is as on a good day. One table a kind; a row is
//! all that there is to a scenario.

mod good;
mod odd;
mod refused;
mod renewed;
mod twisted;

use std::str::FromStr;

use super::refusal::Refusal;
use crate::sandbox::scenario::UnknownScenario;

/// One way in which the sign-in service behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignInScenario {
    name: &'static str,
    pub(super) place: Place,
    pub(super) deed: Deed,
    says: &'static str,
}

/// Where a scenario strikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Everywhere, or nowhere.
    Throughout,
    /// The answer that names the device code.
    DeviceCode,
    /// The question whether the device code has been approved.
    Poll,
    /// The page in the browser, where the service does not send the browser back.
    Browser,
    /// The address to which the browser is sent back.
    Return,
    /// The moment of consent, whichever way it was asked for.
    Consent,
    /// An authorization code is turned into tokens.
    Code,
    /// A refresh token is turned into tokens.
    Refresh,
    /// The application signs in for itself.
    Service,
    /// Any request for tokens.
    Token,
}

/// What a scenario does where it strikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    /// A good day: who approves, and when.
    Approve(Approval),
    Refuse(Refusal),
    /// Refuse so often, then go on.
    RefuseTimes(u32, Refusal),
    /// Change one member of a right answer.
    Twist(Twist),
    /// Answer what no client expects.
    Odd(Oddity),
    /// The tokens are for another person than was asked.
    SomeoneElse,
    /// A refresh token is good for one use.
    RotateStrictly,
    /// Access tokens live so many seconds.
    Lifetime(i64),
}

/// When a sign-in is approved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Approval {
    /// Somebody says so in the browser.
    InBrowser,
    AtOnce,
    /// After so many questions of the device.
    AfterPolls(u32),
    Declined,
}

/// A change to one member of a JSON answer, or to one parameter of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Twist {
    Without(&'static str),
    /// The member, and its value as JSON; an address takes it as it stands.
    Set(&'static str, &'static str),
    /// The member comes a second time, with this value as JSON.
    Again(&'static str, &'static str),
    /// The member is an address of 10 kB.
    Long(&'static str),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Oddity {
    Html,
    Empty,
    /// JSON that breaks off.
    Torn,
    NulInside,
    /// 50 MB.
    Huge,
    /// The right answer, compressed without having been asked to.
    Gzip,
    /// To another host.
    Redirect,
    /// A status that asks for patience, with Retry-After in seconds.
    Busy(u16, &'static str),
    Silence,
    Drip,
    Reset,
}

const fn row(name: &'static str, place: Place, deed: Deed, says: &'static str) -> SignInScenario {
    SignInScenario { name, place, deed, says }
}

impl SignInScenario {
    /// The one in force unless another is asked for.
    pub const ASKS: Self = good::ASKS;

    /// Every scenario, the good days first.
    pub fn all() -> impl Iterator<Item = Self> {
        let tables = [good::TABLE, refused::TABLE, renewed::TABLE, twisted::TABLE, odd::TABLE];
        tables.into_iter().flatten().copied()
    }

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        self.name
    }

    /// What happens, in one plain line.
    pub fn says(self) -> &'static str {
        self.says
    }

    /// Where it strikes, in a word or two; empty where it is nowhere in particular.
    pub fn step(self) -> &'static str {
        match self.place {
            Place::Throughout => "",
            Place::DeviceCode => "device",
            Place::Poll => "poll",
            Place::Browser => "browser",
            Place::Return => "return",
            Place::Consent => "consent",
            Place::Code => "code",
            Place::Refresh => "refresh",
            Place::Service => "service",
            Place::Token => "token",
        }
    }

    /// What it answers there, if that is a refusal.
    pub fn refusal(self) -> Option<Refusal> {
        match self.deed {
            Deed::Refuse(refusal) | Deed::RefuseTimes(_, refusal) => Some(refusal),
            _ => None,
        }
    }

    pub(super) fn approval(self) -> Approval {
        if let Deed::Approve(approval) = self.deed { approval } else { Approval::AtOnce }
    }

    /// What it does at this place.
    pub(super) fn at(self, place: Place) -> Option<Deed> {
        let is_token = self.place == Place::Token
            && matches!(place, Place::Poll | Place::Code | Place::Refresh | Place::Service);
        (self.place == place || is_token).then_some(self.deed)
    }

    pub(super) fn twist(self, place: Place) -> Option<Twist> {
        match self.at(place) {
            Some(Deed::Twist(twist)) => Some(twist),
            _ => None,
        }
    }
}

impl FromStr for SignInScenario {
    type Err = UnknownScenario;

    fn from_str(given: &str) -> Result<Self, Self::Err> {
        let named = |scenario: &Self| scenario.name.eq_ignore_ascii_case(given);
        Self::all().find(named).ok_or_else(|| UnknownScenario::new(given, Self::all().map(Self::name)))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_plain_and_no_two_are_the_same() {
        let names: BTreeSet<&str> = SignInScenario::all().map(SignInScenario::name).collect();
        assert_eq!(names.len(), SignInScenario::all().count(), "two scenarios share a name");
        for scenario in SignInScenario::all() {
            let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            assert!(scenario.name.chars().all(is_plain), "{}", scenario.name);
            assert!(scenario.says.ends_with('.'), "{} needs a sentence", scenario.name);
        }
    }

    #[test]
    fn what_is_named_by_a_number_says_it() {
        for scenario in SignInScenario::all() {
            let Some(number) = scenario.name.strip_prefix("aadsts") else { continue };
            assert_eq!(scenario.refusal().map(|refusal| refusal.code.to_string()).as_deref(), Some(number));
        }
    }
}
