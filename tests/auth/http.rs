//! HTTPS to the pinned host, and what it does not do.

use std::time::Duration;

use rcgen::date_time_ymd;
use sendoff::auth::http::{Http, HttpError};
use sendoff::auth::oauth::{Client, SignInError};
use sendoff::mail::oauth::Application;
use sendoff::mail::secret::Secret;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpListener;
use zeroize::Zeroizing;

use super::service::{Reply, Service, http, json, tokens, wrong};
use crate::support::authority::{Authority, lasting};

async fn asked(client: &Client) -> HttpError {
    match wrong(client.refresh(&Secret::new("refresh".into())).await) {
        SignInError::Http(error) => error,
        other => panic!("{other:?}"),
    }
}

fn bytes(head: &str, body: &[u8]) -> Reply {
    Reply::Bytes([head.replace('\n', "\r\n").as_bytes(), b"\r\n", body].concat())
}

#[tokio::test(start_paused = true)]
async fn a_redirect_is_not_followed_wherever_it_leads() {
    let other = Service::start([json(200, &tokens())]).await;
    for status in [301, 302, 303, 307, 308] {
        for host in ["localhost", "127.0.0.1"] {
            let to = format!("https://{host}:{}/contoso.com/oauth2/v2.0/token", other.port);
            let head = format!(
                "HTTP/1.1 {status} Elsewhere\nLocation: {to}\nContent-Length: 0\nConnection: close\n"
            );
            let service = Service::start([bytes(&head, b"")]).await;
            assert_eq!(asked(&service.client()).await, HttpError::Redirected, "{status}");
        }
    }
    assert_eq!(other.asked().len(), 0);
}

#[tokio::test(start_paused = true)]
async fn an_answer_without_end_is_cut_off() {
    let large = vec![b' '; 50 << 20];
    let service = Service::start([http(200, "application/json", &large)]).await;
    assert_eq!(asked(&service.client()).await, HttpError::TooLarge);
    let endless = bytes("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n", b"10000\r\n");
    let mut chunks = vec![b'x'; 0x10000];
    chunks.extend(b"\r\n10000\r\n");
    let Reply::Bytes(head) = endless else { unreachable!() };
    let service = Service::start([Reply::Bytes([head, chunks.repeat(20)].concat())]).await;
    assert_eq!(asked(&service.client()).await, HttpError::TooLarge);
    let heads = format!("HTTP/1.1 200 OK\n{}", "X-Y: z\n".repeat(100_000));
    let service = Service::start([bytes(&heads, b"{}")]).await;
    assert!(!matches!(asked(&service.client()).await, HttpError::TimedOut(_)));
    // The largest that is allowed is read.
    let fits = format!("{}{}", tokens(), " ".repeat(256 * 1024 - tokens().to_string().len()));
    let service = Service::start([http(200, "application/json", fits.as_bytes())]).await;
    assert!(service.client().refresh(&Secret::new("refresh".into())).await.is_ok());
    let service = Service::start([http(200, "application/json", format!("{fits} ").as_bytes())]).await;
    assert_eq!(asked(&service.client()).await, HttpError::TooLarge);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_unpacked() {
    for coding in ["gzip", "br", "deflate", "zstd", "gzip, gzip"] {
        let head = format!("HTTP/1.1 200 OK\nContent-Encoding: {coding}\nContent-Length: 4\n");
        let service = Service::start([bytes(&head, b"\x1f\x8b\x08\x00")]).await;
        assert_eq!(asked(&service.client()).await, HttpError::Packed, "{coding}");
    }
}

#[tokio::test(start_paused = true)]
async fn it_says_who_it_is_and_keeps_no_cookie() {
    let body = tokens().to_string();
    let head = format!("HTTP/1.1 200 OK\nSet-Cookie: canary=1\nContent-Length: {}\n", body.len());
    let service = Service::start([bytes(&head, body.as_bytes())]).await;
    let client = service.client();
    for _ in 0..2 {
        assert!(client.refresh(&Secret::new("refresh".into())).await.is_ok());
    }
    for asked in service.asked() {
        let head = &asked.head;
        assert!(head.starts_with("post /contoso.com/oauth2/v2.0/token http/1.1\r\n"), "{head}");
        assert!(head.contains(&format!("user-agent: sendoff/{}", env!("CARGO_PKG_VERSION"))), "{head}");
        assert!(
            head.contains("content-type: application/x-www-form-urlencoded")
                && head.contains("accept: application/json")
        );
        assert!(!head.contains("cookie") && !head.contains("gzip") && !head.contains("refresh"), "{head}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_certificate_that_does_not_hold_is_named() {
    let mut old = lasting(&["localhost"]);
    old.not_after = date_time_ymd(2021, 1, 1);
    let mut young = lasting(&["localhost"]);
    young.not_before = date_time_ymd(2039, 1, 1);
    let table =
        [(lasting(&["login.contoso.com"]), "another name"), (old, "has expired"), (young, "not valid yet")];
    for (params, why) in table {
        let service = Service::with_certificate(&params, [json(200, &tokens())]).await;
        let error = asked(&service.client()).await;
        assert!(matches!(&error, HttpError::Certificate(text) if text.contains(why)), "{why}: {error:?}");
        assert!(!error.is_passing());
        assert_eq!(service.asked().len(), 0);
    }
    let service = Service::start([json(200, &tokens())]).await;
    let client = Client::new(&service.application(), Some(&Authority::new("other").pem())).unwrap();
    let error = asked(&client).await;
    assert!(
        matches!(&error, HttpError::Certificate(text) if text.contains("nobody that this machine trusts")),
        "{error:?}"
    );
    assert_eq!(SignInError::from(error).cause().cause, "certificate-invalid");
}

#[tokio::test(start_paused = true)]
async fn a_root_that_is_none_is_refused() {
    let service = Service::start([json(200, &tokens())]).await;
    for pem in ["", "no PEM", "-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n"] {
        let error = Client::new(&service.application(), Some(pem)).err().unwrap();
        assert_eq!(error, SignInError::Http(HttpError::Root));
    }
}

#[tokio::test]
async fn silence_has_an_end() {
    let service = Service::start([Reply::Silence]).await;
    let client = service.client().within(Duration::from_millis(200));
    assert_eq!(asked(&client).await, HttpError::TimedOut("localhost".into()));
}

#[tokio::test(start_paused = true)]
async fn a_line_that_leads_nowhere_is_told_apart() {
    let service = Service::start([Reply::Close]).await;
    assert_eq!(asked(&service.client()).await, HttpError::Lost("localhost".into()));
    let at = |authority: String| Application { authority: Some(authority), ..service.application() };
    let root = Some(service.root.as_str());

    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let client = Client::new(&at(format!("https://localhost:{closed}")), root).unwrap();
    assert!(matches!(asked(&client).await, HttpError::Connect(..)));

    let plain = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = plain.local_addr().unwrap().port();
    tokio::spawn(async move {
        let (mut stream, _) = plain.accept().await.unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        std::future::pending::<()>().await;
    });
    let client = Client::new(&at(format!("https://localhost:{port}")), root).unwrap();
    assert!(matches!(asked(&client).await, HttpError::Tls(..)));

    let service = Service::start([Reply::Bytes(b"220 mail.contoso.com ESMTP\r\n".to_vec())]).await;
    let error = asked(&service.client()).await;
    assert!(matches!(error, HttpError::NotHttp(_)), "{error:?}");
    assert!(!error.is_passing());
}

#[tokio::test(start_paused = true)]
async fn no_host_is_asked_but_the_pinned_one() {
    let service = Service::start([json(200, &tokens())]).await;
    let pinned = Http::new(&["localhost"], Some(&service.root)).unwrap();
    let port = service.port;
    let addresses = [
        format!("https://127.0.0.1:{port}/"),
        format!("http://localhost:{port}/"),
        format!("https://localhost@127.0.0.1:{port}/"),
        format!("https://localhost.:{port}/"),
        format!("https://localhost.evil.example:{port}/"),
        "no address".to_owned(),
    ];
    for address in addresses {
        let answer = pinned.post(&address, Zeroizing::new("a=b".into())).await;
        assert_eq!(answer.err(), Some(HttpError::NotPinned), "{address}");
    }
    assert_eq!(service.asked().len(), 0);
    let answer = pinned.post(&format!("https://LOCALHOST:{port}/"), Zeroizing::new("a=b".into())).await;
    assert_eq!(answer.ok().map(|answer| answer.status), Some(200));
    for authority in ["http://localhost", "login.contoso.com", "https://"] {
        let application = Application { authority: Some(authority.into()), ..service.application() };
        let refused = match Client::new(&application, Some(&service.root)) {
            Ok(client) => client.device().await.err(),
            Err(error) => Some(error),
        };
        assert_eq!(refused, Some(SignInError::Http(HttpError::NotPinned)), "{authority}");
    }
}
