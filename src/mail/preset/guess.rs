//! What an address alone tells of its server. Every guess has a reason; none is more than a start.

use crate::mail::account::Security;
use crate::mail::address::Address;

use super::{PRESETS, Preset};

/// A server that an address may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    pub preset: &'static Preset,
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub certainty: Certainty,
    /// Why, as a sentence.
    pub why: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// The domain belongs to the provider.
    Sure,
    /// The most common case, or a sign of it.
    Likely,
    /// A habit.
    Possible,
}

/// Domains of personal mailboxes at Outlook.com.
const OUTLOOK: [&str; 22] = [
    "outlook.com",
    "outlook.fr",
    "outlook.de",
    "outlook.es",
    "outlook.it",
    "outlook.jp",
    "outlook.com.br",
    "hotmail.com",
    "hotmail.co.uk",
    "hotmail.fr",
    "hotmail.de",
    "hotmail.es",
    "hotmail.it",
    "hotmail.nl",
    "live.com",
    "live.co.uk",
    "live.fr",
    "live.nl",
    "live.de",
    "msn.com",
    "passport.com",
    "windowslive.com",
];

/// Providers without a preset of their own: domains, server, its port and security.
const OTHERS: [(&[&str], &str, &str); 8] = [
    (&["yahoo.com", "ymail.com", "rocketmail.com", "yahoo.co.uk", "yahoo.fr"], "smtp.mail.yahoo.com", "tls"),
    (&["aol.com"], "smtp.aol.com", "tls"),
    (&["icloud.com", "me.com", "mac.com"], "smtp.mail.me.com", "starttls"),
    (&["fastmail.com", "fastmail.fm"], "smtp.fastmail.com", "tls"),
    (&["gmx.net", "gmx.de", "gmx.at", "gmx.ch"], "mail.gmx.net", "starttls"),
    (&["gmx.com"], "mail.gmx.com", "starttls"),
    (&["web.de"], "smtp.web.de", "starttls"),
    (&["mailbox.org"], "smtp.mailbox.org", "tls"),
];

/// The servers that the mailbox of `address` may have, best first; never empty.
pub fn guess(address: &Address) -> Vec<Guess> {
    let domain = address.domain().to_ascii_lowercase();
    let one = |name, certainty, why: String| vec![Guess::new(name, &domain, certainty, why)];
    let owned = |name, of| one(name, Certainty::Sure, format!("{domain} belongs to {of}."));
    if OUTLOOK.contains(&domain.as_str()) {
        return owned("outlook.com", "Outlook.com");
    }
    if ["gmail.com", "googlemail.com"].contains(&domain.as_str()) {
        return owned("gmail", "Gmail");
    }
    if ends_with_label(&domain, "onmicrosoft.com") {
        return owned("microsoft365", "a tenant of Microsoft 365");
    }
    if ends_with_label(&domain, "partner.onmschina.cn") {
        return owned("21vianet", "a tenant of Microsoft 365 operated by 21Vianet");
    }
    if ends_with_label(&domain, "onmicrosoft.us") {
        let why =
            format!("{domain} belongs to a tenant of Microsoft's clouds for the United States government.");
        let other = "The same domains are used in the DoD cloud; the address does not tell the two apart.";
        return vec![
            Guess::new("gcc-high", &domain, Certainty::Likely, why),
            Guess::new("dod", &domain, Certainty::Possible, other.into()),
        ];
    }
    if domain == "localhost" || domain.starts_with('[') {
        return one("local-relay", Certainty::Likely, format!("{domain} is no domain of a provider."));
    }
    if let Some((_, host, preset)) = OTHERS.iter().find(|(domains, ..)| domains.contains(&domain.as_str())) {
        let guess = Guess::new(preset, &domain, Certainty::Sure, format!("{domain} is served by {host}."));
        return vec![Guess { host: (*host).to_owned(), ..guess }];
    }
    own_domain(&domain)
}

/// A domain of somebody's own: nothing in it tells where its mailboxes are.
fn own_domain(domain: &str) -> Vec<Guess> {
    let mut guesses = vec![Guess::new(
        "microsoft365",
        domain,
        Certainty::Likely,
        format!(
            "{domain} is a domain of its own; most organisations that have one keep its mailboxes at Microsoft 365."
        ),
    )];
    if ends_with_label(domain, "cn") {
        let why = "The domain ends in .cn: its tenant may be in the cloud that 21Vianet operates.";
        guesses.push(Guess::new("21vianet", domain, Certainty::Possible, why.into()));
    }
    for name in ["starttls", "tls"] {
        let why = format!("If {domain} has a server of its own, it is often called smtp.{domain}.");
        guesses.push(Guess::new(name, domain, Certainty::Possible, why));
    }
    guesses
}

impl Guess {
    /// What somebody chose, for the sender's address.
    pub fn of(preset: &'static Preset, address: &Address) -> Self {
        let certainty = if preset.is_guess() { Certainty::Possible } else { Certainty::Sure };
        let why = if preset.is_guess() {
            format!("{} is a guess; look it up in your provider's help.", preset.host(address.domain()))
        } else {
            "You chose it.".to_owned()
        };
        Self::new(preset.name, address.domain(), certainty, why)
    }

    /// What somebody's own choice of a server is: a preset that is at that server, or another server.
    pub fn at(host: &str, security: Security, address: &Address) -> Self {
        let domain = address.domain();
        let is_there =
            |preset: &&Preset| !preset.is_guess() && preset.host(domain).eq_ignore_ascii_case(host);
        let other = match security {
            Security::StartTls => "starttls",
            Security::Tls => "tls",
            Security::None => "local-relay",
        };
        let name = PRESETS.iter().find(is_there).map_or(other, |preset| preset.name);
        let guess = Self::new(name, domain, Certainty::Sure, "You named the server.".to_owned());
        Self { host: host.to_owned(), ..guess }
    }

    fn new(name: &str, domain: &str, certainty: Certainty, why: String) -> Self {
        let preset = Preset::named(name).expect("only names of the table are guessed");
        let Preset { port, security, .. } = *preset;
        Self { preset, host: preset.host(domain), port, security, certainty, why }
    }
}

/// Is `domain` the `suffix` itself, or under it?
fn ends_with_label(domain: &str, suffix: &str) -> bool {
    domain.strip_suffix(suffix).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}
