//! A certificate authority that lives as long as one test.

use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::server::danger::ClientCertVerifier;
use rustls::server::{NoServerSessionStorage, WantsServerCert};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::{ALL_VERSIONS, ConfigBuilder, ServerConfig, SupportedProtocolVersion, WantsVersions};
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

    /// Its own certificate, for a file.
    pub(crate) fn pem(&self) -> String {
        self.0.pem()
    }

    /// A client that trusts this authority and no other.
    pub(crate) fn client(&self) -> TlsClient {
        client_config(Roots { system: Vec::new(), extra: Some(self.0.pem()) }).unwrap()
    }

    /// A server with a certificate of this authority.
    pub(crate) fn server(&self, params: &CertificateParams) -> TlsAcceptor {
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.0).unwrap();
        acceptor(vec![certificate.der().clone()], &key, ALL_VERSIONS)
    }
}

/// A server that shows this chain and signs with this key, whether they belong together or not.
pub(crate) fn acceptor(
    chain: Vec<CertificateDer<'static>>,
    key: &KeyPair,
    versions: &[&'static SupportedProtocolVersion],
) -> TlsAcceptor {
    let config = provider().with_protocol_versions(versions).unwrap().with_no_client_auth();
    finished(config, chain, key)
}

/// The same, but it wants a certificate of the client's, too.
pub(crate) fn acceptor_that_asks(
    chain: Vec<CertificateDer<'static>>,
    key: &KeyPair,
    verifier: Arc<dyn ClientCertVerifier>,
) -> TlsAcceptor {
    let config = provider().with_protocol_versions(ALL_VERSIONS).unwrap().with_client_cert_verifier(verifier);
    finished(config, chain, key)
}

fn provider() -> ConfigBuilder<ServerConfig, WantsVersions> {
    ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
}

fn finished(
    config: ConfigBuilder<ServerConfig, WantsServerCert>,
    chain: Vec<CertificateDer<'static>>,
    key: &KeyPair,
) -> TlsAcceptor {
    let key = PrivatePkcs8KeyDer::from(key.serialize_der());
    let key = ring::sign::any_supported_type(&key.into()).unwrap();
    let mut config =
        config.with_cert_resolver(Arc::new(SingleCertAndKey::from(CertifiedKey::new(chain, key))));
    config.session_storage = Arc::new(NoServerSessionStorage {});
    config.send_tls13_tickets = 0;
    TlsAcceptor::from(Arc::new(config))
}

/// A certificate for these names that is valid for many years.
pub(crate) fn lasting(names: &[&str]) -> CertificateParams {
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    let mut params = CertificateParams::new(names).unwrap();
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2040, 1, 1);
    params
}
