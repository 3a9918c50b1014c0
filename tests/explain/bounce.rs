//! Bounces (RFC 3464), pasted whole or in part.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sendoff::mail::explain::{self, Bounced};

const BOUNCE: &str = "From: MAILER-DAEMON@contoso.com\r\n\
Subject: Undelivered Mail Returned to Sender\r\n\
Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\
\r\n\
--b\r\n\
Content-Type: text/plain\r\n\
\r\n\
This is the mail system. I'm sorry: spam filters and relays had no part in it.\r\n\
--b\r\n\
Content-Type: message/delivery-status\r\n\
\r\n\
Reporting-MTA: dns; mail.contoso.com\r\n\
\r\n\
Final-Recipient: rfc822; bob@fabrikam.com\r\n\
Original-Recipient: rfc822;bob@fabrikam.com\r\n\
Action: failed\r\n\
Status: 5.0.0\r\n\
Remote-MTA: dns; mx.fabrikam.com\r\n\
Diagnostic-Code: smtp; 550 5.1.1 <bob@fabrikam.com>: Recipient address\r\n\
\x20   rejected: User unknown in virtual mailbox table\r\n\
\r\n\
Original-Recipient: rfc822; carol@contoso.com\r\n\
Final-Recipient: rfc822; carol@contoso.com\r\n\
Action: delayed\r\n\
Status: 4.2.2\r\n\
\r\n\
Final-Recipient: rfc822; dan@fabrikam.com\r\n\
Action: delivered\r\n\
Status: 2.0.0\r\n\
--b\r\n\
Content-Type: message/rfc822\r\n\
\r\n\
Subject: blocked by spamhaus\r\n\
--b--\r\n";

fn told(bounced: &Bounced) -> (&str, &str, &str, &str) {
    (bounced.recipient.as_str(), bounced.action.as_str(), bounced.status.as_str(), bounced.explanation.cause)
}

#[test]
fn each_recipient_that_was_not_reached_is_explained() {
    let bounces = explain::bounces(BOUNCE);
    assert_eq!(
        bounces.iter().map(told).collect::<Vec<_>>(),
        [
            ("bob@fabrikam.com", "failed", "5.0.0", "unknown-recipient"),
            ("carol@contoso.com", "delayed", "4.2.2", "recipient-mailbox-full"),
        ]
    );
    assert!(bounces[0].diagnostic.as_str().ends_with("User unknown in virtual mailbox table"), "unfolded");
}

#[test]
fn a_bounce_as_a_whole_is_what_its_first_recipient_was_told() {
    assert_eq!(explain::text(BOUNCE).cause, "unknown-recipient");
}

#[test]
fn quoted_in_a_reply_it_is_still_a_bounce() {
    let quoted = format!("> {}", BOUNCE.replace('\n', "\n> "));
    assert_eq!(explain::bounces(&quoted).len(), 2);
}

#[test]
fn a_bounce_without_a_form_is_read_by_its_words() {
    let postfix = "<bob@fabrikam.com>: host mx.fabrikam.com[192.0.2.7] said: 552 5.2.2\n    <bob@fabrikam.com>: user is over quota (in reply to RCPT TO command)";
    assert_eq!(explain::bounces(postfix), []);
    assert_eq!(explain::text(postfix).cause, "recipient-mailbox-full");
}

#[test]
fn what_is_in_a_bounce_cannot_act_on_a_terminal() {
    let bounces = explain::bounces(
        "Final-Recipient: rfc822; \u{1b}[2Jbob@fabrikam.com\nAction: failed\nStatus: 5.1.1\n",
    );
    assert_eq!(bounces[0].recipient.as_str(), "^[[2Jbob@fabrikam.com");
}

/// The bounce with its delivery status in another transfer encoding.
fn encoded(name: &str, encode: impl Fn(&str) -> String) -> String {
    let head = "Content-Type: message/delivery-status\r\n";
    let (before, rest) = BOUNCE.split_once(&format!("{head}\r\n")).unwrap();
    let (status, after) = rest.split_once("--b\r\n").unwrap();
    let status = encode(status);
    format!("{before}Content-Transfer-Encoding: {name}\r\n{head}\r\n{status}\r\n--b\r\n{after}")
}

fn in_base64(text: &str) -> String {
    let letters = BASE64_STANDARD.encode(text);
    let lines = letters.as_bytes().chunks(76).map(|line| std::str::from_utf8(line).unwrap());
    lines.collect::<Vec<_>>().join("\r\n")
}

/// Every line broken in two, as an encoder may.
fn in_quoted_printable(text: &str) -> String {
    let lines = text.replace('=', "=3D").replace('@', "=40").replace("<bob", "=3Cbob");
    let broken = |line: &str| line.split_once("; ").map(|(one, two)| format!("{one};=\r\n {two}"));
    lines.lines().map(|line| broken(line).unwrap_or(line.into()) + "\r\n").collect()
}

#[test]
fn a_status_in_base64_or_quoted_printable_says_the_same() {
    let clear = explain::bounces(BOUNCE);
    for bounce in [encoded("base64", in_base64), encoded("Quoted-Printable", in_quoted_printable)] {
        assert!(!bounce.contains("Final-Recipient: rfc822; bob@fabrikam.com"));
        assert_eq!(explain::bounces(&bounce), clear, "{bounce}");
        assert_eq!(explain::text(&bounce).cause, "unknown-recipient");
        let quoted = format!("> {}", bounce.replace('\n', "\n> "));
        assert_eq!(explain::bounces(&quoted), clear, "quoted in a reply");
        let only_newlines = bounce.replace('\r', "");
        assert_eq!(explain::bounces(&only_newlines), clear);
    }
}

#[test]
fn an_encoded_status_that_ends_early_is_read_as_far_as_it_goes() {
    let bounce = encoded("base64", in_base64);
    let (_, part) = bounce.split_once("Transfer-Encoding").unwrap();
    let part = format!("The part alone:\n\nContent-Transfer-Encoding{part}");
    assert_eq!(explain::bounces(&part).len(), 2);
    let body = part.find("UmVw").unwrap();
    for len in body..part.len() {
        // Any piece may be read; the first recipient is there as soon as something is said of it.
        let found = explain::bounces(&part[..len]);
        assert!(len < body + 500 || found[0].recipient.as_str() == "bob@fabrikam.com", "{len}");
    }
}

#[test]
fn only_what_says_that_it_is_encoded_is_decoded() {
    let status = "Final-Recipient: rfc822; bob=40fabrikam.com\nAction: failed\nStatus: 5.1.1\n";
    let of = |head: &str| explain::bounces(&format!("{head}\n\n{status}"))[0].recipient.to_string();
    let head = "Content-Type: message/delivery-status\nContent-Transfer-Encoding:";
    assert_eq!(of(&format!("{head} quoted-printable")), "bob@fabrikam.com");
    assert_eq!(
        of(
            "Content-Type: message/global-delivery-status;\n charset=utf-8\nContent-Transfer-Encoding:\n quoted-printable"
        ),
        "bob@fabrikam.com"
    );
    for head in ["Content-Type: message/delivery-status", &format!("{head} 7bit"), &format!("{head} x-other")]
    {
        assert_eq!(of(head), "bob=40fabrikam.com", "{head}");
    }
}
