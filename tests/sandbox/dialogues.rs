//! Dialogues that are played and expected at once: `S:` the server, `C:` the client, `==` what else the server does, `!!` what
//! it objects to.

use std::fmt::Write;

use sendoff::sandbox::{Mail, Scenario, Session, Step, TARPIT};

use super::session;

/// Plays the client's lines of a dialogue and writes down all that happens.
fn play(scenario: Scenario, dialogue: &str) -> String {
    let mut session = session(scenario);
    let mut told = String::new();
    let greeting = session.greeting();
    tell(&mut told, &mut session, greeting);
    for line in dialogue.lines().filter_map(|line| line.strip_prefix("C: ")) {
        writeln!(told, "C: {line}").expect("a string takes all");
        let known = session.violations().len();
        let steps = session.receive(format!("{line}\r\n").as_bytes());
        for violation in &session.violations()[known..] {
            let violation = format!("{violation:?}").replace('"', "");
            writeln!(told, "!! {violation}").expect("a string takes all");
        }
        tell(&mut told, &mut session, steps);
    }
    told
}

fn tell(told: &mut String, session: &mut Session, steps: Vec<Step>) {
    for step in steps {
        let line = match step {
            Step::Send(reply) => {
                let reply = String::from_utf8(reply).expect("replies are text");
                assert!(reply.ends_with("\r\n"), "{reply:?}");
                format!("S: {}\n", reply.trim_end_matches("\r\n").replace("\r\n", "\nS: "))
            }
            Step::Wait(TARPIT) => "== tarpit\n".to_owned(),
            Step::Wait(time) => format!("== {time:?}\n"),
            Step::StartTls => {
                session.tls_started();
                "== TLS\n".to_owned()
            }
            Step::Accepted(Mail { from, to, data, .. }) => {
                format!("== accepted from {from} to {}: {}\n", to.join(" "), data.escape_ascii())
            }
            Step::Close => "== closes\n".to_owned(),
            Step::Reset => "== resets\n".to_owned(),
            Step::Drop => "== breaks off\n".to_owned(),
            Step::Stall => "== falls silent\n".to_owned(),
        };
        told.push_str(&line);
    }
}

/// The dialogue is what is played and what is expected at once. What the facts make long stands in it in short:
/// `[TRACE]` behind errors, `[MAILBOX]` behind answers to a message, `<ID1>` for the first Message-ID.
pub(super) fn assert_played(scenario: Scenario, dialogue: &str) {
    let expected = dialogue
        .replace(
            "[TRACE]",
            "[PN4P287CA0064.INDP287.PROD.OUTLOOK.COM 2025-04-26T18:08:13.781Z 08DD84B323498C1A]",
        )
        .replace("[MAILBOX]", "[Hostname=PN4P287MB0456.indp287.prod.outlook.com]")
        .replace("<ID1>", "<PN4P287MB045608DD84B323498C1A0001@PN4P287MB0456.INDP287.PROD.OUTLOOK.COM>")
        .replace("<ID2>", "<PN4P287MB045608DD84B323498C1A0002@PN4P287MB0456.INDP287.PROD.OUTLOOK.COM>");
    assert_eq!(play(scenario, dialogue), expected, "in scenario {}", scenario.name());
}

pub(super) const GREETING: &str = "\
S: 220 PN4P287CA0064.outlook.office365.com Microsoft ESMTP MAIL Service ready at Sat, 26 Apr 2025 18:08:13 +0000 [08DD84B323498C1A]
";

const CLEAR: &str = "\
C: EHLO [127.0.0.1]
S: 250-PN4P287CA0064.outlook.office365.com Hello [203.0.113.7]
S: 250-SIZE 157286400
S: 250-PIPELINING
S: 250-DSN
S: 250-ENHANCEDSTATUSCODES
S: 250-STARTTLS
S: 250-8BITMIME
S: 250-BINARYMIME
S: 250-CHUNKING
S: 250 SMTPUTF8
";

const ENCRYPTED: &str = "\
C: STARTTLS
S: 220 2.0.0 SMTP server ready
== TLS
C: EHLO [127.0.0.1]
S: 250-PN4P287CA0064.outlook.office365.com Hello [203.0.113.7]
S: 250-SIZE 157286400
S: 250-PIPELINING
S: 250-DSN
S: 250-ENHANCEDSTATUSCODES
S: 250-AUTH LOGIN XOAUTH2
S: 250-8BITMIME
S: 250-BINARYMIME
S: 250-CHUNKING
S: 250 SMTPUTF8
";

const SIGNED_IN: &str = "\
C: AUTH LOGIN YW5hQGNvbnRvc28uY29t
S: 334 UGFzc3dvcmQ6
C: b3Blbi1zZXNhbWU=
S: 235 2.7.0 Authentication successful
";

/// `user=ana@contoso.com^Aauth=Bearer sandbox-token^A^A`
pub(super) const BLOB: &str = "dXNlcj1hbmFAY29udG9zby5jb20BYXV0aD1CZWFyZXIgc2FuZGJveC10b2tlbgEB";

pub(super) fn encrypted(rest: &str) -> String {
    [GREETING, CLEAR, ENCRYPTED, rest].concat()
}

pub(super) fn signed_in(rest: &str) -> String {
    encrypted(&[SIGNED_IN, rest].concat())
}

#[test]
fn a_message_is_taken_as_on_a_good_day() {
    assert_played(
        Scenario::ACCEPTS,
        &signed_in(
            "\
C: MAIL FROM:<ana@contoso.com> SIZE=60 BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=q3
S: 250 2.1.0 Sender OK
C: RCPT TO:<bob@fabrikam.com> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;bob@fabrikam.com
S: 250 2.1.5 Recipient OK
C: RCPT TO:<carol@contoso.com> NOTIFY=NEVER
S: 250 2.1.5 Recipient OK
C: DATA
S: 354 Start mail input; end with <CRLF>.<CRLF>
C: Subject: Q3
C: \n\
C: ..hidden
C: .
== accepted from ana@contoso.com to bob@fabrikam.com carol@contoso.com: Subject: Q3\\r\\n\\r\\n.hidden\\r\\n
S: 250 2.0.0 OK <ID1> [MAILBOX]
C: MAIL FROM:<>
S: 250 2.1.0 Sender OK
C: RCPT TO:<bob@fabrikam.com>
S: 250 2.1.5 Recipient OK
C: DATA
S: 354 Start mail input; end with <CRLF>.<CRLF>
C: .
== accepted from  to bob@fabrikam.com: \n\
S: 250 2.0.0 OK <ID2> [MAILBOX]
C: QUIT
S: 221 2.0.0 Service closing transmission channel
== closes
",
        ),
    );
}

#[test]
fn every_way_to_sign_in() {
    for (way, tail) in [
        (
            "C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: QW5hQENvbnRvc28uY29t\n",
            "S: 334 UGFzc3dvcmQ6\nC: b3Blbi1zZXNhbWU=\n",
        ),
        ("C: auth login QW5hQENvbnRvc28uY29t\n", "S: 334 UGFzc3dvcmQ6\nC: b3Blbi1zZXNhbWU=\n"),
        ("C: AUTH XOAUTH2\nS: 334 \n", &format!("C: {BLOB}\n")),
        (&format!("C: AUTH XOAUTH2 {BLOB}\n"), ""),
    ] {
        let dialogue = [way, tail, "S: 235 2.7.0 Authentication successful\n"].concat();
        assert_played(Scenario::ACCEPTS, &encrypted(&dialogue));
    }
}

#[test]
fn a_sign_in_that_is_wrong_is_refused_after_the_tarpit() {
    const WRONG: &str = "== tarpit\nS: 535 5.7.3 Authentication unsuccessful [TRACE]\n";
    const MALFORMED: &str = "== tarpit\nS: 501 5.5.124 Invalid XOAUTH2 auth data\n";
    const UNKNOWN: &str = "== tarpit\nS: 504 5.7.4 Unrecognized authentication type [TRACE]\n";
    for (client, answer) in [
        // The password "wrong"; the user bob; what is not base64; nothing; a change of mind.
        ("C: AUTH LOGIN YW5hQGNvbnRvc28uY29t\nS: 334 UGFzc3dvcmQ6\nC: d3Jvbmc=\n", WRONG),
        ("C: AUTH LOGIN Ym9iQGZhYnJpa2FtLmNvbQ==\nS: 334 UGFzc3dvcmQ6\nC: b3Blbi1zZXNhbWU=\n", WRONG),
        ("C: AUTH LOGIN ana@contoso.com\n", WRONG),
        ("C: AUTH LOGIN =\nS: 334 UGFzc3dvcmQ6\nC: \n", WRONG),
        ("C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: *\n", WRONG),
        ("C: AUTH XOAUTH2\nS: 334 \nC: *\n", WRONG),
        // Bob with Ana's token; Ana with the token "stale"; no token; one ^A at the end; what is not base64; nothing.
        ("C: AUTH XOAUTH2 dXNlcj1ib2JAZmFicmlrYW0uY29tAWF1dGg9QmVhcmVyIHNhbmRib3gtdG9rZW4BAQ==\n", WRONG),
        ("C: AUTH XOAUTH2 dXNlcj1hbmFAY29udG9zby5jb20BYXV0aD1CZWFyZXIgc3RhbGUBAQ==\n", WRONG),
        ("C: AUTH XOAUTH2 dXNlcj1hbmFAY29udG9zby5jb20BYXV0aD1CZWFyZXIgAQE=\n", MALFORMED),
        ("C: AUTH XOAUTH2 dXNlcj1hbmFAY29udG9zby5jb20BYXV0aD1CZWFyZXIgc2FuZGJveC10b2tlbgE=\n", MALFORMED),
        ("C: AUTH XOAUTH2 sandbox-token\n", MALFORMED),
        ("C: AUTH XOAUTH2 =\n", MALFORMED),
        ("C: AUTH PLAIN AGFuYQBzYW5kYm94\n", UNKNOWN),
        ("C: AUTH CRAM-MD5\n", UNKNOWN),
        ("C: AUTH\n", UNKNOWN),
    ] {
        // The session is not closed: the client may try again.
        assert_played(Scenario::ACCEPTS, &encrypted(&[client, answer, SIGNED_IN].concat()));
    }
}

#[test]
fn commands_out_of_order_are_told_what_is_missing() {
    let encrypted = [CLEAR, ENCRYPTED].concat();
    let signed_in = [CLEAR, ENCRYPTED, SIGNED_IN].concat();
    let begun = [&signed_in, "C: MAIL FROM:<ana@contoso.com>\nS: 250 2.1.0 Sender OK\n"].concat();
    for (before, command, violation, answer) in [
        ("", "EHLO MacBook..", "HelloName(EHLO)", "501 5.5.4 Invalid domain name [TRACE]"),
        ("", "EHLO", "HelloName(EHLO)", "501 5.5.4 Invalid domain name [TRACE]"),
        ("", "STARTTLS", "OutOfTurn(STARTTLS)", "503 5.5.2 Send hello first [TRACE]"),
        ("", "AUTH LOGIN", "ClearAuth\n!! OutOfTurn(AUTH)", "503 5.5.2 Send hello first [TRACE]"),
        ("", "MAIL FROM:<ana@contoso.com>", "OutOfTurn(MAIL)", "503 5.5.2 Send hello first [TRACE]"),
        (CLEAR, "AUTH LOGIN", "ClearAuth", "504 5.7.4 Unrecognized authentication type [TRACE]"),
        (CLEAR, "STARTTLS now", "Argument(STARTTLS)", "501 5.5.4 Invalid arguments"),
        (CLEAR, "MAIL FROM:<ana@contoso.com>", "", "451 5.7.3 STARTTLS is required to send mail [TRACE]"),
        (
            &encrypted,
            "STARTTLS",
            "OutOfTurn(STARTTLS)",
            "503 5.5.2 Only one STARTTLS command can be issued per session",
        ),
        (&encrypted, "MAIL FROM:<>", "", "530 5.7.57 Client not authenticated to send mail. [TRACE]"),
        (&encrypted, "RCPT TO:<bob@fabrikam.com>", "OutOfTurn(RCPT)", "503 5.5.2 Need mail command"),
        (&signed_in, "AUTH LOGIN", "OutOfTurn(AUTH)", "503 5.5.2 Already authenticated"),
        (&signed_in, "DATA", "OutOfTurn(DATA)", "503 5.5.2 Need mail command"),
        (&signed_in, "BDAT 0 LAST", "OutOfTurn(BDAT)", "503 5.5.2 Need mail command"),
        (&begun, "MAIL FROM:<ana@contoso.com>", "OutOfTurn(MAIL)", "503 5.5.2 Sender already specified"),
        (&begun, "DATA", "OutOfTurn(DATA)", "503 5.5.2 Need rcpt command"),
        ("", "SING", "", "500 5.3.3 Unrecognized command"),
        ("", "", "", "500 5.3.3 Unrecognized command"),
        ("", "EXPN all", "", "502 5.3.3 Command not implemented"),
    ] {
        const GOODBYE: &str = "S: 221 2.0.0 Service closing transmission channel\n== closes\n";
        let violation = if violation.is_empty() { String::new() } else { format!("!! {violation}\n") };
        let refused = format!("C: {command}\n{violation}== tarpit\nS: {answer}\nC: QUIT\n{GOODBYE}");
        assert_played(Scenario::ACCEPTS, &[GREETING, before, &refused].concat());
    }
}

#[test]
fn after_tls_the_greeting_is_due_again() {
    let dialogue = [
        GREETING,
        CLEAR,
        "\
C: STARTTLS
S: 220 2.0.0 SMTP server ready
== TLS
C: AUTH LOGIN
!! OutOfTurn(AUTH)
== tarpit
S: 503 5.5.2 Send hello first [TRACE]
",
    ];
    assert_played(Scenario::ACCEPTS, &dialogue.concat());
}

#[test]
fn envelopes_that_are_wrong() {
    assert_played(
        Scenario::ACCEPTS,
        &signed_in(
            "\
C: MAIL FROM:<ana@contoso.com> SIZE=157286401
== tarpit
S: 552 5.3.4 Message size exceeds fixed maximum message size
C: MAIL FROM:<ana@contoso.com> SIZE=many
!! Argument(MAIL)
== tarpit
S: 501 5.5.4 Invalid arguments
C: MAIL FROM:<ana@contoso.com> COLOUR=blue
== tarpit
S: 501 5.5.4 Invalid arguments
C: MAIL FROM:ana@contoso.com
== tarpit
S: 550 5.1.7 Invalid address
C: MAIL FROM:<ana>
== tarpit
S: 550 5.1.7 Invalid address
C: MAIL FROM:<josé@contoso.com>
!! Utf8Address
== tarpit
S: 550 5.1.7 Invalid address
C: MAIL FROM:<ana@contoso.com> SIZE=157286400
S: 250 2.1.0 Sender OK
C: RCPT TO:<bob>
== tarpit
S: 501 5.1.3 Invalid address
C: RCPT TO:<bob@fabrikam.com> NOTIFY=MAYBE
!! Argument(RCPT)
== tarpit
S: 501 5.5.4 Invalid arguments
C: RCPT TO:<bob@fabrikam.com>
S: 250 2.1.5 Recipient OK
C: RSET
S: 250 2.0.0 Resetting
C: DATA
!! OutOfTurn(DATA)
== tarpit
S: 503 5.5.2 Need mail command
C: NOOP
S: 250 2.0.0 OK
C: VRFY bob
S: 252 2.1.5 Cannot VRFY user
C: HELP
S: 214-This server supports the following commands:
S: 214 HELO EHLO STARTTLS RCPT DATA RSET MAIL QUIT HELP AUTH BDAT NOOP VRFY
C: HELO localhost
S: 250 PN4P287CA0064.outlook.office365.com Hello [203.0.113.7]
",
        ),
    );
}

#[test]
fn the_five_hundred_and_first_recipient_is_too_many() {
    let mut dialogue = "C: MAIL FROM:<ana@contoso.com>\nS: 250 2.1.0 Sender OK\n".to_owned();
    for number in 0..500 {
        write!(dialogue, "C: RCPT TO:<r{number}@fabrikam.com>\nS: 250 2.1.5 Recipient OK\n")
            .expect("a string takes all");
    }
    dialogue += "C: RCPT TO:<bob@fabrikam.com>\n== tarpit\nS: 452 4.5.3 Too many recipients\n";
    assert_played(Scenario::ACCEPTS, &signed_in(&dialogue));
}

#[test]
fn messages_come_in_chunks_too() {
    assert_played(
        Scenario::ACCEPTS,
        &signed_in(
            "\
C: BDAT 5
C: abc
!! OutOfTurn(BDAT)
== tarpit
S: 503 5.5.2 Need mail command
C: MAIL FROM:<ana@contoso.com> BODY=BINARYMIME
S: 250 2.1.0 Sender OK
C: RCPT TO:<bob@fabrikam.com>
S: 250 2.1.5 Recipient OK
C: DATA
!! DataAndChunks
== tarpit
S: 503 5.5.2 DATA cannot follow BDAT or BODY=BINARYMIME
C: BDAT many
!! Argument(BDAT)
== tarpit
S: 501 5.5.4 Invalid arguments
C: BDAT 3
C: .
S: 250 2.6.0 CHUNK received OK, 3 octets
C: BDAT 6 LAST
C: QUIT
== accepted from ana@contoso.com to bob@fabrikam.com: .\\r\\nQUIT\\r\\n
S: 250 2.0.0 OK <ID1> [MAILBOX]
C: MAIL FROM:<ana@contoso.com>
S: 250 2.1.0 Sender OK
C: RCPT TO:<bob@fabrikam.com>
S: 250 2.1.5 Recipient OK
C: BDAT 0 LAST
== accepted from ana@contoso.com to bob@fabrikam.com: \n\
S: 250 2.0.0 OK <ID2> [MAILBOX]
",
        ),
    );
}
