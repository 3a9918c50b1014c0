//! A session that is opened ahead of its letter: it waits a minute, says nothing of the letter before, and is not trusted when
//! it has gone stale.

use std::time::Duration;

use sendoff::mail::outcome::{Outcome, Step, Trouble};
use sendoff::smtp::limits;

use super::passages::{ENVELOPE, FLIGHT, GREETING, SIGN_IN, SIGN_IN_PIPELINING, STARTTLS, TAKEN};
use crate::support::attempt::{Answer, Attempt};

const OPEN: [&str; 3] = [GREETING, STARTTLS, SIGN_IN_PIPELINING];

fn soon<T>(what: T) -> Answer<T> {
    Answer::After(Duration::from_secs(20), what)
}

#[tokio::test(start_paused = true)]
async fn the_letter_comes_while_the_line_is_good() {
    for (sign_in, envelope) in [(SIGN_IN_PIPELINING, FLIGHT), (SIGN_IN, ENVELOPE)] {
        let script = [GREETING, STARTTLS, sign_in, envelope, TAKEN];
        let told = Attempt::new(&script).letter(soon(true)).run().await;
        assert_eq!((told.end(), told.is_stale), ((Outcome::Accepted, Step::Dot, None), false));
        assert_eq!(told.report.total, Duration::ZERO, "the time of waiting is nobody's");
    }
}

#[tokio::test(start_paused = true)]
async fn a_letter_that_never_comes_ends_in_goodbye() {
    let told = Attempt::new(&[&OPEN.join("\n"), "C: QUIT\nS: 221 bye"]).letter(soon(false)).run().await;
    assert_eq!(told.trouble(), Some(Trouble::Cancelled));
    assert!(told.said_quit && !told.is_stale && !told.heard.secured().contains("MAIL"));
}

#[tokio::test(start_paused = true)]
async fn nobody_keeps_a_line_open_for_more_than_a_minute() {
    let told = Attempt::new(&OPEN).letter(Answer::Never).run().await;
    assert!(told.is_stale && !told.said_quit);
    assert_eq!(told.took, Duration::from_mins(1), "to the moment");
    assert_eq!(limits::AHEAD, Duration::from_mins(1));
}

#[tokio::test(start_paused = true)]
async fn what_happens_to_the_line_meanwhile_makes_it_stale() {
    for meanwhile in ["S: 421 4.4.1 Connection timed out", "S: 250 what?", "S| 2", "== close", "== reset"] {
        let told = Attempt::new(&[&OPEN.join("\n"), "== wait 5 s", meanwhile]).letter(soon(true)).run().await;
        assert!(told.is_stale && !told.said_quit, "{meanwhile}: {}", told.says());
        assert_eq!(told.report.outcome, Outcome::Deferred, "{meanwhile}");
        assert!(!told.heard.secured().contains("MAIL"), "{meanwhile}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_line_that_breaks_under_the_first_word_of_the_letter_is_stale_too() {
    let envelope = "C: MAIL FROM:<ana@contoso.com>\nC: RCPT TO:<bob@fabrikam.com>\nC: DATA";
    for end in ["== close", "== reset", "S: 421 4.4.1 Connection timed out\n== close"] {
        let told = Attempt::new(&[&OPEN.join("\n"), envelope, end]).letter(soon(true)).run().await;
        assert!(told.is_stale, "{end}: {}", told.says());
        let told = Attempt::new(&[&OPEN.join("\n"), envelope, end]).run().await;
        assert!(!told.is_stale, "it was not opened ahead: {end}");
    }
    let refused =
        "S: 550 5.1.8 Access denied\nS: 503 5.5.2 Need mail command\nS: 503 5.5.2 Need rcpt command";
    let told = Attempt::new(&[&OPEN.join("\n"), envelope, refused]).letter(soon(true)).run().await;
    assert_eq!((told.report.outcome, told.is_stale), (Outcome::Refused, false), "a refusal is an answer");
}

#[tokio::test(start_paused = true)]
async fn a_sign_in_that_fails_ahead_is_told_as_what_it_is() {
    let hello = "S: 250-mail\nS: 250 AUTH PLAIN\nC: AUTH PLAIN *\nS: 535 5.7.3 Authentication unsuccessful";
    let told = Attempt::new(&[GREETING, STARTTLS, hello]).letter(Answer::Never).run().await;
    assert_eq!((told.end(), told.is_stale), ((Outcome::Refused, Step::Auth, None), false));
}
