//! Client credentials (RFC 6749 section 4.4): the application signs in by itself, by a secret or by a signed assertion (RFC 7523).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use ring::digest::{SHA256, digest};
use rustls::SignatureScheme;
use rustls::crypto::ring::sign::any_supported_type;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
use serde_json::json;
use zeroize::Zeroizing;

use super::{Client, SignInError, Tokens};
use crate::mail::secret::Secret;

/// What proves that the application is itself.
pub enum ServiceProof {
    /// A client secret of the registration.
    Secret(Secret),
    /// PEM text: the certificate of the registration and its RSA key.
    Certificate(Secret),
}

/// Seconds that an assertion is good for. Microsoft advises 5 to 10 minutes.
const LIFE: i64 = 300;
const ASSERTION: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

impl Client {
    /// A token for the application itself. There is no refresh token: the proof is asked for again each time. `now` dates the
    /// assertion of a certificate.
    pub async fn service(&self, proof: &ServiceProof, now: Timestamp) -> Result<Tokens, SignInError> {
        let scope = self.scope();
        let mut form = vec![
            ("grant_type", "client_credentials"),
            ("client_id", self.application.client_id.as_str()),
            ("scope", &scope),
        ];
        let assertion;
        match proof {
            ServiceProof::Secret(secret) => form.push(("client_secret", secret.reveal())),
            ServiceProof::Certificate(pem) => {
                assertion = self.assertion(pem, now)?;
                form.push(("client_assertion_type", ASSERTION));
                form.push(("client_assertion", &assertion));
            }
        }
        self.tokens(&form, None).await
    }

    /// A JWT for the token endpoint alone, signed by PS256 (RFC 7518 section 3.5), that names the certificate by its SHA-256.
    fn assertion(&self, pem: &Secret, now: Timestamp) -> Result<Zeroizing<String>, SignInError> {
        let key = certified(pem)?;
        let own = key.end_entity_cert().map_err(|_none| SignInError::Proof("it holds no certificate"))?;
        let mut id = [0; 16];
        getrandom::fill(&mut id).map_err(|_error| SignInError::Proof("no random numbers can be had"))?;
        let now = now.as_second();
        let header = json!({ "alg": "PS256", "typ": "JWT", "x5t#S256": part(digest(&SHA256, own).as_ref()) });
        let claims = json!({
            "aud": self.endpoint("token"),
            "iss": self.application.client_id,
            "sub": self.application.client_id,
            "jti": part(&id),
            "nbf": now - 60,
            "iat": now,
            "exp": now + LIFE,
        });
        let payload =
            format!("{}.{}", part(header.to_string().as_bytes()), part(claims.to_string().as_bytes()));
        let signer = key.key.choose_scheme(&[SignatureScheme::RSA_PSS_SHA256]);
        let signer = signer.ok_or(SignInError::Proof("its key is not an RSA key"))?;
        let signature =
            signer.sign(payload.as_bytes()).map_err(|_error| SignInError::Proof("its key cannot sign"))?;
        Ok(Zeroizing::new(format!("{payload}.{}", part(&signature))))
    }
}

fn certified(pem: &Secret) -> Result<CertifiedKey, SignInError> {
    let pem = pem.reveal().as_bytes();
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    let chain = chain.ok().filter(|chain| !chain.is_empty());
    let chain = chain.ok_or(SignInError::Proof("it holds no certificate"))?;
    let key = PrivateKeyDer::from_pem_slice(pem)
        .map_err(|_none| SignInError::Proof("it holds no private key that is free of a passphrase"))?;
    let key = any_supported_type(&key).map_err(|_odd| SignInError::Proof("its key is of an unknown kind"))?;
    let certified = CertifiedKey::new(chain, key);
    certified.keys_match().map_err(|_two| SignInError::Proof("its key belongs to another certificate"))?;
    Ok(certified)
}

fn part(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
