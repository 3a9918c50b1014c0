//! Where two causes stand in one text: which of them counts, and what counts for none.

use sendoff::mail::explain;

fn all_are(table: &[(&str, &str)]) {
    for (text, cause) in table {
        assert_eq!(explain::text(text).cause, *cause, "{text}");
    }
}

#[test]
fn in_a_dialogue_the_command_before_the_refusal_tells_the_step() {
    all_are(&[
        ("C: EHLO foo_bar\nS: 501 5.5.4 Invalid Address", "hello-rejected"),
        (">>> HELO laptop\n<<< 550 Rejected", "hello-rejected"),
        (
            "S: 250-SIZE 10240000\nC: AUTH LOGIN\nS: 502 5.5.2 Error: command not recognized",
            "mechanism-not-offered",
        ),
        ("C: EHLO foo\nS: 250 OK\nC: RCPT TO:<bob@fabrikam.com>\nS: 550 Rejected", "unknown"),
    ]);
}

#[test]
fn the_particular_word_counts_before_the_common_one() {
    all_are(&[
        (
            "Error [ERR_TLS_CERT_ALTNAME_INVALID]: Host: mail.contoso.com. is not in the cert's altnames",
            "certificate-invalid",
        ),
        ("error:0A00018A:SSL routines:tls_process_ske_dhe:dh key too small", "tls-too-old"),
        (
            "SSL routines::unsupported protocol\nlost connection after STARTTLS from mx.fabrikam.com[192.0.2.7]",
            "tls-too-old",
        ),
        ("530 5.7.7 Email sending without SSL/TLS encryption is not allowed, AUTH refused", "tls-required"),
        (
            "dial tcp: lookup smtp.contoso.com on 192.0.2.1:53: read udp 192.0.2.2:38143: i/o timeout",
            "name-not-found",
        ),
        ("421 4.3.2 Your IP(192.0.2.7) is filtered and this connection will be closed.", "blocklisted-ip"),
        ("553 5.7.1 Relaying denied - your IP identified as spammer", "blocklisted-ip"),
        ("5.7.0 Mail relay denied [192.0.2.7]. Invalid credentials for relay; please login", "relay-denied"),
        ("451 4.4.1 reply: read error\nDeferred: Connection reset by mx.fabrikam.com.", "connection-lost"),
        (
            "451 4.4.0 Primary target IP address responded with: \"421 4.4.1 Connection timed out.\"",
            "connection-timeout",
        ),
        ("fwrite(): SSL operation failed with code 1: SSL_write:protocol is shutdown", "connection-lost"),
    ]);
}

#[test]
fn words_about_another_service_and_refusals_without_a_reason_stay_unknown() {
    for text in [
        "a3 NO LOGIN failed.",
        "imapd: LOGIN FAILED, user=ana, ip=[::ffff:192.0.2.7]",
        "dovecot: auth: Error: LDAP: binding failed (dn cn=admin): Invalid credentials",
        "psql: FATAL: password authentication failed for user \"mail\"",
        "Milter: from=<ana@contoso.com>, reject=550 5.7.1 Command rejected",
        "to=<bob@fabrikam.com>, dsn=5.7.1, stat=Service unavailable",
        "Error: connect EADDRNOTAVAIL",
        "smtp: Hello called after other methods",
    ] {
        assert_eq!(explain::text(text).cause, "unknown", "{text}");
    }
}
