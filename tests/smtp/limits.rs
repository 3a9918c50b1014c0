//! Replies that never end, in one way or another.

use std::time::Duration;

use sendoff::mail::outcome::{Outcome, Step, Trouble};
use sendoff::smtp::limits;

use super::passages::{BARE_HELLO, ENVELOPE, GREETING, TAKEN};
use crate::support::attempt::Attempt;

#[tokio::test(start_paused = true)]
async fn a_line_without_end_is_cut_off() {
    let line = |length: usize, end: &str| format!("S| 220 {}{end}", "a".repeat(length - 4));
    for (length, end) in [(limits::LINE + 1, ""), (limits::LINE + 1, "\\r\\n"), (60_000, ""), (2_000_000, "")]
    {
        let told = Attempt::in_the_clear(&[&line(length, end)]).run().await;
        assert_eq!(told.end(), (Outcome::Failed, Step::Greeting, Some(Trouble::Protocol)), "{length}");
        assert_eq!(told.says(), "the server sent a line of more than 2 KiB");
        assert!(told.raw().is_empty());
    }
    let script = [&line(limits::LINE, "\\r\\n"), "C: EHLO *", BARE_HELLO, ENVELOPE, TAKEN];
    assert_eq!(Attempt::in_the_clear(&script).run().await.report.outcome, Outcome::Accepted);
}

#[tokio::test(start_paused = true)]
async fn a_reply_of_endless_lines_is_cut_off() {
    let long = format!("S: 250-{}\n", "x".repeat(996)).repeat(66);
    let short = "S: 250-\n".repeat(20_000);
    for lines in [long, short] {
        let told = Attempt::in_the_clear(&[GREETING, &lines]).run().await;
        assert_eq!(told.end(), (Outcome::Failed, Step::Ehlo, Some(Trouble::Protocol)));
        assert_eq!(told.says(), "the server's reply is longer than 64 KiB");
    }
    let many = format!("{}S: 250 mail.contoso.com", "S: 250-X-FEATURE\n".repeat(500));
    let told = Attempt::in_the_clear(&[GREETING, &many, ENVELOPE, TAKEN]).run().await;
    assert_eq!(told.report.outcome, Outcome::Accepted, "five hundred features are unusual, and no harm");
}

#[tokio::test(start_paused = true)]
async fn the_deadline_is_for_the_whole_reply() {
    for dripped in ["220-ready ", "220-a\\r\\n"] {
        let told = Attempt::in_the_clear(&[&format!("== drip {dripped}")]).run().await;
        assert_eq!(told.end(), (Outcome::Deferred, Step::Greeting, Some(Trouble::TimedOut)));
        assert_eq!(told.report.total, limits::REPLY);
    }
    let told =
        Attempt::in_the_clear(&[GREETING, BARE_HELLO, ENVELOPE, "== message\n== drip 250-taken\\r\\n"])
            .run()
            .await;
    assert_eq!(told.end(), (Outcome::Unknown, Step::Dot, Some(Trouble::TimedOut)));
    assert_eq!(told.report.total, limits::AFTER_DOT);
}

#[tokio::test(start_paused = true)]
async fn a_slow_reply_in_time_is_a_reply() {
    let wait = "== wait 59 s";
    let script = [
        "S: 220 ready\nC: EHLO *",
        wait,
        BARE_HELLO,
        "C: MAIL *",
        wait,
        "S: 250 fine\nC: RCPT *",
        wait,
        "S: 250 fine\nC: DATA",
        wait,
        "S: 354 go",
        TAKEN,
    ];
    let told = Attempt::in_the_clear(&script).run().await;
    assert_eq!((told.report.outcome, told.report.total), (Outcome::Accepted, Duration::from_secs(4 * 59)));
}

#[tokio::test(start_paused = true)]
async fn what_is_not_smtp_hears_nothing() {
    let page = "S| HTTP/1.1 302 Found\\r\\nLocation: https://captive.example.com/\\r\\n\\r\\n<html>\\r\\n";
    for greeting in [
        page,
        "S: SSH-2.0-OpenSSH_9.7",
        "S: ",
        "S: 22",
        "S: 2200 hello",
        "S: -220",
        "S: ２２０ hello",
        "S| \\x00\\x01\\n",
        "S: 120 soon",
    ] {
        let told = Attempt::in_the_clear(&[greeting]).run().await;
        assert_eq!(told.end(), (Outcome::Failed, Step::Greeting, Some(Trouble::Protocol)), "{greeting}");
        assert!(told.raw().is_empty() && !told.said_quit, "{greeting}");
    }
}

#[tokio::test(start_paused = true)]
async fn greetings_of_another_class_are_what_they_say() {
    for (greeting, outcome) in [
        ("421 4.3.2 busy", Outcome::Deferred),
        ("554 no mail here", Outcome::Refused),
        ("250 hello", Outcome::Failed),
        ("354 go", Outcome::Failed),
    ] {
        let told = Attempt::in_the_clear(&[&format!("S: {greeting}")]).run().await;
        assert_eq!((told.report.outcome, told.report.step), (outcome, Step::Greeting), "{greeting}");
        assert!(told.says().contains(greeting) && !told.heard.clear().contains("EHLO"), "{greeting}");
    }
}

#[tokio::test(start_paused = true)]
async fn lines_that_end_in_lf_alone_are_lines() {
    let script = "
        S| 220 ready\\n
        C: EHLO [127.0.0.1]
        S| 250-mail.contoso.com\\n250 SIZE 1000\\n
        C: MAIL FROM:<ana@contoso.com> SIZE=*
        S| 250\\n
        C: RCPT *
        S| 250 fine\\n
        C: DATA
        S| 354\\n
        == message
        S| 250 taken\\n";
    assert_eq!(Attempt::in_the_clear(&[script]).run().await.report.outcome, Outcome::Accepted);
}

#[tokio::test(start_paused = true)]
async fn lines_of_one_reply_with_two_codes_are_no_reply() {
    let told = Attempt::in_the_clear(&[GREETING, "S: 250-mail.contoso.com\nS: 550 or not"]).run().await;
    assert_eq!(told.end(), (Outcome::Failed, Step::Ehlo, Some(Trouble::Protocol)));
    assert_eq!(told.says(), "the lines of one reply carry different codes; it said: 550 or not");
}

#[tokio::test(start_paused = true)]
async fn text_from_the_server_cannot_act_on_a_screen() {
    let greeting = "S| 220 \\x1B]52;c;ZXZpbA==\\x07\\x1B[2J\\xE2\\x80\\xAEtxt.exe\\x9B31m\\x00\\r\\n";
    let told = Attempt::in_the_clear(&[greeting, "C: EHLO *", "S: 550 5.7.1 \u{202e}no\u{200b}"]).run().await;
    let shown = told.everything_shown();
    assert!(shown.contains("<- 220 ^[]52;c;ZXZpbA==^G^[[2J<U+202E>txt.exe\\x9B31m^@"), "{shown}");
    assert_eq!(told.says(), "550 5.7.1 <U+202E>no<U+200B>");
    assert!(!shown.chars().any(|c| c.is_control() && c != '\n' || c == '\u{202e}'));
}
