//! The certificates that a server shows, read for display. What they are worth is for the verifier to say; here nothing is
//! believed, and nothing that cannot be read is an error.

use rustls::pki_types::CertificateDer;
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::{FromDer as _, X509Certificate, X509Name};
use x509_parser::public_key::PublicKey;
use x509_parser::x509::SubjectPublicKeyInfo;

use crate::mail::text::Shown;
use crate::mail::tls::Certificate;

/// Certificates of a chain that are looked at, and names of one: a server may send as many as it likes.
const CERTIFICATES: usize = 10;
const NAMES: usize = 100;

pub(super) fn read(chain: &[CertificateDer<'_>]) -> Vec<Certificate> {
    chain.iter().take(CERTIFICATES).filter_map(|der| certificate(der)).collect()
}

fn certificate(der: &[u8]) -> Option<Certificate> {
    let (_, certificate) = X509Certificate::from_der(der).ok()?;
    let validity = certificate.validity();
    let moment = |seconds| jiff::Timestamp::from_second(seconds).unwrap_or_default();
    Some(Certificate {
        subject: name(certificate.subject()),
        issuer: name(certificate.issuer()),
        names: names(&certificate),
        valid_from: moment(validity.not_before.timestamp()),
        valid_until: moment(validity.not_after.timestamp()),
        key: key(certificate.public_key()),
        signature: signature(&certificate.signature_algorithm.algorithm.to_id_string()),
    })
}

/// `CN=localhost, O=Contoso`.
fn name(name: &X509Name<'_>) -> Shown {
    Shown::new(&name.to_string())
}

fn names(certificate: &X509Certificate<'_>) -> Vec<Shown> {
    let Ok(Some(extension)) = certificate.subject_alternative_name() else { return Vec::new() };
    extension.value.general_names.iter().take(NAMES).filter_map(general_name).collect()
}

fn general_name(name: &GeneralName<'_>) -> Option<Shown> {
    match name {
        GeneralName::DNSName(name) | GeneralName::RFC822Name(name) | GeneralName::URI(name) => {
            Some(Shown::new(name))
        }
        GeneralName::IPAddress(bytes) => Some(match *bytes {
            [a, b, c, d] => Shown::new(&std::net::Ipv4Addr::new(*a, *b, *c, *d).to_string()),
            bytes => match <[u8; 16]>::try_from(bytes) {
                Ok(octets) => Shown::new(&std::net::Ipv6Addr::from(octets).to_string()),
                Err(_odd_length) => Shown::new("an address of odd length"),
            },
        }),
        _ => None,
    }
}

/// `RSA 2048`, `ECDSA P-256`; else the number of the algorithm (its OID).
fn key(info: &SubjectPublicKeyInfo<'_>) -> String {
    let algorithm = info.algorithm.algorithm.to_id_string();
    match (algorithm.as_str(), info.parsed()) {
        ("1.3.101.112", _) => "Ed25519".to_owned(),
        (_, Ok(PublicKey::RSA(rsa))) => format!("RSA {}", rsa.key_size()),
        (_, Ok(PublicKey::EC(point))) => match point.key_size() {
            0..=256 => "ECDSA P-256".to_owned(),
            257..=384 => "ECDSA P-384".to_owned(),
            _ => "ECDSA P-521".to_owned(),
        },
        _ => algorithm,
    }
}

/// The signature algorithms in use (RFC 8017, RFC 5758, RFC 8410), by their OIDs.
fn signature(oid: &str) -> String {
    let name = match oid {
        "1.2.840.113549.1.1.4" => "RSA with MD5",
        "1.2.840.113549.1.1.5" => "RSA with SHA-1",
        "1.2.840.113549.1.1.10" => "RSA-PSS",
        "1.2.840.113549.1.1.11" => "RSA with SHA-256",
        "1.2.840.113549.1.1.12" => "RSA with SHA-384",
        "1.2.840.113549.1.1.13" => "RSA with SHA-512",
        "1.2.840.10045.4.1" => "ECDSA with SHA-1",
        "1.2.840.10045.4.3.2" => "ECDSA with SHA-256",
        "1.2.840.10045.4.3.3" => "ECDSA with SHA-384",
        "1.2.840.10045.4.3.4" => "ECDSA with SHA-512",
        "1.3.101.112" => "Ed25519",
        other => other,
    };
    name.to_owned()
}
