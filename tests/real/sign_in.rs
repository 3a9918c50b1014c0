//! Getting in: two kinds of TLS, three mechanisms, and what happens with a secret that is wrong.

use crate::ana::{Account, Ana};
use crate::rig::Rig;
use crate::{ANA, BOB};

/// Signs in and sends; the server's log says by which mechanism.
fn gets_in(port: &str, security: &'static str, auth: &'static str, mechanism: &str) {
    let rig = Rig::find();
    let secret = rig.fact(if auth == "xoauth2" { "TOKEN" } else { "PASSWORD" }).to_owned();
    let account = Account { port: rig.port(port), security, auth, secret, ..Account::usual(&rig) };

    let sent = Ana::with(&rig, account).send(&["--to", BOB, "--subject", "Q3 numbers"], "Hi Bob\n");

    let mail = rig.delivered(BOB, sent.accepted());
    assert!(mail.headers().contains(" with ESMTPSA id "), "{}", mail.headers());
    assert_eq!(sent.report["tls"]["protocol"], "TLS 1.3", "{sent}");
    assert_eq!(sent.report["code"], 250, "{sent}");
    let client = rig.logged(&[sent.queue_id(), "sasl_method="]);
    assert!(client.contains(&format!("sasl_method={mechanism}, sasl_username={ANA}")), "{client}");
    let has_starttls = sent.commands().contains(&"STARTTLS");
    assert_eq!(has_starttls, security == "starttls", "{sent}");
}

#[test]
fn starttls_and_each_way_to_sign_in() {
    for (auth, mechanism) in
        [("auto", "PLAIN"), ("plain", "PLAIN"), ("login", "LOGIN"), ("xoauth2", "XOAUTH2")]
    {
        gets_in("STARTTLS_PORT", "starttls", auth, mechanism);
    }
}

#[test]
fn implicit_tls_and_each_way_to_sign_in() {
    for (auth, mechanism) in
        [("auto", "PLAIN"), ("plain", "PLAIN"), ("login", "LOGIN"), ("xoauth2", "XOAUTH2")]
    {
        gets_in("TLS_PORT", "tls", auth, mechanism);
    }
}

#[test]
fn auto_takes_what_the_server_has() {
    gets_in("PLAIN_ONLY_PORT", "starttls", "auto", "PLAIN");
    gets_in("LOGIN_ONLY_PORT", "starttls", "auto", "LOGIN");
}

#[test]
fn what_the_server_does_not_have_is_not_tried() {
    let rig = Rig::find();
    let account = Account { port: rig.port("PLAIN_ONLY_PORT"), auth: "login", ..Account::usual(&rig) };

    let sent = Ana::with(&rig, account).send(&["--to", BOB], "Hi Bob\n");

    assert_eq!(sent.verdict(), (77, "failed", "auth"), "{sent}");
    assert_eq!(sent.text("cause"), "mechanism-not-offered");
    assert!(sent.text("text").ends_with("asks for LOGIN, the server offers PLAIN"), "{sent}");
    assert_eq!(sent.commands(), ["EHLO [127.0.0.1]", "STARTTLS", "EHLO [127.0.0.1]"]);
}

#[test]
fn a_wrong_password_is_refused_and_named() {
    let rig = Rig::find();
    for auth in ["plain", "login"] {
        let secret = "not the password that she has".to_owned();
        let account = Account { auth, secret, ..Account::usual(&rig) };

        let sent = Ana::with(&rig, account).send(&["--to", BOB], "Hi Bob\n");

        assert_eq!(sent.verdict(), (77, "refused", "auth"), "{sent}");
        assert_eq!(sent.report["code"], 535, "{sent}");
        assert_eq!(sent.text("cause"), "wrong-credentials", "{sent}");
        assert!(!sent.report["recipients"][0]["accepted"].as_bool().unwrap(), "{sent}");
        assert_eq!(sent.commands().last(), Some(&"QUIT"), "{sent}");
        assert!(!sent.told.contains("MAIL FROM"), "{sent}");
    }
}

#[test]
fn the_reasons_against_a_bad_token_are_decoded_and_the_refusal_behind_them_is_read() {
    let rig = Rig::find();
    let secret = rig.fact("BAD_TOKEN").to_owned();
    let account = Account { auth: "xoauth2", secret, ..Account::usual(&rig) };

    let sent = Ana::with(&rig, account).send(&["--to", BOB], "Hi Bob\n");

    assert_eq!(sent.verdict(), (77, "refused", "auth"), "{sent}");
    assert_eq!(sent.report["code"], 535, "{sent}");
    assert_eq!(sent.text("cause"), "wrong-credentials", "{sent}");
    assert!(sent.told.contains(r#"== the server's reason: {"status":"401","#), "{sent}");
    let after_tls = &sent.commands()[3..];
    assert_eq!(after_tls, ["AUTH XOAUTH2 [hidden]", "(empty line)", "QUIT"]);
    let codes: Vec<_> = sent.replies().iter().rev().take(3).map(|reply| reply[..3].to_owned()).collect();
    assert_eq!(codes, ["221", "535", "334"]);
}
