//! An application that signs in by itself.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use rcgen::KeyPair;
use ring::digest::{SHA256, digest};
use ring::signature::{RSA_PSS_2048_8192_SHA256, UnparsedPublicKey};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use sendoff::auth::oauth::{ServiceProof, SignInError};
use sendoff::mail::secret::Secret;
use serde_json::{Value, json};
use x509_parser::prelude::{FromDer as _, X509Certificate};

use super::service::{ACCESS, Service, json, no, wrong};

/// A certificate and its key, made for this test and trusted by nobody.
const PEM: &str = include_str!("service.pem");
const NOW: i64 = 1_800_000_000;

fn now() -> Timestamp {
    Timestamp::from_second(NOW).unwrap()
}

fn token() -> Value {
    json!({ "token_type": "Bearer", "expires_in": 3599, "access_token": ACCESS })
}

fn certificate(pem: &str) -> ServiceProof {
    ServiceProof::Certificate(Secret::new(pem.to_owned()))
}

#[tokio::test(start_paused = true)]
async fn a_secret_is_sent_for_the_default_scope() {
    let service = Service::start([json(200, &token())]).await;
    let proof = ServiceProof::Secret(Secret::new("client-secret~8Q".into()));
    let tokens = service.service_client().service(&proof, now()).await.ok().unwrap();
    assert_eq!(tokens.access.reveal(), ACCESS);
    assert!(tokens.refresh.is_none() && tokens.who.is_none());
    let expected = json!({
        "grant_type": "client_credentials", "client_id": "11111111-2222-3333-4444-555555555555",
        "scope": "https://outlook.office365.com/.default", "client_secret": "client-secret~8Q",
    });
    assert_eq!(json!(service.asked().remove(0).form), expected);
}

#[tokio::test(start_paused = true)]
async fn a_certificate_signs_an_assertion_that_its_key_verifies() {
    let service = Service::start([json(200, &token())]).await;
    let client = service.service_client();
    client.service(&certificate(PEM), now()).await.ok().unwrap();
    client.service(&certificate(PEM), now()).await.ok().unwrap();
    let forms = service.asked().into_iter().map(|asked| asked.form).collect::<Vec<_>>();
    assert!(!forms[0].contains_key("client_secret"));
    assert_eq!(forms[0]["client_assertion_type"], "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    let assertion = &forms[0]["client_assertion"];

    let (signed, signature) = assertion.rsplit_once('.').unwrap();
    let der = CertificateDer::from_pem_slice(PEM.as_bytes()).unwrap();
    let (_, parsed) = X509Certificate::from_der(&der).unwrap();
    let key = UnparsedPublicKey::new(&RSA_PSS_2048_8192_SHA256, &parsed.public_key().subject_public_key.data);
    key.verify(signed.as_bytes(), &URL_SAFE_NO_PAD.decode(signature).unwrap()).unwrap();

    let part = |index: usize| -> Value {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(assertion.split('.').nth(index).unwrap()).unwrap())
            .unwrap()
    };
    let thumb = URL_SAFE_NO_PAD.encode(digest(&SHA256, &der));
    assert_eq!(part(0), json!({ "alg": "PS256", "typ": "JWT", "x5t#S256": thumb }));
    let claims = part(1);
    let id = "11111111-2222-3333-4444-555555555555";
    let audience = format!("https://localhost:{}/contoso.com/oauth2/v2.0/token", service.port);
    assert_eq!((&claims["iss"], &claims["sub"], &claims["aud"]), (&json!(id), &json!(id), &json!(audience)));
    assert_eq!(
        (&claims["iat"], &claims["nbf"], &claims["exp"]),
        (&json!(NOW), &json!(NOW - 60), &json!(NOW + 300))
    );
    assert_ne!(assertion, &forms[1]["client_assertion"], "each is used once");
}

#[tokio::test(start_paused = true)]
async fn a_certificate_file_that_is_of_no_use_is_told_before_anybody_is_asked() {
    let service = Service::start([json(200, &token())]).await;
    let client = service.service_client();
    let key_at = PEM.find("-----BEGIN PRIVATE").unwrap();
    let (own, key) = PEM.split_at(key_at);
    let other = KeyPair::generate().unwrap();
    let params = rcgen::CertificateParams::new(Vec::new()).unwrap();
    let elliptic = params.self_signed(&other).unwrap().pem() + &other.serialize_pem();
    let table = [
        (String::new(), "no certificate"),
        (key.to_owned(), "no certificate"),
        (own.to_owned(), "no private key"),
        (own.to_owned() + &key.replace("PRIVATE", "ENCRYPTED PRIVATE"), "no private key"),
        (own.to_owned() + &other.serialize_pem(), "another certificate"),
        (elliptic, "not an RSA key"),
    ];
    for (pem, why) in table {
        let error = wrong(client.service(&certificate(&pem), now()).await);
        assert!(matches!(&error, SignInError::Proof(said) if said.contains(why)), "{why}: {error}");
        assert!(error.cause().todo.contains("PEM"));
    }
    assert_eq!(service.asked().len(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_proof_that_is_refused_is_explained_and_not_repeated() {
    for number in [7_000_215, 7_000_222, 700_027, 700_016] {
        let service = Service::start([no("invalid_client", number)]).await;
        let proof = ServiceProof::Secret(Secret::new("client-secret~8Q".into()));
        let error = wrong(service.service_client().service(&proof, now()).await);
        assert!(error.is_final() && !error.needs_sign_in() && error.other_ways().is_empty());
        assert_ne!(error.cause().cause, "unknown", "{number}");
        assert_eq!(service.asked().len(), 1);
    }
}
