//! What a server may say that it offers, and what is made of it.

use std::time::Duration;

use sendoff::mail::outcome::{Outcome, Step, Trouble};

use super::passages::{ENVELOPE, GREETING, STARTTLS, TAKEN};
use crate::support::attempt::{Attempt, BODY, Told};
use crate::support::authority::Ends;

type End = (Outcome, Step, Option<Trouble>);

const TAKEN_IN_FULL: End = (Outcome::Accepted, Step::Dot, None);
const NO_SIGN_IN: End = (Outcome::Failed, Step::Auth, Some(Trouble::NoMechanism));
const TOO_LARGE: End = (Outcome::Failed, Step::Mail, Some(Trouble::CannotCarry));
const NO_TLS: End = (Outcome::Failed, Step::StartTls, Some(Trouble::NoTls));

/// A reply to EHLO with these features.
fn hello(features: &[String]) -> String {
    let lines: Vec<&str> =
        std::iter::once("mail.contoso.com").chain(features.iter().map(String::as_str)).collect();
    let last = lines.len() - 1;
    let line =
        |(at, text): (usize, &&str)| format!("S| 250{}{text}\\r\\n", if at == last { ' ' } else { '-' });
    lines.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

fn features(words: &[&str]) -> Vec<String> {
    words.iter().map(ToString::to_string).collect()
}

/// The whole dialogue, with these features under TLS.
async fn offered(ends: &Ends, features: &[String]) -> Told {
    let is_pipelining = features.iter().any(|feature| feature.eq_ignore_ascii_case("pipelining"));
    let envelope = ENVELOPE.replace("<ana@contoso.com>", "<ana@contoso.com>*");
    let flight = super::passages::FLIGHT.replace("<ana@contoso.com>", "<ana@contoso.com>*");
    let envelope = if is_pipelining { flight } else { envelope };
    let script = [GREETING, STARTTLS, &hello(features), "C: AUTH PLAIN *\nS: 235 fine", &envelope, TAKEN];
    Attempt::new(&script).between(ends).run().await
}

/// What is offered under TLS, and how it ends.
fn under_tls() -> Vec<(Vec<String>, End)> {
    let size = |limit: &str| features(&["AUTH PLAIN", &format!("SIZE {limit}")]);
    let many =
        |count| (0..count).map(|n| format!("X-FEATURE-{n}")).chain(["AUTH PLAIN".to_owned()]).collect();
    let (fits, too_small) = (BODY.len().to_string(), (BODY.len() - 1).to_string());
    vec![
        (features(&["AUTH PLAIN"]), TAKEN_IN_FULL),
        (features(&["auth plain"]), TAKEN_IN_FULL),
        (features(&["AUTH=PLAIN"]), TAKEN_IN_FULL),
        (features(&["AUTH PLAIN PLAIN PLAIN"]), TAKEN_IN_FULL),
        (features(&["AUTH CRAM-MD5", "AUTH PLAIN"]), TAKEN_IN_FULL),
        (features(&["AUTH PLAIN", "STARTTLS"]), TAKEN_IN_FULL),
        (features(&["AUTH PLAIN", "PIPELINING"]), TAKEN_IN_FULL),
        (features(&["AUTH PLAIN", "pipelining"]), TAKEN_IN_FULL),
        (features(&["AUTH PLAIN", "", "   ", "-", "\\x00", "\\xFF"]), TAKEN_IN_FULL),
        (features(&["AUTH PLAIN", "HELP ME", "VRFY", "ETRN", "EXPN", "TURN"]), TAKEN_IN_FULL),
        (many(500), TAKEN_IN_FULL),
        (vec![], NO_SIGN_IN),
        (features(&["AUTH"]), NO_SIGN_IN),
        (features(&["AUTH CRAM-MD5 NTLM GSSAPI SCRAM-SHA-256"]), NO_SIGN_IN),
        (features(&["AUTH XOAUTH2"]), NO_SIGN_IN),
        (features(&["AUTH PLAINTEXT"]), NO_SIGN_IN),
        (features(&["AUTH XPLAIN"]), NO_SIGN_IN),
        (features(&["AUTHPLAIN"]), NO_SIGN_IN),
        (features(&["XAUTH PLAIN"]), NO_SIGN_IN),
        (features(&["X-AUTH PLAIN LOGIN"]), NO_SIGN_IN),
        (features(&["HELP AUTH PLAIN"]), NO_SIGN_IN),
        (features(&["ＡＵＴＨ PLAIN"]), NO_SIGN_IN),
        (features(&["AUTH PLA\\x00IN"]), NO_SIGN_IN),
        (size(&fits), TAKEN_IN_FULL),
        (size("0"), TAKEN_IN_FULL),
        (size(""), TAKEN_IN_FULL),
        (size("18446744073709551615"), TAKEN_IN_FULL),
        (size("99999999999999999999999"), TAKEN_IN_FULL),
        (size("-1"), TAKEN_IN_FULL),
        (size("many"), TAKEN_IN_FULL),
        (size("1e3"), TAKEN_IN_FULL),
        (features(&["AUTH PLAIN", "XSIZE 1"]), TAKEN_IN_FULL),
        (size(&too_small), TOO_LARGE),
        (size("1"), TOO_LARGE),
        (size("1 1000000"), TOO_LARGE),
        (features(&["AUTH PLAIN", "size 1"]), TOO_LARGE),
    ]
}

#[tokio::test(start_paused = true)]
async fn features_under_tls_are_taken_by_their_words() {
    let ends = Ends::new();
    for (features, due) in under_tls() {
        let told = offered(&ends, &features).await;
        assert_eq!(told.end(), due, "{features:?}: {}", told.says());
        let said = told.heard.secured();
        assert_eq!(said.contains("AUTH"), due != NO_SIGN_IN, "{features:?}: {said}");
        assert_eq!(said.contains("MAIL FROM"), due == TAKEN_IN_FULL, "{features:?}: {said}");
    }
}

#[tokio::test(start_paused = true)]
async fn tls_is_offered_by_its_word_alone() {
    for (offer, is_offer) in [
        ("STARTTLS", true),
        ("starttls", true),
        ("StartTLS", true),
        ("XSTARTTLS", false),
        ("STARTTLSX", false),
        ("START TLS", false),
        ("NO STARTTLS", false),
        ("STARTTLS\\x00", false),
        ("ＳＴＡＲＴＴＬＳ", false),
        ("XXXXXXXA", false),
    ] {
        let told =
            Attempt::new(&[GREETING, &hello(&features(&[offer])), "C: STARTTLS\nS: 454 no"]).run().await;
        let due = if is_offer { (Outcome::Deferred, Step::StartTls, None) } else { NO_TLS };
        assert_eq!(told.end(), due, "{offer}: {}", told.says());
        assert!(!told.heard.clear().contains("AUTH"), "{offer}");
    }
    // The first line is a greeting, whatever it says.
    let told = Attempt::new(&[GREETING, "S: 250 STARTTLS"]).run().await;
    assert_eq!(told.end(), NO_TLS);
}

/// No HELO behind a refused EHLO: it would lead to a session without TLS and without sign-in.
#[tokio::test(start_paused = true)]
async fn a_refused_hello_is_not_said_in_another_way() {
    for code in [500, 501, 502, 503, 504, 550, 554] {
        let told = Attempt::new(&[GREETING, &format!("S: {code} try HELO")]).run().await;
        assert_eq!(told.end(), (Outcome::Refused, Step::Ehlo, None), "{code}");
        assert!(!told.heard.clear().contains("HELO"), "{code}");
    }
}

/// As many mechanisms as a reply holds: reading them must not keep anybody waiting.
#[tokio::test(start_paused = true)]
async fn a_reply_full_of_mechanisms_is_read_at_once() {
    const LINES: usize = 30;
    const WORDS: usize = 480;
    let digit = |n: usize| char::from_digit(u32::try_from(n % 36).unwrap(), 36).unwrap();
    let word = |n: usize| String::from_iter([digit(n / 1296), digit(n / 36), digit(n)]);
    let line = |at: usize| {
        let words = (0..WORDS).map(|n| word(at * WORDS + n)).collect::<Vec<_>>();
        format!("AUTH {}", words.join(" "))
    };
    let lines: Vec<String> = (0..LINES).map(line).chain(["AUTH PLAIN".to_owned()]).collect();
    let ends = Ends::new();
    let began = std::time::Instant::now();
    let told = offered(&ends, &lines).await;
    assert_eq!(told.end(), TAKEN_IN_FULL, "{}", told.says());
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    println!("{} mechanisms in {:?}", LINES * WORDS, began.elapsed());
}
