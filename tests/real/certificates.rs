//! Servers that cannot prove who they are: the session ends before anything of value is said.

use crate::BOB;
use crate::ana::{Account, Ana, Sent};
use crate::rig::Rig;

/// Tries to send on a port with a bad certificate; `alert` is what Postfix logs of our refusal.
fn turned_down(port: &str, alert: &str) -> Sent {
    let rig = Rig::find();
    let account = Account { port: rig.port(port), ..Account::usual(&rig) };

    let sent = Ana::with(&rig, account).send(&["--to", BOB], "Hi Bob\n");

    assert_eq!(sent.verdict(), (76, "failed", "tls"), "{sent}");
    assert_eq!(sent.text("cause"), "certificate-invalid", "{sent}");
    assert!(sent.report["code"].is_null() && sent.report["tls"].is_null(), "{sent}");
    assert_eq!(sent.commands(), ["EHLO [127.0.0.1]", "STARTTLS"]);
    heard_nothing(&rig, alert);
    sent
}

/// The server's side: the process that met this alert, which serves no other port, never heard a sign-in or a sender.
fn heard_nothing(rig: &Rig, alert: &str) {
    let met = rig.logged(&["postfix/smtpd[", alert]);
    let (start, _) = met.split_once("]: ").expect("a log line names its process");
    let process = &start[start.rfind(' ').expect("after the machine's name")..];
    let end = rig.logged(&[process, "disconnect from", " starttls=0/1 "]);
    assert!(end.contains(" ehlo=1 starttls=0/1 commands=1/2"), "{end}");
    for line in rig.log().lines().filter(|line| line.contains(process)) {
        assert!(!line.contains("auth=") && !line.contains("mail=") && !line.contains("sasl_"), "{line}");
    }
}

#[test]
fn a_certificate_for_another_name_names_both() {
    let sent = turned_down("WRONG_NAME_PORT", "alert bad certificate");

    assert_eq!(sent.text("text"), "the certificate is for mail.elsewhere.example, not for localhost");
}

#[test]
fn an_expired_certificate_tells_since_when() {
    let sent = turned_down("EXPIRED_PORT", "alert certificate expired");

    let says = "the certificate of localhost expired on 2020-02-01 (today is 20";
    assert!(sent.text("text").starts_with(says), "{sent}");
}

#[test]
fn a_certificate_by_an_unknown_authority_is_not_believed() {
    let sent = turned_down("UNTRUSTED_PORT", "alert unknown ca");

    let says = "the certificate of localhost is signed by nobody that this machine trusts";
    assert_eq!(sent.text("text"), says);
}
