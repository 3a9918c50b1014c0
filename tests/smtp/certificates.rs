//! Certificates and handshakes that must not be believed, and as many that must be: a program that refuses everything would
//! pass the first half.

mod bad;
mod good;
mod pki;
mod records;

use sendoff::mail::account::Auth;
use sendoff::mail::outcome::{Outcome, Step, Trouble};
use sendoff::smtp::limits;

use self::pki::{Pki, Showing};
use super::passages::{ENVELOPE, GREETING, SIGN_IN, STARTTLS, TAKEN};
use crate::support::attempt::{Attempt, PASSWORD, Told, USER};
use crate::support::canary::{forms, is_in};

/// Up to the handshake.
const TO_TLS: &str = "S: 250-mail.contoso.com\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go ahead";

/// Nothing was said that a stranger may not hear: neither in the clear nor under whatever TLS there was.
fn assert_nothing_said(told: &Told, name: &str) {
    assert_eq!(told.heard.secured(), "", "{name}");
    assert!(told.report.tls.is_none() && !told.report.signed_in && !told.said_quit, "{name}");
    assert!(told.report.total <= limits::TLS, "{name}: {:?}", told.report.total);
    let raw = told.raw();
    assert!(raw.starts_with(b"EHLO [127.0.0.1]\r\nSTARTTLS\r\n\x16\x03"), "{name}");
    for word in [USER, "AUTH ", "MAIL FROM"] {
        assert!(memchr::memmem::find(&raw, word.as_bytes()).is_none(), "{name}: {word} was said");
    }
    assert!(
        !is_in(&raw, &forms(PASSWORD)) && !is_in(told.everything_shown().as_bytes(), &forms(PASSWORD)),
        "{name}"
    );
    assert!(!told.says().contains(char::is_control), "{name}: {}", told.says());
}

/// Without spaces and capitals: the reason counts, as one word or as many.
fn bare(text: &str) -> String {
    text.chars().filter(|c| *c != ' ').flat_map(char::to_lowercase).collect()
}

fn attempt(pki: &Pki, showing: &Showing, script: &[&str]) -> Attempt {
    let mut attempt = Attempt::new(script).between(&pki.ends(showing));
    showing.host.clone_into(&mut attempt.account.host);
    attempt
}

#[tokio::test(start_paused = true)]
async fn a_certificate_that_proves_nothing_is_refused_with_its_reason() {
    let pki = Pki::new();
    let cases = bad::certificates(&pki);
    println!("{} bad certificates", cases.len());
    assert!(cases.len() >= 40);
    let mut wrong = Vec::new();
    for bad::Case { name, says, showing } in &cases {
        let told = attempt(&pki, showing, &[GREETING, STARTTLS]).run().await;
        assert_nothing_said(&told, name);
        if told.end() != (Outcome::Failed, Step::Tls, Some(Trouble::Certificate))
            || !bare(&told.says()).contains(&bare(says))
        {
            wrong.push(format!("{name}: {:?}, {}", told.end(), told.says()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A person reads this: words, and none of the library's inner names.
#[tokio::test(start_paused = true)]
async fn every_refusal_is_in_words() {
    let pki = Pki::new();
    let mut wrong = Vec::new();
    for bad::Case { name, showing, .. } in bad::certificates(&pki) {
        let says = attempt(&pki, &showing, &[GREETING, STARTTLS]).run().await.says();
        let is_inner = |word: &str| {
            word.starts_with(char::is_uppercase)
                && word.chars().skip(1).any(char::is_uppercase)
                && word.chars().any(char::is_lowercase)
        };
        if says.split(|c: char| !c.is_alphanumeric()).any(is_inner) || says.contains('{') {
            wrong.push(format!("{name}: {says}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(start_paused = true)]
async fn a_certificate_that_is_refused_is_told_all_the_same() {
    let pki = Pki::new();
    for bad::Case { name, showing, .. } in bad::certificates(&pki) {
        let told = attempt(&pki, &showing, &[GREETING, STARTTLS]).run().await;
        assert!(told.noted.chain.len() <= showing.chain.len(), "{name}");
        let is_readable =
            !matches!(name, "no certificate at all" | "not a certificate" | "half a certificate");
        assert!(!is_readable || !told.noted.chain.is_empty(), "{name}: nothing was told of it");
    }
}

#[tokio::test(start_paused = true)]
async fn a_certificate_that_proves_the_name_is_believed() {
    let pki = Pki::new();
    let cases = good::certificates(&pki);
    println!("{} good certificates", cases.len());
    for (name, showing) in cases {
        let told = attempt(&pki, &showing, &[GREETING, STARTTLS, SIGN_IN, ENVELOPE, TAKEN]).run().await;
        assert_eq!(told.end(), (Outcome::Accepted, Step::Dot, None), "{name}: {}", told.says());
        assert_eq!(told.report.tls.as_ref().unwrap().name, showing.host, "{name}");
        assert_eq!(told.noted.chain.len(), showing.chain.len(), "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn records_that_are_no_handshake_end_it() {
    let cases = records::broken();
    println!("{} broken handshakes", cases.len());
    let mut wrong = Vec::new();
    for records::Case { name, script, due, says } in &cases {
        let told = Attempt::new(&[GREETING, TO_TLS, "== bytes 100", script]).run().await;
        assert_nothing_said(&told, name);
        if told.end() != (due.0, Step::Tls, Some(due.1)) || !told.says().contains(says) {
            wrong.push(format!("{name}: {:?}, {}", told.end(), told.says()));
        }
        assert!(told.heard.said < 1 << 20, "{name}: {} bytes were taken", told.heard.said);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(start_paused = true)]
async fn a_handshake_in_pieces_is_a_handshake() {
    let pki = Pki::new();
    let showing = pki.shows_by_tls12();
    let in_pieces = STARTTLS.replace("== tls", "== tls in pieces");
    let told = attempt(&pki, &showing, &[GREETING, &in_pieces, SIGN_IN, ENVELOPE, TAKEN]).run().await;
    assert_eq!(told.end(), (Outcome::Accepted, Step::Dot, None), "one octet a record: {}", told.says());
    assert_eq!(told.report.tls.unwrap().protocol, "TLS 1.2");
    let told = attempt(&pki, &pki.shows(pki::leaf()), &[GREETING, STARTTLS, SIGN_IN, ENVELOPE, TAKEN])
        .room(16)
        .run()
        .await;
    assert_eq!(told.end(), (Outcome::Accepted, Step::Dot, None), "sixteen octets at a time: {}", told.says());
}

#[tokio::test(start_paused = true)]
async fn who_asks_for_our_certificate_and_can_do_without_gets_none() {
    let pki = Pki::new();
    let told =
        attempt(&pki, &pki.asks_for_ours(false), &[GREETING, STARTTLS, SIGN_IN, ENVELOPE, TAKEN]).run().await;
    assert_eq!(told.end(), (Outcome::Accepted, Step::Dot, None), "{}", told.says());
}

#[tokio::test(start_paused = true)]
async fn who_insists_on_our_certificate_hears_no_more() {
    let pki = Pki::new();
    let told = attempt(&pki, &pki.asks_for_ours(true), &[GREETING, STARTTLS]).run().await;
    assert!(told.says().contains("CertificateRequired"), "{}", told.says());
    assert_eq!(told.report.step, Step::Ehlo);
    assert!(!told.heard.secured().contains("AUTH") && !told.said_quit);
}

/// We have none. Trying again would not help, so this is not a line that broke.
#[tokio::test(start_paused = true)]
async fn who_insists_on_our_certificate_is_told_that_there_is_none() {
    let pki = Pki::new();
    let told = attempt(&pki, &pki.asks_for_ours(true), &[GREETING, STARTTLS]).run().await;
    assert_eq!(told.end(), (Outcome::Failed, Step::Ehlo, Some(Trouble::Tls)), "{}", told.says());
}

/// The name that counts is the one in the account: whatever else the server calls itself is prose.
#[tokio::test(start_paused = true)]
async fn the_name_is_the_configured_one() {
    let pki = Pki::new();
    let showing = pki.shows(pki::named(&["mail.fabrikam.com"]));
    let script = "
        S: 220 mail.fabrikam.com ESMTP
        C: EHLO [127.0.0.1]
        S: 250-mail.fabrikam.com
        S: 250 STARTTLS
        C: STARTTLS
        S: 220 mail.fabrikam.com go ahead
        == tls";
    let told = attempt(&pki, &showing, &[script]).auth(Auth::None).run().await;
    assert_eq!(told.end(), (Outcome::Failed, Step::Tls, Some(Trouble::Certificate)));
    assert_eq!(told.says(), "the certificate is for mail.fabrikam.com, not for mail.contoso.com");
}
