//! Bounces (RFC 3464), pasted whole or in part.

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
