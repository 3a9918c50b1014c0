//! The border: not a byte of the dot without leave, and what counts as an answer to it.

use std::time::Duration;

use sendoff::mail::outcome::{Outcome, Step, Trouble};
use sendoff::smtp::limits;

use super::passages::{BARE_HELLO, ENVELOPE, FLIGHT, GREETING, PIPELINING_HELLO, SIGN_IN, STARTTLS, TAKEN};
use crate::support::attempt::{Answer, Attempt, BODY, Told};

/// The dot has been heard, and is answered with this.
async fn answered(answer: &str) -> Told {
    Attempt::in_the_clear(&[GREETING, BARE_HELLO, ENVELOPE, "== message", answer]).run().await
}

#[tokio::test(start_paused = true)]
async fn the_dot_is_a_write_of_its_own() {
    let told = Attempt::in_the_clear(&[GREETING, PIPELINING_HELLO, FLIGHT, TAKEN]).run().await;
    let before = told.noted.before_dot.unwrap();
    assert_eq!(told.noted.writes[before], b".\r\n");
    assert_eq!(told.noted.writes[before + 1], b"QUIT\r\n");
    let message = told.noted.writes[..before].concat();
    assert!(message.ends_with(b"DATA\r\nSubject: Q3 numbers\r\n\r\nHi Bob,\r\n..hidden dot\r\n"));
}

#[tokio::test(start_paused = true)]
async fn without_leave_there_is_no_dot() {
    let clear = Attempt::in_the_clear(&[GREETING, PIPELINING_HELLO, FLIGHT]);
    let tls = Attempt::new(&[GREETING, STARTTLS, SIGN_IN, ENVELOPE]);
    for attempt in [clear, tls] {
        let told = attempt.leave(Answer::Dropped).run().await;
        assert_eq!(told.end(), (Outcome::Failed, Step::Dot, Some(Trouble::Disk)));
        assert_eq!(told.says(), "the outbox could not be written, so the message was not completed");
        let heard = [told.heard.clear(), told.heard.secured()].concat();
        assert!(heard.ends_with("Hi Bob,\r\n..hidden dot\r\n") && !told.said_quit);
    }
}

#[tokio::test(start_paused = true)]
async fn until_leave_is_given_nothing_leaves() {
    // The listener counts the writes before and after it waits.
    let leave = Answer::After(Duration::from_mins(5), ());
    let clear = Attempt::in_the_clear(&[GREETING, PIPELINING_HELLO, FLIGHT, TAKEN]);
    let tls = Attempt::new(&[GREETING, STARTTLS, SIGN_IN, ENVELOPE, TAKEN]);
    for attempt in [clear, tls] {
        let told = attempt.leave(leave).run().await;
        assert_eq!((told.report.outcome, told.report.total), (Outcome::Accepted, Duration::from_mins(5)));
    }
}

#[tokio::test(start_paused = true)]
async fn a_2yz_by_its_bytes_is_a_receipt() {
    for receipt in [
        "S: 250 OK",
        "S: 250",
        "S: 250 ",
        "S| 250 OK\\n",
        "S| 250 \\xFF\\xFE\\r\\n",
        "S: 250-a\nS: 250 b",
        "S| 250 O\\x00K\\r\\n",
        "S: 251 forwarding",
        "S: 299 whatever",
        "S: 250 354 is not the code",
        "S: 250 2.6.0 OK\n== close",
        "S: 250 OK\n== reset",
        "S: 250 OK\nS: 550 on second thoughts",
    ] {
        let told = answered(receipt).await;
        assert_eq!(told.end(), (Outcome::Accepted, Step::Dot, None), "{receipt}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_refusal_of_the_dot_is_one() {
    for (answer, outcome) in [
        ("S: 451 4.3.0 later", Outcome::Deferred),
        ("S: 432 4.3.2 Concurrent", Outcome::Deferred),
        ("S: 421", Outcome::Deferred),
        ("S: 554 5.2.252 SendAsDenied", Outcome::Refused),
        ("S| 550\\n", Outcome::Refused),
    ] {
        let told = answered(answer).await;
        assert_eq!(told.end(), (outcome, Step::Dot, None), "{answer}");
        assert_eq!(told.report.server_id, None);
    }
}

#[tokio::test(start_paused = true)]
async fn anything_else_is_no_answer_at_all() {
    for noise in [
        "S: 354 go on",
        "S: 334 x",
        "S: 150 soon",
        "S: 650 x",
        "S: OK",
        "S: ",
        "S: 25",
        "S: 2500 x",
        "S: -250",
        "S: +250 OK",
        "S:  250 OK",
        "S: ２５０ OK",
        "S| \\xFF\\xFE\\r\\n",
        "S| 25\\x00 OK\\r\\n",
        "S: 250-a\nS: 550 b",
        "S: 250-a\nS: b",
        "S: 250-a\n== close",
        "S| 250 OK\n== close",
        "S| 250 OK\\r\n== reset",
        "S| 250 OK\\r",
        "== close",
        "== reset",
    ] {
        let told = answered(noise).await;
        assert_eq!((told.report.outcome, told.report.step), (Outcome::Unknown, Step::Dot), "{noise}");
        assert!(told.report.failure.is_some() && !told.said_quit, "{noise}");
    }
}

#[tokio::test(start_paused = true)]
async fn ten_minutes_is_how_long_a_receipt_may_take() {
    let told = answered("== wait 599 s\nS: 250 2.0.0 OK <theirs@mail.contoso.com>").await;
    assert_eq!((told.report.outcome, told.report.total), (Outcome::Accepted, Duration::from_secs(599)));
    assert_eq!(told.report.server_id.as_deref(), Some("<theirs@mail.contoso.com>"));
    let told = answered("== wait 601 s\nS: 250 2.0.0 OK").await;
    assert_eq!(told.end(), (Outcome::Unknown, Step::Dot, Some(Trouble::TimedOut)));
    assert_eq!(told.report.total, limits::AFTER_DOT);
    assert_eq!(told.says(), "no answer for 600 s while waiting for the server to take the message");
}

#[tokio::test(start_paused = true)]
async fn a_server_that_no_longer_reads_when_the_dot_comes_leaves_it_unknown() {
    // The pipe takes the first byte of the dot and not the rest: the server may have seen it, or may yet.
    let body = b"x\r\n".repeat(1_000);
    for (room, outcome) in [
        (3_000, Outcome::Deferred),
        (3_001, Outcome::Unknown),
        (3_002, Outcome::Unknown),
        (3_003, Outcome::Unknown),
    ] {
        let script = [GREETING, BARE_HELLO, ENVELOPE, "== deaf"];
        let told = Attempt::in_the_clear(&script).body(body.clone()).room(room).run().await;
        assert_eq!(
            (told.end().0, told.trouble()),
            (outcome, Some(Trouble::TimedOut)),
            "room for {room} bytes"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_failed_goodbye_changes_nothing() {
    for goodbye in [
        "C: QUIT\nS: 500 what?",
        "C: QUIT\n== deaf",
        "C: QUIT\n== close",
        "== close",
        "== reset",
        "C: QUIT\n== drip 221-",
    ] {
        let told = answered(&format!("S: 250 OK\n{goodbye}")).await;
        assert_eq!(
            (told.report.outcome, told.report.total),
            (Outcome::Accepted, Duration::ZERO),
            "{goodbye}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn what_was_done_is_told_step_by_step() {
    use Step::{Auth, Body, Data, Dot, Ehlo, Greeting, Mail, Quit, Rcpt, StartTls, Tls};
    let told = Attempt::new(&[GREETING, STARTTLS, SIGN_IN, ENVELOPE, TAKEN]).run().await;
    assert_eq!(
        told.noted.steps,
        [Greeting, Ehlo, StartTls, Tls, Ehlo, Auth, Mail, Rcpt, Data, Body, Dot, Quit]
    );
    let timed: Vec<Step> = told.report.times.iter().map(|(step, _)| *step).collect();
    assert_eq!(timed, [Greeting, Ehlo, StartTls, Tls, Auth, Mail, Rcpt, Data, Body, Dot]);
    assert_eq!(told.noted.progress, Some((BODY.len() as u64, BODY.len() as u64)));
}

#[tokio::test(start_paused = true)]
async fn the_transcript_reads_as_it_was_said() {
    let told = Attempt::new(&[GREETING, STARTTLS, SIGN_IN, ENVELOPE, TAKEN]).run().await;
    let transcript = told.transcript();
    let (clear, secured) = transcript.split_at(6);
    assert_eq!(
        clear,
        [
            "<- 220 mail.contoso.com ready",
            "-> EHLO [127.0.0.1]",
            "<- 250-mail.contoso.com",
            "<- 250 STARTTLS",
            "-> STARTTLS",
            "<- 220 go ahead"
        ]
    );
    assert!(
        secured[0].starts_with("== TLS 1.3 ")
            && secured[0].ends_with("; certificate proves mail.contoso.com")
    );
    assert_eq!(
        secured[1..],
        [
            "~> EHLO [127.0.0.1]",
            "<~ 250-mail.contoso.com",
            "<~ 250 AUTH PLAIN LOGIN XOAUTH2",
            "~> AUTH PLAIN [hidden]",
            "<~ 235 2.7.0 welcome",
            "~> MAIL FROM:<ana@contoso.com>",
            "<~ 250 2.1.0 sender fine",
            "~> RCPT TO:<bob@fabrikam.com>",
            "<~ 250 2.1.5 recipient fine",
            "~> DATA",
            "<~ 354 go ahead",
            "~> message, 45 B",
            "<~ 250 2.0.0 OK <theirs@mail.contoso.com>",
            "~> QUIT",
            "<~ 221 bye",
            "== closed"
        ]
    );
}
