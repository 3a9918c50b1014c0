//! What must be believed.

use rcgen::{
    CustomExtension, ExtendedKeyUsagePurpose, GeneralSubtree, NameConstraints, PKCS_ECDSA_P256_SHA256,
    PKCS_ECDSA_P384_SHA384, PKCS_ED25519,
};

use super::pki::{Pki, Showing, authority, but, key_for, leaf, named, signed, signed_for};
use crate::support::authority::HOST;

pub(super) fn certificates(pki: &Pki) -> Vec<(&'static str, Showing)> {
    let with_key = |algorithm| signed_for(&leaf(), &pki.root, vec![], key_for(algorithm));
    let many: Vec<String> = (0..100).map(|n| format!("host{n}.contoso.com")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).chain([HOST]).collect();
    let within_contoso = but(authority("within"), |params| {
        let permitted_subtrees = vec![GeneralSubtree::DnsName("contoso.com".into())];
        params.name_constraints = Some(NameConstraints { permitted_subtrees, excluded_subtrees: vec![] });
    });
    let not_fabrikam = but(authority("without"), |params| {
        let excluded_subtrees = vec![GeneralSubtree::DnsName("fabrikam.com".into())];
        params.name_constraints = Some(NameConstraints { permitted_subtrees: vec![], excluded_subtrees });
    });
    let ladder = pki.ladder(3);
    let rungs = || ladder.iter().map(|rung| rung.der().clone());
    let stray = pki.intermediate(authority("stray"));
    vec![
        ("its name", pki.shows(leaf())),
        ("its name in capitals", pki.shows(named(&["MAIL.Contoso.COM"]))),
        ("a wildcard for one label", pki.shows(named(&["*.contoso.com"]))),
        ("one of a hundred names", pki.shows(named(&many))),
        ("an IPv4 address", pki.shows(named(&["192.0.2.7"])).to("192.0.2.7")),
        ("an IPv6 address", pki.shows(named(&["2001:db8::7"])).to("2001:db8::7")),
        ("a name and an address", pki.shows(named(&["192.0.2.7", HOST]))),
        ("an A-label", pki.shows(named(&["xn--bcher-kva.example"])).to("xn--bcher-kva.example")),
        ("server authentication", pki.shows(for_purpose(ExtendedKeyUsagePurpose::ServerAuth))),
        (
            "an extension nobody knows, not critical",
            pki.shows(but(leaf(), |params| {
                params
                    .custom_extensions
                    .push(CustomExtension::from_oid_content(&[1, 3, 6, 1, 4, 1, 55555, 1], vec![5, 0]));
            })),
        ),
        ("TLS 1.2", pki.shows_by_tls12()),
        ("TLS 1.3", pki.shows_by_tls13()),
        ("ECDSA P-256", with_key(&PKCS_ECDSA_P256_SHA256)),
        ("ECDSA P-384", with_key(&PKCS_ECDSA_P384_SHA384)),
        ("Ed25519", with_key(&PKCS_ED25519)),
        ("an intermediate", pki.shows_under(authority("between"), leaf())),
        ("three intermediates", signed(&leaf(), &ladder[0], rungs().collect())),
        ("three intermediates in disorder", signed(&leaf(), &ladder[0], rungs().rev().collect())),
        ("an intermediate too many", signed(&leaf(), &pki.root, vec![stray.der().clone()])),
        ("its root beside it", signed(&leaf(), &pki.root, vec![pki.root.der().clone()])),
        ("an intermediate for names like it", pki.shows_under(within_contoso, leaf())),
        ("an intermediate for all but others", pki.shows_under(not_fabrikam, leaf())),
    ]
}

pub(super) fn for_purpose(purpose: ExtendedKeyUsagePurpose) -> rcgen::CertificateParams {
    but(leaf(), |params| params.extended_key_usages = vec![purpose])
}
