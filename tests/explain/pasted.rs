//! Text as people paste it: wrapped by libraries, cut, quoted, of several lines, or no error at all.

use sendoff::mail::explain;

fn cause(text: &str) -> &'static str {
    explain::text(text).cause
}

#[test]
fn the_same_reply_is_found_in_whatever_wraps_it() {
    let wrapped = [
        "535 5.7.8 Username and Password not accepted",
        "535-5.7.8 Username and Password\n535 5.7.8 not accepted",
        "smtplib.SMTPAuthenticationError: (535, b'5.7.8 Username and Password not accepted. Learn more at\\n5.7.8 https://x')",
        "{ code: 'EAUTH', response: '535-5.7.8 Username and Password not accepted', responseCode: 535 }",
        "javax.mail.AuthenticationFailedException: 535-5.7.8 Username and Password not accepted",
        "MailKit.Security.AuthenticationException: 5.7.8 Username and Password not accepted",
        "2024-01-01 SMTP ERROR: Password command failed: 535-5.7.8 Username and Password not accepted.",
        "SASL authentication failed; server smtp.gmail.com[142.250.1.1] said: 535-5.7.8 Username and Password not accepted",
        "> 535-5.7.8 Username and Password=20not acc=\n> epted",
        "&quot;535 5.7.8 Username and\u{a0}Password not accepted&quot;",
        "msmtp: server message: 535-5.7.8 Username and Password not accepted.",
    ];
    for text in wrapped {
        assert_eq!(cause(text), "wrong-credentials", "{text}");
    }
}

#[test]
fn one_enhanced_code_means_many_things_and_the_words_decide() {
    let table = [
        ("550 5.7.1 Unable to relay", "relay-denied"),
        ("550 5.7.1 Message rejected as spam", "spam-rejected"),
        ("550 5.7.1 SPF check failed", "spf-rejected"),
        ("550 5.7.1 Email rejected per DMARC policy", "dmarc-rejected"),
        ("550 5.7.1 RESOLVER.RST.NotAuthorized; not authorized", "recipient-refuses-sender"),
        ("550 5.7.1 Client does not have permissions to send as this sender", "send-as-denied"),
        (
            "554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org",
            "blocklisted-ip",
        ),
        ("550 5.7.1 refused", "unknown"),
    ];
    for (text, expected) in table {
        assert_eq!(cause(text), expected, "{text}");
    }
}

#[test]
fn a_full_mailbox_is_the_recipients_unless_exchange_speaks_of_the_senders() {
    assert_eq!(
        cause("452 4.2.2 The email account that you tried to reach is over quota"),
        "recipient-mailbox-full"
    );
    assert_eq!(
        cause("552 5.2.2 <bob@fabrikam.com> Quota exceeded (mailbox for user is full)"),
        "recipient-mailbox-full"
    );
    assert_eq!(
        cause("554 5.2.2 mailbox full; STOREDRV.Submission.Exception:QuotaExceededException"),
        "mailbox-full"
    );
}

#[test]
fn in_a_transcript_the_refusal_counts_and_not_the_lines_around_it() {
    let transcript = "220 mx ESMTP Postfix\nEHLO spam.contoso.com\n250-STARTTLS\n250-AUTH LOGIN XOAUTH2\n250 8BITMIME\n\
                      MAIL FROM:<relay@contoso.com>\n250 2.1.0 Ok\nRCPT TO:<nobody@fabrikam.com>\n\
                      550 5.1.1 <nobody@fabrikam.com>: User unknown\nQUIT\n221 2.0.0 Bye, closing transmission channel";
    assert_eq!(cause(transcript), "unknown-recipient");
    let words = "<spf-list@dmarc.fabrikam.com>: host relay.spamhaus-test.com[192.0.2.7] said: 452 4.3.1 Insufficient system storage";
    assert_eq!(cause(words), "server-busy", "names of hosts and people mean nothing");
}

#[test]
fn dot_net_names_the_code_before_the_server_speaks() {
    assert_eq!(
        cause("Mailbox unavailable. The server response was: 5.7.1 Unable to relay for bob@fabrikam.com"),
        "relay-denied"
    );
    assert_eq!(
        cause(
            "Service not available, closing transmission channel. The server response was: 4.4.1 Connection timed out"
        ),
        "connection-timeout"
    );
}

#[test]
fn a_cut_line_still_tells() {
    assert_eq!(
        cause("535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for th"),
        "smtp-auth-disabled-tenant"
    );
    assert_eq!(cause("SSL routines:ssl3_get_record:wrong ver"), "tls-failed");
    assert_eq!(cause("javax.net.ssl.SSLHandshakeException: PKIX path buil"), "certificate-invalid");
}

#[test]
fn prose_is_no_error() {
    let prose = [
        "hello world 550 apples",
        "We sold 550 apples and 421 pears, too many for a mailbox.",
        "Please upgrade from version 5.1.1 to 5.2.2.",
        "The quick brown fox jumps over the lazy dog.",
        "Spam, eggs and ham: our block list of breakfasts, banned since 1999.",
        "My server is at 5.7.1.10, port 587.",
        "?",
    ];
    for text in prose {
        assert_eq!(cause(text), "unknown", "{text}");
    }
}

#[test]
fn a_reply_that_says_yes_is_called_no_refusal() {
    let explanation = explain::text("250 2.0.0 OK <spam@contoso.com> queued, mailbox full of joy");
    assert_eq!(
        (explanation.cause, explanation.says.as_str()),
        ("unknown", "This is no refusal: the server says yes.")
    );
}

#[test]
fn every_sentence_ends_as_one() {
    for line in include_str!("lines.tsv").lines() {
        let text: String = serde_json::from_str(line.splitn(3, '\t').nth(2).unwrap()).unwrap();
        let explanation = explain::text(&text);
        assert!(explanation.says.ends_with('.') && explanation.todo.ends_with(['.', ')']), "{explanation:?}");
        assert!(
            !explanation.says.contains(['\n', '\t']) && !explanation.todo.contains("  "),
            "{explanation:?}"
        );
    }
}

/// A generator of numbers that are the same on every run (xorshift).
struct Numbers(u64);

impl Numbers {
    /// One below `end`.
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

#[test]
fn no_text_makes_it_panic() {
    let pieces = [
        "550",
        "5.7.1",
        "-",
        " ",
        "\n",
        "\\",
        "\\n",
        "(",
        "'",
        "\u{e9}",
        "\u{1f4e7}",
        "[",
        "]",
        "AADSTS",
        "50126",
        ":",
        "=\n",
        "&lt;",
        "said:",
        "Final-Recipient: rfc822;",
        "Status: ",
        "Action: failed\n",
        "Diagnostic-Code: smtp;",
        "@",
        "<",
        ">",
        ".",
        "the server response was:",
        "\u{202e}",
        "\0",
        "=20",
        "4.",
        "99999999999",
        "helo=",
    ];
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    for _ in 0..500 {
        let count = numbers.below(40);
        let text: String = (0..count).map(|_| pieces[numbers.below(pieces.len())]).collect();
        explain::text(&text);
        let bytes: Vec<u8> = (0..count * 4).map(|_| u8::try_from(numbers.below(256)).unwrap()).collect();
        explain::text(&String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn in_a_long_log_the_error_is_found_at_its_end() {
    let log = format!(
        "{}smtplib.SMTPServerDisconnected: Connection unexpectedly closed\n",
        "all is well\n".repeat(50_000)
    );
    assert_eq!(cause(&log), "connection-lost");
}

#[test]
fn a_long_text_takes_no_longer_than_it_should() {
    let long = "550 5.1.1 4.7.1 450 ".repeat(20_000);
    let begin = std::time::Instant::now();
    explain::text(&long);
    assert!(begin.elapsed() < std::time::Duration::from_secs(10), "{:?}", begin.elapsed());
}

#[test]
fn what_is_said_of_fetching_mail_or_by_a_program_is_not_guessed_at() {
    for text in [
        "imapfilter: IMAP (3): 10EA NO Server Unavailable. 15",
        "A4 NO [OVERQUOTA] Quota exceeded",
        "POP3: -ERR [AUTH] Username and password not accepted.",
        "ModuleNotFoundError: No module named 'smtplib2'",
        "AttributeError: 'SMTP' object has no attribute 'send_message'",
        "FileNotFoundError: [Errno 2] No such file or directory: 'report.pdf'",
        "dns: no SPF record found for contoso.com",
        "AADSTS900144: The request body must contain the following parameter: 'scope'.",
        "redis.exceptions.ConnectionError: Error 111 connecting to localhost:6379. Connection refused.",
    ] {
        assert_eq!(explain::text(text).cause, "unknown", "{text}");
    }
}

#[test]
fn of_several_sign_in_errors_the_particular_one_counts() {
    let text = "AADSTS70002: Error validating credentials. AADSTS54005: OAuth2 Authorization code was already redeemed";
    assert_eq!(explain::text(text).cause, "code-expired");
}

#[test]
fn a_failure_is_known_in_other_languages_and_by_its_number() {
    let table = [
        ("Der Remotename konnte nicht aufgelöst werden: 'smtp.contso.com'", "name-not-found"),
        ("由于目标计算机积极拒绝，无法连接。 127.0.0.1:25", "connection-refused"),
        ("El certificado remoto no es válido según el procedimiento de validación.", "certificate-invalid"),
        ("Une connexion existante a dû être fermée par l'hôte distant", "connection-lost"),
        ("Время ожидания операции истекло.", "connection-timeout"),
        ("535 Benutzername oder Passwort falsch", "wrong-credentials"),
        ("Fehler 0x800CCC79", "relay-denied"),
        ("schannel: SEC_E_WRONG_PRINCIPAL (0x80090322)", "certificate-invalid"),
    ];
    for (text, cause) in table {
        assert_eq!(explain::text(text).cause, cause, "{text}");
    }
}

#[test]
fn a_refusal_is_known_by_whom_it_is_about_and_what_is_wrong_with_it() {
    let table = [
        ("550 that customer left the company", "unknown-recipient"),
        ("554 the addressee's account was terminated", "unknown-recipient"),
        ("552 no disk space left for this mailbox", "recipient-mailbox-full"),
        ("550 the From address is not one of your registered aliases", "send-as-denied"),
        ("550 foreign domains are refused", "relay-denied"),
        ("554 archives with a password are not accepted as attachments", "content-rejected"),
        ("550 the IP address of your server is banned", "blocklisted-ip"),
    ];
    for (text, cause) in table {
        assert_eq!(explain::text(text).cause, cause, "{text}");
    }
}
