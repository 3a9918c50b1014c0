//! Server lines by one word: who serves, at which port, how one signs in there, and what to know before one tries.
//!
//! Hosts and ports: Microsoft's "client SMTP submission", "high volume email", "direct send" and "national clouds" pages, and
//! each other provider's own. The end of passwords at Microsoft: the Exchange team's announcement of January 2026.

mod guess;
mod table;

use super::account::{Auth, Security};

pub use guess::{Certainty, Guess, guess};
pub use table::PRESETS;

/// A server that many have, or a way to one.
#[derive(Debug, PartialEq, Eq)]
pub struct Preset {
    /// What a configuration calls it.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// What it is for, in a line.
    pub purpose: &'static str,
    host: Host,
    pub port: u16,
    pub security: Security,
    /// How one signs in there, unless the account says otherwise.
    pub auth: Auth,
    /// Where what opens the session comes from.
    pub secret: &'static str,
    /// What stops people here, and what will.
    pub notes: &'static [&'static str],
}

/// How the name of the server is found.
#[derive(Debug, PartialEq, Eq)]
enum Host {
    Fixed(&'static str),
    /// `smtp.` and the sender's domain: a habit, not a rule.
    Habit,
    /// The sender's domain with dashes for its dots: where Exchange Online takes mail for that domain.
    Mx,
}

impl Preset {
    pub fn named(name: &str) -> Option<&'static Self> {
        PRESETS.iter().find(|preset| preset.name == name)
    }

    /// The server for senders of `domain` (an A-label, as `Address::domain` gives it).
    pub fn host(&self, domain: &str) -> String {
        match self.host {
            Host::Fixed(host) => host.to_owned(),
            Host::Habit => format!("smtp.{}", domain.to_ascii_lowercase()),
            Host::Mx => {
                format!("{}.mail.protection.outlook.com", domain.to_ascii_lowercase().replace('.', "-"))
            }
        }
    }

    /// Whether the name of the server rests on a habit alone, so that the person has to look at it.
    pub fn is_guess(&self) -> bool {
        self.host == Host::Habit
    }

    /// Whether one can sign in there with an application of one's own and a token.
    pub fn takes_oauth(&self) -> bool {
        ["microsoft365", "outlook.com", "gcc-high", "dod", "21vianet"].contains(&self.name)
    }
}
