//! RFC 8628: the code, the pace, the end.

use sendoff::auth::oauth::{Sense, SignInError};
use sendoff::mail::oauth::Way;
use serde_json::{Value, json};
use tokio::time::{Instant, timeout};

use super::service::{
    ACCESS, DEVICE, REFRESH, Reply, Service, device_code, http, json, no, seconds, tokens, with, wrong,
};

fn pending() -> Reply {
    no("authorization_pending", 70016)
}

async fn offered(changed: Value) -> Service {
    Service::start([json(200, &with(device_code(), &changed)), pending()]).await
}

#[tokio::test(start_paused = true)]
async fn a_code_is_shown_entered_and_becomes_tokens() {
    let script = [json(200, &device_code()), pending(), pending(), json(200, &tokens())];
    let service = Service::start(script).await;
    let client = service.client();
    let code = client.device().await.unwrap();
    assert_eq!(
        (code.user_code.as_str(), code.uri.as_str()),
        ("FJC3RGHPQ", "https://microsoft.com/devicelogin")
    );
    assert_eq!((code.expires, code.interval), (seconds(900), seconds(5)));
    assert!(code.message.as_ref().unwrap().as_str().contains("enter the code"));

    let tokens = client.poll(&code).await.ok().unwrap();
    assert_eq!(tokens.access.reveal(), ACCESS);
    assert_eq!(tokens.refresh.unwrap().reveal(), REFRESH);
    assert_eq!(tokens.expires, seconds(3599));
    let who = tokens.who.unwrap();
    assert_eq!(who.address.as_str(), "Ana@Contoso.com");
    assert_eq!((who.name.unwrap().as_str(), who.tenant.unwrap().as_str()), ("Ana Silva", "7777-8888"));
    assert_eq!(service.pauses(), [5, 5, 5]);
}

#[tokio::test(start_paused = true)]
async fn no_more_is_asked_for_than_sending_takes() {
    let service = Service::start([json(200, &device_code()), json(200, &tokens())]).await;
    let client = service.client();
    let code = client.device().await.unwrap();
    client.poll(&code).await.ok().unwrap();
    let [first, second] = service.asked().try_into().unwrap();
    assert_eq!(first.path, "/contoso.com/oauth2/v2.0/devicecode");
    let id = "11111111-2222-3333-4444-555555555555";
    let scope = "https://outlook.office.com/SMTP.Send offline_access openid profile";
    assert_eq!(json!(first.form), json!({ "client_id": id, "scope": scope }));
    assert_eq!(second.path, "/contoso.com/oauth2/v2.0/token");
    let grant = "urn:ietf:params:oauth:grant-type:device_code";
    assert_eq!(json!(second.form), json!({ "client_id": id, "grant_type": grant, "device_code": DEVICE }));
}

#[tokio::test(start_paused = true)]
async fn slow_down_holds_from_then_on() {
    let slow = no("slow_down", 0);
    let script = [
        json(200, &device_code()),
        pending(),
        slow.clone(),
        pending(),
        slow,
        pending(),
        json(200, &tokens()),
    ];
    let service = Service::start(script).await;
    let client = service.client();
    let code = client.device().await.unwrap();
    assert!(client.poll(&code).await.is_ok());
    assert_eq!(service.pauses(), [5, 5, 10, 10, 15, 15]);
}

#[tokio::test(start_paused = true)]
async fn trouble_on_the_way_is_waited_out_ever_more_patiently() {
    let script = [
        json(200, &device_code()),
        Reply::Close,
        http(503, "text/html", b"<html>busy</html>"),
        http(429, "text/plain", b""),
        no("temporarily_unavailable", 90033),
        pending(),
        json(429, &json!({ "error": "something_new" })),
        json(200, &tokens()),
    ];
    let service = Service::start(script).await;
    let client = service.client();
    let code = client.device().await.unwrap();
    assert!(client.poll(&code).await.is_ok());
    // Five seconds, doubled while it lasts, at most a minute; and back once there is a word again.
    assert_eq!(service.pauses(), [5, 10, 20, 40, 60, 5, 10]);
}

#[tokio::test(start_paused = true)]
async fn nobody_is_asked_faster_than_told() {
    let table = [
        (json!(null), 5.0),
        (json!(0), 5.0),
        (json!(-3), 5.0),
        (json!("often"), 5.0),
        (json!([1]), 5.0),
        (json!(0.2), 1.0),
        (json!("7"), 7.0),
        (json!(7.5), 7.5),
        (json!(90), 90.0),
        (json!(u64::MAX), 1800.0),
    ];
    for (told, expected) in table {
        let service = offered(json!({ "interval": told })).await;
        let code = service.client().device().await.unwrap();
        assert!((code.interval.as_secs_f64() - expected).abs() < 0.001, "{told}: {:?}", code.interval);
    }
}

#[tokio::test(start_paused = true)]
async fn a_code_lives_as_long_as_is_credible() {
    for (told, expected) in
        [(json!(null), 900), (json!(60), 60), (json!("120"), 120), (json!(u64::MAX), 1800)]
    {
        let code = offered(json!({ "expires_in": told })).await.client().device().await.unwrap();
        assert_eq!(code.expires, seconds(expected), "{told}");
    }
    for told in [json!(0), json!(-900)] {
        let error = wrong(offered(json!({ "expires_in": told })).await.client().device().await);
        assert!(error.is_final() && error.to_string().contains("expired"), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_wait_ends_with_the_code_and_another_way_is_offered() {
    let service = offered(json!({ "expires_in": 62, "interval": 20 })).await;
    let client = service.client();
    let code = client.device().await.unwrap();
    let start = Instant::now();
    let error = wrong(client.poll(&code).await);
    assert_eq!(error, SignInError::Expired(Way::DeviceCode));
    assert_eq!(start.elapsed().as_secs(), 62);
    assert_eq!(service.asked().len(), 1 + 3);
    assert_eq!(error.other_ways(), [Way::Loopback, Way::PasteBack]);
    assert_eq!(error.cause().cause, "code-expired");
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_ends_in_trouble_names_it() {
    let script =
        [json(200, &with(device_code(), &json!({ "expires_in": 30 }))), http(502, "text/html", b"?")];
    let service = Service::start(script).await;
    let client = service.client();
    let code = client.device().await.unwrap();
    assert_eq!(wrong(client.poll(&code).await), SignInError::Unavailable(502));
}

#[tokio::test(start_paused = true)]
async fn a_no_stops_the_asking_at_once() {
    let table = [
        ("authorization_declined", Sense::Declined),
        ("access_denied", Sense::Declined),
        ("bad_verification_code", Sense::CodeGone),
        ("expired_token", Sense::CodeGone),
        ("invalid_grant", Sense::SignInAgain),
        ("invalid_client", Sense::Settings),
        ("something_new", Sense::Unknown),
    ];
    for (word, sense) in table {
        let service = Service::start([json(200, &device_code()), json(400, &json!({ "error": word }))]).await;
        let client = service.client();
        let code = client.device().await.unwrap();
        let error = wrong(client.poll(&code).await);
        let SignInError::Refused(refusal) = &error else { panic!("{word}: {error:?}") };
        assert_eq!(refusal.sense, sense, "{word}");
        assert!(error.is_final(), "{word}");
        assert_eq!(service.asked().len(), 2, "{word}");
    }
}

#[tokio::test(start_paused = true)]
async fn whoever_stops_waiting_stops_the_asking() {
    let service = offered(json!({})).await;
    let client = service.client();
    let code = client.device().await.unwrap();
    assert!(timeout(seconds(13), client.poll(&code)).await.is_err());
    tokio::time::sleep(seconds(300)).await;
    assert_eq!(service.asked().len(), 1 + 2);
}

#[tokio::test(start_paused = true)]
async fn only_a_page_of_the_sign_in_service_is_shown() {
    let good = [
        "https://microsoft.com/devicelogin",
        "https://microsoft.com/deviceloginus",
        "https://microsoft.com/deviceloginchina",
        "https://www.microsoft.com/link",
        "https://login.microsoft.com/device",
        "https://login.microsoftonline.us/common/oauth2/deviceauth",
        "https://microsoft.com",
    ];
    let long = format!("https://microsoft.com/{}", "a".repeat(10_000));
    let bad = [
        "http://microsoft.com/devicelogin",
        "HTTPS:microsoft.com",
        "microsoft.com/devicelogin",
        "https://microsoft.com.evil.example/devicelogin",
        "https://evil.example/microsoft.com",
        "https://evil-microsoft.com/",
        "https://microsoft.com@evil.example/",
        "https://ana:x@microsoft.com/devicelogin",
        "https://@microsoft.com/devicelogin",
        "https://microsoft.com\\@evil.example/",
        "https:\\\\microsoft.com/",
        "https:///microsoft.com/",
        "https://microsoft.com:8443/devicelogin",
        "https://mıcrosoft.com/devicelogin",
        "https://micros\u{43e}ft.com/devicelogin",
        "https://xn--microsoft-x.com/",
        "https://micro\tsoft.com/devicelogin",
        "https://microsoft.com/\u{1b}]8;;https://evil.example\u{7}",
        "https://microsoft.com/\u{202e}nigol",
        "https://microsoft.com/a b",
        " https://microsoft.com/devicelogin",
        "https://microsoft.com/a\n",
        "https://localhost/devicelogin",
        "javascript:alert(1)",
        "",
        &long,
    ];
    for uri in good {
        let service = offered(json!({ "verification_uri": uri })).await;
        assert_eq!(service.client().device().await.unwrap().uri, uri);
    }
    for uri in bad {
        let service = offered(json!({ "verification_uri": uri })).await;
        let error = wrong(service.client().device().await);
        assert!(matches!(error, SignInError::Odd(why) if why.contains("page")), "{uri}: {error}");
    }
    let script = json(200, &device_code());
    let service = Service::start([script]).await;
    let own = format!("https://localhost:{}/device", service.port);
    let other = Service::start([json(200, &with(device_code(), &json!({ "verification_uri": own })))]).await;
    assert!(other.client().device().await.is_err(), "another port of this machine is another service");
}

#[tokio::test(start_paused = true)]
async fn a_code_is_a_few_letters_and_digits() {
    for code in ["WDJB-MJHT", "FJC3RGHPQ", "abcd"] {
        let offered = offered(json!({ "user_code": code })).await.client().device().await.unwrap();
        assert_eq!(offered.user_code, code);
    }
    let long = "A".repeat(21);
    for code in ["", "AB", "ABCD EFGH", "ABCD\u{1b}[2J", "ABC\0D", "АВСD1234", "AB\r\nCD", &long] {
        let error = wrong(offered(json!({ "user_code": code })).await.client().device().await);
        assert!(matches!(error, SignInError::Odd(why) if why.contains("code")), "{code:?}: {error}");
    }
}

#[tokio::test(start_paused = true)]
async fn its_own_words_are_cleaned() {
    let service = offered(json!({ "message": format!("\u{1b}[2J{}", "a".repeat(5000)) })).await;
    let message = service.client().device().await.unwrap().message.unwrap();
    assert!(message.as_str().starts_with("^[[2Ja"), "{message}");
    assert!(message.as_str().len() < 600);
}
