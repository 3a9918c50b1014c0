//! What must come of a fault. The rules, in the order of their weight:
//!
//! 1. A message that was taken stays taken: nothing that happens at QUIT matters.
//! 2. After the first byte of the dot: a 2yz by its bytes is a receipt, a 4yz is "later", a 5yz is "no", and anything else,
//!    silence and a lost line included, is unknown. Nothing else may ever be unknown.
//! 3. Before that nothing was sent, so: a lost line or silence is "later"; so is a 4yz; a 5yz is "no".
//! 4. Whatever is not the reply that is due, nor a 4yz or 5yz, is nonsense, and nonsense ends the attempt for good.
//! 5. What nobody asked for is not believed, be it ever so friendly; only a 421, which says that the server is leaving, may
//!    come at any time (RFC 5321 section 3.8). Behind the answer to STARTTLS it is an attack (RFC 3207).
//! 6. At STARTTLS nonsense has a name of its own, since TLS would not start. In place of a handshake it is no TLS, and the
//!    first octet shows it.
//! 7. QUIT is said where the server waits for a command, and nowhere else.

use std::time::Duration;

use sendoff::mail::outcome::{Outcome, Step, Trouble};
use sendoff::smtp::limits;

use super::dialogue::Place;
use super::fault::{Fault, Means, Second};

/// How it must end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Due {
    pub(super) outcome: Outcome,
    pub(super) step: Step,
    pub(super) trouble: Option<Trouble>,
    /// The fault is none, and the dialogue goes on to its good end.
    pub(super) goes_on: bool,
    pub(super) may_quit: bool,
    /// What may be waited for besides the answer at this place.
    pub(super) more_time: Duration,
}

impl Due {
    fn new(outcome: Outcome, step: Step, trouble: Option<Trouble>) -> Self {
        Self { outcome, step, trouble, goes_on: false, may_quit: false, more_time: Duration::ZERO }
    }

    fn accepted() -> Self {
        Self { goes_on: true, may_quit: true, ..Self::new(Outcome::Accepted, Step::Dot, None) }
    }

    pub(super) fn is_timed_out(&self) -> bool {
        matches!(self.trouble, Some(Trouble::TimedOut | Trouble::NoGreeting))
    }
}

/// What this place makes of this fault.
pub(super) fn due(place: Place, fault: &Fault) -> Due {
    let at = |outcome, trouble| Due::new(outcome, place.step(), Some(trouble));
    let network = if place == Place::Dot { Outcome::Unknown } else { Outcome::Deferred };
    match fault.means {
        _ if place == Place::Quit => Due { goes_on: false, ..Due::accepted() },
        _ if place == Place::Handshake && fault.speaks() => at(Outcome::Failed, Trouble::Tls),
        Means::Spoilt(_) if place == Place::Ehlo => {
            Due::new(Outcome::Failed, Step::StartTls, Some(Trouble::NoTls))
        }
        Means::Spoilt(_) if place == Place::EhloAgain => {
            Due::new(Outcome::Failed, Step::Auth, Some(Trouble::NoMechanism))
        }
        Means::Code(code) | Means::Spoilt(code) => answered(place, code),
        Means::Nonsense => nonsense(place),
        Means::HungUp => at(network, Trouble::Lost),
        // Not an octet from the beginning: that is what a server does that waits for a TLS hello.
        Means::Silence if place == Place::Greeting && fault.is_mute => at(network, Trouble::NoGreeting),
        Means::Silence => at(network, Trouble::TimedOut),
        Means::Surplus(second) => surplus(place, second),
    }
}

fn answered(place: Place, code: u16) -> Due {
    use Place::{FirstRcpt, FlightMail, FlightRcpt, LaterRcpt, LoginName, Mail, Token};
    let welcome = match place {
        Place::Greeting | Place::StartTls => code == 220,
        Place::Ehlo | Place::EhloAgain => code == 250,
        Place::AuthPlain | Place::LoginPassword | Token | Place::TokenReason => code == 235,
        LoginName => code == 334,
        Place::Data | Place::FlightData => code == 354,
        Mail | FirstRcpt | LaterRcpt | FlightMail | FlightRcpt | Place::Dot => code < 300,
        Place::Handshake | Place::Body | Place::BeforeDot => false,
        Place::Quit => true,
    };
    if welcome {
        return Due::accepted();
    }
    // A server that asks for more, and then says nothing: as silence.
    let asked_again = Due::new(Outcome::Deferred, Step::Auth, Some(Trouble::TimedOut));
    match (place, code) {
        // It wants to ask for the name itself (facts on LOGIN, which has no standard).
        (LoginName, 501 | 504 | 535) | (Token, 334) => asked_again,
        // It is content with the name alone; the next command is not answered.
        (LoginName, 235) => Due { step: Step::Mail, ..asked_again },
        (_, 400..) => refused(place, code),
        (Place::StartTls, _) => Due { trouble: Some(Trouble::NoTls), ..nonsense(place) },
        _ => nonsense(place),
    }
}

fn refused(place: Place, code: u16) -> Due {
    let outcome = if code < 500 { Outcome::Deferred } else { Outcome::Refused };
    let is_recipient = matches!(place, Place::FirstRcpt | Place::LaterRcpt | Place::FlightRcpt);
    let in_turn = !matches!(
        place,
        Place::FlightMail | Place::FlightRcpt | Place::Body | Place::BeforeDot | Place::Handshake
    );
    // One of two recipients is refused, and nobody says to go on without.
    let trouble = (is_recipient && code != 421).then_some(Trouble::Stopped);
    let step = if place == Place::FlightRcpt && code != 421 { Step::Data } else { place.step() };
    Due { may_quit: in_turn && code != 421, ..Due::new(outcome, step, trouble) }
}

fn nonsense(place: Place) -> Due {
    let (outcome, trouble) = match place {
        Place::Dot => (Outcome::Unknown, Trouble::Protocol),
        _ => (Outcome::Failed, Trouble::Protocol),
    };
    Due::new(outcome, place.step(), Some(trouble))
}

/// The good reply was heard, and something behind it.
fn surplus(place: Place, second: Second) -> Due {
    let next = match place {
        Place::Dot | Place::Quit => return Due::accepted(),
        Place::StartTls => return Due::new(Outcome::Failed, Step::Tls, Some(Trouble::Injected)),
        // There the server may speak up, and is heard at once.
        Place::Data | Place::FlightData => {
            let heard = match second {
                Second::Code(code) => answered(Place::Body, code),
                Second::Nonsense => nonsense(Place::Body),
                Second::Unfinished => Due::new(Outcome::Deferred, Step::Body, Some(Trouble::TimedOut)),
            };
            return heard;
        }
        Place::BeforeDot => return nonsense(place),
        Place::Greeting => Step::Ehlo,
        Place::Ehlo => Step::StartTls,
        Place::EhloAgain | Place::LoginName => Step::Auth,
        Place::AuthPlain | Place::LoginPassword | Place::Token | Place::TokenReason => Step::Mail,
        Place::Mail | Place::FirstRcpt => Step::Rcpt,
        Place::LaterRcpt => Step::Data,
        Place::Handshake | Place::FlightMail | Place::FlightRcpt | Place::Body => place.step(),
    };
    if second == Second::Code(421) {
        return Due { more_time: limits::REPLY, ..Due::new(Outcome::Deferred, next, None) };
    }
    Due::new(Outcome::Failed, next, Some(Trouble::Protocol))
}
