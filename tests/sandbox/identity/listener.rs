//! The service on loopback, under the sandbox's certificate; and its tokens at the mail server.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use sendoff::sandbox::identity::{CLIENT, SERVICE_CLIENT, SERVICE_SECRET};
use sendoff::sandbox::{Options, Report, Sandbox, Scenario, SignInScenario, USER, bind};
use serde_json::Value;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::{DEVICE_CODE, SEND, posted};

struct Running {
    sandbox: Sandbox,
    scenario: watch::Sender<SignInScenario>,
    reports: UnboundedReceiver<Report>,
    _serving: JoinSet<()>,
}

async fn run(scenario: &str) -> Running {
    let server = bind(0).await.unwrap();
    let sandbox = server.sandbox().clone();
    let (sender, reports) = unbounded_channel();
    let (scenario, sign_in) = watch::channel(scenario.parse::<SignInScenario>().unwrap());
    let users = vec![USER.to_owned(), "carol@contoso.com".to_owned()];
    let options = Options { delays: false, users, sign_in, now: || jiff::Timestamp::UNIX_EPOCH };
    let mut serving = JoinSet::new();
    serving.spawn(server.serve(|| Scenario::ACCEPTS, options, sender));
    Running { sandbox, scenario, reports, _serving: serving }
}

impl Running {
    async fn tls(&self, tcp: TcpStream) -> TlsStream<TcpStream> {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(self.sandbox.ca_pem.as_bytes()).unwrap()).unwrap();
        let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = ServerName::try_from(self.sandbox.host.clone()).unwrap();
        TlsConnector::from(Arc::new(config)).connect(name, tcp).await.unwrap()
    }

    async fn connect(&self) -> TlsStream<TcpStream> {
        let at = self.sandbox.authority.strip_prefix("https://").unwrap();
        self.tls(TcpStream::connect(at).await.unwrap()).await
    }

    /// The whole answer as octets, or why there is none.
    async fn raw(&self, request: &str) -> std::io::Result<Vec<u8>> {
        let mut stream = self.connect().await;
        stream.write_all(request.as_bytes()).await?;
        let mut heard = Vec::new();
        stream.read_to_end(&mut heard).await?;
        Ok(heard)
    }

    async fn ask(&self, path: &str, fields: &[(&str, &str)]) -> (u16, Value) {
        let octets = self.raw(&posted(&format!("/organizations/oauth2/v2.0/{path}"), fields)).await.unwrap();
        let answer = String::from_utf8(octets).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.contains(&format!("Content-Length: {}\r\n", body.len())), "{head}");
        (head[9..12].parse().unwrap(), serde_json::from_str(body).unwrap_or_default())
    }

    async fn tokens(&self) -> Value {
        let client = ("client_id", CLIENT);
        let (_, device) = self.ask("devicecode", &[client, ("scope", SEND)]).await;
        let code = device["device_code"].as_str().unwrap();
        let poll = [client, ("grant_type", DEVICE_CODE), ("device_code", code)];
        self.ask("token", &poll).await.1
    }

    /// What the mail server says to this token.
    async fn sign_in(&self, user: &str, token: &Value) -> String {
        let mut clear = BufReader::new(TcpStream::connect(self.sandbox.addr).await.unwrap());
        reply(&mut clear).await;
        for words in ["EHLO [127.0.0.1]\r\n", "STARTTLS\r\n"] {
            clear.write_all(words.as_bytes()).await.unwrap();
            reply(&mut clear).await;
        }
        let mut stream = BufReader::new(self.tls(clear.into_inner()).await);
        stream.write_all(b"EHLO [127.0.0.1]\r\n").await.unwrap();
        reply(&mut stream).await;
        let blob = format!("user={user}\x01auth=Bearer {}\x01\x01", token.as_str().unwrap());
        let auth = format!("AUTH XOAUTH2 {}\r\n", BASE64_STANDARD.encode(blob));
        stream.write_all(auth.as_bytes()).await.unwrap();
        stream.flush().await.unwrap();
        reply(&mut stream).await[..3].to_owned()
    }
}

async fn reply(stream: &mut (impl AsyncBufRead + Unpin)) -> String {
    let mut reply = String::new();
    loop {
        let start = reply.len();
        stream.read_line(&mut reply).await.unwrap();
        if reply.as_bytes().get(start + 3) != Some(&b'-') {
            return reply;
        }
    }
}

#[tokio::test]
async fn a_token_opens_its_owners_mailbox_and_no_other() {
    let running = run("approves").await;
    let tokens = running.tokens().await;

    assert_eq!(running.sign_in(USER, &tokens["access_token"]).await, "235");
    assert_eq!(running.sign_in("carol@contoso.com", &tokens["access_token"]).await, "535");
    for other in [&tokens["refresh_token"], &tokens["id_token"], &"guessed".into()] {
        assert_eq!(running.sign_in(USER, other).await, "535");
    }
}

#[tokio::test]
async fn an_application_opens_every_mailbox() {
    let running = run("asks").await;
    let fields = [
        ("client_id", SERVICE_CLIENT),
        ("client_secret", SERVICE_SECRET),
        ("grant_type", "client_credentials"),
        ("scope", "https://outlook.office365.com/.default"),
    ];
    let (_, tokens) = running.ask("token", &fields).await;
    for user in [USER, "carol@contoso.com"] {
        assert_eq!(running.sign_in(user, &tokens["access_token"]).await, "235");
    }
}

#[tokio::test]
async fn the_scenario_is_switched_while_it_runs() {
    let running = run("aadsts70011").await;
    let ask = [("client_id", CLIENT), ("scope", SEND)];
    assert_eq!(running.ask("devicecode", &ask).await.0, 400);
    running.scenario.send_replace(SignInScenario::ASKS);
    assert_eq!(running.ask("devicecode", &ask).await.0, 200);
}

#[tokio::test]
async fn who_asks_too_often_is_reported() {
    let mut running = run("approves-after-three").await;
    let client = ("client_id", CLIENT);
    let (_, device) = running.ask("devicecode", &[client, ("scope", SEND)]).await;
    let poll =
        [client, ("grant_type", DEVICE_CODE), ("device_code", device["device_code"].as_str().unwrap())];
    running.ask("token", &poll).await;
    running.ask("token", &poll).await;
    let Some(Report::Violation(what)) = running.reports.recv().await else { panic!("nothing is reported") };
    assert!(what.starts_with("sign-in: the device asked again after 0.0 s"), "{what}");
}

#[tokio::test]
async fn fifty_megabytes_come_and_are_still_json() {
    let running = run("huge").await;
    let heard = running
        .raw(&posted("/common/oauth2/v2.0/devicecode", &[("client_id", CLIENT), ("scope", SEND)]))
        .await;
    let answer = heard.unwrap();
    let at = answer.windows(4).position(|end| end == b"\r\n\r\n").unwrap() + 4;
    let (top, body) = (str::from_utf8(&answer[..at]).unwrap(), &answer[at..]);
    assert!(body.len() > 50_000_000 && top.contains(&format!("Content-Length: {}\r\n", body.len())), "{top}");
    assert!(serde_json::from_slice::<Value>(body).unwrap()["device_code"].is_string());
}

#[tokio::test]
async fn a_reset_is_one_and_silence_lasts() {
    let running = run("reset").await;
    let request = posted("/common/oauth2/v2.0/token", &[]);
    let end = running.raw(&request).await.unwrap_err();
    assert!(
        matches!(end.kind(), std::io::ErrorKind::ConnectionReset | std::io::ErrorKind::UnexpectedEof),
        "{end}"
    );

    running.scenario.send_replace("silence".parse().unwrap());
    let mut stream = running.connect().await;
    stream.write_all(request.as_bytes()).await.unwrap();
    let waited = tokio::time::timeout(Duration::from_millis(300), stream.read_u8()).await;
    assert!(waited.is_err(), "{waited:?}");

    running.scenario.send_replace("drip".parse().unwrap());
    let mut stream = running.connect().await;
    stream.write_all(request.as_bytes()).await.unwrap();
    assert_eq!(stream.read_u8().await.unwrap(), b'H');
    let waited = tokio::time::timeout(Duration::from_millis(300), stream.read_u8()).await;
    assert!(waited.is_err(), "{waited:?}");
}

#[tokio::test]
async fn hostile_requests_are_answered_and_others_are_served_meanwhile() {
    let running = run("asks").await;
    // Somebody connects and says nothing, and somebody never ends the head.
    let _mute =
        TcpStream::connect(running.sandbox.authority.strip_prefix("https://").unwrap()).await.unwrap();
    let mut slow = running.connect().await;
    slow.write_all(b"POST /common/oauth2/v2.0/token HTTP/1.1\r\n").await.unwrap();

    let long = format!("GET /{} HTTP/1.1\r\n\r\n", "a".repeat(20_000));
    let heard = running.raw(&long).await.unwrap();
    assert!(heard.starts_with(b"HTTP/1.1 431 "), "{}", heard.escape_ascii());
    let heard = running.raw("POST /common/oauth2/v2.0/token HTTP/1.1\r\n\r\n").await.unwrap();
    assert!(heard.starts_with(b"HTTP/1.1 411 "), "{}", heard.escape_ascii());
}

#[tokio::test(start_paused = true)]
async fn who_connects_and_says_nothing_is_let_go_after_ten_seconds() {
    let running = run("asks").await;
    let at = running.sandbox.authority.strip_prefix("https://").unwrap();
    let mut mute = TcpStream::connect(at).await.unwrap();
    let begun = tokio::time::Instant::now();

    let heard = mute.read(&mut [0]).await;

    assert!(matches!(heard, Ok(0)), "{heard:?}");
    assert_eq!(begun.elapsed().as_secs(), 10);
}
