//! Signing in: which words the server hears, in which order, and that nobody else hears them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sendoff::mail::account::{Auth, Security};
use sendoff::mail::outcome::{Outcome, Step, Trouble};

use super::passages::{BARE_HELLO, ENVELOPE, GREETING, SIGN_IN, STARTTLS, TAKEN};
use crate::support::attempt::{Attempt, PASSWORD, Told, USER};

const ASKS_USER: &str = "S: 334 VXNlcm5hbWU6";
const ASKS_PASSWORD: &str = "S: 334 UGFzc3dvcmQ6";

/// A token looks like this one, and is longer.
const TOKEN: &str = "EwB4A8l6BAAUkj1NuJYtTVha.Mogk-HEiPbQo_04kPZ7v3A";

fn base64(text: &str) -> String {
    STANDARD.encode(text)
}

/// What the password looks like on the wire.
fn shapes(secret: &str) -> [String; 4] {
    [
        secret.to_owned(),
        base64(secret),
        base64(&format!("\0{USER}\0{secret}")),
        base64(&format!("user={USER}\x01auth=Bearer {secret}\x01\x01")),
    ]
}

fn assert_hidden(told: &Told, secret: &str) {
    let shown = told.everything_shown();
    for shape in shapes(secret) {
        assert!(!shown.contains(&shape), "{shape} in {shown}");
    }
}

/// What was said after the second EHLO, but for the last QUIT.
fn sign_in_of(told: &Told) -> String {
    let said = told.heard.secured().strip_prefix("EHLO [127.0.0.1]\r\n").expect("hello is said again");
    said.strip_suffix("QUIT\r\n").unwrap_or(said).to_owned()
}

/// Offers `mechanisms`, then plays `script`.
fn offering(mechanisms: &str, script: &[&str]) -> Attempt {
    let hello = format!("S: 250-mail.contoso.com\nS: 250-AUTH {mechanisms}\nS: 250 HELP");
    Attempt::new(&[GREETING, STARTTLS, &hello, &script.join("\n")])
}

#[tokio::test(start_paused = true)]
async fn auto_prefers_plain_and_hides_what_it_says() {
    let told =
        offering("LOGIN XOAUTH2 PLAIN", &["C: AUTH PLAIN *", "S: 235 fine", ENVELOPE, TAKEN]).run().await;
    assert_eq!(told.report.outcome, Outcome::Accepted);
    assert!(
        sign_in_of(&told)
            .starts_with(&format!("AUTH PLAIN {}\r\nMAIL ", base64(&format!("\0{USER}\0{PASSWORD}"))))
    );
    assert!(told.transcript().contains(&"~> AUTH PLAIN [hidden]".to_owned()));
    assert_hidden(&told, PASSWORD);
}

#[tokio::test(start_paused = true)]
async fn auto_takes_login_where_there_is_no_plain() {
    for mechanisms in ["LOGIN XOAUTH2", "login", "CRAM-MD5\nS: 250-AUTH=LOGIN"] {
        let login = ["C: AUTH LOGIN *", ASKS_PASSWORD, "C: *", "S: 235 fine", ENVELOPE, TAKEN];
        let told = offering(mechanisms, &login).run().await;
        assert_eq!(told.report.outcome, Outcome::Accepted, "{mechanisms}");
        let said = format!("AUTH LOGIN {}\r\n{}\r\nMAIL ", base64(USER), base64(PASSWORD));
        assert!(sign_in_of(&told).starts_with(&said));
        assert_hidden(&told, PASSWORD);
    }
}

#[tokio::test(start_paused = true)]
async fn each_setting_takes_its_own_mechanism_or_none() {
    let cases = [
        (Auth::Xoauth2, "PLAIN LOGIN", "the account asks for XOAUTH2, the server offers PLAIN, LOGIN"),
        (Auth::Plain, "LOGIN XOAUTH2", "the account asks for PLAIN, the server offers LOGIN, XOAUTH2"),
        (Auth::Login, "PLAIN", "the account asks for LOGIN, the server offers PLAIN"),
        (
            Auth::Auto,
            "XOAUTH2 CRAM-MD5",
            "the account asks for PLAIN or LOGIN, the server offers XOAUTH2, CRAM-MD5",
        ),
    ];
    for (auth, mechanisms, says) in cases {
        let told = offering(mechanisms, &[]).auth(auth).run().await;
        assert_eq!(told.end(), (Outcome::Failed, Step::Auth, Some(Trouble::NoMechanism)));
        assert_eq!((told.says().as_str(), sign_in_of(&told).as_str()), (says, ""));
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_goes_by_xoauth2() {
    let script = ["C: AUTH XOAUTH2 *", "S: 235 2.7.0 Authentication successful", ENVELOPE, TAKEN];
    let told = offering("LOGIN XOAUTH2", &script).auth(Auth::Xoauth2).secret(TOKEN).run().await;
    assert_eq!(told.report.outcome, Outcome::Accepted);
    let blob = base64(&format!("user={USER}\x01auth=Bearer {TOKEN}\x01\x01"));
    assert!(sign_in_of(&told).starts_with(&format!("AUTH XOAUTH2 {blob}\r\n")));
    assert_hidden(&told, TOKEN);
}

#[tokio::test(start_paused = true)]
async fn a_refused_token_is_asked_for_its_reason() {
    let reason = r#"{"status":"401","schemes":"Bearer","scope":"https://outlook.office.com/"}"#;
    let challenge = format!("S: 334 {}", base64(reason));
    let script = ["C: AUTH XOAUTH2 *", &challenge, "C:", "S: 535 5.7.3 Authentication unsuccessful"];
    let told = offering("XOAUTH2", &script).auth(Auth::Xoauth2).secret(TOKEN).run().await;
    assert_eq!(told.end(), (Outcome::Refused, Step::Auth, None));
    assert_eq!(told.says(), "535 5.7.3 Authentication unsuccessful");
    assert!(told.transcript().contains(&format!("== the server's reason: {reason}")));
    assert!(!told.report.signed_in && told.heard.secured().ends_with("\r\n\r\nQUIT\r\n"));
    assert_hidden(&told, TOKEN);
}

#[tokio::test(start_paused = true)]
async fn login_answers_what_it_is_asked_in_order() {
    let (user, password) = (base64(USER), base64(PASSWORD));
    let asked_in_turn = format!("AUTH LOGIN\r\n{user}\r\n{password}\r\n");
    let cases: [(&[&str], String); 4] = [
        // The user name that came with the command is not listened to, and is asked for.
        (
            &["C: AUTH LOGIN *", ASKS_USER, "C: *", ASKS_PASSWORD, "C: *", "S: 235 fine"],
            format!("AUTH LOGIN {user}\r\n{user}\r\n{password}\r\n"),
        ),
        // It is not taken with the command.
        (
            &[
                "C: AUTH LOGIN *",
                "S: 501 no",
                "C: AUTH LOGIN",
                ASKS_USER,
                "C: *",
                ASKS_PASSWORD,
                "C: *",
                "S: 235 fine",
            ],
            format!("AUTH LOGIN {user}\r\n{asked_in_turn}"),
        ),
        (
            &[
                "C: AUTH LOGIN *",
                "S: 504 no",
                "C: AUTH LOGIN",
                ASKS_USER,
                "C: *",
                ASKS_PASSWORD,
                "C: *",
                "S: 235 fine",
            ],
            format!("AUTH LOGIN {user}\r\n{asked_in_turn}"),
        ),
        // Prompts in words of their own, or none.
        (
            &[
                "C: AUTH LOGIN *",
                "S: 501 no",
                "C: AUTH LOGIN",
                "S: 334",
                "C: *",
                "S: 334 ",
                "C: *",
                "S: 235 fine",
            ],
            format!("AUTH LOGIN {user}\r\n{asked_in_turn}"),
        ),
    ];
    for (script, said) in cases {
        let told = offering("LOGIN", &[script, &[ENVELOPE, TAKEN]].concat()).run().await;
        assert_eq!(told.report.outcome, Outcome::Accepted, "{script:?}");
        assert!(sign_in_of(&told).starts_with(&format!("{said}MAIL ")), "{}", sign_in_of(&told));
        assert_hidden(&told, PASSWORD);
    }
}

#[tokio::test(start_paused = true)]
async fn the_password_is_never_said_where_a_name_is_asked() {
    let again = "S: 334 dXNlciBuYW1lIQ=="; // user name!
    let cases: [&[&str]; 3] = [
        &["C: AUTH LOGIN *", ASKS_USER, "C: *", ASKS_USER, "C: *"],
        &["C: AUTH LOGIN *", ASKS_USER, "C: *", again, "C: *"],
        &["C: AUTH LOGIN *", "S: 501 no", "C: AUTH LOGIN", ASKS_PASSWORD, "C: *", ASKS_USER, "C: *"],
    ];
    for script in cases {
        let told = offering("LOGIN", script).run().await;
        assert_eq!(told.end(), (Outcome::Failed, Step::Auth, Some(Trouble::Protocol)), "{script:?}");
        assert!(told.heard.secured().ends_with("\r\n*\r\n"), "{}", told.heard.secured());
        assert!(!told.heard.secured().contains(&base64(PASSWORD)), "{script:?}");
        assert!(told.says().contains("does not belong to signing in: "), "{}", told.says());
    }
}

#[tokio::test(start_paused = true)]
async fn a_challenge_too_many_is_cancelled() {
    let cases: [(Auth, &[&str]); 4] = [
        (Auth::Plain, &["C: AUTH PLAIN *", "S: 334 bW9yZQ==", "C: *"]),
        (Auth::Login, &["C: AUTH LOGIN *", ASKS_PASSWORD, "C: *", ASKS_PASSWORD, "C: *"]),
        (Auth::Xoauth2, &["C: AUTH XOAUTH2 *", "S: 334 e30=", "C:", "S: 334 e30=", "C: *"]),
        (Auth::Plain, &["C: AUTH PLAIN *", "S: 334 %%% not base64", "C: *"]),
    ];
    for (auth, script) in cases {
        let told = offering("PLAIN LOGIN XOAUTH2", script).auth(auth).run().await;
        assert_eq!(told.end(), (Outcome::Failed, Step::Auth, Some(Trouble::Protocol)), "{script:?}");
        assert!(told.heard.secured().ends_with("\r\n*\r\n"), "{}", told.heard.secured());
        assert_hidden(&told, PASSWORD);
    }
}

#[tokio::test(start_paused = true)]
async fn only_a_235_is_a_sign_in() {
    for answer in ["250 2.0.0 fine", "220 ready", "221 bye", "354 go on", "236 nearly", "2350 x", "hello"] {
        let told = offering("PLAIN", &["C: AUTH PLAIN *", &format!("S: {answer}")]).run().await;
        assert_eq!(told.end(), (Outcome::Failed, Step::Auth, Some(Trouble::Protocol)), "{answer}");
        assert!(!told.report.signed_in && !told.heard.secured().contains("MAIL"), "{answer}");
    }
    let refusals = [
        ("535 5.7.3 no", Outcome::Refused),
        ("454 4.7.0 later", Outcome::Deferred),
        ("421 4.3.2 closing", Outcome::Deferred),
    ];
    for (answer, outcome) in refusals {
        let told = offering("PLAIN", &["C: AUTH PLAIN *", &format!("S: {answer}")]).run().await;
        assert_eq!((told.end(), told.says().as_str()), ((outcome, Step::Auth, None), answer));
        assert!(!told.report.signed_in && !told.heard.secured().contains("MAIL"), "{answer}");
    }
}

#[tokio::test(start_paused = true)]
async fn nobody_signs_in_without_tls() {
    for auth in [Auth::Auto, Auth::Plain, Auth::Login, Auth::Xoauth2] {
        let hello = "S: 250-mail.contoso.com\nS: 250 AUTH PLAIN LOGIN XOAUTH2";
        let told = Attempt::in_the_clear(&[GREETING, hello]).auth(auth).run().await;
        assert_eq!(told.end(), (Outcome::Failed, Step::Auth, Some(Trouble::NoTls)));
        assert_eq!(told.raw(), b"EHLO [127.0.0.1]\r\n");
    }
}

#[tokio::test(start_paused = true)]
async fn a_secret_that_is_missing_or_broken_stays_at_home() {
    let told = offering("PLAIN", &[]).no_secret().run().await;
    assert_eq!(told.end(), (Outcome::Failed, Step::Auth, Some(Trouble::NoSecret)));
    for secret in ["tok\ren", "tok\nen", "tok\x01en", "tok\0en"] {
        let told = offering("PLAIN LOGIN XOAUTH2", &[]).secret(secret).run().await;
        assert_eq!(told.end(), (Outcome::Failed, Step::Auth, Some(Trouble::Config)), "{secret:?}");
        assert_eq!(sign_in_of(&told), "");
        assert_hidden(&told, secret);
    }
}

#[tokio::test(start_paused = true)]
async fn an_account_without_sign_in_never_tries_one() {
    let told = Attempt::new(&[GREETING, STARTTLS, "S: 250-x\nS: 250 AUTH PLAIN", ENVELOPE, TAKEN])
        .auth(Auth::None)
        .run()
        .await;
    assert_eq!(told.report.outcome, Outcome::Accepted);
    assert!(!told.heard.secured().contains("AUTH") && !told.report.signed_in);
    let told =
        Attempt::in_the_clear(&[GREETING, BARE_HELLO, ENVELOPE, TAKEN]).security(Security::None).run().await;
    assert_eq!((told.report.outcome, told.report.tls), (Outcome::Accepted, None));
}

#[tokio::test(start_paused = true)]
async fn a_server_that_repeats_a_secret_does_not_give_it_away() {
    for shape in shapes(PASSWORD) {
        let shape = shape.replace(['\0', '\x01'], "");
        let scripts = [
            vec![format!("S: 535 5.7.3 no such password: {shape} ({shape})")],
            vec![format!("S: 535-{shape}"), "S: 535 5.7.3 no".into()],
            vec![format!("S: 250 is {shape} the password?")],
            vec![format!("S: {shape}")],
            vec![format!("S: 334 {shape}"), "C: *".into()],
            vec!["S: 235 fine".into(), "C: MAIL *".into(), format!("S: 550 {shape} may not send")],
            vec!["S: 235 fine".into(), format!("S: 250 {shape}")],
        ];
        for script in scripts {
            let told = offering("PLAIN", &["C: AUTH PLAIN *", &script.join("\n")]).run().await;
            assert_ne!(told.report.outcome, Outcome::Accepted);
            assert_hidden(&told, PASSWORD);
            assert!(told.everything_shown().contains("[hidden]"));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_secret_inside_a_challenge_is_hidden_at_every_offset_of_base64() {
    for before in ["", "x", "xy"] {
        let reason = format!("{before}{TOKEN} has expired");
        let challenge = format!("S: 334 {}", base64(&reason));
        let script = ["C: AUTH XOAUTH2 *", &challenge, "C:", "S: 535 5.7.3 no"];
        let told = offering("XOAUTH2", &script).auth(Auth::Xoauth2).secret(TOKEN).run().await;
        assert_hidden(&told, TOKEN);
        assert!(!told.everything_shown().contains(&base64(&reason)), "anybody can decode it");
    }
}

#[tokio::test(start_paused = true)]
async fn a_password_that_looks_like_a_reply_code_changes_no_reply() {
    for password in ["250", "2", "5", " ", "OK"] {
        let told = Attempt::new(&[GREETING, STARTTLS, SIGN_IN, ENVELOPE, TAKEN]).secret(password).run().await;
        assert_eq!(told.end(), (Outcome::Accepted, Step::Dot, None), "{password:?}: {}", told.says());
    }
}
