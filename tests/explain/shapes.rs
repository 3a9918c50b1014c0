//! What stands around the words that tell the cause: dialogues, stack traces, what programs say in addition.

use sendoff::mail::explain;

fn cause(text: &str) -> &'static str {
    explain::text(text).cause
}

#[test]
fn lines_in_which_the_server_agrees_tell_nothing() {
    let dialogue = "S: 220 mail.contoso.com ESMTP\nC: EHLO pc\nS: 250-AUTH LOGIN XOAUTH2\nS: 250 SMTPUTF8\n\
                    C: DATA\nS: 550 5.0.0 No\nC: QUIT\nS: 221 2.0.0 closing connection";
    assert_eq!(cause(dialogue), "unknown");
    assert_eq!(
        cause("S: 250-SIZE\nC: MAIL FROM:<ana@contoso.com>\nS: 552 message size exceeds limit"),
        "message-too-large"
    );
}

#[test]
fn how_the_client_ends_the_session_is_no_lost_connection() {
    assert_eq!(cause("SERVER -> CLIENT: 554 No\nCLIENT -> SERVER: QUIT\nConnection: closed"), "unknown");
    assert_eq!(
        cause(
            "SMTP NOTICE: EOF caught while checking if connected\nConnection: closed\nSMTP Error: Could not authenticate."
        ),
        "connection-lost"
    );
}

#[test]
fn names_in_a_stack_trace_tell_nothing() {
    let trace = "java.lang.IllegalStateException\n\tat javax.mail.Authenticator.authenticationFailed(Service.java:319)\n\tat app.Relay.denied(Relay.java:7)";
    assert_eq!(cause(trace), "unknown");
}

#[test]
fn of_a_line_of_a_log_the_reply_is_read_first() {
    assert_eq!(
        cause("Error sending notification to user: 504 5.7.4 Unrecognized authentication type"),
        "mechanism-not-offered"
    );
    assert_eq!(
        cause("Sending to account 7 failed: 550 5.2.1 The mailbox has been disabled"),
        "unknown-recipient"
    );
}

#[test]
fn an_answer_is_known_without_its_code_by_the_name_that_the_program_gives_it() {
    assert_eq!(cause("User is receiving mail too quickly"), "unknown");
    assert_eq!(
        cause("MailKit.Net.Smtp.SmtpCommandException: User is receiving mail too quickly"),
        "rate-limited"
    );
}

#[test]
fn what_the_machine_says_of_the_line_counts_before_what_a_program_adds() {
    for text in [
        "SMTP Error: Could not authenticate. getaddrinfo failed: No such host is known.",
        "Recipient bob@fabrikam.com: authentication failed: [Errno -2] Name or service not known",
    ] {
        assert_eq!(cause(text), "name-not-found", "{text}");
    }
}

#[test]
fn an_error_has_the_same_number_in_any_writing() {
    for (cause_of, texts) in [
        (
            "connection-timeout",
            [
                "[Errno 110]",
                "(os error 110)",
                "errno: -4039, syscall: 'connect'",
                "Socket Error # 10060",
                "NSPOSIXErrorDomain Code=60",
            ],
        ),
        (
            "connection-refused",
            ["[Errno 111]", "errno=61", "errno: -4078", "WinError 10061", "NSPOSIXErrorDomain error 61"],
        ),
        (
            "connection-lost",
            ["[Errno 104]", "errno 54", "errno: -4077", "Winsock error 10054", "(os error 32)"],
        ),
    ] {
        for text in texts {
            assert_eq!(cause(text), cause_of, "{text}");
        }
    }
    assert_eq!(cause("curl: (60) SSL certificate problem"), "certificate-invalid", "a number of curl's own");
}

#[test]
fn where_no_sentence_tells_it_the_name_of_a_constant_does() {
    for (text, cause_of) in [
        ("mailsmtp: MAILSMTP_ERROR_CONNECTION_REFUSED", "connection-refused"),
        ("status: SmtpStatusCode.MailboxUnavailable", "unknown-recipient"),
        ("{\"code\": \"RATE_LIMIT_EXCEEDED\"}", "rate-limited"),
    ] {
        assert_eq!(cause(text), cause_of, "{text}");
    }
}

#[test]
fn an_address_of_a_machine_is_known_for_one() {
    assert_eq!(cause("554 mx.fabrikam.com 192.0.2.7 blocked"), "blocklisted-ip");
    assert_eq!(cause("554 mx.fabrikam.com xxx.xxx.xxx.xxx blocked"), "blocklisted-ip", "masked");
    assert_eq!(cause("554 mx.fabrikam.com 5.7 blocked"), "unknown");
}

#[test]
fn letters_beyond_ascii_are_read_in_any_escape() {
    for text in [
        r#"{"error":"Zeit\u00fcberschreitung"}"#,
        r#"{\"error\":\"Zeit\\u00fcberschreitung\"}"#,
        r"b'Zeit\xc3\xbcberschreitung'",
        "Zeit=C3=BCberschreitung",
        "Zeit&#252;berschreitung",
        "Zeit&#xfc;berschreitung",
    ] {
        assert_eq!(cause(text), "connection-timeout", "{text}");
    }
    assert_eq!(cause("&#; &#x110000; \\u00 \\xe2\\x28 =E2"), "unknown");
}

#[test]
fn a_number_that_is_no_code_of_a_server_is_not_taken_for_its_consent() {
    assert_eq!(cause("276 connect: Connection refused"), "connection-refused");
    assert_eq!(cause("221 2.0.0 closing connection"), "unknown");
}

#[test]
fn a_code_spelled_out_in_words_is_read_as_its_digits() {
    let lettre = |category, detail| {
        format!("Code {{ severity: PermanentNegativeCompletion, category: {category}, detail: {detail} }}")
    };
    assert_eq!(cause(&lettre("Unspecified3", "Five")), "wrong-credentials");
    assert_eq!(cause(&lettre("MailSystem", "Four")), "unknown");
}

#[test]
fn an_answer_is_found_where_a_console_broke_the_line_before_it() {
    for between in [" ", "\n", "\r\n"] {
        let text =
            format!("Unable to connect to the mail server. The server{between}response was: Relay refused");
        assert_eq!(cause(&text), "relay-denied", "{text}");
    }
}

#[test]
fn a_greeting_on_the_line_of_a_refusal_is_not_all_that_is_read() {
    let text = "220 smtp.contoso.com ESMTP EHLO pc 421 4.3.2 Service not available, closing";
    assert_eq!(cause(text), "server-busy");
    assert_eq!(cause("220 smtp.contoso.com ESMTP ready"), "unknown");
}

#[test]
fn a_sign_in_with_a_token_is_one_wherever_it_stands() {
    for text in [
        "250-AUTH LOGIN XOAUTH2\n250 SIZE\nAUTH XOAUTH2\n535 5.7.3 Authentication unsuccessful",
        "AUTH XOAUTH2 failed 535-5.7.8 Username and Password not accepted.",
    ] {
        assert_eq!(cause(text), "token-rejected", "{text}");
    }
    assert_eq!(cause("AUTH LOGIN\n535 5.7.3 Authentication unsuccessful"), "wrong-credentials");
}

#[test]
fn the_bytes_of_a_tls_hello_tell_that_a_command_was_expected() {
    for text in [
        "SMTP syntax error in \"\\026\\003\\001\\002\" 501 NULL characters are not allowed in SMTP commands",
        "improper command: b'\\x16\\x03\\x01\\x00'",
    ] {
        assert_eq!(cause(text), "tls-failed", "{text}");
    }
}

#[test]
fn names_of_actions_and_counts_of_commands_tell_nothing() {
    assert_eq!(
        cause("Net::SMTPFatalError in users/two_factor_authentication#resend\n554 5.0.0 failed"),
        "unknown"
    );
    assert_eq!(cause("disconnect from pc ehlo=2 starttls=1 auth=0/1 quit=1 commands=4/5"), "unknown");
}

#[test]
fn in_a_bounce_it_is_the_recipients_domain_that_was_not_found() {
    let bounce = "Final-Recipient: rfc822;bob@fabrikam.test\nAction: failed\nStatus: 5.4.4\nDiagnostic-Code: DNS; Host not found";
    assert_eq!(cause(bounce), "unknown-domain");
    assert_eq!(cause("Host not found"), "name-not-found");
}

#[test]
fn what_the_client_did_before_it_gave_up_tells_what_did_not_work() {
    let text = "CLIENT -> SERVER: STARTTLS\nSERVER -> CLIENT: 220 2.0.0 Ready to start TLS\n\
                SMTP Error: Could not connect to SMTP host.\nCLIENT -> SERVER: QUIT";
    assert_eq!(cause(text), "tls-failed");
}
