//! Who may vouch for the server, and what a refused certificate says.

use std::sync::Arc;
use std::sync::mpsc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};

use super::error::SmtpError;

/// The roots that are trusted: read by whoever may read files.
#[derive(Debug, Default)]
pub struct Roots {
    pub system: Vec<CertificateDer<'static>>,
    /// PEM text of further roots.
    pub extra: Option<String>,
}

/// A TLS client: who is believed. TLS 1.2 and 1.3, no client certificate, no switch that turns checking off, no key log.
#[derive(Debug, Clone)]
pub struct TlsClient {
    provider: Arc<CryptoProvider>,
    verifier: Arc<WebPkiServerVerifier>,
}

impl TlsClient {
    /// For one session. The certificates that the server shows go to `shown` before they are judged.
    pub(super) fn config(&self, shown: mpsc::Sender<Chain>) -> Result<Arc<ClientConfig>, SmtpError> {
        let verifier = Witness { judge: Arc::clone(&self.verifier), shown };
        let config = ClientConfig::builder_with_provider(Arc::clone(&self.provider))
            .with_safe_default_protocol_versions()
            .map_err(|error| SmtpError::Tls(error.to_string()))?
            .dangerous() // as rustls calls every verifier from outside; this one leaves the judgement to rustls
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth();
        Ok(Arc::new(config))
    }
}

/// Certificates as they came, the server's own first.
pub(super) type Chain = Vec<CertificateDer<'static>>;

/// Writes down what the server showed, and lets rustls judge it.
#[derive(Debug)]
struct Witness {
    judge: Arc<WebPkiServerVerifier>,
    shown: mpsc::Sender<Chain>,
}

impl ServerCertVerifier for Witness {
    fn verify_server_cert(
        &self,
        own: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let chain = std::iter::once(own).chain(others).map(|der| der.clone().into_owned()).collect();
        let _ = self.shown.send(chain);
        self.judge.verify_server_cert(own, others, name, ocsp, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.judge.verify_tls12_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.judge.verify_tls13_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.judge.supported_verify_schemes()
    }
}

/// A TLS client for these roots.
pub fn client_config(roots: Roots) -> Result<TlsClient, SmtpError> {
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
    Ok(TlsClient { provider, verifier })
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

/// What an error under TLS means: an alert is the server's word on TLS and would come again, all else is a line that broke.
pub(super) fn broken(error: std::io::Error) -> SmtpError {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        Some(alert @ rustls::Error::AlertReceived(_)) => {
            SmtpError::Tls(format!("the server ended TLS: {alert}"))
        }
        _ => SmtpError::Lost(error),
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
        CertificateError::UnsupportedSignatureAlgorithmContext { .. }
        | CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => {
            format!(
                "the certificate of {host} is refused: unsupported signature algorithm, too weak or unknown"
            )
        }
        CertificateError::Other(inner) => {
            format!("the certificate of {host} is refused: {}", spelled(&inner.to_string()))
        }
        other => format!("the certificate of {host} is refused: {}", spelled(&other.to_string())),
    }
}

/// `NameConstraintViolation` as `name constraint violation`; words stay as they are.
fn spelled(name: &str) -> String {
    let name = name.strip_prefix("OtherError(").and_then(|name| name.strip_suffix(')')).unwrap_or(name);
    if name.contains(' ') {
        return name.to_owned();
    }
    let mut words = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.push(c.to_ascii_lowercase());
    }
    words
}

/// Rustls writes presented names as `DnsName("a.example")` and `IpAddress(192.0.2.7)`.
fn bare_name(name: &str) -> &str {
    if let Some(address) = name.strip_prefix("IpAddress(").and_then(|name| name.strip_suffix(')')) {
        return address;
    }
    if name.starts_with("Unsupported(") {
        return "a name of another kind";
    }
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
