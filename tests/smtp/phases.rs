//! The line breaks, at every place where it can: "surely not sent" up to the dot, "unknown" behind it.

use std::time::Duration;

use sendoff::mail::outcome::{Outcome, Step, Trouble};
use sendoff::smtp::limits;

use super::passages::{
    BARE_HELLO, ENVELOPE, FLIGHT, GREETING, PIPELINING_HELLO, SIGN_IN, SIGN_IN_PIPELINING, STARTTLS, TAKEN,
};
use crate::support::attempt::{Answer, Attempt, Told};

/// A message of some hundred kilobytes, with dots at the beginning of its lines.
fn long_body() -> Vec<u8> {
    b".a line that begins with a dot, and goes on for some time\r\n".repeat(5_000)
}

fn is_answer(line: &str) -> bool {
    line.starts_with("S:") || line == "== tls"
}

/// The dialogue broken off where the server would speak next, once for each such place.
fn broken_off(dialogue: &str) -> Vec<String> {
    let lines: Vec<&str> = dialogue.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let places = (0..lines.len()).filter(|&at| is_answer(lines[at]));
    places.map(|at| lines[..at].join("\n")).collect()
}

/// Whoever heard the message to its dot may have taken it.
fn due(heard_so_far: &str) -> Outcome {
    if heard_so_far.contains("== message") { Outcome::Unknown } else { Outcome::Deferred }
}

fn dialogues() -> [String; 2] {
    let taken = TAKEN.split_once("C: QUIT").unwrap().0;
    [
        [GREETING, STARTTLS, SIGN_IN, ENVELOPE, taken].join("\n"),
        [GREETING, STARTTLS, SIGN_IN_PIPELINING, FLIGHT, taken].join("\n"),
    ]
}

#[tokio::test(start_paused = true)]
async fn whatever_breaks_before_the_dot_can_be_tried_again() {
    for dialogue in dialogues() {
        for start in broken_off(&dialogue) {
            for end in ["== close", "== reset"] {
                let told = Attempt::new(&[&start, end]).run().await;
                assert_eq!(told.report.outcome, due(&start), "{start}\n{end}\n{}", told.says());
                assert!(!told.said_quit && told.report.reply.is_none(), "{start}\n{end}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_handshake_that_is_broken_off_can_be_tried_again() {
    let script = [GREETING, "S: 250-x\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go ahead"];
    for end in ["== close", "== reset", "S| \\x16\\x03\\x03\\x00\\x7a\\x02\n== close"] {
        let told = Attempt::new(&[&script.join("\n"), "== bytes 100", end]).run().await;
        assert_eq!(
            (told.report.outcome, told.report.step),
            (Outcome::Deferred, Step::Tls),
            "{end}: {}",
            told.says()
        );
        assert!(told.report.tls.is_none() && !told.said_quit);
    }
}

#[tokio::test(start_paused = true)]
async fn silence_anywhere_has_its_deadline() {
    for dialogue in dialogues() {
        for start in broken_off(&dialogue) {
            let told = Attempt::new(&[&start]).run().await;
            let is_silent = !start.contains("S:");
            let trouble = if is_silent { Trouble::NoGreeting } else { Trouble::TimedOut };
            assert_eq!((told.report.outcome, told.trouble()), (due(&start), Some(trouble)), "{start}");
            let limit = match told.report.step {
                Step::Tls => limits::TLS,
                Step::Dot => limits::AFTER_DOT,
                _ => limits::REPLY,
            };
            assert_eq!(told.report.total, limit, "{start}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_line_that_breaks_in_the_middle_of_the_message_can_be_tried_again() {
    for heard in ["== bytes 1", "== bytes 1000", "== bytes 200000"] {
        for end in ["== close", "== reset"] {
            let clear = Attempt::in_the_clear(&[GREETING, PIPELINING_HELLO, FLIGHT, heard, end]);
            let tls = Attempt::new(&[GREETING, STARTTLS, SIGN_IN, ENVELOPE, heard, end]);
            for attempt in [clear, tls] {
                let told = attempt.body(long_body()).run().await;
                assert_eq!(told.end(), (Outcome::Deferred, Step::Body, Some(Trouble::Lost)), "{heard} {end}");
                assert!(told.noted.before_dot.is_none() && !told.said_quit);
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_stops_reading_is_given_a_minute() {
    let script = [GREETING, BARE_HELLO, ENVELOPE, "== bytes 1000\n== deaf"];
    let told = Attempt::in_the_clear(&script).body(long_body()).run().await;
    assert_eq!(told.end(), (Outcome::Deferred, Step::Body, Some(Trouble::TimedOut)));
    assert_eq!(
        (told.says().as_str(), told.report.total),
        ("no answer for 60 s while sending the message", limits::UPLOAD)
    );
    let (sent, total) = told.noted.progress.unwrap();
    assert!(sent < total);
}

#[tokio::test(start_paused = true)]
async fn a_slow_reader_is_no_stalled_one() {
    let pauses = "== bytes 70000\n== wait 59 s\n".repeat(4);
    let told = Attempt::in_the_clear(&[GREETING, BARE_HELLO, ENVELOPE, &pauses, TAKEN])
        .body(long_body())
        .run()
        .await;
    assert_eq!((told.report.outcome, told.report.total), (Outcome::Accepted, Duration::from_secs(4 * 59)));
}

#[tokio::test(start_paused = true)]
async fn an_early_refusal_is_heard_in_the_middle_of_the_message() {
    for end in ["== close", "== reset", "== deaf", ""] {
        let refusal = "== bytes 100000\nS: 552-5.3.4 Message size exceeds\nS: 552 5.3.4 fixed maximum";
        let clear = Attempt::in_the_clear(&[GREETING, PIPELINING_HELLO, FLIGHT, refusal, end]);
        let tls = Attempt::new(&[GREETING, STARTTLS, SIGN_IN, ENVELOPE, refusal, end]);
        for attempt in [clear, tls] {
            let told = attempt.body(long_body()).run().await;
            assert_eq!(told.end(), (Outcome::Refused, Step::Body, None), "{end}");
            assert_eq!(told.says(), "552 5.3.4 Message size exceeds 5.3.4 fixed maximum");
            assert!(told.noted.before_dot.is_none() && !told.said_quit);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn other_early_words_count_only_as_refusals() {
    let cases = [
        ("S: 421 4.4.1 too slow", Outcome::Deferred, None),
        ("S: 451 4.3.0 disk full", Outcome::Deferred, None),
        ("S: 250 2.0.0 queued", Outcome::Failed, Some(Trouble::Protocol)),
        ("S: 354 go on", Outcome::Failed, Some(Trouble::Protocol)),
        ("S: gibberish", Outcome::Failed, Some(Trouble::Protocol)),
        ("S| 55", Outcome::Deferred, Some(Trouble::TimedOut)),
    ];
    for (early, outcome, trouble) in cases {
        let script = [GREETING, BARE_HELLO, ENVELOPE, "== bytes 1000", early];
        let told = Attempt::in_the_clear(&script).body(long_body()).run().await;
        assert_eq!((told.report.outcome, told.trouble()), (outcome, trouble), "{early}");
        assert!(told.noted.before_dot.is_none());
    }
}

/// The message has been heard to its last line; the dot has not come, because leave for it takes a second.
async fn before_the_dot(what_happens: &str) -> Told {
    let body = long_body();
    let on_the_wire = body.len() + 5_000;
    let hears = format!("== bytes {on_the_wire}");
    let told = Attempt::in_the_clear(&[GREETING, BARE_HELLO, ENVELOPE, &hears, what_happens])
        .body(body)
        .leave(Answer::After(Duration::from_secs(1), ()))
        .run()
        .await;
    assert!(told.noted.before_dot.is_some());
    assert!(!told.heard.clear().ends_with("\r\n.\r\n"), "{what_happens}");
    told
}

#[tokio::test(start_paused = true)]
async fn what_is_heard_between_the_message_and_its_dot_stops_the_dot() {
    for end in ["== close", "== reset"] {
        let told = before_the_dot(end).await;
        assert_eq!(told.end(), (Outcome::Deferred, Step::Dot, Some(Trouble::Lost)), "{end}");
    }
    let told = before_the_dot("S: 552 5.3.4 too large").await;
    assert_eq!(
        (told.end(), told.says().as_str()),
        ((Outcome::Refused, Step::Dot, None), "552 5.3.4 too large")
    );
    let told = before_the_dot("S: 421 closing").await;
    assert_eq!(told.end(), (Outcome::Deferred, Step::Dot, None));
    for unasked in ["S: 250 taken", "S: 354 go on"] {
        let told = before_the_dot(unasked).await;
        assert_eq!(told.end(), (Outcome::Failed, Step::Dot, Some(Trouble::Protocol)), "{unasked}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_frozen_file_that_is_not_what_it_was_is_not_completed() {
    for size in [10, 10_000] {
        let told = Attempt::in_the_clear(&[GREETING, BARE_HELLO, ENVELOPE]).size(size).run().await;
        assert_eq!(told.end(), (Outcome::Failed, Step::Body, Some(Trouble::Disk)));
        assert_eq!(told.says(), format!("reading the frozen message: 45 bytes were read of {size}"));
        assert!(told.noted.before_dot.is_none() && !told.said_quit);
    }
}
