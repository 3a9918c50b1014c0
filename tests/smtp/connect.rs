//! From a name to a stream, and who may vouch for the server at its end.

use sendoff::mail::outcome::{Failure, Step, Trouble};
use sendoff::smtp::{Event, Roots, SmtpError, Target, client_config, connect};
use tokio::net::TcpListener;
use tokio::sync::mpsc::unbounded_channel;
use tokio::time::Instant;

/// The steps told, and how it ended.
async fn connected(host: &str, port: u16, loopback_only: bool) -> (Vec<Step>, Result<(), (Step, SmtpError)>) {
    let (events, mut inbox) = unbounded_channel();
    let ended = connect(Target { host, port, loopback_only, way: None }, &events, Instant::now()).await;
    drop(events);
    let mut steps = Vec::new();
    while let Some(event) = inbox.recv().await {
        if let Event::Wire(sendoff::mail::transcript::Wire::Step(step)) = event {
            steps.push(step);
        }
    }
    let ended = ended.map(|(_stream, times)| {
        assert_eq!(times.iter().map(|(step, _)| *step).collect::<Vec<_>>(), [Step::Lookup, Step::Connect]);
    });
    (steps, ended)
}

fn trouble(error: &SmtpError) -> Trouble {
    Failure::from(error).trouble
}

#[tokio::test]
async fn a_server_that_listens_is_reached_by_address_or_name() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    for host in ["127.0.0.1", "localhost"] {
        let (steps, ended) = connected(host, port, true).await;
        assert!(ended.is_ok(), "{host}");
        assert_eq!(steps, [Step::Lookup, Step::Connect]);
    }
}

#[tokio::test]
async fn a_port_where_nobody_listens_is_refused() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let (_, ended) = connected("127.0.0.1", port, false).await;
    let (step, error) = ended.unwrap_err();
    assert_eq!((step, trouble(&error)), (Step::Connect, Trouble::Refused));
    assert!(error.to_string().starts_with(&format!("connecting to 127.0.0.1:{port}: ")), "{error}");
}

#[tokio::test]
async fn a_line_without_tls_leads_to_no_other_machine() {
    for host in ["192.0.2.1", "[2001:db8::1]", "0.0.0.0"] {
        let (steps, ended) = connected(host, 25, true).await;
        let (step, error) = ended.unwrap_err();
        assert_eq!((step, trouble(&error)), (Step::Lookup, Trouble::Config), "{host}");
        assert_eq!(
            error.to_string(),
            format!("{host} is not this machine, so nothing is sent to it in the clear")
        );
        assert_eq!(steps, [Step::Lookup], "no socket was opened");
    }
}

#[test]
fn roots_that_cannot_vouch_for_anybody_are_said_to_be_so() {
    let says = |extra: Option<&str>| {
        let error = client_config(Roots { system: Vec::new(), extra: extra.map(str::to_owned) }).unwrap_err();
        (trouble(&error), error.to_string())
    };
    let (trouble, none) = says(None);
    assert_eq!(trouble, Trouble::Certificate);
    assert!(none.starts_with("this machine has no trusted root certificates"), "{none}");
    let empty = (Trouble::Config, "ca_file holds no certificate in PEM form".to_owned());
    assert_eq!(says(Some("")), empty);
    assert_eq!(says(Some("hello")), empty);
    let broken = "-----BEGIN CERTIFICATE-----\n%%%\n-----END CERTIFICATE-----\n";
    assert!(says(Some(broken)).1.starts_with("ca_file is not PEM: "));
    let garbage = "-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n";
    assert!(says(Some(garbage)).1.starts_with("ca_file holds a certificate that cannot be used: "));
}
