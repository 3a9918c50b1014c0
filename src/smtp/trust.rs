//! Who may vouch for the server, and what a refused certificate says.

use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, RootCertStore};

use super::error::SmtpError;

/// The roots that are trusted: read by whoever may read files.
#[derive(Debug, Default)]
pub struct Roots {
    pub system: Vec<CertificateDer<'static>>,
    /// PEM text of further roots.
    pub extra: Option<String>,
}

/// A TLS client for these roots: TLS 1.2 and 1.3, no client certificate, no switch that turns checking off, no key log.
pub fn client_config(roots: Roots) -> Result<Arc<ClientConfig>, SmtpError> {
    let mut store = RootCertStore::empty();
    store.add_parsable_certificates(roots.system);
    if let Some(pem) = roots.extra {
        let before = store.len();
        for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()) {
            let certificate =
                certificate.map_err(|e| SmtpError::Config(format!("ca_file is not PEM: {e:?}")))?;
            store.add(certificate).map_err(|e| {
                SmtpError::Config(format!("ca_file holds a certificate that cannot be used: {e}"))
            })?;
        }
        if store.len() == before {
            return Err(SmtpError::Config("ca_file holds no certificate in PEM form".into()));
        }
    }
    if store.is_empty() {
        return Err(SmtpError::Certificate(
            "this machine has no trusted root certificates (Debian: install ca-certificates), so no server can be believed".into(),
        ));
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(store), Arc::clone(&provider))
        .build()
        .map_err(|error| SmtpError::Certificate(error.to_string()))?;
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| SmtpError::Tls(error.to_string()))?
        .with_webpki_verifier(verifier)
        .with_no_client_auth();
    Ok(Arc::new(config))
}

/// What a failed handshake means: the names and dates of a refused certificate, else the bare words.
pub(super) fn refusal(error: std::io::Error, host: &str) -> SmtpError {
    let Some(inner) = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) else {
        return match error.kind() {
            std::io::ErrorKind::UnexpectedEof => SmtpError::Closed,
            _ => SmtpError::Lost(error),
        };
    };
    match inner {
        rustls::Error::InvalidCertificate(why) => SmtpError::Certificate(certificate_refusal(why, host)),
        rustls::Error::InvalidMessage(_) => {
            SmtpError::Tls(format!("what {host} answered is not TLS ({inner}); is the port right?"))
        }
        other => SmtpError::Tls(format!("no TLS session with {host}: {other}")),
    }
}

fn certificate_refusal(why: &CertificateError, host: &str) -> String {
    match why {
        CertificateError::NotValidForNameContext { expected, presented } => {
            let names = match presented.as_slice() {
                [] => "no name at all".to_owned(),
                names => names.iter().map(|name| bare_name(name)).collect::<Vec<_>>().join(", "),
            };
            format!("the certificate is for {names}, not for {}", name_of(expected))
        }
        CertificateError::ExpiredContext { time, not_after } => {
            format!("the certificate of {host} expired on {} (today is {})", day(*not_after), day(*time))
        }
        CertificateError::Expired => format!("the certificate of {host} has expired"),
        CertificateError::NotValidYetContext { time, not_before } => {
            format!(
                "the certificate of {host} is not valid before {} (today is {})",
                day(*not_before),
                day(*time)
            )
        }
        CertificateError::UnknownIssuer => {
            format!("the certificate of {host} is signed by nobody that this machine trusts")
        }
        other => format!("the certificate of {host} is refused: {other}"),
    }
}

/// Rustls writes presented names as `DnsName("a.example")`.
fn bare_name(name: &str) -> &str {
    name.split_once('"').and_then(|(_, rest)| rest.split_once('"')).map_or(name, |(inner, _)| inner)
}

fn name_of(name: &ServerName<'_>) -> String {
    match name {
        ServerName::IpAddress(address) => std::net::IpAddr::from(*address).to_string(),
        other => other.to_str().into_owned(),
    }
}

fn day(time: UnixTime) -> String {
    let seconds = i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
    jiff::Timestamp::from_second(seconds)
        .map_or_else(|_| "a date out of range".to_owned(), |t| t.strftime("%Y-%m-%d").to_string())
}
