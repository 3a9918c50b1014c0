//! The way through the browser: where it may be sent back to, what it brings, and the proof that it was us who asked.

use sendoff::sandbox::USER;
use sendoff::sandbox::identity::CLIENT;

use super::{Desk, SEND, VERIFIER, challenge, claims, is, json, sent_back, text, verdict};

const AUTHORIZE: &str = "/contoso.com/oauth2/v2.0/authorize";
const LOOPBACK: &str = "http://localhost:40123";

/// What a careful client asks, with this changed.
fn asked(change: (&str, &str)) -> Vec<(String, String)> {
    let challenge = challenge();
    let right = [
        ("client_id", CLIENT),
        ("response_type", "code"),
        ("redirect_uri", LOOPBACK),
        ("scope", SEND),
        ("state", "a state & more"),
        ("nonce", "once"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ];
    let fields = right.map(|(name, value)| (name, if name == change.0 { change.1 } else { value }));
    fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()
}

fn authorize(desk: &mut Desk, change: (&str, &str)) -> sendoff::sandbox::identity::Answer {
    let asked = asked(change);
    let query: Vec<_> = asked.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    desk.get(AUTHORIZE, &query)
}

fn redeem(desk: &mut Desk, code: &str, change: (&str, &str)) -> sendoff::sandbox::identity::Answer {
    let right = [
        ("client_id", CLIENT),
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", LOOPBACK),
        ("code_verifier", VERIFIER),
    ];
    desk.token(&right.map(|(name, value)| (name, if name == change.0 { change.1 } else { value })))
}

fn code(desk: &mut Desk) -> String {
    sent_back(&authorize(desk, ("", ""))).1["code"].clone()
}

#[test]
fn a_code_and_the_state_come_back_and_become_tokens_once() {
    let mut desk = Desk::new("approves");
    let (to, brought) = sent_back(&authorize(&mut desk, ("", "")));
    assert_eq!((to.as_str(), brought["state"].as_str()), ("http://localhost:40123/", "a state & more"));

    let tokens = json(&redeem(&mut desk, &brought["code"], ("", "")));

    let claims = claims(&tokens["id_token"]);
    assert_eq!((&claims["preferred_username"], &claims["nonce"]), (&USER.into(), &"once".into()));
    assert_eq!(verdict(&redeem(&mut desk, &brought["code"], ("", ""))), is(400, "invalid_grant", 54005));
}

#[test]
fn without_the_verifier_a_code_is_worth_nothing() {
    let mut desk = Desk::new("approves");
    let code = code(&mut desk);
    for wrong in
        ["", "short", &challenge(), "another-verifier-that-has-more-than-43-letters", &"a".repeat(129)]
    {
        assert_eq!(
            verdict(&redeem(&mut desk, &code, ("code_verifier", wrong))),
            is(400, "invalid_grant", 501_481)
        );
    }
    let other = redeem(&mut desk, &code, ("redirect_uri", "http://localhost:1"));
    assert_eq!(verdict(&other), is(400, "invalid_grant", 50011));
    assert_eq!(redeem(&mut desk, &code, ("", "")).status, 200, "none of that has used it up");
}

#[test]
fn a_code_does_not_keep() {
    let mut desk = Desk::new("approves");
    let code = code(&mut desk);
    desk.wait(600);
    assert_eq!(verdict(&redeem(&mut desk, &code, ("", ""))), is(400, "invalid_grant", 70008));
}

#[test]
fn the_browser_goes_back_only_to_where_it_may() {
    let mut desk = Desk::new("approves");
    let native = "https://login.microsoftonline.com/common/oauth2/nativeclient";
    let own = "https://localhost:4433/common/oauth2/nativeclient";
    for good in ["http://localhost", "http://localhost/", "http://localhost:1", native, own] {
        assert_eq!(authorize(&mut desk, ("redirect_uri", good)).status, 302, "{good}");
    }
    let bad = [
        "",
        "localhost:40123",
        "https://localhost:40123",
        "http://127.0.0.1:40123",
        "http://localhost:40123/back",
        "http://localhost:40123/?a=b",
        "http://localhost.contoso.example",
        "http://ana@localhost:40123",
        "https://login.microsoftonline.com/common/oauth2/nativeclient/",
    ];
    for bad in bad {
        let answer = authorize(&mut desk, ("redirect_uri", bad));
        assert!(answer.status == 400 && text(&answer).contains("AADSTS50011"), "{bad}: {}", text(&answer));
    }
    assert_eq!(authorize(&mut desk, ("client_id", "somebody")).status, 400);
}

#[test]
fn what_is_wrong_with_the_question_comes_back_with_the_state() {
    let mut desk = Desk::new("approves");
    let plain = ("code_challenge_method", "plain");
    for (change, error) in [
        (("response_type", "token"), "unsupported_response_type"),
        (("code_challenge", ""), "invalid_request"),
        (plain, "invalid_request"),
        (("scope", "https://graph.microsoft.com/Mail.Send"), "invalid_scope"),
    ] {
        let (_, brought) = sent_back(&authorize(&mut desk, change));
        assert_eq!((brought["error"].as_str(), brought["state"].as_str()), (error, "a state & more"));
        assert!(!brought.contains_key("code"));
    }
}

#[test]
fn a_person_sees_who_asks_and_approves_or_declines() {
    let mut desk = Desk::new("asks");
    let page = authorize(&mut desk, ("", ""));
    assert!(page.status == 200 && text(&page).contains("<li>https://outlook.office.com/SMTP.Send</li>"));
    let action =
        text(&page).split("action=\"").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&");

    let (_, brought) =
        sent_back(&desk.post(&action, &[("person", "carol@contoso.com"), ("decision", "approve")]));
    let tokens = json(&redeem(&mut desk, &brought["code"], ("", "")));
    assert_eq!(claims(&tokens["id_token"])["preferred_username"], "carol@contoso.com");

    let (_, brought) = sent_back(&desk.post(&action, &[("decision", "decline")]));
    assert_eq!(brought["error"], "access_denied");
}
