//! The way to the sign-in service where it leads through a proxy, which looks the name up.

use std::sync::{Arc, Mutex};

use sendoff::auth::http::HttpError;
use sendoff::auth::oauth::{Client, SignInError};
use sendoff::mail::oauth::{Application, Cloud, Grant};
use sendoff::mail::proxy::{Proxy, ProxyServer};
use sendoff::mail::secret::Secret;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};

use super::service::{ACCESS, Service, json, tokens, wrong};
use crate::support::authority::lasting;

const HOST: &str = "login.contoso.com";

/// A proxy (RFC 9110 section 9.3.6) that leads to `port`, and what it was asked; or one that says no.
async fn proxy(port: Option<u16>) -> (u16, Arc<Mutex<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let own = listener.local_addr().unwrap().port();
    let asked = Arc::new(Mutex::new(String::new()));
    let log = Arc::clone(&asked);
    tokio::spawn(async move {
        let (mut client, _) = listener.accept().await.unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            client.read_buf(&mut head).await.unwrap();
        }
        log.lock().unwrap().push_str(&String::from_utf8(head).unwrap());
        let Some(port) = port else {
            client.write_all(b"HTTP/1.1 403 Forbidden\r\n\r\n").await.unwrap();
            return;
        };
        client.write_all(b"HTTP/1.1 200 Go on\r\n\r\n").await.unwrap();
        let mut server = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        let _ = copy_bidirectional(&mut client, &mut server).await;
    });
    (own, asked)
}

async fn service() -> Service {
    Service::with_certificate(&lasting(&[HOST]), [json(200, &tokens())]).await
}

fn client(service: &Service, proxy: u16) -> Client {
    let application = Application { authority: Some(format!("https://{HOST}")), ..service.application() };
    let server = ProxyServer::parse(&format!("http://127.0.0.1:{proxy}")).unwrap();
    Client::new(&application, Some(&service.root)).unwrap().through(&Proxy::Via(server)).unwrap()
}

fn stored() -> Secret {
    Secret::new("refresh-stored-5t4r3e".into())
}

#[tokio::test(start_paused = true)]
async fn a_proxy_leads_to_the_service_and_sees_no_more_than_its_name() {
    let service = service().await;
    let (port, asked) = proxy(Some(service.port)).await;
    let tokens = client(&service, port).refresh(&stored()).await.ok().unwrap();
    assert_eq!(tokens.access.reveal(), ACCESS);
    let asked = asked.lock().unwrap();
    assert!(asked.starts_with(&format!("CONNECT {HOST}:443 HTTP/1.1\r\n")), "{asked}");
    assert!(!asked.contains("refresh"));
}

#[tokio::test(start_paused = true)]
async fn a_proxy_that_says_no_or_is_not_there_is_named_as_the_reason() {
    let service = service().await;
    let (port, _) = proxy(None).await;
    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    for port in [port, nobody] {
        let error = wrong(client(&service, port).refresh(&stored()).await);
        assert_eq!(error, SignInError::Http(HttpError::Proxy(HOST.into())));
        assert!(!error.is_final() && error.cause().says.contains("proxy"), "{:?}", error.cause());
    }
    assert_eq!(service.asked().len(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_proxy_that_the_account_names_is_obeyed_for_a_service_on_this_machine_too() {
    let service = Service::start([json(200, &tokens())]).await;
    let (port, asked) = proxy(Some(service.port)).await;
    let server = ProxyServer::parse(&format!("http://127.0.0.1:{port}")).unwrap();
    let client = service.client().through(&Proxy::Via(server)).unwrap();
    assert!(client.refresh(&stored()).await.is_ok());
    let place = format!("CONNECT localhost:{} ", service.port);
    assert!(asked.lock().unwrap().starts_with(&place));
}

/// The variables of a process cannot be changed from inside without harm: so a second one runs the test below.
#[tokio::test]
async fn the_variables_of_the_system_name_the_proxy() {
    let service = service().await;
    for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"] {
        let (port, asked) = proxy(Some(service.port)).await;
        let mut second = tokio::process::Command::new(std::env::current_exe().unwrap());
        for name in ["ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"] {
            second.env_remove(name).env_remove(name.to_lowercase());
        }
        second.env(name, format!("http://127.0.0.1:{port}")).env("TEST_ROOT", &service.root);
        second.args(["auth::proxy::asks_as_the_variables_say", "--exact", "--ignored"]);
        let output = second.output().await.unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        assert!(asked.lock().unwrap().starts_with("CONNECT login.contoso.com:443"), "{name}");
    }
    assert_eq!(service.asked().len(), 3);
}

#[tokio::test]
#[ignore = "run by the test above, which sets the variables"]
async fn asks_as_the_variables_say() {
    let Ok(root) = std::env::var("TEST_ROOT") else { return };
    let application = Application {
        client_id: "1".into(),
        tenant: "contoso.com".into(),
        cloud: Cloud::Global,
        authority: Some(format!("https://{HOST}")),
        person: "ana@contoso.com".into(),
        grant: Grant::Person,
        accepts_broader: false,
    };
    let client = Client::new(&application, Some(&root)).unwrap();
    let asked = client.refresh(&stored()).await;
    assert_eq!(asked.ok().unwrap().access.reveal(), ACCESS);
}
