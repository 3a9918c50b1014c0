//! Authorities and what they sign, and a knife for DER where they would not sign such a thing.

use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, Issuer, KeyPair, SignatureAlgorithm,
    SigningKey as _,
};
use rustls::pki_types::CertificateDer;
use rustls::server::WebPkiClientVerifier;
use rustls::{ALL_VERSIONS, RootCertStore, SupportedProtocolVersion, version};
use sendoff::smtp::{Roots, client_config};

use crate::support::authority::{Ends, HOST, acceptor, acceptor_that_asks, lasting};

pub(super) type Authority = CertifiedIssuer<'static, KeyPair>;
pub(super) type Der = CertificateDer<'static>;

/// One root that the client trusts.
pub(super) struct Pki {
    pub(super) root: Authority,
}

/// What a server shows, and the name that the client wants to see.
pub(super) struct Showing {
    pub(super) chain: Vec<Der>,
    pub(super) key: KeyPair,
    pub(super) host: &'static str,
    versions: Vec<&'static SupportedProtocolVersion>,
    /// Does it want a certificate of ours, and can it do without?
    asks: Option<bool>,
}

/// A certificate for the server that the account names.
pub(super) fn leaf() -> CertificateParams {
    named(&[HOST])
}

pub(super) fn named(names: &[&str]) -> CertificateParams {
    lasting(names)
}

/// The same with a change.
pub(super) fn but(
    mut params: CertificateParams,
    change: impl FnOnce(&mut CertificateParams),
) -> CertificateParams {
    change(&mut params);
    params
}

/// Who may sign others, to any depth.
pub(super) fn authority(name: &str) -> CertificateParams {
    but(named(&[]), |params| {
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    })
}

pub(super) fn key() -> KeyPair {
    KeyPair::generate().unwrap()
}

impl Pki {
    pub(super) fn new() -> Self {
        Self { root: Authority::self_signed(authority("ours"), key()).unwrap() }
    }

    /// TLS for a client that trusts the root alone, and a server that shows this.
    pub(super) fn ends(&self, showing: &Showing) -> Ends {
        let client = client_config(Roots { system: Vec::new(), extra: Some(self.root.pem()) }).unwrap();
        let chain = showing.chain.clone();
        let server = match showing.asks {
            None => acceptor(chain, &showing.key, &showing.versions),
            Some(insists) => {
                let mut roots = RootCertStore::empty();
                roots.add(self.root.der().clone()).unwrap();
                let verifier = WebPkiClientVerifier::builder_with_provider(
                    Arc::new(roots),
                    Arc::new(rustls::crypto::ring::default_provider()),
                );
                let verifier = if insists { verifier } else { verifier.allow_unauthenticated() };
                acceptor_that_asks(chain, &showing.key, verifier.build().unwrap())
            }
        };
        Ends { server, client }
    }

    /// Signed by the root.
    #[expect(clippy::needless_pass_by_value, reason = "a table reads better without ampersands")]
    pub(super) fn shows(&self, params: CertificateParams) -> Showing {
        signed(&params, &self.root, vec![])
    }

    /// Signed by an intermediate that the root signed; both are shown.
    #[expect(clippy::needless_pass_by_value, reason = "a table reads better without ampersands")]
    pub(super) fn shows_under(&self, intermediate: CertificateParams, params: CertificateParams) -> Showing {
        let intermediate = self.intermediate(intermediate);
        signed(&params, &intermediate, vec![intermediate.der().clone()])
    }

    pub(super) fn intermediate(&self, params: CertificateParams) -> Authority {
        Authority::signed_by(params, key(), &self.root).unwrap()
    }

    pub(super) fn shows_by_tls12(&self) -> Showing {
        Showing { versions: vec![&version::TLS12], ..self.shows(leaf()) }
    }

    pub(super) fn shows_by_tls13(&self) -> Showing {
        Showing { versions: vec![&version::TLS13], ..self.shows(leaf()) }
    }

    pub(super) fn asks_for_ours(&self, insists: bool) -> Showing {
        Showing { asks: Some(insists), ..self.shows(leaf()) }
    }

    /// Intermediates under each other, the last one first, as a server shows them.
    pub(super) fn ladder(&self, rungs: usize) -> Vec<Authority> {
        let mut ladder = vec![self.intermediate(authority("rung 1"))];
        for rung in 1..rungs {
            let params = authority(&format!("rung {}", rung + 1));
            ladder.insert(0, Authority::signed_by(params, key(), &ladder[0]).unwrap());
        }
        ladder
    }
}

/// Signed by this one; `others` are shown behind it.
pub(super) fn signed(params: &CertificateParams, by: &Issuer<'_, KeyPair>, others: Vec<Der>) -> Showing {
    signed_for(params, by, others, key())
}

pub(super) fn signed_for(
    params: &CertificateParams,
    by: &Issuer<'_, KeyPair>,
    others: Vec<Der>,
    key: KeyPair,
) -> Showing {
    let own = params.signed_by(&key, by).unwrap();
    let chain = std::iter::once(own.der().clone()).chain(others).collect();
    Showing { chain, key, host: HOST, versions: ALL_VERSIONS.to_vec(), asks: None }
}

pub(super) fn self_signed(params: &CertificateParams) -> Showing {
    let key = key();
    let chain = vec![params.self_signed(&key).unwrap().der().clone()];
    Showing { chain, key, host: HOST, versions: ALL_VERSIONS.to_vec(), asks: None }
}

impl Showing {
    pub(super) fn to(self, host: &'static str) -> Self {
        Self { host, ..self }
    }

    pub(super) fn chain(self, chain: Vec<Der>) -> Self {
        Self { chain, ..self }
    }

    pub(super) fn key(self, key: KeyPair) -> Self {
        Self { key, ..self }
    }

    /// The server's own certificate, changed octet by octet.
    pub(super) fn cut(mut self, change: impl FnOnce(&mut Vec<u8>)) -> Self {
        let mut own = self.chain[0].to_vec();
        change(&mut own);
        self.chain[0] = own.into();
        self
    }

    /// The server's own certificate with another algorithm on its label; signed again, so that only the label is wrong.
    pub(super) fn labelled(self, algorithm: &[u8], by: &KeyPair) -> Self {
        self.rewritten(by, algorithm, |parts| parts[2] = algorithm.to_vec())
    }

    /// As a certificate of the first version, which knows no extensions.
    pub(super) fn of_version_1(self, by: &KeyPair) -> Self {
        let algorithm = [0x30, 0x0a, 6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2];
        self.rewritten(by, &algorithm, |parts| {
            parts.remove(0);
            parts.pop();
        })
    }

    fn rewritten(self, by: &KeyPair, algorithm: &[u8], change: impl FnOnce(&mut Vec<Vec<u8>>)) -> Self {
        self.cut(|own| {
            let outer = parts_of(own);
            let mut inner = parts_of(&outer[0]);
            change(&mut inner);
            let body = tagged(0x30, &inner.concat());
            let signature = [&[0], by.sign(&body).unwrap().as_slice()].concat();
            *own = tagged(0x30, &[body, algorithm.to_vec(), tagged(3, &signature)].concat());
        })
    }
}

pub(super) fn key_for(algorithm: &'static SignatureAlgorithm) -> KeyPair {
    KeyPair::generate_for(algorithm).unwrap()
}

/// The elements of a DER sequence, each with its tag and length.
fn parts_of(sequence: &[u8]) -> Vec<Vec<u8>> {
    let (mut rest, mut parts) = (&sequence[header(sequence)..], Vec::new());
    while !rest.is_empty() {
        let end = header(rest) + length(rest);
        parts.push(rest[..end].to_vec());
        rest = &rest[end..];
    }
    parts
}

fn header(element: &[u8]) -> usize {
    if element[1] < 0x80 { 2 } else { 2 + usize::from(element[1] & 0x7f) }
}

fn length(element: &[u8]) -> usize {
    match element[1] {
        short @ ..0x80 => usize::from(short),
        _ => element[2..header(element)].iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)),
    }
}

fn tagged(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap().to_be_bytes();
    let mut element = match length {
        [0, short @ ..0x80] => vec![tag, short],
        [0, low] => vec![tag, 0x81, low],
        [high, low] => vec![tag, 0x82, high, low],
    };
    element.extend_from_slice(content);
    element
}
