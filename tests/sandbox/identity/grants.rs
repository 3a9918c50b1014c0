//! Refresh tokens, applications without a person, and what neither may ask for.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sendoff::sandbox::Holder;
use sendoff::sandbox::identity::{Answer, CLIENT, SERVICE_CLIENT, SERVICE_SECRET};
use serde_json::{Value, json};

use super::{DEVICE_CODE, Desk, SEND, is, json, verdict};

#[test]
fn every_use_gives_a_new_refresh_token_and_the_old_one_stays_good() {
    let mut desk = Desk::new("approves");
    let first = desk.tokens();
    let second = json(&desk.refresh(&first["refresh_token"]));

    assert_ne!(first["refresh_token"], second["refresh_token"]);
    assert_ne!(first["access_token"], second["access_token"]);
    for token in [&first["refresh_token"], &second["refresh_token"]] {
        assert_eq!(desk.refresh(token).status, 200);
    }
    assert_eq!(desk.service.issued().len(), 4, "no access token is taken back");
    assert_eq!(verdict(&desk.refresh(&"guessed".into())), is(400, "invalid_grant", 70000));
}

#[test]
fn on_a_strict_day_a_refresh_token_is_good_once() {
    let mut desk = Desk::new("old-refresh-token-dies");
    let first = desk.tokens();
    let second = json(&desk.refresh(&first["refresh_token"]));
    assert_eq!(verdict(&desk.refresh(&first["refresh_token"])), is(400, "invalid_grant", 50173));
    assert_eq!(desk.refresh(&second["refresh_token"]).status, 200);
}

#[test]
fn what_was_not_asked_for_is_not_given() {
    let mut desk = Desk::new("approves");
    let scope = "https://outlook.office365.us/SMTP.Send";
    let device =
        json(&desk.post("/common/oauth2/v2.0/devicecode", &[("client_id", CLIENT), ("scope", scope)]));
    let tokens = json(&desk.poll(&device));
    assert_eq!(tokens["scope"], scope);
    assert!(tokens["refresh_token"].is_null() && tokens["id_token"].is_null());
}

fn device_code(tenant: &str, fields: &[(&str, &str)]) -> (u16, String, u64) {
    verdict(&Desk::new("approves").post(&format!("/{tenant}/oauth2/v2.0/devicecode"), fields))
}

#[test]
fn clients_tenants_and_scopes_are_looked_at() {
    let scope = ("scope", SEND);
    let ask = |client, scope| device_code("organizations", &[("client_id", client), ("scope", scope)]);
    assert_eq!(ask("", SEND), is(400, "invalid_request", 900_144));
    assert_eq!(ask("somebody", SEND), is(400, "unauthorized_client", 700_016));
    assert_eq!(ask(SERVICE_CLIENT, SEND), is(401, "invalid_client", 7_000_218));
    assert_eq!(ask(CLIENT, " "), is(400, "invalid_request", 900_144));
    for wrong in [
        "openid",
        "https://outlook.office.com/IMAP.AccessAsUser.All",
        "https://graph.microsoft.com/SMTP.Send",
    ] {
        assert_eq!(ask(CLIENT, wrong), is(400, "invalid_scope", 70011), "{wrong}");
    }
    let two = "https://outlook.office.com/SMTP.Send https://outlook.office365.com/SMTP.Send";
    assert_eq!(ask(CLIENT, two), is(400, "invalid_scope", 700_022));
    let client = ("client_id", CLIENT);
    assert_eq!(device_code("fabrikam.com", &[client, scope]), is(400, "invalid_request", 90002));
    assert_eq!(device_code("consumers", &[client, scope]), is(400, "invalid_request", 9_002_332));
    assert_eq!(
        device_code("common", &[client, scope, ("client_secret", "x")]),
        is(401, "invalid_client", 700_025)
    );
    assert_eq!(
        device_code("common", &[client, scope, scope]),
        is(400, "invalid_request", 9_002_313),
        "twice"
    );
    let mut desk = Desk::new("approves");
    assert_eq!(verdict(&desk.token(&[("grant_type", "password")])), is(400, "unsupported_grant_type", 70003));
    assert_eq!(
        verdict(&desk.token(&[client, ("grant_type", DEVICE_CODE)])),
        is(400, "invalid_request", 900_144)
    );
    assert_eq!(desk.get("/common/oauth2/v2.0/token", &[]).status, 405);
    assert_eq!(desk.get("/elsewhere", &[]).status, 404);
}

fn by_itself(desk: &mut Desk, secret: &[(&str, &str)]) -> Answer {
    let fixed = [
        ("client_id", SERVICE_CLIENT),
        ("grant_type", "client_credentials"),
        ("scope", "https://outlook.office365.com/.default"),
    ];
    desk.post("/contoso.com/oauth2/v2.0/token", &[&fixed, secret].concat())
}

fn assertion(claims: &Value) -> String {
    let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.c2lnbmF0dXJl", part(&json!({ "alg": "PS256" })), part(claims))
}

#[test]
fn an_application_signs_in_for_itself_by_secret_or_assertion() {
    let mut desk = Desk::new("asks");
    let tokens = json(&by_itself(&mut desk, &[("client_secret", SERVICE_SECRET)]));
    assert!(tokens["refresh_token"].is_null() && tokens["id_token"].is_null() && tokens["scope"].is_null());
    assert_eq!(desk.service.issued()[0].holder, Holder::Service);
    assert_eq!(verdict(&by_itself(&mut desk, &[])), is(401, "invalid_client", 7_000_218));
    let wrong = by_itself(&mut desk, &[("client_secret", "guessed")]);
    assert_eq!(verdict(&wrong), is(401, "invalid_client", 7_000_215));

    let kind = ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    let claims = json!({
        "iss": SERVICE_CLIENT,
        "sub": SERVICE_CLIENT,
        "aud": "https://localhost:4433/contoso.com/oauth2/v2.0/token",
        "exp": desk.now.as_second() + 300,
    });
    let mut with = |claims: &Value| {
        let assertion = assertion(claims);
        by_itself(&mut desk, &[kind, ("client_assertion", &assertion)])
    };
    assert_eq!(with(&claims).status, 200);
    for (name, value) in [
        ("iss", json!("x")),
        ("sub", json!("x")),
        ("aud", json!("https://contoso.example")),
        ("exp", json!(1)),
    ] {
        let mut wrong = claims.clone();
        wrong[name] = value;
        assert_eq!(verdict(&with(&wrong)), is(401, "invalid_client", 700_027), "{name}");
    }
}
