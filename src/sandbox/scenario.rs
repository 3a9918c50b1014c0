//! The ways a day with Exchange Online can go. A scenario strikes at one point of every session; up to there, and where it
//! leaves room for more, all is as on a good day. One table a stage; a row is all that there is to a scenario.

mod connecting;
mod content;
mod envelope;
mod good;
mod name;
mod sign_in;

pub use name::UnknownScenario;

use std::time::Duration;

use super::limits::Mailbox;
use super::session::TARPIT;
use super::sign_in::{PASSWORD, Proof};
use super::tokens::Tokens;
use super::words::Words;

/// One way in which the server behaves, for a whole session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scenario {
    name: &'static str,
    number: Option<u8>,
    pub(super) at: Point,
    pub(super) deed: Deed,
    says: &'static str,
}

/// Where a scenario strikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Point {
    /// Everywhere, or nowhere.
    Throughout,
    Greeting,
    /// EHLO or HELO in clear.
    Hello,
    StartTls,
    Handshake,
    /// EHLO or HELO under TLS.
    SecondHello,
    /// The command AUTH, before anything is told.
    Auth,
    /// User and secret have been told.
    SignIn,
    Mail,
    Rcpt(Whom),
    Data,
    /// The whole message is there.
    Dot,
}

/// The recipients whom a scenario does not accept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whom {
    Everybody,
    AllButTheFirst,
    /// Those of a domain of which one has been accepted.
    EachDomainTwice,
    /// The second that is asked for, and whoever is called nobody.
    SecondAndNobody,
}

/// What a scenario does where it strikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    /// Nothing: a good day.
    Serve,
    /// Serve, but slowly.
    Dawdle,
    /// Serve, and name the message by the Message-ID that it brought.
    EchoMessageId,
    /// Answer with these words; after a 421 close, else go on.
    Say(Words),
    /// Answer the TLS handshake with the fatal alert of this number.
    Alert(u8),
    /// Prove oneself by an authority that nobody was told of.
    Stranger,
    /// Tear the connection down (a TCP reset).
    Reset,
    /// Break the connection off without a word.
    Break,
    /// Keep the connection and never answer again.
    Stall,
}

/// A row of a stage's table.
const fn row(number: u8, name: &'static str, at: Point, deed: Deed, says: &'static str) -> Scenario {
    Scenario { name, number: Some(number), at, deed, says }
}

const fn unnumbered(name: &'static str, at: Point, deed: Deed, says: &'static str) -> Scenario {
    Scenario { name, number: None, at, deed, says }
}

impl Scenario {
    /// The good day.
    pub const ACCEPTS: Self = good::ACCEPTS;

    /// Of the 54 known ways of saying no, the one that no server can play, and why.
    pub const LEFT_OUT: [(u8, &str); 1] =
        [(5, "a name of a server that is not found leads to no server that could play it")];

    /// Every scenario: the good days first, then in the order of a session.
    pub fn all() -> impl Iterator<Item = Self> {
        let tables = [good::TABLE, connecting::TABLE, sign_in::TABLE, envelope::TABLE, content::TABLE];
        tables.into_iter().flatten().copied()
    }

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        self.name
    }

    /// Its number among the 54 known ways in which Exchange Online says no; those that differ in words alone share one.
    pub fn number(self) -> Option<u8> {
        self.number
    }

    /// What happens, in one plain line.
    pub fn says(self) -> &'static str {
        self.says
    }

    /// The step of a submission at which it strikes, as `sendoff send --json` names it; empty where it is none.
    pub fn step(self) -> &'static str {
        match self.at {
            Point::Throughout => "",
            Point::Greeting => "greeting",
            Point::Hello | Point::SecondHello => "ehlo",
            Point::StartTls => "starttls",
            Point::Handshake => "tls",
            Point::Auth | Point::SignIn => "auth",
            Point::Mail => "mail",
            Point::Rcpt(_) => "rcpt",
            Point::Data => "data",
            Point::Dot => "dot",
        }
    }

    /// What it answers there, if it answers at all, blanks in braces.
    pub fn reply(self) -> Option<Words> {
        match self.deed {
            Deed::Say(words) => Some(words),
            _ => None,
        }
    }

    /// How long its own answer takes. Refusals of commands come late; those of a connection or a message at once.
    pub(super) fn delay(self) -> Duration {
        match self.at {
            Point::Greeting | Point::Handshake | Point::Dot => Duration::ZERO,
            _ => TARPIT,
        }
    }

    /// The answer to RCPT, if the recipient is not accepted. `nth` counts the recipients asked for, from 0.
    pub(super) fn refuses_recipient(self, nth: usize, address: &str, accepted: &[String]) -> Option<Words> {
        let Point::Rcpt(whom) = self.at else { return None };
        let domain = |address: &str| address.rsplit_once('@').map(|(_, domain)| domain.to_lowercase());
        let is_struck = match whom {
            Whom::Everybody => true,
            Whom::AllButTheFirst => nth > 0,
            Whom::EachDomainTwice => accepted.iter().any(|known| domain(known) == domain(address)),
            Whom::SecondAndNobody => {
                nth == 1 || address.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("nobody"))
            }
        };
        self.reply().filter(|_| is_struck)
    }

    /// Whether the certificate proves nothing.
    pub(super) fn is_a_stranger(self) -> bool {
        self.deed == Deed::Stranger
    }

    /// How long each reply takes, whatever it is.
    pub(super) fn reply_delay(self) -> Duration {
        if self.deed == Deed::Dawdle { Duration::from_millis(300) } else { Duration::ZERO }
    }

    /// How fast the server reads, in octets a second, if it dawdles.
    pub(super) fn reading_rate(self) -> Option<u32> {
        (self.deed == Deed::Dawdle).then_some(400_000)
    }
}

/// The one user of a sandbox that was told of no other.
pub const USER: &str = "ana@contoso.com";

/// How a session goes and who may sign in to it.
#[derive(Debug, Clone)]
pub struct Script {
    pub scenario: Scenario,
    /// Mailboxes that may sign in, with [`PASSWORD`] or a token of theirs.
    pub mailboxes: Vec<Mailbox>,
    pub tokens: Tokens,
}

impl Script {
    pub(super) fn admits(&self, user: &str, proof: &Proof) -> bool {
        match proof {
            Proof::Password(password) => password == PASSWORD,
            Proof::Token(token) => self.tokens.open(user, token),
        }
    }
}

impl From<Scenario> for Script {
    /// The scenario with its one example user.
    fn from(scenario: Scenario) -> Self {
        Self { scenario, mailboxes: vec![Mailbox::new(USER)], tokens: Tokens::default() }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_known_way_of_saying_no_is_played_or_left_out_for_a_reason() {
        let played: BTreeSet<u8> = Scenario::all().filter_map(Scenario::number).collect();
        let left_out: BTreeSet<u8> = Scenario::LEFT_OUT.map(|(number, _)| number).into();

        assert!(played.is_disjoint(&left_out));
        assert_eq!(&played | &left_out, (1..=54).collect());
    }

    #[test]
    fn names_are_plain_and_sentences_end() {
        let names: BTreeSet<&str> = Scenario::all().map(Scenario::name).collect();
        assert_eq!(names.len(), Scenario::all().count(), "two scenarios share a name");
        for scenario in Scenario::all() {
            let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
            assert!(scenario.name().chars().all(is_plain), "{}", scenario.name());
            assert!(scenario.says().ends_with('.'), "{} needs a sentence", scenario.name());
        }
    }
}
