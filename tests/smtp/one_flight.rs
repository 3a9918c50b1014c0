//! Envelope and message in one flight, where CHUNKING and PIPELINING are offered and there is one recipient.

use std::time::Duration;

use sendoff::mail::outcome::{Outcome, Step, Trouble};
use sendoff::smtp::limits;

use super::passages::{GREETING, STARTTLS};
use crate::support::attempt::{Answer, Attempt, BODY, Told};

const HELLO: &str = "S: 250-mail.contoso.com\nS: 250-PIPELINING\nS: 250 CHUNKING";
const ENVELOPE: &str = "C: MAIL FROM:<ana@contoso.com>\nC: RCPT TO:<bob@fabrikam.com>";
const SMALL: &str = "C: BDAT 45 LAST\n== bytes 45";
const FINE: &str = "S: 250 2.1.0 sender fine\nS: 250 2.1.5 recipient fine";
const TAKEN: &str = "S: 250 2.6.0 <theirs@mail.contoso.com> taken\nC: QUIT\nS: 221 bye\n== close";

fn attempt(rest: &[&str]) -> Attempt {
    wanted(Attempt::in_the_clear(&[&[GREETING, HELLO, ENVELOPE][..], rest].concat()))
}

/// The account asks for it.
fn wanted(mut attempt: Attempt) -> Attempt {
    attempt.account.extras.chunking = true;
    attempt
}

/// 2,000 bytes, with a dot at the beginning of every line: BDAT stuffs none of them.
fn long_body() -> Vec<u8> {
    b".a line that begins with a dot and is forty-eight.\r\n".iter().copied().cycle().take(2_000).collect()
}

const LONG: &str = "C: BDAT 1488\n== bytes 1488\nC: BDAT 512 LAST\n== bytes 512";

#[tokio::test(start_paused = true)]
async fn one_round_trip_carries_it_all() {
    let told = attempt(&[SMALL, FINE, TAKEN]).run().await;
    assert_eq!(told.end(), (Outcome::Accepted, Step::Dot, None), "{}", told.says());
    assert_eq!(told.report.server_id.as_deref(), Some("<theirs@mail.contoso.com>"));
    assert!(told.heard.clear().contains(str::from_utf8(BODY).unwrap()), "as it is, with no dot doubled");
    assert!(told.said_quit && told.report.recipients[0].is_accepted());
    let told = attempt(&[LONG, FINE, "S: 250 2.6.0 chunk taken", TAKEN]).body(long_body()).run().await;
    assert_eq!(told.end(), (Outcome::Accepted, Step::Dot, None), "{}", told.says());
    assert_eq!(told.noted.progress, Some((2_000, 2_000)));
}

#[tokio::test(start_paused = true)]
async fn answers_that_come_early_are_taken_in_their_turn() {
    let early = format!("{FINE}\nC: BDAT 1488\n== bytes 1488\nS: 250 chunk\nC: BDAT 512 LAST\n== bytes 512");
    let told = attempt(&[&early, TAKEN])
        .body(long_body())
        .leave(Answer::After(Duration::from_secs(1), ()))
        .run()
        .await;
    assert_eq!(told.end(), (Outcome::Accepted, Step::Dot, None), "{}", told.says());
}

/// The server answers what it has heard so far, before the last chunk leaves.
async fn before_the_last(answers: &str) -> Told {
    let script = format!("C: BDAT 1488\n== bytes 1488\n{answers}");
    let leave = Answer::After(Duration::from_secs(1), ());
    let told = attempt(&[&script]).body(long_body()).leave(leave).run().await;
    assert!(!told.heard.clear().contains("LAST"), "{answers}");
    told
}

#[tokio::test(start_paused = true)]
async fn a_refusal_that_comes_in_time_stops_it() {
    let told = before_the_last("S: 550 5.1.8 Access denied").await;
    assert_eq!(told.end(), (Outcome::Refused, Step::Mail, None));
    let told = before_the_last("S: 250 fine\nS: 550 5.1.1 no such user").await;
    assert_eq!(told.end(), (Outcome::Refused, Step::Rcpt, Some(Trouble::Stopped)));
    let told = before_the_last("S: 250 fine\nS: 450 4.2.0 greylisted").await;
    assert_eq!(told.end(), (Outcome::Deferred, Step::Rcpt, Some(Trouble::Stopped)));
    let told = before_the_last("S: 250 fine\nS: 250 fine\nS: 552 5.3.4 too large").await;
    assert_eq!(told.end(), (Outcome::Refused, Step::Body, None));
    let told = before_the_last("S: 421 4.4.1 closing").await;
    assert_eq!(told.report.outcome, Outcome::Deferred);
    for nonsense in ["S: 354 go on", "S: hello", "S: 250 a\nS: 250 b\nS: 250 c\nS: 250 d"] {
        let told = before_the_last(nonsense).await;
        assert_eq!(
            (told.report.outcome, told.trouble()),
            (Outcome::Failed, Some(Trouble::Protocol)),
            "{nonsense}"
        );
    }
    for end in ["== close", "== reset", "S: 250 fine\n== close"] {
        assert_eq!(before_the_last(end).await.report.outcome, Outcome::Deferred, "{end}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_refusal_behind_the_last_chunk_counts_as_well() {
    let closing = "S: 503 5.5.1 no\nS: 503 5.5.1 no";
    let mail = format!("S: 550 5.1.8 Access denied\n{closing}");
    let rcpt = "S: 250 fine\nS: 550 5.1.1 no such user\nS: 503 5.5.1 no";
    let cases = [
        (mail.as_str(), Outcome::Refused, Step::Mail),
        ("S: 550 5.1.8 Access denied\n== close", Outcome::Refused, Step::Mail),
        (rcpt, Outcome::Refused, Step::Rcpt),
        ("S: 250 fine\nS: 550 5.1.1 no such user\n== reset", Outcome::Refused, Step::Rcpt),
        ("S: 250 fine\nS: 250 fine\nS: 554 5.2.252 SendAsDenied", Outcome::Refused, Step::Dot),
        ("S: 250 fine\nS: 250 fine\nS: 432 4.3.2 Concurrent connections", Outcome::Deferred, Step::Dot),
    ];
    for (answers, outcome, step) in cases {
        let told = attempt(&[SMALL, answers]).run().await;
        assert_eq!((told.report.outcome, told.report.step), (outcome, step), "{answers}: {}", told.says());
    }
    let told = attempt(&[SMALL, "S: 550 5.1.8 odd\nS: 250 fine", TAKEN]).run().await;
    assert!(told.report.outcome.is_taken(), "the last word is a receipt, whatever went before");
}

#[tokio::test(start_paused = true)]
async fn silence_behind_the_last_chunk_is_unknown() {
    for answers in ["", "S: 250 fine", "S: 250 fine\nS: 250 fine", "S: 250 fine\nS: 250 fine\nS| 25"] {
        for end in ["== close", "== reset", ""] {
            let told = attempt(&[SMALL, answers, end]).run().await;
            assert_eq!(told.report.outcome, Outcome::Unknown, "{answers} {end}");
            assert!(!told.said_quit && (!end.is_empty() || told.report.total >= limits::AFTER_DOT));
        }
    }
    for nonsense in ["S: 354 go on", "S: hello", "S: 250-x\nS: 251 y"] {
        let told = attempt(&[SMALL, FINE, nonsense]).run().await;
        assert_eq!(told.report.outcome, Outcome::Unknown, "{nonsense}");
    }
}

#[tokio::test(start_paused = true)]
async fn without_leave_the_last_chunk_stays_here() {
    let told = attempt(&["== wait 5 s"]).leave(Answer::Dropped).run().await;
    assert_eq!(told.report.outcome, Outcome::Failed);
    assert!(!told.heard.clear().contains("BDAT"));
}

#[tokio::test(start_paused = true)]
async fn it_is_left_alone_where_it_does_not_fit() {
    let data = "S: 250 fine\nS: 250 fine\nS: 354 go on\n== message\nS: 250 taken\nC: QUIT\nS: 221 bye";
    let with_data = format!("{ENVELOPE}\nC: DATA\n{data}");
    let unasked = Attempt::in_the_clear(&[GREETING, HELLO, &with_data]).run().await;
    assert_eq!(unasked.report.outcome, Outcome::Accepted, "the account does not ask for it");
    let two = with_data.replace("C: DATA", "C: RCPT TO:<carol@contoso.com>\nC: DATA\nS: 250 fine");
    let told = Attempt::in_the_clear(&[GREETING, HELLO, &two])
        .to(&["bob@fabrikam.com", "carol@contoso.com"])
        .run()
        .await;
    assert_eq!(told.report.outcome, Outcome::Accepted, "two recipients: {}", told.says());
    let large = vec![b'x'; 300_000];
    let told = wanted(Attempt::in_the_clear(&[GREETING, HELLO, &with_data])).body(large).run().await;
    assert_eq!(told.report.outcome, Outcome::Accepted, "a large message: {}", told.says());
    let hello =
        "S: 250-mail\nS: 250-PIPELINING\nS: 250-CHUNKING\nS: 250 AUTH PLAIN\nC: AUTH PLAIN *\nS: 235 fine";
    let told = wanted(Attempt::new(&[GREETING, STARTTLS, hello, &with_data]))
        .letter(Answer::After(Duration::from_secs(1), true))
        .run()
        .await;
    assert_eq!(told.report.outcome, Outcome::Accepted, "opened ahead: {}", told.says());
}

#[tokio::test(start_paused = true)]
async fn a_frozen_file_that_is_not_what_it_was_does_not_go() {
    for size in [10, 10_000] {
        let told = wanted(Attempt::in_the_clear(&[GREETING, HELLO])).size(size).run().await;
        assert_eq!((told.report.outcome, told.trouble()), (Outcome::Failed, Some(Trouble::Disk)));
        assert!(!told.heard.clear().contains("MAIL"));
    }
}
