//! What stops it between the greeting and the sign-in.

use sendoff::mail::account::{Auth, Security};
use sendoff::mail::check::{Stage, Standing};
use sendoff::mail::outcome::{Outcome, Step};

use super::{OPENING, Setting};
use crate::support::authority::lasting;

/// Word for word as the server puts it, the cause, and who can change it.
const SIGN_INS: [(&str, &str, &str); 6] = [
    ("535 5.7.3 Authentication unsuccessful", "wrong-credentials", "you can change that"),
    (
        "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.",
        "smtp-auth-disabled-tenant",
        "your administrator can change that",
    ),
    (
        "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. Visit https://aka.ms/smtp_auth_disabled for more information.",
        "smtp-auth-disabled-mailbox",
        "your administrator can change that",
    ),
    (
        "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy. Contact your administrator.",
        "security-defaults",
        "can change that",
    ),
    (
        "535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. Contact your administrator.",
        "conditional-access",
        "can change that",
    ),
    (
        "535 5.7.139 Authentication unsuccessful, basic authentication is disabled.",
        "basic-auth-disabled",
        "can change that",
    ),
];

#[tokio::test]
async fn every_refused_sign_in_is_told_by_its_cause_and_quit_is_said() {
    for (reply, cause, who) in SIGN_INS {
        let answer = format!("S: {reply}");
        let told = Setting::new(&[OPENING, "C: AUTH PLAIN *", &answer, "C: QUIT", "S: 221 bye"]).run().await;
        assert_eq!(told.cause(), cause);
        assert!(told.verdict.says.contains(who), "{}", told.verdict.says);
        assert_eq!(
            told.marks(),
            "+lookup +connect +greeting +ehlo +starttls +tls +capabilities xauth -mail -rcpt -rset +quit"
        );
        assert_eq!(told.step(Stage::Auth).text.as_str(), reply);
        assert_eq!((told.report().outcome, told.report().step), (Outcome::Refused, Step::Auth));
        assert_eq!(told.heard.unplayed, 0, "the script was played to its end");
    }
}

#[tokio::test]
async fn without_a_secret_all_before_the_sign_in_is_looked_at() {
    let mut setting = Setting::new(&[OPENING, "C: QUIT", "S: 221 bye"]);
    setting.secret = None;
    let told = setting.run().await;
    assert_eq!(told.cause(), "not-signed-in");
    assert!(told.marks().contains("+tls +capabilities xauth -mail"), "{}", told.marks());
    let text = told.step(Stage::Auth).text.as_str();
    assert_eq!(text, "the keyring has no password for ana@contoso.com");
}

#[tokio::test]
async fn a_server_without_starttls_is_told_no_user_name() {
    let told = Setting::new(&["S: 220 hi", "C: EHLO *", "S: 250-hi", "S: 250 AUTH PLAIN"]).run().await;
    assert_eq!(told.cause(), "tls-required");
    assert!(told.marks().contains("+ehlo xstarttls -tls -capabilities -auth"), "{}", told.marks());
    assert!(!told.heard.clear().contains("AUTH"), "{}", told.heard.clear());
}

#[tokio::test]
async fn starttls_that_is_put_off_is_the_servers_word() {
    let told = Setting::new(&["S: 220 hi", "C: EHLO *", "S: 250 STARTTLS", "S: 250 STARTTLS"]).run().await;
    assert_ne!(told.step(Stage::StartTls).standing, Standing::Passed, "it spoke before it was asked");
    let told = Setting::new(&[
        "S: 220 hi",
        "C: EHLO *",
        "S: 250-hi",
        "S: 250 STARTTLS",
        "C: STARTTLS",
        "S: 454 4.7.0 TLS not available due to temporary reason",
        "C: QUIT",
        "S: 221 bye",
    ])
    .run()
    .await;
    assert!(told.marks().contains("xstarttls -tls"), "{}", told.marks());
    assert_eq!(told.report().outcome, Outcome::Deferred);
}

#[tokio::test]
async fn a_certificate_that_proves_nothing_ends_it_before_the_sign_in() {
    let mut stranger = Setting::new(&[OPENING]);
    stranger.is_trusted = false;
    let mut other_name = Setting::new(&[OPENING]);
    other_name.certificate = lasting(&["mail.fabrikam.com"]);
    for setting in [stranger, other_name] {
        let told = setting.run().await;
        assert_eq!(told.cause(), "certificate-invalid", "{}", told.verdict.says);
        assert!(told.marks().contains("+starttls xtls -capabilities -auth"), "{}", told.marks());
    }
}

#[tokio::test]
async fn tls_that_is_too_old_is_named() {
    let told = Setting::new(&[
        "S: 220 hi",
        "C: EHLO *",
        "S: 250-hi",
        "S: 250 STARTTLS",
        "C: STARTTLS",
        "S: 220 go",
        "== tls",
        "C: EHLO *",
        "S: 421 4.7.66 TLS 1.0 and 1.1 are not supported. Please upgrade/update your client to support TLS 1.2.",
        "== close",
    ])
    .run()
    .await;
    assert_eq!(told.cause(), "tls-too-old");
    assert!(told.marks().contains("+tls xcapabilities -auth"), "{}", told.marks());
}

#[tokio::test]
async fn a_mechanism_that_is_not_offered_is_seen_in_the_offers() {
    let told = Setting::new(&[OPENING, "C: QUIT", "S: 221 bye"]).auth(Auth::Xoauth2).run().await;
    assert_eq!(told.cause(), "mechanism-not-offered");
    assert!(told.marks().contains("xcapabilities -auth"), "{}", told.marks());
    assert_eq!(
        told.step(Stage::Capabilities).text.as_str(),
        "the account asks for XOAUTH2, the server offers PLAIN"
    );
    assert!(!told.heard.secured().contains("AUTH"));
}

#[tokio::test]
async fn what_answers_and_is_no_mail_server_is_seen_in_the_greeting() {
    let told = Setting::new(&["S: HTTP/1.1 400 Bad Request", "== close"]).run().await;
    assert_eq!(told.step(Stage::Greeting).standing, Standing::Failed);
    assert!(told.verdict.says.contains("does not speak SMTP"), "{}", told.verdict.says);
    assert_eq!(told.report().outcome, Outcome::Failed);
}

#[tokio::test]
async fn implicit_tls_comes_before_the_greeting() {
    let mut setting = Setting::new(&[
        "== tls",
        "S: 220 hi",
        "C: EHLO *",
        "S: 250-hi",
        "S: 250 AUTH PLAIN",
        super::SIGNED_IN,
        "C: MAIL FROM:<ana@contoso.com>*",
        "S: 250 OK",
        "C: RCPT TO:<ana@contoso.com>",
        "S: 250 OK",
        "C: RSET",
        "S: 250 OK",
        "C: QUIT",
        "S: 221 bye",
    ]);
    setting.account.security = Security::Tls;
    let told = setting.run().await;
    assert_eq!(
        told.marks(),
        "+lookup +connect +tls +greeting +ehlo +capabilities +auth +mail +rcpt +rset +quit"
    );
    assert!(told.verdict.ok);
}
