//! The port to which the browser comes back: one answer of the right browser, and nothing else.

use oauth2::url::Url;
use sendoff::auth::oauth::{Authorization, Loopback, SignInError};
use sendoff::mail::oauth::Way;
use sendoff::mail::secret::Secret;
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout};

use super::service::{ACCESS, Service, json, seconds, tokens, wrong};

/// A port that waits, and what the browser was sent with.
struct Waiting {
    service: Service,
    port: u16,
    state: String,
    done: JoinHandle<(Authorization, Result<Secret, SignInError>)>,
}

impl Waiting {
    async fn start() -> Self {
        let service = Service::start([json(200, &tokens())]).await;
        let loopback = Loopback::bind().await.unwrap();
        let port = loopback.port();
        assert_eq!(loopback.redirect(), format!("http://localhost:{port}"));
        let asked = service.client().authorize(&loopback.redirect()).unwrap();
        let url = Url::parse(&asked.url).unwrap();
        let state = url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
        let done = tokio::spawn(async move {
            let answer = loopback.wait(&asked).await;
            (asked, answer)
        });
        Self { service, port, state, done }
    }

    /// The one request that is waited for.
    fn right(&self) -> String {
        format!("GET /?code=abc.def&state={} HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", self.state, self.port)
    }

    async fn say(&self, request: &str) -> String {
        say(self.port, request).await
    }
}

async fn say(port: u16, request: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let _ = stream.write_all(request.as_bytes()).await;
    let mut answer = Vec::new();
    let _ = timeout(seconds(20), stream.read_to_end(&mut answer)).await.unwrap();
    String::from_utf8(answer).unwrap()
}

#[tokio::test]
async fn the_browser_comes_back_and_is_told_to_close() {
    let waiting = Waiting::start().await;
    let page = waiting.say(&waiting.right()).await;
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n") && page.contains("You can close this"), "{page}");
    assert!(page.contains("Cache-Control: no-store") && page.contains("Referrer-Policy: no-referrer"));
    assert!(!page.contains("abc.def"));
    let (asked, answer) = waiting.done.await.unwrap();
    let tokens = waiting.service.client().redeem(&asked, &answer.ok().unwrap()).await.ok().unwrap();
    assert_eq!(tokens.access.reveal(), ACCESS);
    let form = waiting.service.asked().remove(0).form;
    assert_eq!(form["code"], "abc.def");
    assert_eq!(form["redirect_uri"], format!("http://localhost:{}", waiting.port));
    assert!(TcpStream::connect(("127.0.0.1", waiting.port)).await.is_err(), "the port is closed behind it");
}

#[tokio::test]
async fn whatever_else_knocks_is_refused_and_the_wait_goes_on() {
    let waiting = Waiting::start().await;
    let (port, state, right) = (waiting.port, waiting.state.clone(), waiting.right());
    let host = format!("Host: localhost:{port}\r\n\r\n");
    let query = format!("code=abc&state={state}");
    let table = [
        ("another page", format!("GET /favicon.ico HTTP/1.1\r\n{host}"), "404"),
        ("a path", format!("GET /callback?{query} HTTP/1.1\r\n{host}"), "404"),
        ("no query", format!("GET / HTTP/1.1\r\n{host}"), "404"),
        ("a whole address", format!("GET http://localhost:{port}/?{query} HTTP/1.1\r\n{host}"), "404"),
        ("a form", right.replace("GET", "POST"), "405"),
        ("a form with a body", right.replace("GET", "POST") + "code=abc&Host: localhost", "405"),
        ("a look", right.replace("GET", "HEAD"), "405"),
        ("another site", right.replace("localhost", "evil.example"), "421"),
        ("another port", right.replace(&format!(":{port}"), ":1"), "421"),
        ("no port", right.replace(&format!(":{port}"), ""), "421"),
        ("no host", format!("GET /?{query} HTTP/1.1\r\n\r\n"), "400"),
        ("two hosts", format!("GET /?{query} HTTP/1.1\r\nHost: localhost:{port}\r\n{host}"), "400"),
        ("a forged state", format!("GET /?code=abc&state=forged HTTP/1.1\r\n{host}"), "403"),
        ("no state", format!("GET /?code=abc HTTP/1.1\r\n{host}"), "403"),
        ("no code", format!("GET /?state={state} HTTP/1.1\r\n{host}"), "403"),
        ("a forged no", format!("GET /?error=access_denied&state=forged HTTP/1.1\r\n{host}"), "403"),
        ("two codes", format!("GET /?{query}&code=x HTTP/1.1\r\n{host}"), "400"),
        ("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(), "400"),
        ("TLS", "\u{16}\u{3}\u{1}\r\n\r\n".to_owned(), "400"),
    ];
    for (what, request, status) in table {
        let answer = waiting.say(&request).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{what}: {answer}");
        assert!(!answer.contains("You can close this"), "{what}");
    }
    assert_eq!(waiting.say(&"GET ".repeat(10_000)).await, "", "too long a head is hung up on");
    assert!(!waiting.done.is_finished());
    assert!(waiting.say(&right).await.contains("You can close this"));
    assert!(waiting.done.await.unwrap().1.is_ok());
}

#[tokio::test]
async fn a_browser_that_opens_connections_in_reserve_is_no_hindrance() {
    let waiting = Waiting::start().await;
    let mut idle = Vec::new();
    for _ in 0..8 {
        let mut stream = TcpStream::connect(("127.0.0.1", waiting.port)).await.unwrap();
        stream.write_all(b"GET /?co").await.unwrap();
        idle.push(stream);
    }
    assert!(waiting.say(&waiting.right()).await.contains("You can close this"));
    assert!(waiting.done.await.unwrap().1.is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_crowd_that_says_nothing_only_delays() {
    let waiting = Waiting::start().await;
    let mut idle = Vec::new();
    for _ in 0..40 {
        idle.push(TcpStream::connect(("127.0.0.1", waiting.port)).await.unwrap());
    }
    let start = Instant::now();
    let mut stream = TcpStream::connect(("127.0.0.1", waiting.port)).await.unwrap();
    stream.write_all(waiting.right().as_bytes()).await.unwrap();
    let mut page = String::new();
    let _ = stream.read_to_string(&mut page).await;
    assert!(page.contains("You can close this"), "{page}");
    assert!((10..=60).contains(&start.elapsed().as_secs()), "{:?}", start.elapsed());
}

#[tokio::test]
async fn a_browser_may_come_by_ipv6() {
    let waiting = Waiting::start().await;
    let Ok(mut stream) = TcpStream::connect(("::1", waiting.port)).await else {
        assert!(
            tokio::net::TcpListener::bind("[::1]:0").await.is_err(),
            "there is IPv6, so the port is open there"
        );
        return;
    };
    stream.write_all(waiting.right().as_bytes()).await.unwrap();
    let mut page = String::new();
    stream.read_to_string(&mut page).await.unwrap();
    assert!(page.contains("You can close this"), "{page}");
}

#[tokio::test]
async fn it_answers_once() {
    let waiting = Waiting::start().await;
    let right = waiting.right();
    let pages = tokio::join!(say(waiting.port, &right), async {
        match TcpStream::connect(("127.0.0.1", waiting.port)).await {
            Ok(mut stream) => {
                let mut page = String::new();
                let _ = stream.write_all(right.as_bytes()).await;
                let _ = stream.read_to_string(&mut page).await;
                page
            }
            Err(_closed) => String::new(),
        }
    });
    let told = [&pages.0, &pages.1].iter().filter(|page| page.contains("You can close this")).count();
    assert_eq!(told, 1, "{pages:?}");
    assert!(waiting.done.await.unwrap().1.is_ok());
}

#[tokio::test]
async fn a_no_comes_back_that_way_too() {
    let waiting = Waiting::start().await;
    let request = format!(
        "GET /?error=access_denied&error_description=AADSTS53003%3a+Blocked&state={} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n",
        waiting.state, waiting.port
    );
    assert!(waiting.say(&request).await.starts_with("HTTP/1.1 200"));
    let (asked, answer) = waiting.done.await.unwrap();
    let error = wrong(waiting.service.client().redeem(&asked, &answer.ok().unwrap()).await);
    assert_eq!(error.other_ways(), [Way::PasteBack]);
    assert_eq!(waiting.service.asked().len(), 0);
}

#[tokio::test(start_paused = true)]
async fn the_port_is_open_for_two_minutes() {
    let service = Service::start([json(200, &json!({}))]).await;
    let loopback = Loopback::bind().await.unwrap();
    let asked = service.client().authorize(&loopback.redirect()).unwrap();
    let start = Instant::now();
    let error = wrong(loopback.wait(&asked).await);
    assert_eq!(start.elapsed().as_secs(), 120);
    assert_eq!(error, SignInError::Expired(Way::Loopback));
    assert_eq!(error.other_ways(), [Way::PasteBack, Way::DeviceCode]);
}

#[tokio::test(start_paused = true)]
async fn a_slow_caller_is_hung_up_on() {
    let waiting = Waiting::start().await;
    let start = Instant::now();
    let mut stream = TcpStream::connect(("127.0.0.1", waiting.port)).await.unwrap();
    stream.write_all(b"GET /?code=abc&st").await.unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    assert!(answer.is_empty());
    assert_eq!(start.elapsed().as_secs(), 10);
    tokio::time::resume();
    assert!(waiting.say(&waiting.right()).await.contains("You can close this"));
}
