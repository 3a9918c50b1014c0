//! The way to the server: its name, its addresses, its ports.

use std::time::Duration;

use sendoff::mail::check::{Stage, Standing};
use sendoff::mail::outcome::{Outcome, Step};
use tokio::net::TcpListener;

use super::Setting;

#[tokio::test]
async fn a_name_that_is_not_found_stops_it_at_once() {
    let mut setting = Setting::new(&[]);
    setting.account.host = "mail..contoso".into();
    let told = setting.run_alone().await;
    assert_eq!(told.cause(), "name-not-found", "{}", told.verdict.says);
    let marks = told.marks();
    assert!(marks.starts_with("xlookup -connect -greeting"), "{marks}");
    assert_eq!(told.step(Stage::Auth).text.as_str(), "not tried: Look-up failed");
    assert_eq!((told.report().outcome, told.report().step), (Outcome::Deferred, Step::Lookup));
}

/// A port of this machine on which nobody listens.
async fn closed_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port()
}

#[tokio::test]
async fn where_the_port_is_closed_others_are_tried() {
    let other = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (open, closed) = (other.local_addr().unwrap().port(), closed_port().await);
    let mut setting = Setting::new(&[]);
    (setting.account.host, setting.account.port) = ("127.0.0.1".into(), closed_port().await);
    setting.probes = vec![closed, open];
    let port = setting.account.port;
    let told = setting.run_alone().await;
    assert!(told.marks().starts_with("+lookup xconnect xprobe +probe -greeting"), "{}", told.marks());
    assert_eq!(told.cause(), "connection-refused");
    let says = format!("its port {open} can be reached, so it is port {port} that a firewall closes");
    assert!(told.verdict.says.contains(&says), "{}", told.verdict.says);
    assert!(told.verdict.says.contains("your administrator can change that"), "{}", told.verdict.says);
}

#[tokio::test]
async fn where_no_port_answers_it_says_so() {
    let closed = closed_port().await;
    let mut setting = Setting::new(&[]);
    (setting.account.host, setting.account.port) = ("127.0.0.1".into(), closed_port().await);
    setting.probes = vec![closed];
    let told = setting.run_alone().await;
    let says =
        format!("nor does anything answer on its port {}", closed.to_string().replace(" and ", " or "));
    assert!(told.verdict.says.contains(&says), "{}", told.verdict.says);
}

#[tokio::test]
async fn nothing_is_probed_where_the_port_is_open() {
    let mut setting = Setting::new(&["S: 421 busy", "== close"]);
    setting.probes = vec![closed_port().await];
    let told = setting.run().await;
    assert!(told.marks().starts_with("+lookup +connect xgreeting"), "{}", told.marks());
}

#[tokio::test]
async fn silence_is_given_up_after_a_minute() {
    let mut setting = Setting::new(&["== deaf"]);
    setting.pause_at = Some(Stage::Greeting);
    let told = setting.run().await;
    let greeting = told.step(Stage::Greeting);
    assert_eq!((greeting.standing, told.cause()), (Standing::Failed, "connection-timeout"));
    assert_eq!(greeting.took.as_secs(), Duration::from_mins(1).as_secs());
    assert_eq!(greeting.text.as_str(), "no answer for 60 s while waiting for the greeting");
    let todo = told.verdict.explanation.unwrap().todo;
    assert!(todo.contains("set security = \"tls\""), "{todo}");
}

#[tokio::test]
async fn by_a_proxy_nothing_is_looked_up_here() {
    let mut setting = Setting::new(&["S: 421 busy", "== close"]);
    // A name that could not be looked up here at all.
    setting.account.host = "mail..contoso".into();
    setting.proxy = Some("http");
    let told = setting.run().await;
    assert!(told.marks().starts_with("-lookup +connect xgreeting"), "{}", told.marks());
    assert_eq!(told.step(Stage::Lookup).text.as_str(), "not looked up here: the proxy looks the server up");
    assert!(
        told.step(Stage::Connect).about.starts_with("by the proxy 127.0.0.1:"),
        "{}",
        told.step(Stage::Connect).about
    );
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_what_stops_it() {
    let mut setting = Setting::new(&[]);
    setting.account.host = "mail.contoso.com".into();
    setting.proxy = Some("http");
    setting.account.port = closed_port().await;
    let told = setting.run_alone().await;
    assert!(told.marks().starts_with("-lookup xconnect -greeting"), "{}", told.marks());
    assert!(told.verdict.says.starts_with("The proxy on the way"), "{}", told.verdict.says);
}
