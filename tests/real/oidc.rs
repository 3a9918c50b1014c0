//! A certified provider signs people in, and the real server takes the tokens that it gives.

use oauth2::{PkceCodeChallenge, PkceCodeVerifier};
use serde_json::Value;

use crate::ana::{Account, Ana};
use crate::provider::{CLIENT, Provider, parameters};
use crate::rig::Rig;
use crate::{ANA, BOB, CAROL};

const SCOPE: &str = "https://outlook.office.com/SMTP.Send offline_access openid profile";
const DEVICE_CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";
const REDIRECT: &str = "http://localhost:40123/";

/// What the provider says of itself, and that it lies where Microsoft has it.
fn endpoint(provider: &Provider, name: &str, last: &str) -> String {
    let said = provider.get("/.well-known/openid-configuration");
    assert_eq!(said["issuer"], provider.issuer.as_str());
    let address = said[name].as_str().unwrap().to_owned();
    assert_eq!(address, format!("{}/organizations/oauth2/v2.0/{last}", provider.issuer));
    address
}

fn by_device(provider: &Provider, user: Option<&str>) -> (u16, Value) {
    let ask = endpoint(provider, "device_authorization_endpoint", "devicecode");
    let token = endpoint(provider, "token_endpoint", "token");
    let (_, device) = provider.post(&ask, &[("client_id", CLIENT), ("scope", SCOPE)]);
    let code = device["device_code"].as_str().unwrap();
    let poll = [("client_id", CLIENT), ("grant_type", DEVICE_CODE), ("device_code", code)];
    let (status, pending) = provider.post(&token, &poll);
    assert_eq!((status, &pending["error"]), (400, &"authorization_pending".into()));
    let typed = device["user_code"].as_str().unwrap();
    match user {
        Some(user) => provider.approve(typed, user),
        None => provider.decline(typed),
    }
    provider.post(&token, &poll)
}

/// Ana's account with this token, for one message to Bob.
fn send(rig: &Rig, token: &Value) -> crate::ana::Sent {
    let secret = token.as_str().unwrap().to_owned();
    let account = Account { auth: "xoauth2", secret, ..Account::usual(rig) };
    Ana::with(rig, account).send(&["--to", BOB, "--subject", "By OAuth"], "Hi Bob\n")
}

#[test]
fn a_token_by_device_code_sends_mail() {
    let rig = Rig::find();
    let (status, tokens) = by_device(&Provider::find(&rig), Some(ANA));
    assert_eq!((status, &tokens["token_type"]), (200, &"Bearer".into()));

    let sent = send(&rig, &tokens["access_token"]);

    rig.delivered(BOB, sent.accepted());
    let client = rig.logged(&[sent.queue_id(), "sasl_method="]);
    assert!(client.contains(&format!("sasl_method=XOAUTH2, sasl_username={ANA}")), "{client}");
}

#[test]
fn a_token_of_somebody_else_is_refused() {
    let rig = Rig::find();
    let (_, tokens) = by_device(&Provider::find(&rig), Some(CAROL));

    let sent = send(&rig, &tokens["access_token"]);

    assert_eq!(sent.verdict(), (77, "refused", "auth"), "{sent}");
}

#[test]
fn a_declined_code_gives_nothing() {
    let (status, answer) = by_device(&Provider::find(&Rig::find()), None);
    assert_eq!((status, &answer["error"]), (400, &"access_denied".into()));
}

#[test]
fn a_browser_and_its_proof_give_tokens_that_are_renewed() {
    let rig = Rig::find();
    let provider = Provider::find(&rig);
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let asked = [
        ("client_id", CLIENT),
        ("response_type", "code"),
        ("redirect_uri", REDIRECT),
        ("scope", SCOPE),
        ("state", "a state"),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
    ];
    let query = oauth2::url::form_urlencoded::Serializer::new(String::new()).extend_pairs(asked).finish();
    let page = endpoint(&provider, "authorization_endpoint", "authorize");
    let back = provider.browse(&format!("{page}?{query}"), ANA);
    assert!(back.starts_with(REDIRECT), "{back}");
    let brought = parameters(&back);
    assert_eq!(brought["state"], "a state");

    let token = endpoint(&provider, "token_endpoint", "token");
    let redeem = |verifier: &PkceCodeVerifier| {
        let code = brought["code"].as_str();
        let grant = ("grant_type", "authorization_code");
        let fields = [("client_id", CLIENT), grant, ("code", code), ("redirect_uri", REDIRECT)];
        provider.post(&token, &[&fields[..], &[("code_verifier", verifier.secret())]].concat())
    };
    let (status, first) = redeem(&verifier);
    assert_eq!(status, 200, "{first}");

    let renew = |tokens: &Value| {
        let refresh = tokens["refresh_token"].as_str().unwrap();
        provider.post(
            &token,
            &[("client_id", CLIENT), ("grant_type", "refresh_token"), ("refresh_token", refresh)],
        )
    };
    let (status, second) = renew(&first);
    assert_eq!(status, 200, "{second}");
    assert_ne!(first["refresh_token"], second["refresh_token"], "they rotate");
    rig.delivered(BOB, send(&rig, &second["access_token"]).accepted());

    // One that was used before is a sign of theft to this provider: all that came of it is void.
    assert_eq!(renew(&first).1["error"], "invalid_grant");
    assert_eq!(renew(&second).1["error"], "invalid_grant");
}
