//! The server on loopback, under real TLS.

use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use sendoff::sandbox::{Options, Report, Sandbox, Scenario, SignInScenario, USER, bind};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::{SUBMISSION, named};

/// A running server, its reports, and the task that serves.
pub(super) struct Running {
    listening: Sandbox,
    reports: UnboundedReceiver<Report>,
    _serving: JoinSet<()>,
}

pub(super) async fn run(scenario: Scenario) -> Running {
    let server = bind(0).await.expect("loopback has a free port");
    let listening = server.sandbox().clone();
    let (sender, reports) = unbounded_channel();
    let users = vec![USER.to_owned()];
    let sign_in = watch::channel(SignInScenario::ASKS).1;
    let options = Options { delays: false, users, sign_in, now: || jiff::Timestamp::UNIX_EPOCH };
    let mut serving = JoinSet::new();
    serving.spawn(server.serve(move || scenario, options, sender));
    Running { listening, reports, _serving: serving }
}

/// Up to the server's 220 to STARTTLS, and through the handshake.
pub(super) async fn connect(running: &Running) -> BufReader<TlsStream<TcpStream>> {
    let tcp = TcpStream::connect(running.listening.addr).await.expect("the server listens");
    let mut clear = BufReader::new(tcp);
    assert_eq!(
        reply(&mut clear).await.split_once(" [").expect("a greeting ends in its id").0,
        "220 PN4P287CA0064.outlook.office365.com Microsoft ESMTP MAIL Service ready at Thu, 01 Jan 1970 00:00:00 +0000"
    );
    ask(&mut clear, "EHLO [127.0.0.1]\r\n").await;
    ask(&mut clear, "STARTTLS\r\n").await;

    let mut roots = RootCertStore::empty();
    let authority = CertificateDer::from_pem_slice(running.listening.ca_pem.as_bytes()).expect("it is PEM");
    roots.add(authority).expect("it is a certificate");
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring has them")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(running.listening.host.clone()).expect("it is a name");
    let tls = TlsConnector::from(Arc::new(config)).connect(name, clear.into_inner()).await;
    BufReader::new(tls.expect("the certificate is good"))
}

/// One reply, all its lines.
async fn reply(stream: &mut (impl AsyncBufReadExt + Unpin)) -> String {
    let mut reply = String::new();
    loop {
        let start = reply.len();
        stream.read_line(&mut reply).await.expect("the server answers");
        if reply.as_bytes().get(start + 3) != Some(&b'-') {
            return reply;
        }
    }
}

pub(super) async fn ask<S: AsyncBufReadExt + AsyncWriteExt + Unpin>(stream: &mut S, words: &str) -> String {
    stream.write_all(words.as_bytes()).await.expect("the server reads");
    stream.flush().await.expect("the server reads");
    reply(stream).await
}

/// Signs in and sends a message, all but the dot.
async fn submit(stream: &mut BufReader<TlsStream<TcpStream>>) {
    for words in SUBMISSION.map(|words| str::from_utf8(words).expect("commands are text")) {
        for line in words.split_inclusive("\r\n") {
            let answer = ask(stream, line).await;
            assert!(answer.starts_with(['2', '3']), "{line} {answer}");
        }
    }
    ask(stream, "DATA\r\n").await;
    stream.write_all(b"Subject: Q3\r\n\r\n..\r\n").await.expect("the server reads");
}

#[tokio::test]
async fn over_tls_a_message_is_accepted_and_the_farewell_is_said() {
    let mut running = run(Scenario::ACCEPTS).await;
    let mut stream = connect(&running).await;
    submit(&mut stream).await;

    let accepted = ask(&mut stream, ".\r\n").await;

    let Some(Report::Accepted(mail)) = running.reports.recv().await else { unreachable!("mail was sent") };
    assert_eq!(mail.data, b"Subject: Q3\r\n\r\n.\r\n");
    assert_eq!((mail.user, mail.from), ("ana@contoso.com".to_owned(), "ana@contoso.com".to_owned()));
    assert_eq!(mail.to, ["bob@fabrikam.com"]);
    assert!(
        accepted.starts_with(&format!("250 2.0.0 OK <{}> [Hostname=", mail.message_id_given)),
        "{accepted}"
    );
    assert_eq!(ask(&mut stream, "QUIT\r\n").await, "221 2.0.0 Service closing transmission channel\r\n");
    assert_eq!(stream.read(&mut [0]).await.expect("the farewell came"), 0);
    assert!(running.reports.try_recv().is_err(), "there was nothing else to report");
}

#[tokio::test]
async fn drop_after_dot_takes_the_message_and_breaks_off_without_a_farewell() {
    let mut running = run(named("drop-after-dot")).await;
    let mut stream = connect(&running).await;
    submit(&mut stream).await;

    stream.write_all(b".\r\n").await.expect("the server reads");
    stream.flush().await.expect("the server reads");

    let end = stream.read(&mut [0]).await.expect_err("no farewell comes");
    assert_eq!(end.kind(), std::io::ErrorKind::UnexpectedEof);
    assert!(matches!(running.reports.recv().await, Some(Report::Accepted(_))));
}

#[tokio::test]
async fn a_reset_is_one() {
    let running = run(named("reset")).await;
    let mut tcp = TcpStream::connect(running.listening.addr).await.expect("the server listens");
    let mut clear = BufReader::new(&mut tcp);
    reply(&mut clear).await;
    clear.write_all(b"EHLO [127.0.0.1]\r\n").await.expect("the server reads");

    let end = clear.read(&mut [0]).await.expect_err("nothing is said");
    assert_eq!(end.kind(), std::io::ErrorKind::ConnectionReset);
}

#[tokio::test]
async fn violations_are_reported_and_many_clients_are_served_at_once() {
    let mut running = run(Scenario::ACCEPTS).await;
    let mut first = connect(&running).await;
    let mut second = connect(&running).await;

    assert_eq!(ask(&mut second, "NOOP\n").await, "250 2.0.0 OK\r\n");
    assert_eq!(ask(&mut first, "NOOP\r\n").await, "250 2.0.0 OK\r\n");

    let told = "a line feed without a carriage return in a command: lines end with CR LF (RFC 5321, 2.3.8)"
        .to_owned();
    assert_eq!(running.reports.recv().await, Some(Report::Violation(told)));
}
