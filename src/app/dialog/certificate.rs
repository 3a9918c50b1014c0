//! The encryption of a session: what was agreed on, and every certificate that the server showed; also of a handshake that
//! failed, and then which certificate is wrong.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::app::log::Session;
use crate::mail::outcome::{Failure, Trouble};
use crate::mail::text::Shown;
use crate::mail::tls::Certificate;

use super::facts::{Fact, Facts};

/// Fewer days than these deserve a warning.
const SOON: i64 = 14;

/// `None` while nothing is known of any encryption.
pub(in crate::app) fn sheet(session: &Session, zone: &TimeZone) -> Option<Facts> {
    let (tls, chain) = (&session.record.tls, &session.record.chain);
    let failure = session
        .record
        .ending
        .as_ref()
        .and_then(|ending| ending.failure.as_ref())
        .filter(|failure| is_tls(failure));
    if tls.is_none() && chain.is_empty() && failure.is_none() {
        return None;
    }
    let host = tls.as_ref().map_or(session.record.head.host.as_str(), |tls| &tls.name);
    let mut facts = Vec::new();
    match (tls, failure) {
        (Some(tls), _) => {
            facts.push(Fact::Value("protocol", Shown::new(&tls.protocol).to_string()));
            facts.push(Fact::Value("cipher", Shown::new(&tls.cipher).to_string()));
            facts.push(Fact::Value("group", Shown::new(&tls.group).to_string()));
            facts.push(Fact::Good(format!("The certificate proves {}.", Shown::new(&tls.name))));
        }
        (None, Some(failure)) => {
            facts.push(Fact::Warning("No encrypted connection came about.".to_owned()));
            facts.push(Fact::Prose(Shown::new(&failure.detail).to_string()));
        }
        (None, None) => facts.push(Fact::Dim("The handshake is not over.".to_owned())),
    }
    if tls.is_none() {
        facts.push(Fact::Value("checked for", Shown::new(host).to_string()));
    }
    let now = session.at_end().unwrap_or_default();
    let faults = faults(chain, host, now, tls.is_none() && failure.is_some_and(is_certificate));
    for (nth, (certificate, faults)) in chain.iter().zip(faults).enumerate() {
        facts.push(Fact::Gap);
        facts.push(Fact::Heading(place(nth, chain)));
        describe(certificate, now, zone, &mut facts);
        facts.extend(faults.into_iter().map(Fact::Warning));
    }
    if chain.is_empty() {
        facts.push(Fact::Gap);
        facts.push(Fact::Dim("The server's certificates were not recorded.".to_owned()));
    }
    Some(Facts::new("TLS", facts))
}

fn is_tls(failure: &Failure) -> bool {
    matches!(failure.trouble, Trouble::Tls | Trouble::Certificate | Trouble::NoTls | Trouble::Injected)
}

fn is_certificate(failure: &Failure) -> bool {
    failure.trouble == Trouble::Certificate
}

/// `Certificate 1 of 3, the server's own`
fn place(nth: usize, chain: &[Certificate]) -> String {
    let what = match nth {
        0 => "the server's own",
        _ if chain[nth].subject == chain[nth].issuer => "a root",
        _ => "an issuer",
    };
    format!("Certificate {} of {}, {what}", nth + 1, chain.len())
}

fn describe(certificate: &Certificate, now: Timestamp, zone: &TimeZone, facts: &mut Vec<Fact>) {
    let or_none =
        |text: &Shown| if text.as_str().is_empty() { "(none)".to_owned() } else { text.to_string() };
    facts.push(Fact::Value("subject", or_none(&certificate.subject)));
    if !certificate.names.is_empty() {
        let names: Vec<&str> = certificate.names.iter().map(Shown::as_str).collect();
        facts.push(Fact::Value("names", names.join(", ")));
    }
    facts.push(Fact::Value("issuer", or_none(&certificate.issuer)));
    let date = |at| zone.to_datetime(at).date();
    let left = match certificate.days_left(now) {
        ..0 => String::new(),
        0 => " (the last day)".to_owned(),
        1 => " (1 day left)".to_owned(),
        days => format!(" ({days} days left)"),
    };
    let (from, until) = (date(certificate.valid_from), date(certificate.valid_until));
    facts.push(Fact::Value("valid", format!("{from} until {until}{left}")));
    facts.push(Fact::Value("key", Shown::new(&certificate.key).to_string()));
    facts.push(Fact::Value("signature", Shown::new(&certificate.signature).to_string()));
}

/// What is wrong with each certificate. Where the dates and the names are right and it was refused all the same, it is the
/// issuer of the last one that nobody here vouches for.
fn faults(chain: &[Certificate], host: &str, now: Timestamp, is_refused: bool) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = chain.iter().map(|certificate| dated(certificate, now)).collect();
    if let (Some(own), Some(faults)) = (chain.first(), all.first_mut())
        && !own.names.iter().any(|name| covers(name.as_str(), host))
    {
        faults.push(format!("It is not for {}.", Shown::new(host)));
    }
    let is_explained = all.iter().flatten().any(|fault| !fault.ends_with(TO_COME));
    if let (true, false, Some(last), Some(faults)) = (is_refused, is_explained, chain.last(), all.last_mut())
    {
        faults.push(if last.subject == last.issuer {
            "It vouches for itself, and is not among the roots that are trusted here.".to_owned()
        } else {
            format!("Its issuer, {}, is not trusted here.", last.issuer)
        });
    }
    all
}

/// The ending of a warning about what is still right.
const TO_COME: &str = "soon.";

fn dated(certificate: &Certificate, now: Timestamp) -> Vec<String> {
    let days = |count: i64| if count == 1 { "1 day".to_owned() } else { format!("{count} days") };
    let left = certificate.days_left(now);
    let wait = certificate.valid_from.duration_since(now).as_secs();
    let fault = if left < 0 {
        // The day of the expiry counts as none that has passed.
        match -left - 1 {
            0 => "It expired less than a day ago.".to_owned(),
            ago => format!("It expired {} ago.", days(ago)),
        }
    } else if wait > 0 {
        format!("It is valid only in {}.", days(wait / (24 * 60 * 60) + 1))
    } else if left < SOON {
        format!("It has {} left and should be renewed {TO_COME}", days(left))
    } else {
        return Vec::new();
    };
    vec![fault]
}

/// Is a certificate for `name` one for `host`? A star stands for one whole label (RFC 9525 section 6.3).
fn covers(name: &str, host: &str) -> bool {
    let host = host.trim_matches(['[', ']']);
    match name.strip_prefix("*.") {
        Some(domain) => host.split_once('.').is_some_and(|(_, rest)| rest.eq_ignore_ascii_case(domain)),
        None => name.eq_ignore_ascii_case(host),
    }
}
