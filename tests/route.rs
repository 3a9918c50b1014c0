//! The way of a send: straight, or through the proxy that the account or the environment names.

use std::pin::pin;
use std::process::Stdio;

use serde_json::Value;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpListener;

use crate::support::authority::{Authority, HOST, lasting};
use crate::support::proxy::{Leads, Proxy, Speech};
use crate::support::server::Server;
use crate::support::terminal::Home;
use crate::support::wire;

const SECRET: &str = "password_command = [\"printf\", \"open-sesame\"]\n";
const BOTH: [Speech; 2] = [Speech::Socks5, Speech::Http];

/// What a send left: its code, the JSON, and what it said.
struct Sent {
    code: Option<i32>,
    json: Value,
    says: String,
}

/// Sends to Bob where the variables are these.
async fn sent(home: &Home, variables: &[(&str, &str)]) -> Sent {
    let mut child = tokio::process::Command::new(env!("CARGO_BIN_EXE_sendoff"))
        .args(["send", "--to", "bob@fabrikam.com", "--subject", "Hi", "--json", "--log"])
        .env_clear()
        .envs(home.environment())
        .envs(variables.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"Hello\n").await.unwrap();
    let output = child.wait_with_output().await.unwrap();
    let says = String::from_utf8(output.stderr).unwrap();
    let json = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {says}"));
    Sent { code: output.status.code(), json, says }
}

/// A port of this machine on which nobody listens.
async fn closed_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port()
}

#[tokio::test]
async fn the_proxy_of_the_account_is_obeyed_for_this_machine_too() {
    for speech in BOTH {
        let home = Home::new();
        let server = Server::start(&home, "accepts");
        let proxy = Proxy::start(speech, Leads::To(server.port));
        home.config(&server.config(&format!("{SECRET}proxy = \"{}\"", proxy.url(""))));
        // NO_PROXY is about ALL_PROXY, not about what the account says.
        let sent = sent(&home, &[("NO_PROXY", "*"), ("ALL_PROXY", "socks5h://127.0.0.1:1")]).await;
        assert_eq!(sent.code, Some(0), "{}", sent.says);
        assert_eq!(proxy.asked(), [format!("localhost:{}", server.port)], "{speech:?}");
        server.accepted();
        assert!(sent.says.contains(&format!("the proxy 127.0.0.1:{}", proxy.port)), "{}", sent.says);
    }
}

#[tokio::test]
async fn the_login_of_the_environment_is_for_the_account_that_names_the_same_proxy() {
    for speech in BOTH {
        let home = Home::new();
        let server = Server::start(&home, "accepts");
        let proxy = Proxy::start(speech, Leads::KnownTo(server.port));
        home.config(&server.config(&format!("{SECRET}proxy = \"{}\"", proxy.url(""))));
        let known = sent(&home, &[("ALL_PROXY", &proxy.url("ana:p%40ss@"))]).await;
        assert_eq!(known.code, Some(0), "{}", known.says);
        server.accepted();
        assert!(!known.says.contains("p@ss") && !known.says.contains("YW5h"), "{}", known.says);
        for login in ["", "ana:wrong@"] {
            let unknown = sent(&home, &[("ALL_PROXY", &proxy.url(login))]).await;
            is_the_proxy_s_fault(&unknown);
        }
        assert_eq!(server.drain(), 0);
    }
}

#[tokio::test]
async fn all_proxy_is_not_for_this_machine_nor_where_the_account_says_none() {
    let home = Home::new();
    let server = Server::start(&home, "accepts");
    let proxy = Proxy::start(Speech::Socks5, Leads::To(server.port));
    for more in ["", "proxy = \"none\""] {
        home.config(&server.config(&format!("{SECRET}{more}")));
        let sent = sent(&home, &[("ALL_PROXY", &proxy.url(""))]).await;
        assert_eq!(sent.code, Some(0), "{}", sent.says);
        server.accepted();
    }
    assert!(proxy.asked().is_empty());
}

/// An account at a server that is not this machine.
fn far_account(host: &str, port: u16) -> String {
    format!(
        "[[account]]\nname = \"work\"\nfrom = \"Ana Silva <ana@contoso.com>\"\nhost = \"{host}\"\nport = {port}\n\
         ca_file = \"ours.pem\"\n{SECRET}"
    )
}

/// A server that plays this once behind the port, under a name that is not this machine's.
async fn far_away(home: &Home, host: &str) -> (u16, impl Future<Output = ()>) {
    let authority = Authority::new("ours");
    home.file(".config/sendoff/ours.pem", authority.pem().as_bytes());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    home.config(&far_account(host, port));
    let acceptor = authority.server(&lasting(&[host]));
    let script = "S: 220 mail.contoso.com ready
        C: EHLO *
        S: 250-mail.contoso.com
        S: 250 STARTTLS
        C: STARTTLS
        S: 220 go
        == tls
        C: EHLO *
        S: 250-mail.contoso.com
        S: 250 AUTH PLAIN
        C: AUTH PLAIN *
        S: 235 2.7.0 Authentication successful
        C: MAIL *
        S: 250 ok
        C: RCPT *
        S: 250 ok
        C: DATA
        S: 354 go on
        == message
        S: 250 2.0.0 taken
        C: QUIT
        S: 221 bye";
    let serving = async move {
        let (stream, _) = listener.accept().await.unwrap();
        let heard = wire::Server::on(stream, acceptor).play(script).await;
        assert_eq!(heard.unplayed, 0);
    };
    (port, serving)
}

#[tokio::test]
async fn all_proxy_leads_to_what_is_far_away_and_looks_its_name_up() {
    for (speech, name, login) in [
        (Speech::Socks5, "ALL_PROXY", ""),
        (Speech::Http, "all_proxy", ""),
        (Speech::Socks5, "all_proxy", "ana:p%40ss@"),
        (Speech::Http, "ALL_PROXY", "ana:p%40ss@"),
    ] {
        let home = Home::new();
        let (port, serving) = far_away(&home, HOST).await;
        let leads = if login.is_empty() { Leads::To(port) } else { Leads::KnownTo(port) };
        let proxy = Proxy::start(speech, leads);
        let url = proxy.url(login);
        let variables = [(name, url.as_str()), ("NO_PROXY", "fabrikam.com,localhost")];
        let sent = while_served(serving, sent(&home, &variables)).await;
        assert_eq!(sent.code, Some(0), "{}", sent.says);
        assert_eq!(proxy.asked(), [format!("{HOST}:{port}")], "{speech:?}");
    }
}

/// A send that never comes to the server does not wait for it.
async fn while_served(serving: impl Future<Output = ()>, sending: impl Future<Output = Sent>) -> Sent {
    let (mut serving, mut sending) = (pin!(serving), pin!(sending));
    tokio::select! {
        sent = &mut sending => sent,
        () = &mut serving => sending.await,
    }
}

#[tokio::test]
async fn what_no_proxy_names_is_reached_straight() {
    // An address of this machine that is not one of its own names: far away for all that the program knows.
    let (home, host) = (Home::new(), "0.0.0.0");
    for (name, exempt) in [("NO_PROXY", "contoso.com, 0.0.0.0"), ("no_proxy", "0.0.0.0/8"), ("no_proxy", "*")]
    {
        let (port, serving) = far_away(&home, host).await;
        let proxy = Proxy::start(Speech::Http, Leads::To(port));
        let variables = [("ALL_PROXY", &*proxy.url("")), (name, exempt)];
        let sent = while_served(serving, sent(&home, &variables)).await;
        assert_eq!((sent.code, proxy.asked().len()), (Some(0), 0), "{name}={exempt}: {}", sent.says);
    }
    // A name that nobody can look up: without the proxy there is no more to be had than that.
    home.config(&far_account("mail..contoso", 587));
    let url = format!("http://127.0.0.1:{}", closed_port().await);
    for exempt in ["contoso", ".contoso", "fabrikam.com,mail..contoso"] {
        let sent = sent(&home, &[("ALL_PROXY", &url), ("NO_PROXY", exempt)]).await;
        assert_eq!(sent.json["cause"], "name-not-found", "{exempt}: {}", sent.says);
    }
    is_the_proxy_s_fault(&sent(&home, &[("ALL_PROXY", &url), ("NO_PROXY", "ontoso,fabrikam.com")]).await);
}

#[track_caller]
fn is_the_proxy_s_fault(sent: &Sent) {
    assert_eq!((sent.code, &sent.json["outcome"]), (Some(75), &"deferred".into()), "{}", sent.says);
    let text = sent.json["text"].as_str().unwrap();
    assert!(text.starts_with("the proxy ") && text.contains(" did not connect: "), "{text}");
}

#[tokio::test]
async fn a_proxy_that_refuses_or_is_not_there_is_what_is_blamed() {
    let home = Home::new();
    let server = Server::start(&home, "accepts");
    let closed = closed_port().await;
    for speech in BOTH {
        let refuses = Proxy::start(speech, Leads::Nowhere);
        home.config(&server.config(&format!("{SECRET}proxy = \"{}\"", refuses.url(""))));
        is_the_proxy_s_fault(&sent(&home, &[]).await);
        assert_eq!(refuses.asked().len(), 1);
    }
    for scheme in ["socks5", "socks5h", "http"] {
        // Down, and of a name that cannot be looked up.
        for place in [format!("127.0.0.1:{closed}"), "jump..contoso:1080".to_owned()] {
            home.config(&server.config(&format!("{SECRET}proxy = \"{scheme}://{place}\"")));
            is_the_proxy_s_fault(&sent(&home, &[]).await);
            let (_, _, says) = crate::log::run(&home, &["send", "--to", "bob@fabrikam.com"], "Hello\n");
            let (proxy, advice) = ("== The proxy on the way", "== Check proxy in the account");
            assert!(says.contains(proxy) && says.contains(advice) && !says.contains("Microsoft"), "{says}");
        }
    }
    assert_eq!(server.drain(), 0);
}

#[tokio::test]
async fn a_check_blames_it_as_well() {
    let home = Home::new();
    let server = Server::start(&home, "accepts");
    home.config(&server.config(&format!("{SECRET}proxy = \"http://127.0.0.1:{}\"", closed_port().await)));
    let (code, json, _) = crate::log::run(&home, &["check", "--json"], "");
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((code, json["cause"].as_str()), (Some(75), Some("connection-refused")), "{json}");
    assert!(json["says"].as_str().unwrap().starts_with("The proxy on the way"), "{json}");
}
