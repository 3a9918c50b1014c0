//! Answers that are not what they should be: each ends in one short error, and none in tokens.

use sendoff::auth::oauth::{SignInError, Tokens};
use sendoff::mail::oauth::Application;
use sendoff::mail::secret::Secret;
use serde_json::{Value, json};

use super::service::{Reply, SCOPE, Service, http, id_token, json, tokens, with, wrong};

async fn answered(reply: Reply) -> Result<Tokens, SignInError> {
    let service = Service::start([reply]).await;
    service.client().refresh(&Secret::new("refresh-before".into())).await
}

async fn changed(change: Value) -> Result<Tokens, SignInError> {
    answered(json(200, &with(tokens(), &change))).await
}

fn raw(body: impl AsRef<[u8]>) -> Reply {
    http(200, "application/json", body.as_ref())
}

#[tokio::test(start_paused = true)]
async fn what_is_not_the_json_that_belongs_there_is_one_short_error() {
    let good = tokens().to_string();
    let nested = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let table = [
        ("a page", http(200, "text/html", b"<!DOCTYPE html><title>Sign in to the hotel's network</title>")),
        ("a page with an error", http(404, "text/html", b"<h1>Not Found</h1>")),
        ("nothing", raw("")),
        ("half of it", raw(&good[..good.len() / 2])),
        ("two of it", raw(format!("{good}{good}"))),
        ("a list", raw(format!("[{good}]"))),
        ("nesting", raw(nested)),
        ("a NUL", raw(good.replace("Bearer", "Bea\0rer"))),
        ("no UTF-8", raw([good.as_bytes(), b"\xff"].concat())),
        ("a key twice", raw(good.replacen('{', "{\"access_token\":\"another\",", 1))),
        ("an error and no token", json(200, &json!({ "odd": "yes" }))),
        ("tokens with a status of no", json(400, &tokens())),
    ];
    for (what, reply) in table {
        let error = wrong(answered(reply).await);
        assert!(matches!(error, SignInError::Odd(_)), "{what}: {error:?}");
        assert!(error.is_final() && error.to_string().len() < 120, "{what}: {error}");
        assert!(!error.to_string().contains("hotel"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_field_that_must_be_there_is_missed() {
    for field in ["access_token", "token_type"] {
        assert!(matches!(wrong(changed(json!({ field: null })).await), SignInError::Odd(_)), "{field}");
    }
    let odd = [
        json!({ "access_token": 7 }),
        json!({ "access_token": "" }),
        json!({ "token_type": "mac" }),
        json!({ "refresh_token": ["a"] }),
        json!({ "scope": { "a": 1 } }),
    ];
    for change in odd {
        assert!(matches!(wrong(changed(change.clone()).await), SignInError::Odd(_)), "{change}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_error_with_a_good_status_is_still_one() {
    let error = wrong(answered(json(200, &json!({ "error": "invalid_grant" }))).await);
    assert!(error.needs_sign_in());
}

#[tokio::test(start_paused = true)]
async fn a_token_that_could_break_its_frame_is_refused() {
    let breakers = ["\r", "\n", "\0", "\u{1}", "\u{7f}", " ", "ö", "\u{202e}", "\u{2028}"];
    for field in ["access_token", "refresh_token"] {
        for breaker in breakers {
            let token = format!("before{breaker}after");
            let error = wrong(changed(json!({ field: token })).await);
            assert!(
                matches!(error, SignInError::Odd(why) if why.contains("characters")),
                "{field} {breaker:?}"
            );
        }
    }
    // Of every octet that ASCII has, the visible ones alone pass.
    let token = |byte: u8| json!({ "access_token": format!("a{}b", char::from(byte)) });
    let service = Service::start((0..=127).map(|byte| json(200, &with(tokens(), &token(byte))))).await;
    let client = service.client();
    for byte in 0..=127_u8 {
        let answer = client.refresh(&Secret::new("refresh-before".into())).await;
        assert_eq!(answer.is_ok(), byte.is_ascii_graphic(), "{byte}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_lifetime_is_read_as_far_as_it_is_credible() {
    let table = [
        (json!(3599), 3599),
        (json!("3599"), 3599),
        (json!(null), 300),
        (json!("soon"), 300),
        (json!(-5), 0),
        (json!(1e300), 604_800),
    ];
    for (told, expected) in table {
        let tokens = changed(json!({ "expires_in": told })).await.ok().unwrap();
        assert_eq!(tokens.expires.as_secs(), expected, "{told}");
    }
}

#[tokio::test(start_paused = true)]
async fn somebody_else_who_signed_in_is_named_beside_the_person_of_the_account() {
    for claim in ["preferred_username", "upn", "email"] {
        let token = id_token(&json!({ claim: "bob@fabrikam.com" }));
        let error = wrong(changed(json!({ "id_token": token })).await);
        assert_eq!(
            error.to_string(),
            "somebody else signed in: bob@fabrikam.com, where this account expects ana@contoso.com"
        );
        assert_eq!(
            error.cause().says,
            "Somebody else signed in: bob@fabrikam.com, where this account expects ana@contoso.com."
        );
        let token = id_token(&json!({ claim: "ANA@contoso.COM" }));
        assert!(changed(json!({ "id_token": token })).await.is_ok());
    }
    // One of the names is enough: user name and address differ in some organisations.
    let token =
        id_token(&json!({ "preferred_username": "asilva@corp.contoso.com", "email": "ana@contoso.com" }));
    assert!(changed(json!({ "id_token": token })).await.is_ok());
    let lookalike = id_token(&json!({ "preferred_username": "an\u{430}@contoso.com" }));
    assert!(matches!(
        wrong(changed(json!({ "id_token": lookalike })).await),
        SignInError::SomebodyElse { .. }
    ));
    let hidden = id_token(&json!({ "preferred_username": "ana@contoso.com\u{200b}" }));
    let error = wrong(changed(json!({ "id_token": hidden })).await);
    assert!(error.to_string().contains("in: ana@contoso.com<U+200B>, where"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn an_id_token_that_cannot_be_read_names_nobody() {
    let huge = id_token(&json!({ "preferred_username": "b".repeat(100_000) }));
    for token in
        [json!(null), json!(""), json!("a.b.c"), json!("..."), json!(huge), json!(id_token(&json!([1])))]
    {
        let tokens = changed(json!({ "id_token": token })).await.ok().unwrap();
        assert!(tokens.who.is_none(), "{token}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_grant_without_sending_is_said() {
    let error = wrong(
        changed(json!({ "scope": "openid profile https://outlook.office.com/IMAP.AccessAsUser.All" })).await,
    );
    assert!(
        matches!(&error, SignInError::NotGranted { granted } if granted.as_str().contains("IMAP")),
        "{error}"
    );
    assert!(error.cause().todo.contains("SMTP.Send"));
    let nothing = wrong(changed(json!({ "scope": "https://outlook.office.com/.default" })).await);
    assert!(matches!(nothing, SignInError::NotGranted { .. }), "{nothing}");
    for scope in
        [json!(SCOPE), json!(null), json!("SMTP.Send"), json!("https://outlook.office365.us/smtp.send")]
    {
        assert!(changed(json!({ "scope": scope })).await.is_ok(), "{scope}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_grant_of_more_than_sending_is_refused_unless_the_account_takes_it() {
    let resource = "https://outlook.office.com";
    let wide = json!({ "scope": format!("{SCOPE} {resource}/IMAP.AccessAsUser.All {resource}/POP.AccessAsUser.All") });
    let error = wrong(changed(wide.clone()).await);
    assert_eq!(
        error.to_string(),
        "this sign-in may do more than send mail: IMAP.AccessAsUser.All, POP.AccessAsUser.All"
    );
    assert!(error.is_final() && !error.needs_sign_in());
    assert!(error.cause().todo.contains("accept_broader = true"));
    // Also by the service's own name for all of them, and without the resource's.
    for more in [
        "https://outlook.office.com/.default",
        "full_access_as_user",
        "https://graph.microsoft.com/Mail.Read",
    ] {
        let error = wrong(changed(json!({ "scope": format!("{SCOPE} {more}") })).await);
        assert!(matches!(error, SignInError::Broader { .. }), "{more}: {error}");
    }
    let service = Service::start([json(200, &with(tokens(), &wide))]).await;
    let application = Application { accepts_broader: true, ..service.application() };
    let client = service.client_of(&application);
    assert!(client.refresh(&Secret::new("refresh-before".into())).await.is_ok());
}
