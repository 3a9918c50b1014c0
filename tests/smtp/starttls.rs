//! TLS or nothing: what stands between the greeting and the encrypted line.

use rcgen::date_time_ymd;
use sendoff::mail::account::{Auth, Security};
use sendoff::mail::explain;
use sendoff::mail::outcome::{Outcome, Step, Trouble};

use super::passages::{BARE_HELLO, ENVELOPE, GREETING, SIGN_IN, STARTTLS, TAKEN};
use crate::support::attempt::{Attempt, Told, USER};
use crate::support::authority::{HOST, lasting};

/// All that may be said in the clear.
const CLEAR: &str = "EHLO [127.0.0.1]\r\nSTARTTLS\r\n";

/// Nothing left but the words above: no sign-in, no name, no envelope, not even a handshake.
fn assert_silent(told: &Told, said: &str) {
    assert_eq!(told.raw().escape_ascii().to_string(), said.as_bytes().escape_ascii().to_string());
    assert!(told.report.tls.is_none() && !told.report.signed_in && !told.said_quit);
}

#[tokio::test(start_paused = true)]
async fn a_message_goes_out_under_tls() {
    let told = Attempt::new(&[GREETING, STARTTLS, SIGN_IN, ENVELOPE, TAKEN]).run().await;
    assert_eq!(told.end(), (Outcome::Accepted, Step::Dot, None));
    assert_eq!(told.report.server_id.as_deref(), Some("<theirs@mail.contoso.com>"));
    assert_eq!(told.report.message_id, "<ours@contoso.com>");
    assert_eq!(told.heard.clear(), CLEAR);
    assert!(told.heard.secured().ends_with("\r\n\r\nHi Bob,\r\n..hidden dot\r\n.\r\nQUIT\r\n"));
    assert!(told.report.signed_in && told.said_quit);
    let tls = told.report.tls.unwrap();
    assert_eq!((tls.protocol.as_str(), tls.name.as_str()), ("TLS 1.3", HOST));
}

#[tokio::test(start_paused = true)]
async fn text_in_the_clear_behind_the_220_is_an_attack() {
    let injections = [
        "S: 250-mail.contoso.com\nS: 250 AUTH PLAIN",
        "S: 250 AUTH PLAIN\nS: 235 welcome\nS: 250 fine\nS: 250 fine\nS: 354 go on\nS: 250 taken",
        "S: ",
        "S| 2",
        "S| \\x00",
        "S| \\n",
        "S| \\x16\\x03\\x03\\x00\\x05",
        "S: 421 closing",
    ];
    for injected in injections {
        let offer = "S: 250-mail.contoso.com\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go ahead";
        let told = Attempt::new(&[GREETING, offer, injected]).run().await;
        assert_eq!(told.end(), (Outcome::Failed, Step::Tls, Some(Trouble::Injected)), "{injected}");
        assert_silent(&told, CLEAR);
    }
}

#[tokio::test(start_paused = true)]
async fn the_same_text_a_moment_later_breaks_the_handshake() {
    for wait in ["== wait 1 s", "== wait 14 s"] {
        let late = "S: 250-mail.contoso.com\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go ahead";
        let told = Attempt::new(&[GREETING, late, wait, "S: 250-mail\nS: 250 AUTH PLAIN"]).run().await;
        assert_eq!(told.end(), (Outcome::Failed, Step::Tls, Some(Trouble::Tls)), "{wait}");
        assert!(told.says().ends_with("is the port right?"), "{}", told.says());
        // A handshake was begun; what went out after the command is a TLS record and nothing to read.
        let raw = told.raw();
        assert!(raw.starts_with(b"EHLO [127.0.0.1]\r\nSTARTTLS\r\n\x16\x03"));
        assert!(!raw.windows(4).any(|word| word == b"AUTH" || word == b"MAIL"));
    }
}

#[tokio::test(start_paused = true)]
async fn answers_that_come_before_the_question_are_not_believed() {
    let early = [
        ("S: 220 ready\nS: 250 STARTTLS", ""),
        ("S: 220 ready\nC: EHLO *\nS: 250-x\nS: 250 STARTTLS\nS: 220 go", "EHLO [127.0.0.1]\r\n"),
    ];
    for (script, said) in early {
        let told = Attempt::new(&[script]).run().await;
        assert_eq!((told.report.outcome, told.trouble()), (Outcome::Failed, Some(Trouble::Protocol)));
        assert!(told.says().starts_with("the server spoke before it was asked: "), "{}", told.says());
        assert_silent(&told, said);
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_does_not_offer_starttls_hears_no_more() {
    let stripped = "S: 250-mail.contoso.com\nS: 250-AUTH PLAIN LOGIN\nS: 250 XXXXXXXA";
    for offer in [BARE_HELLO, stripped] {
        let told = Attempt::new(&[GREETING, offer]).run().await;
        assert_eq!(told.end(), (Outcome::Failed, Step::StartTls, Some(Trouble::NoTls)));
        assert_eq!(told.says(), "mail.contoso.com does not offer STARTTLS, so the session ends here");
        assert_silent(&told, "EHLO [127.0.0.1]\r\n");
    }
}

#[tokio::test(start_paused = true)]
async fn starttls_answered_with_anything_but_220_ends_it() {
    let answers = [
        ("454 4.7.0 not now", Outcome::Deferred),
        ("421 4.3.2 closing", Outcome::Deferred),
        ("500 what?", Outcome::Refused),
        ("502 5.3.3 not here", Outcome::Refused),
        ("530 5.7.0 no", Outcome::Refused),
        ("250 sure", Outcome::Failed),
        ("235 signed in", Outcome::Failed),
        ("221 bye", Outcome::Failed),
        ("354 go on", Outcome::Failed),
    ];
    for (answer, outcome) in answers {
        let offer = format!("S: 250-x\nS: 250 STARTTLS\nC: STARTTLS\nS: {answer}");
        let told = Attempt::new(&[GREETING, &offer]).run().await;
        assert_eq!((told.report.outcome, told.report.step), (outcome, Step::StartTls), "{answer}");
        let said = String::from_utf8(told.raw()).unwrap();
        assert!(said == CLEAR || said == format!("{CLEAR}QUIT\r\n"), "{answer}: {said}");
        assert!(told.says().contains(answer) && told.report.tls.is_none(), "{answer}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_was_offered_in_the_clear_counts_no_more() {
    let starttls = "
        S: 250-mail.contoso.com
        S: 250-AUTH PLAIN LOGIN
        S: 250-PIPELINING
        S: 250-SMTPUTF8
        S: 250-SIZE 10
        S: 250 STARTTLS
        C: STARTTLS
        S: 220 go ahead
        == tls
        C: EHLO [127.0.0.1]";
    let told = Attempt::new(&[GREETING, starttls, BARE_HELLO]).run().await;
    assert_eq!(told.end(), (Outcome::Failed, Step::Auth, Some(Trouble::NoMechanism)));
    assert_eq!(told.says(), "the account asks for PLAIN or LOGIN, the server offers no sign-in at all");
    assert_eq!(told.heard.secured(), "EHLO [127.0.0.1]\r\n");

    let told = Attempt::new(&[GREETING, starttls, BARE_HELLO, ENVELOPE, TAKEN]).auth(Auth::None).run().await;
    assert_eq!(told.report.outcome, Outcome::Accepted, "no limit of 10 bytes, no flight: in turns");
    let told = Attempt::new(&[GREETING, starttls, BARE_HELLO])
        .auth(Auth::None)
        .to(&["jürgen@fabrikam.com"])
        .run()
        .await;
    assert_eq!(told.trouble(), Some(Trouble::CannotCarry));
}

#[tokio::test(start_paused = true)]
async fn implicit_tls_says_nothing_in_the_clear() {
    let script = "
        == tls
        S: 220 mail.contoso.com ready
        C: EHLO [127.0.0.1]";
    let told = Attempt::new(&[script, SIGN_IN, ENVELOPE, TAKEN]).security(Security::Tls).run().await;
    assert_eq!(told.end(), (Outcome::Accepted, Step::Dot, None));
    assert_eq!(told.heard.clear(), "");
}

#[tokio::test(start_paused = true)]
async fn each_security_setting_meets_the_other_kind_of_port_and_says_so() {
    let told = Attempt::new(&["S: 220 mail.contoso.com ready"]).security(Security::Tls).run().await;
    assert_eq!(told.end(), (Outcome::Failed, Step::Tls, Some(Trouble::Tls)));
    assert!(told.says().ends_with("is the port right?"), "{}", told.says());
    let told = Attempt::new(&["== tls\nS: 220 ready"]).run().await;
    assert_eq!(told.end(), (Outcome::Deferred, Step::Greeting, Some(Trouble::NoGreeting)));
    assert_eq!(told.says(), "no answer for 60 s while waiting for the greeting");
    let explanation = explain::report(&told.report).unwrap();
    assert_eq!(explanation.says, "The connection was opened, and the server did not say a word.");
    assert!(explanation.todo.contains("set security = \"tls\""), "{}", explanation.todo);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_has_said_something_or_speaks_tls_does_not_wait_for_tls() {
    for (begun, security) in [
        ("S| 2", Security::StartTls),
        ("S: 220-mail.contoso.com", Security::StartTls),
        ("== tls", Security::Tls),
        ("== tls\nS| 220-", Security::Tls),
    ] {
        let told = Attempt::new(&[begun]).security(security).run().await;
        assert_eq!(told.end(), (Outcome::Deferred, Step::Greeting, Some(Trouble::TimedOut)), "{begun}");
        let explanation = explain::report(&told.report).unwrap();
        assert!(!explanation.todo.contains("\"tls\""), "{begun}: {}", explanation.todo);
    }
}

#[tokio::test(start_paused = true)]
async fn a_certificate_that_does_not_prove_the_name_ends_it() {
    let mut expired = lasting(&[HOST]);
    expired.not_after = date_time_ymd(2021, 1, 1);
    let mut early = lasting(&[HOST]);
    early.not_before = date_time_ymd(2039, 1, 1);
    let script = [GREETING, STARTTLS];
    let cases = [
        (
            Attempt::new(&script).certificate(lasting(&["mail.fabrikam.com"])),
            "the certificate is for mail.fabrikam.com, not for mail.contoso.com",
        ),
        (
            Attempt::new(&script).certificate(lasting(&[])),
            "the certificate is for no name at all, not for mail.contoso.com",
        ),
        (
            Attempt::new(&script).certificate(lasting(&["contoso.com"])),
            "the certificate is for contoso.com, not for mail.contoso.com",
        ),
        (
            Attempt::new(&script).certificate(lasting(&["*.mail.contoso.com", "*.com"])),
            "the certificate is for *.mail.contoso.com, *.com, not for mail.contoso.com",
        ),
        (
            Attempt::new(&script).certificate(expired),
            "the certificate of mail.contoso.com expired on 2021-01-01 (today is ",
        ),
        (
            Attempt::new(&script).certificate(early),
            "the certificate of mail.contoso.com is not valid before 2039-01-01 (today is ",
        ),
        (
            Attempt::new(&script).stranger(),
            "the certificate of mail.contoso.com is signed by nobody that this machine trusts",
        ),
    ];
    for (attempt, says) in cases {
        let told = attempt.run().await;
        assert_eq!(told.end(), (Outcome::Failed, Step::Tls, Some(Trouble::Certificate)), "{says}");
        assert!(told.says().starts_with(says), "{}", told.says());
        assert_eq!(told.heard.secured(), "", "{says}");
        let raw = told.raw();
        assert!(!raw.windows(USER.len()).any(|word| word == USER.as_bytes()), "{says}");
    }
    let told = Attempt::new(&[GREETING, STARTTLS, SIGN_IN, ENVELOPE, TAKEN])
        .certificate(lasting(&["*.contoso.com"]))
        .run()
        .await;
    assert_eq!(told.report.outcome, Outcome::Accepted, "a wildcard for one label proves it");
}
