//! A sign-in service that says what it is told to say, and remembers what it was asked, and when.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth2::url::form_urlencoded;
use rcgen::CertificateParams;
use sendoff::auth::oauth::{Client, SignInError};
use sendoff::mail::oauth::{Application, Cloud, Grant};
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::time::Instant;
use tokio_rustls::TlsAcceptor;

use crate::support::authority::{Authority, lasting};

/// One question.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) at: Instant,
    pub(super) path: String,
    pub(super) head: String,
    pub(super) form: BTreeMap<String, String>,
}

#[derive(Clone)]
pub(super) enum Reply {
    /// All octets of an HTTP answer.
    Bytes(Vec<u8>),
    /// The line is closed without a word.
    Close,
    /// Nothing comes.
    Silence,
}

pub(super) struct Service {
    pub(super) port: u16,
    pub(super) root: String,
    book: Arc<Mutex<Book>>,
}

struct Book {
    script: VecDeque<Reply>,
    asked: Vec<Asked>,
}

impl Service {
    /// Answers with the replies in turn, and then with the last one for ever.
    pub(super) async fn start(script: impl IntoIterator<Item = Reply>) -> Self {
        Self::with_certificate(&lasting(&["localhost"]), script).await
    }

    pub(super) async fn with_certificate(
        certificate: &CertificateParams,
        script: impl IntoIterator<Item = Reply>,
    ) -> Self {
        let authority = Authority::new("ours");
        let acceptor = authority.server(certificate);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let book = Arc::new(Mutex::new(Book { script: script.into_iter().collect(), asked: Vec::new() }));
        tokio::spawn(serve(listener, acceptor, Arc::clone(&book)));
        Self { port, root: authority.pem(), book }
    }

    pub(super) fn asked(&self) -> Vec<Asked> {
        self.book.lock().unwrap().asked.clone()
    }

    /// Seconds between the questions.
    pub(super) fn pauses(&self) -> Vec<u64> {
        let asked = self.asked();
        asked.windows(2).map(|two| (two[1].at - two[0].at + Duration::from_millis(500)).as_secs()).collect()
    }

    pub(super) fn application(&self) -> Application {
        Application {
            client_id: "11111111-2222-3333-4444-555555555555".into(),
            tenant: "contoso.com".into(),
            cloud: Cloud::Global,
            authority: Some(format!("https://localhost:{}", self.port)),
            person: "ana@contoso.com".into(),
            grant: Grant::Person,
            accepts_broader: false,
        }
    }

    pub(super) fn client(&self) -> Client {
        self.client_of(&self.application())
    }

    pub(super) fn service_client(&self) -> Client {
        self.client_of(&Application { grant: Grant::Service { certificate: None }, ..self.application() })
    }

    pub(super) fn client_of(&self, application: &Application) -> Client {
        Client::new(application, Some(&self.root)).unwrap()
    }
}

async fn serve(listener: TcpListener, acceptor: TlsAcceptor, book: Arc<Mutex<Book>>) {
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let (acceptor, book) = (acceptor.clone(), Arc::clone(&book));
        tokio::spawn(async move {
            let Ok(mut stream) = acceptor.accept(stream).await else { return };
            let Some(asked) = question(&mut stream).await else { return };
            let reply = {
                let mut book = book.lock().unwrap();
                book.asked.push(asked);
                if book.script.len() > 1 { book.script.pop_front() } else { book.script.front().cloned() }
            };
            match reply.unwrap() {
                Reply::Bytes(bytes) => {
                    let _ = stream.write_all(&bytes).await;
                    let _ = stream.shutdown().await;
                }
                Reply::Close => {}
                Reply::Silence => std::future::pending().await,
            }
        });
    }
}

async fn question(stream: &mut (impl AsyncRead + Unpin)) -> Option<Asked> {
    let mut bytes = Vec::new();
    loop {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
        let text = String::from_utf8_lossy(&bytes);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().unwrap())
        });
        if body.len() < length.unwrap_or(0) {
            continue;
        }
        let path = head.split(' ').nth(1).unwrap().to_owned();
        let form = form_urlencoded::parse(body.as_bytes()).into_owned().collect();
        return Some(Asked { at: Instant::now(), path, head: head.to_ascii_lowercase(), form });
    }
}

/// An answer in JSON.
pub(super) fn json(status: u16, body: &Value) -> Reply {
    http(status, "application/json; charset=utf-8", body.to_string().as_bytes())
}

pub(super) fn http(status: u16, kind: &str, body: &[u8]) -> Reply {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status} Status\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    Reply::Bytes([head.as_bytes(), body].concat())
}

/// A no, as Microsoft writes it.
pub(super) fn no(error: &str, number: u32) -> Reply {
    let text = format!("AADSTS{number}: Something in many words. Trace ID: 0f0f Correlation ID: 1e1e");
    json(400, &json!({ "error": error, "error_description": text, "error_codes": [number], "suberror": "x" }))
}

pub(super) const ACCESS: &str = "access-canary-9w8e7r6t5y";
pub(super) const REFRESH: &str = "refresh-canary-1q2w3e4r5t";
pub(super) const DEVICE: &str = "device-canary-0p9o8i7u6y";
pub(super) const SCOPE: &str = "https://outlook.office.com/SMTP.Send openid profile";

/// What Ana gets.
pub(super) fn tokens() -> Value {
    json!({
        "token_type": "Bearer", "scope": SCOPE, "expires_in": 3599, "ext_expires_in": 3599,
        "access_token": ACCESS, "refresh_token": REFRESH, "id_token": id_token(&json!({
            "preferred_username": "Ana@Contoso.com", "name": "Ana Silva", "tid": "7777-8888",
        })),
    })
}

pub(super) fn id_token(claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.c2ln", part(&json!({ "alg": "RS256" })), part(claims))
}

/// `changed` laid over `base`; null takes a field out.
pub(super) fn with(mut base: Value, changed: &Value) -> Value {
    let fields = base.as_object_mut().unwrap();
    for (name, value) in changed.as_object().unwrap() {
        if value.is_null() {
            fields.remove(name)
        } else {
            fields.insert(name.clone(), value.clone())
        };
    }
    base
}

pub(super) fn device_code() -> Value {
    json!({
        "device_code": DEVICE, "user_code": "FJC3RGHPQ", "verification_uri": "https://microsoft.com/devicelogin",
        "expires_in": 900, "interval": 5, "message": "To sign in, open the page and enter the code.",
    })
}

/// What went wrong, without asking the good case to be printable.
#[track_caller]
pub(super) fn wrong<T>(result: Result<T, SignInError>) -> SignInError {
    let error = result.err().expect("it should have failed");
    let seen = format!("{error} {error:?} {:?}", error.cause());
    for secret in [ACCESS, REFRESH, DEVICE] {
        assert!(!seen.contains(secret), "{seen}");
    }
    error
}

pub(super) fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}
