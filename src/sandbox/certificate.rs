//! A throw-away authority and one certificate under it, for TLS on loopback. Their keys never leave memory.

use std::io;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DistinguishedName, DnType, ExtendedKeyUsagePurpose,
    IsCa, KeyPair, KeyUsagePurpose, date_time_ymd,
};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::version::{TLS12, TLS13};

/// The name in the certificate, beside the address 127.0.0.1.
pub(super) const HOST: &str = "localhost";

/// The server's side of TLS.
pub(super) struct Identity {
    /// The authority that a client must trust.
    pub(super) ca_pem: String,
    pub(super) config: Arc<ServerConfig>,
}

impl Identity {
    /// Makes new keys (ECDSA P-256) and a configuration for TLS 1.2 and 1.3, for more names, too. Fails where there is no
    /// randomness.
    pub(super) fn generate(names: &[&str]) -> io::Result<Self> {
        let (ca_pem, chain, key) = certificates(names).map_err(io::Error::other)?;
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_protocol_versions(&[&TLS13, &TLS12])
            .and_then(|builder| builder.with_no_client_auth().with_single_cert(vec![chain], key.into()))
            .map_err(io::Error::other)?;
        Ok(Self { ca_pem, config: Arc::new(config) })
    }
}

type Certificate = rustls::pki_types::CertificateDer<'static>;

fn certificates(names: &[&str]) -> Result<(String, Certificate, PrivatePkcs8KeyDer<'static>), rcgen::Error> {
    let mut authority = named("sendoff sandbox authority", Vec::new())?;
    authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate()?)?;

    let names = [HOST, "127.0.0.1"].iter().chain(names).map(|name| (*name).to_owned());
    let mut server = named(HOST, names.collect())?;
    server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    server.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    let key = KeyPair::generate()?;
    let certificate = server.signed_by(&key, &authority)?;
    Ok((authority.pem(), certificate.der().clone(), key.serialize_der().into()))
}

/// Wide years, so that no clock is needed: the key lives no longer than the process.
fn named(name: &str, hosts: Vec<String>) -> Result<CertificateParams, rcgen::Error> {
    let mut params = CertificateParams::new(hosts)?;
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2040, 1, 1);
    Ok(params)
}
