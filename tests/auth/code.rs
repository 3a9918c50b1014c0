//! The browser's way: what it is sent to, and what is taken from where it ended.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth2::url::{Url, form_urlencoded};
use sendoff::auth::oauth::{Authorization, Client, Sense, SignInError};
use sendoff::mail::oauth::{Application, Cloud, Way};
use sendoff::mail::secret::Secret;

use super::service::{ACCESS, Service, json, tokens, wrong};

const CODE: &str = "0.AXcA-code-canary.M_R3_BAY";

fn asked(url: &str) -> BTreeMap<String, String> {
    Url::parse(url).unwrap().query_pairs().into_owned().collect()
}

fn ended(asked_for: &Authorization, more: &str) -> String {
    let state = &asked(&asked_for.url)["state"];
    let code: String = form_urlencoded::byte_serialize(CODE.as_bytes()).collect();
    format!("https://localhost/common/oauth2/nativeclient?code={code}&state={state}&session_state=1-2{more}")
}

async fn redeem(client: &Client, asked: &Authorization, text: &str) -> Result<String, SignInError> {
    let tokens = client.redeem(asked, &Secret::new(text.to_owned())).await?;
    Ok(tokens.access.reveal().to_owned())
}

#[tokio::test(start_paused = true)]
async fn the_browser_is_sent_with_a_challenge_and_a_state() {
    let service = Service::start([json(200, &tokens())]).await;
    let client = service.client();
    let first = client.authorize("http://localhost:4711").unwrap();
    let prefix = format!("https://localhost:{}/contoso.com/oauth2/v2.0/authorize?", service.port);
    assert!(first.url.starts_with(&prefix), "{}", first.url);
    let query = asked(&first.url);
    let expected = [
        ("client_id", "11111111-2222-3333-4444-555555555555"),
        ("code_challenge_method", "S256"),
        ("login_hint", "ana@contoso.com"),
        ("redirect_uri", "http://localhost:4711"),
        ("response_mode", "query"),
        ("response_type", "code"),
        ("scope", "https://outlook.office.com/SMTP.Send offline_access openid profile"),
    ];
    for (name, value) in expected {
        assert_eq!(query[name], value);
    }
    assert_eq!(query.len(), expected.len() + 2, "and a state and a challenge: {query:?}");
    let second = asked(&client.authorize("http://localhost:4711").unwrap().url);
    assert!(query["state"] != second["state"] && query["code_challenge"] != second["code_challenge"]);
    assert!(query["state"].len() >= 20);

    redeem(&client, &first, &ended(&first, "")).await.unwrap();
    let form = service.asked().remove(0).form;
    let verifier = ring::digest::digest(&ring::digest::SHA256, form["code_verifier"].as_bytes());
    assert_eq!(URL_SAFE_NO_PAD.encode(verifier), query["code_challenge"]);
    assert_eq!((form["code"].as_str(), form["redirect_uri"].as_str()), (CODE, "http://localhost:4711"));
    assert_eq!(form["grant_type"], "authorization_code");
    assert_eq!(form.len(), 5, "and the client id: {form:?}");
}

#[tokio::test(start_paused = true)]
async fn an_address_is_taken_as_people_paste_it() {
    let service = Service::start([json(200, &tokens())]).await;
    let client = service.client();
    let asked = client.authorize(&client.paste_back()).unwrap();
    let whole = ended(&asked, "#");
    let (first, second) = whole.split_at(90);
    let fragment = whole.replace('?', "#");
    let query = whole.split_once('?').unwrap().1;
    let texts = [
        whole.clone(),
        format!("  {first}\r\n  {second}\n"),
        fragment.trim_end_matches('#').into(),
        query.into(),
        CODE.into(),
    ];
    for text in texts {
        assert_eq!(redeem(&client, &asked, &text).await.unwrap(), ACCESS, "{text}");
    }
    let forms: Vec<_> = service.asked().into_iter().map(|asked| asked.form["code"].clone()).collect();
    assert_eq!(forms, [CODE; 5]);
}

#[tokio::test(start_paused = true)]
async fn an_address_of_another_sign_in_is_refused_before_anybody_is_asked() {
    let service = Service::start([json(200, &tokens())]).await;
    let client = service.client();
    let (ours, other) =
        (client.authorize(&client.paste_back()).unwrap(), client.authorize(&client.paste_back()).unwrap());
    let no_state = "https://localhost/common/oauth2/nativeclient?code=abc";
    assert_eq!(wrong(redeem(&client, &ours, &ended(&other, "")).await), SignInError::OtherSignIn);
    let forged = "https://localhost/?error=access_denied&state=forged";
    assert_eq!(wrong(redeem(&client, &ours, forged).await), SignInError::OtherSignIn);
    let useless = [
        String::new(),
        no_state.to_owned(),
        ours.url.clone(),
        ended(&ours, "&code=another"),
        ended(&ours, "").replace(&CODE[3..8], "%0D%0A"),
        ended(&ours, "").replace(&CODE[3..8], "%00"),
        "a".repeat(20_000),
        "cöde".to_owned(),
    ];
    for text in useless {
        let error = wrong(redeem(&client, &ours, &text).await);
        assert!(matches!(error, SignInError::NoCode(_)), "{text}: {error:?}");
        assert!(!format!("{error:?}").contains("canary"));
        assert!(!error.cause().todo.is_empty());
    }
    assert_eq!(service.asked().len(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_no_in_the_address_is_explained() {
    let service = Service::start([json(200, &tokens())]).await;
    let client = service.client();
    let asked_for = client.authorize(&client.paste_back()).unwrap();
    let state = &asked(&asked_for.url)["state"];
    let address = format!(
        "https://localhost/common/oauth2/nativeclient?error=access_denied&error_description=AADSTS65004%3a+User+declined+to+consent&state={state}"
    );
    let error = wrong(redeem(&client, &asked_for, &address).await);
    let SignInError::Refused(refusal) = &error else { panic!("{error:?}") };
    assert_eq!(
        (refusal.sense, refusal.number, refusal.way),
        (Sense::Declined, Some(65004), Some(Way::PasteBack))
    );
    assert_eq!(refusal.text.as_str(), "AADSTS65004: User declined to consent");
    assert_eq!(error.cause().cause, "sign-in-declined");
    assert_eq!(service.asked().len(), 0);
}

#[tokio::test(start_paused = true)]
async fn the_next_way_is_offered_where_one_is_closed() {
    let table = [
        ("http://localhost:4711", 53003, &[Way::PasteBack][..]),
        ("http://localhost:4711", 50011, &[Way::PasteBack, Way::DeviceCode]),
        ("paste", 50011, &[Way::Loopback, Way::DeviceCode]),
        ("paste", 53003, &[]),
    ];
    for (redirect, number, ways) in table {
        let service = Service::start([super::service::no("invalid_grant", number)]).await;
        let client = service.client();
        let redirect = if redirect == "paste" { client.paste_back() } else { redirect.to_owned() };
        let asked = client.authorize(&redirect).unwrap();
        assert_eq!(
            wrong(redeem(&client, &asked, &ended(&asked, "")).await).other_ways(),
            ways,
            "{redirect} {number}"
        );
    }
}

#[test]
fn each_cloud_has_a_page_of_its_own_to_end_at() {
    let table = [
        (Cloud::Global, "login.microsoftonline.com"),
        (Cloud::GccHigh, "login.microsoftonline.us"),
        (Cloud::Dod, "login.microsoftonline.us"),
        (Cloud::China, "login.partner.microsoftonline.cn"),
    ];
    for (cloud, host) in table {
        let application = Application {
            client_id: "1".into(),
            tenant: "organizations".into(),
            cloud,
            authority: None,
            person: "ana@contoso.com".into(),
            grant: sendoff::mail::oauth::Grant::Person,
            accepts_broader: false,
        };
        let root = crate::support::authority::Authority::new("ours").pem();
        let client = Client::new(&application, Some(&root)).unwrap();
        assert_eq!(client.paste_back(), format!("https://{host}/common/oauth2/nativeclient"));
        let url = client.authorize(&client.paste_back()).unwrap().url;
        assert!(url.starts_with(&format!("https://{host}/organizations/oauth2/v2.0/authorize?")), "{url}");
    }
}
