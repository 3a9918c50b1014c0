//! Each scenario's own way of saying no.

use super::dialogues::{BLOB, GREETING, assert_played, encrypted, signed_in};
use super::named;

/// From MAIL to the dot.
const MESSAGE: &str = "\
C: MAIL FROM:<ana@contoso.com>
S: 250 2.1.0 Sender OK
C: RCPT TO:<bob@fabrikam.com>
S: 250 2.1.5 Recipient OK
C: DATA
S: 354 Start mail input; end with <CRLF>.<CRLF>
C: .
";

fn message(answer: &str) -> String {
    signed_in(&[MESSAGE, answer].concat())
}

#[test]
fn wrong_password_refuses_the_right_one() {
    assert_played(
        named("wrong-password"),
        &encrypted(
            "\
C: AUTH LOGIN YW5hQGNvbnRvc28uY29t
S: 334 UGFzc3dvcmQ6
C: b3Blbi1zZXNhbWU=
== tarpit
S: 535 5.7.3 Authentication unsuccessful [TRACE]
",
        ),
    );
}

#[test]
fn smtp_auth_disabled_refuses_a_token_too() {
    assert_played(
        named("smtp-auth-disabled"),
        &encrypted(&format!(
            "\
C: AUTH XOAUTH2 {BLOB}
== tarpit
S: 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. \
Visit https://aka.ms/smtp_auth_disabled for more information. [TRACE]
"
        )),
    );
}

#[test]
fn send_as_denied_names_both_addresses_after_the_dot() {
    let denied = |login: &str, sender: &str| {
        format!(
            "S: 554 5.2.252 SendAsDenied; {login} not allowed to send as {sender}; \
             STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; Failed to process message \
             due to a permanent exception with message [BeginDiagnosticData]Cannot submit message.[EndDiagnosticData] \
             [MAILBOX]\n"
        )
    };
    let own = denied("service@contoso.com", "ana@contoso.com");
    let other = MESSAGE.replace("ana@contoso.com", "{sales}@contoso.com");
    let denied = denied("ana@contoso.com", "{sales}@contoso.com");

    assert_played(named("send-as-denied"), &message(&[own, other, denied].concat()));
}

#[test]
fn rcpt_refused_knows_neither_the_second_recipient_nor_nobody() {
    const UNKNOWN: &str = "550 5.1.10 RESOLVER.ADR.RecipientNotFound; \
        Recipient not found by SMTP address lookup [TRACE]";
    assert_played(
        named("rcpt-refused"),
        &signed_in(&format!(
            "\
C: MAIL FROM:<ana@contoso.com>
S: 250 2.1.0 Sender OK
C: RCPT TO:<bob@fabrikam.com>
S: 250 2.1.5 Recipient OK
C: RCPT TO:<carol@contoso.com>
== tarpit
S: {UNKNOWN}
C: RCPT TO:<ana@contoso.com>
S: 250 2.1.5 Recipient OK
C: RCPT TO:<Nobody7@contoso.com>
== tarpit
S: {UNKNOWN}
C: DATA
S: 354 Start mail input; end with <CRLF>.<CRLF>
C: .
== accepted from ana@contoso.com to bob@fabrikam.com ana@contoso.com: \n\
S: 250 2.0.0 OK <ID1> [MAILBOX]
"
        )),
    );
}

#[test]
fn too_many_connections_defers_after_the_dot() {
    assert_played(
        named("too-many-connections"),
        &message(
            "\
S: 432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for more information. \
[MAILBOX]
",
        ),
    );
}

#[test]
fn drop_after_dot_takes_the_message_and_does_not_say_so() {
    let taken = "== accepted from ana@contoso.com to bob@fabrikam.com: \n== breaks off\nC: QUIT\n";
    assert_played(named("drop-after-dot"), &message(taken));
}

#[test]
fn stall_answers_up_to_mail_and_never_again() {
    let silent = "C: MAIL FROM:<ana@contoso.com>\n== falls silent\nC: RSET\nC: QUIT\n";
    assert_played(named("stall"), &signed_in(silent));
}

#[test]
fn slow_delays_every_reply() {
    assert_played(
        named("slow"),
        &format!(
            "\
== 300ms
{GREETING}C: NOOP
== 300ms
S: 250 2.0.0 OK
C: SING
== tarpit
== 300ms
S: 500 5.3.3 Unrecognized command
"
        ),
    );
}
