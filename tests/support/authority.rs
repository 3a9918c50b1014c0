//! A certificate authority that lives as long as one test.

use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::server::NoServerSessionStorage;
use sendoff::smtp::{Roots, TlsClient, client_config};
use tokio_rustls::TlsAcceptor;

/// The server that every account here names.
pub(crate) const HOST: &str = "mail.contoso.com";

pub(crate) struct Authority(CertifiedIssuer<'static, KeyPair>);

/// TLS for both ends of a pipe. Nothing is resumed: every handshake is a whole one.
#[derive(Clone)]
pub(crate) struct Ends {
    pub(crate) server: TlsAcceptor,
    pub(crate) client: TlsClient,
}

impl Ends {
    pub(crate) fn new() -> Self {
        let authority = Authority::new("ours");
        Self { server: authority.server(&lasting(&[HOST])), client: authority.client() }
    }
}

impl Authority {
    pub(crate) fn new(name: &str) -> Self {
        let mut params = lasting(&[]);
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    /// A client that trusts this authority and no other.
    pub(crate) fn client(&self) -> TlsClient {
        client_config(Roots { system: Vec::new(), extra: Some(self.0.pem()) }).unwrap()
    }

    /// A server with a certificate of this authority.
    pub(crate) fn server(&self, params: &CertificateParams) -> TlsAcceptor {
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.0).unwrap();
        let key = PrivatePkcs8KeyDer::from(key.serialize_der());
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key.into())
            .unwrap();
        config.session_storage = Arc::new(NoServerSessionStorage {});
        config.send_tls13_tickets = 0;
        TlsAcceptor::from(Arc::new(config))
    }
}

/// A certificate for these names that is valid for many years.
pub(crate) fn lasting(names: &[&str]) -> CertificateParams {
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    let mut params = CertificateParams::new(names).unwrap();
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2040, 1, 1);
    params
}
