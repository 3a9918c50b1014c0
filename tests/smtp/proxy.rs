//! Through a proxy: its answer is read to the byte, since the server may greet in the same breath.

use sendoff::mail::outcome::{Failure, Step, Trouble};
use sendoff::mail::proxy::ProxyServer;
use sendoff::mail::secret::Secret;
use sendoff::mail::transcript::Wire;
use sendoff::smtp::{Event, Target, Way, connect};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::unbounded_channel;
use tokio::time::Instant;

const GREETING: &[u8] = b"220 mail.contoso.com ready\r\n";

/// A proxy on a port of its own, which does this with whoever comes.
async fn proxy<F: Future<Output = ()> + Send + 'static>(
    serve: impl FnOnce(TcpStream) -> F + Send + 'static,
) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move { serve(listener.accept().await.unwrap().0).await });
    port
}

/// What the server at the other end says first, or why there is none; and the lines of the log.
async fn first_words(proxy: &str, has_login: bool) -> (Result<Vec<u8>, Failure>, Vec<String>) {
    let server = ProxyServer::parse(proxy).unwrap();
    let password = Secret::new("proxy-password".into());
    let way = Way { server: &server, login: has_login.then_some(("ana", &password)) };
    let (events, mut inbox) = unbounded_channel();
    let target = Target { host: "mail.contoso.com", port: 587, loopback_only: false, way: Some(way) };
    let ended = connect(target, &events, Instant::now()).await;
    drop(events);
    let mut lines = Vec::new();
    while let Some(event) = inbox.recv().await {
        if let Event::Wire(Wire::Line(line)) = event {
            lines.push(line.text.to_string());
        }
    }
    match ended {
        Ok((mut stream, _)) => {
            let mut greeting = vec![0; GREETING.len()];
            stream.read_exact(&mut greeting).await.unwrap();
            (Ok(greeting), lines)
        }
        Err((step, error)) => {
            assert_eq!(step, Step::Connect);
            (Err(Failure::from(&error)), lines)
        }
    }
}

async fn heard_to(stream: &mut TcpStream, end: &[u8]) -> String {
    let mut heard = Vec::new();
    while !heard.ends_with(end) {
        heard.push(stream.read_u8().await.unwrap());
    }
    String::from_utf8(heard).unwrap()
}

#[tokio::test]
async fn a_greeting_that_comes_with_the_answer_is_not_lost() {
    let port = proxy(async |mut stream| {
        let asked = heard_to(&mut stream, b"\r\n\r\n").await;
        assert_eq!(asked, "CONNECT mail.contoso.com:587 HTTP/1.1\r\nHost: mail.contoso.com:587\r\n\r\n");
        let answer = [b"HTTP/1.1 200 Connection established\r\nVia: jump\r\n\r\n", GREETING].concat();
        stream.write_all(&answer).await.unwrap();
    })
    .await;
    let (greeting, lines) = first_words(&format!("http://127.0.0.1:{port}"), false).await;
    assert_eq!(greeting.unwrap(), GREETING);
    assert_eq!(
        lines.last().unwrap(),
        &format!("the proxy 127.0.0.1:{port} (HTTP) connects to mail.contoso.com:587")
    );
}

#[tokio::test]
async fn a_proxy_is_told_who_asks_and_the_log_is_not() {
    let port = proxy(async |mut stream| {
        let asked = heard_to(&mut stream, b"\r\n\r\n").await;
        assert!(asked.contains("Proxy-Authorization: Basic YW5hOnByb3h5LXBhc3N3b3Jk\r\n"), "{asked}");
        stream.write_all(&[b"HTTP/1.0 200 OK\r\n\r\n", GREETING].concat()).await.unwrap();
    })
    .await;
    let (greeting, lines) = first_words(&format!("http://127.0.0.1:{port}"), true).await;
    assert_eq!(greeting.unwrap(), GREETING);
    let log = lines.join("\n");
    assert!(!log.contains("proxy-password") && !log.contains("YW5hOnByb3h5"), "{log}");
}

#[tokio::test]
async fn socks5_leaves_the_name_to_the_proxy() {
    let port = proxy(async |mut stream| {
        let mut hello = [0; 3];
        stream.read_exact(&mut hello).await.unwrap();
        assert_eq!(hello, [5, 1, 0], "no login is offered where there is none");
        stream.write_all(&[5, 0]).await.unwrap();
        let mut asked = vec![0; 7 + 16];
        stream.read_exact(&mut asked).await.unwrap();
        assert_eq!(asked, [b"\x05\x01\x00\x03\x10mail.contoso.com", &587_u16.to_be_bytes()[..]].concat());
        stream.write_all(&[&[5, 0, 0, 1, 10, 0, 0, 1, 0, 25][..], GREETING].concat()).await.unwrap();
    })
    .await;
    let (greeting, _) = first_words(&format!("socks5h://127.0.0.1:{port}"), false).await;
    assert_eq!(greeting.unwrap(), GREETING);
}

#[tokio::test]
async fn a_proxy_that_says_no_is_quoted() {
    let endless = vec![b'x'; 20_000];
    let answers: [(&[u8], &str); 5] = [
        (b"HTTP/1.1 403 Forbidden\x1b[31m\r\n\r\n", "HTTP/1.1 403 Forbidden^[[31m"),
        (b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", "407 Proxy Authentication Required"),
        (b"", "it closed the connection"),
        (b"220 mail.contoso.com ready\r\n\r\n", "220 mail.contoso.com ready"),
        (&endless, "its answer is longer than 8 KiB"),
    ];
    for (answer, says) in answers {
        let answer = answer.to_vec();
        let port = proxy(async move |mut stream| {
            heard_to(&mut stream, b"\r\n\r\n").await;
            stream.write_all(&answer).await.unwrap();
            stream.shutdown().await.unwrap();
            let _ = stream.read(&mut [0; 16]).await;
        })
        .await;
        let (ended, _) = first_words(&format!("http://127.0.0.1:{port}"), false).await;
        let failure = ended.unwrap_err();
        assert_eq!(failure.trouble, Trouble::Proxy, "{}", failure.detail);
        assert!(failure.detail.ends_with(says), "{}", failure.detail);
    }
    let port = proxy(async |mut stream| {
        stream.read_exact(&mut [0; 3]).await.unwrap();
        stream.write_all(&[5, 0xff]).await.unwrap();
    })
    .await;
    let (ended, _) = first_words(&format!("socks5h://127.0.0.1:{port}"), false).await;
    assert_eq!(ended.unwrap_err().trouble, Trouble::Proxy);
}
