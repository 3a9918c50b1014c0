//! The device code: asked for, typed, approved, fetched; and a device that cannot wait.

use sendoff::sandbox::identity::{CLIENT, SOMEONE_ELSE};
use sendoff::sandbox::{Holder, USER};
use serde_json::json;

use super::{Desk, claims, is, json, text, verdict};

#[test]
fn a_person_types_the_code_sees_what_is_asked_and_approves() {
    let mut desk = Desk::new("asks");
    let device = desk.device_code();
    let code = device["user_code"].as_str().unwrap();
    assert_eq!(device["verification_uri"], "https://localhost:4433/device");
    assert_eq!((&device["expires_in"], &device["interval"]), (&json!(900), &json!(5)));
    assert!(
        device["message"].as_str().unwrap().ends_with(&format!("enter the code {code} to authenticate."))
    );
    assert!(device["verification_uri_complete"].is_null(), "Microsoft has none");
    assert_eq!(verdict(&desk.poll(&device)), is(400, "authorization_pending", 70016));

    // As people type.
    let typed = format!(" {}-{}", &code[..4].to_lowercase(), &code[4..]);
    let page = desk.get("/device", &[("code", &typed)]);
    for shown in [CLIENT, "<li>https://outlook.office.com/SMTP.Send</li>", "offline_access", USER, code] {
        assert!(text(&page).contains(shown), "{shown} is not in {}", text(&page));
    }
    let page =
        desk.post("/device", &[("code", code), ("person", "carol@contoso.com"), ("decision", "approve")]);
    assert!(text(&page).contains("You have signed in on your device"));

    desk.wait(5);
    let tokens = json(&desk.poll(&device));
    assert_eq!(claims(&tokens["id_token"])["preferred_username"], "carol@contoso.com");
    assert_eq!(desk.service.objections(), [] as [String; 0]);
    desk.wait(5);
    assert_eq!(verdict(&desk.poll(&device)).1, "bad_verification_code", "it has been fetched");
    assert_eq!(desk.get("/device", &[("code", code)]).status, 400, "it has been typed");
}

#[test]
fn tokens_are_what_microsoft_gives() {
    let mut desk = Desk::new("approves");
    let tokens = desk.tokens();

    let names: Vec<_> = tokens.as_object().unwrap().keys().map(String::as_str).collect();
    let expected =
        ["access_token", "expires_in", "ext_expires_in", "id_token", "refresh_token", "scope", "token_type"];
    assert_eq!(names, expected);
    assert_eq!(tokens["token_type"], "Bearer");
    assert_eq!(tokens["expires_in"], 3599);
    assert_eq!(tokens["scope"], "https://outlook.office.com/SMTP.Send");
    assert!(tokens["access_token"].as_str().unwrap().len() > 1000);
    let claims = claims(&tokens["id_token"]);
    assert_eq!((&claims["name"], &claims["preferred_username"]), (&json!("Ana Silva"), &json!(USER)));
    assert_eq!((&claims["aud"], claims["tid"].is_string()), (&json!(CLIENT), true));
    let [issued] = desk.service.issued() else { panic!("one token") };
    assert_eq!(
        (&issued.holder, tokens["access_token"] == issued.token.as_str()),
        (&Holder::Person(USER.to_owned()), true)
    );

    desk.wait(3598);
    assert!(desk.service.expire(desk.now).is_some());
    desk.wait(1);
    assert_eq!(desk.service.expire(desk.now), None, "its hour is over");
}

#[test]
fn a_code_is_declined_expires_or_was_never_given() {
    let mut desk = Desk::new("asks");
    let (declined, forgotten) = (desk.device_code(), desk.device_code());
    desk.post("/device", &[("code", declined["user_code"].as_str().unwrap()), ("decision", "decline")]);
    assert_eq!(verdict(&desk.poll(&declined)), is(400, "authorization_declined", 65004));

    desk.wait(900);
    assert_eq!(verdict(&desk.poll(&forgotten)), is(400, "expired_token", 70019));
    assert_eq!(desk.get("/device", &[("code", forgotten["user_code"].as_str().unwrap())]).status, 400);
    assert_eq!(
        verdict(&desk.poll(&serde_json::json!({ "device_code": "guessed" }))).1,
        "bad_verification_code"
    );
}

#[test]
fn who_asks_too_early_is_found_out_also_after_slow_down() {
    let mut desk = Desk::new("slow-down");
    let device = desk.device_code();
    assert_eq!(verdict(&desk.poll(&device)), is(400, "slow_down", 0));
    desk.wait(9);
    assert_eq!(verdict(&desk.poll(&device)), is(400, "slow_down", 0));
    let told = "sign-in: the device asked again after 9.0 s, though it was told to wait 10 s (RFC 8628, 3.5)";
    assert_eq!(desk.service.objections(), [told]);
    desk.wait(15);
    assert_eq!(desk.poll(&device).status, 200);
    assert_eq!(desk.service.objections(), [] as [String; 0]);
}

#[test]
fn a_device_that_is_told_nothing_waits_five_seconds() {
    let mut desk = Desk::new("interval-missing");
    let device = desk.device_code();
    assert!(device["interval"].is_null());
    desk.poll(&device);
    desk.wait(4);
    desk.poll(&device);
    assert!(desk.service.objections()[0].contains("told to wait 5 s"));
}

#[test]
fn after_three_questions_it_is_approved() {
    let mut desk = Desk::new("approves-after-three");
    let device = desk.device_code();
    for _ in 0..3 {
        assert_eq!(verdict(&desk.poll(&device)).1, "authorization_pending");
    }
    assert_eq!(desk.poll(&device).status, 200);
}

#[test]
fn somebody_else_signs_in() {
    let tokens = Desk::new("someone-else").tokens();
    assert_eq!(claims(&tokens["id_token"])["preferred_username"], SOMEONE_ELSE);
}
