//! What a server shows of itself is kept, whether it is believed or not.

use sendoff::mail::outcome::Outcome;
use sendoff::mail::text::Shown;

use super::passages::{ENVELOPE, GREETING, SIGN_IN, STARTTLS, TAKEN};
use crate::support::attempt::{Attempt, Told};
use crate::support::authority::{HOST, lasting};

const TO_TLS: &str = "S: 250-mail\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go ahead\n== tls";

fn shown(told: &Told) -> Vec<String> {
    let first = told.noted.chain.first().expect("a certificate was shown");
    first.names.iter().map(ToString::to_string).collect()
}

#[tokio::test(start_paused = true)]
async fn the_chain_of_a_believed_server_is_told() {
    let told = Attempt::new(&[GREETING, STARTTLS, SIGN_IN, ENVELOPE, TAKEN])
        .certificate(lasting(&[HOST, "127.0.0.1", "::1"]))
        .run()
        .await;
    assert_eq!(told.report.outcome, Outcome::Accepted);
    assert_eq!(shown(&told), [HOST, "127.0.0.1", "::1"]);
    let first = &told.noted.chain[0];
    assert_eq!((first.key.as_str(), first.signature.as_str()), ("ECDSA P-256", "ECDSA with SHA-256"));
    assert_eq!(first.issuer.as_str(), "CN=ours");
    assert_eq!(first.valid_from.to_string(), "2020-01-01T00:00:00Z");
    assert_eq!(first.days_left("2039-12-31T12:00:00Z".parse().unwrap()), 0);
    assert_eq!(first.days_left("2040-01-01T00:00:01Z".parse().unwrap()), -1);
}

#[tokio::test(start_paused = true)]
async fn the_chain_of_a_refused_server_is_told_as_well() {
    let script = [GREETING, TO_TLS];
    let wrong_name = Attempt::new(&script).certificate(lasting(&["mail.fabrikam.com"])).run().await;
    assert_eq!(wrong_name.report.outcome, Outcome::Failed);
    assert_eq!(shown(&wrong_name), ["mail.fabrikam.com"]);
    let stranger = Attempt::new(&script).stranger().run().await;
    assert_eq!(shown(&stranger), [HOST]);
}

#[tokio::test(start_paused = true)]
async fn what_is_offered_under_tls_replaces_what_was_offered_in_the_clear() {
    let told = Attempt::new(&[GREETING, STARTTLS, SIGN_IN, ENVELOPE, TAKEN]).run().await;
    let offered: Vec<&str> = told.noted.offered.iter().map(Shown::as_str).collect();
    assert!(
        offered.iter().any(|line| line.starts_with("AUTH")) && !offered.contains(&"STARTTLS"),
        "{offered:?}"
    );
}
