//! Extensions are used where they are offered and needed, and nowhere else.

use sendoff::mail::dsn::{Dsn, Notify, Return};
use sendoff::mail::outcome::{Outcome, Step, Trouble};

use super::passages::{GREETING, TAKEN};
use crate::support::attempt::Attempt;

const TO: &str = "C: RCPT TO:<bob@fabrikam.com>\nS: 250 fine\nC: DATA\nS: 354 go ahead";

/// What MAIL says to a server that offers this.
async fn mail_for(attempt: impl Fn(&[&str]) -> Attempt, offers: &str, mail: &str) {
    let hello = format!("S: 250-mail.contoso.com\nS: 250-{offers}\nS: 250 HELP");
    let mail = format!("C: MAIL FROM:<ana@contoso.com>{mail}\nS: 250 fine");
    let told = attempt(&[GREETING, &hello, &mail, TO, TAKEN]).run().await;
    assert_eq!(told.report.outcome, Outcome::Accepted, "{offers}: {}", told.says());
}

#[tokio::test(start_paused = true)]
async fn eight_bit_words_are_announced_when_and_only_when_there_are_any() {
    let plain = Attempt::in_the_clear;
    let eight = |script: &[&str]| plain(script).body("Subject: Zo\u{eb}\r\n\r\nHi\r\n");
    mail_for(plain, "8BITMIME", "").await;
    mail_for(eight, "8BITMIME", " BODY=8BITMIME").await;
    mail_for(eight, "8bitmime\nS: 250-SIZE 1000", " SIZE=21 BODY=8BITMIME").await;
}

#[tokio::test(start_paused = true)]
async fn eight_bit_words_do_not_go_to_a_server_that_cannot_carry_them() {
    let script = [GREETING, "S: 250-mail.contoso.com\nS: 250 SIZE"];
    let told = Attempt::in_the_clear(&script).body("Subject: Zo\u{eb}\r\n\r\nHi\r\n").run().await;
    assert_eq!((told.report.outcome, told.trouble()), (Outcome::Failed, Some(Trouble::CannotCarry)));
    assert!(told.says().contains("8BITMIME"), "{}", told.says());
    assert!(!told.heard.clear().contains("MAIL"));
}

#[tokio::test(start_paused = true)]
async fn delivery_reports_are_asked_for_where_that_is_offered() {
    let dsn = Dsn { notify: Notify { delay: false, ..Notify::ALWAYS }, ret: Return::Full };
    let script = [
        GREETING,
        "S: 250-mail.contoso.com\nS: 250 DSN",
        "C: MAIL FROM:<ana@contoso.com> RET=FULL ENVID=ours@contoso.com\nS: 250 fine",
        "C: RCPT TO:<bob@fabrikam.com> NOTIFY=SUCCESS,FAILURE\nS: 250 fine",
        "C: DATA\nS: 354 go ahead",
        TAKEN,
    ];
    let told = Attempt::in_the_clear(&script).dsn(dsn).run().await;
    assert_eq!(told.report.outcome, Outcome::Accepted, "{}", told.says());
}

#[tokio::test(start_paused = true)]
async fn a_server_without_dsn_gets_the_message_and_the_log_says_what_is_missing() {
    let script =
        [GREETING, "S: 250 mail.contoso.com", "C: MAIL FROM:<ana@contoso.com>\nS: 250 fine", TO, TAKEN];
    let told = Attempt::in_the_clear(&script).dsn(Dsn::ALWAYS).run().await;
    assert_eq!(told.end(), (Outcome::Accepted, Step::Dot, None));
    assert!(told.noted.lines.iter().any(|line| line.text.as_str().contains("does not offer DSN")));
}
