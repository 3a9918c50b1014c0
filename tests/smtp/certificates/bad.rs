//! What must not be believed, and what is said of it.

use rcgen::string::Ia5String;
use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, CustomExtension, DnType, ExtendedKeyUsagePurpose,
    GeneralSubtree, IsCa, Issuer, NameConstraints, SanType, date_time_ymd,
};

use super::good::for_purpose;
use super::pki::{Authority, Pki, Showing, authority, but, key, leaf, named, self_signed, signed};
use crate::support::authority::HOST;

pub(super) struct Case {
    pub(super) name: &'static str,
    /// What stands in the failure.
    pub(super) says: String,
    pub(super) showing: Showing,
}

fn case(name: &'static str, says: impl Into<String>, showing: Showing) -> Case {
    Case { name, says: says.into(), showing }
}

const NOBODY: &str = "the certificate of mail.contoso.com is signed by nobody that this machine trusts";

const OTHER_USE: &str = "does not allow extended key usage for server authentication";

pub(super) fn certificates(pki: &Pki) -> Vec<Case> {
    [issuers(pki), days(pki), names(pki), addresses(pki), uses(pki), chains(pki), signatures(pki)]
        .into_iter()
        .flatten()
        .collect()
}

fn issuers(pki: &Pki) -> Vec<Case> {
    let stranger = Authority::self_signed(authority("a stranger"), key()).unwrap();
    let namesake = Authority::self_signed(authority("ours"), key()).unwrap();
    let between = pki.intermediate(authority("between"));
    let other = pki.intermediate(authority("other"));
    let ordinary_key = key();
    let ordinary = named(&["bob.fabrikam.com"]).signed_by(&ordinary_key, &pki.root).unwrap();
    let ordinary_as_issuer = Issuer::new(named(&["bob.fabrikam.com"]), ordinary_key);
    vec![
        case("signed by itself", NOBODY, self_signed(&leaf())),
        case(
            "an authority signed by itself",
            "CaUsedAsEndEntity",
            self_signed(&but(authority(HOST), |params| {
                params.subject_alt_names = leaf().subject_alt_names;
            })),
        ),
        case("an unknown authority", NOBODY, signed(&leaf(), &stranger, vec![])),
        case(
            "an unknown authority beside it",
            NOBODY,
            signed(&leaf(), &stranger, vec![stranger.der().clone()]),
        ),
        case("an authority of the same name", "BadSignature", signed(&leaf(), &namesake, vec![])),
        case("no intermediate", NOBODY, signed(&leaf(), &between, vec![])),
        case("another intermediate", NOBODY, signed(&leaf(), &between, vec![other.der().clone()])),
        case(
            "signed by an ordinary certificate",
            "EndEntityUsedAsCa",
            signed(&leaf(), &ordinary_as_issuer, vec![ordinary.der().clone()]),
        ),
    ]
}

fn days(pki: &Pki) -> Vec<Case> {
    let expired =
        |params| but(params, |params: &mut CertificateParams| params.not_after = date_time_ymd(2021, 1, 1));
    let early =
        |params| but(params, |params: &mut CertificateParams| params.not_before = date_time_ymd(2039, 1, 1));
    let backwards = but(leaf(), |params| {
        params.not_before = date_time_ymd(2039, 1, 1);
        params.not_after = date_time_ymd(2021, 1, 1);
    });
    let ancient = but(leaf(), |params| {
        params.not_before = date_time_ymd(1980, 1, 1);
        params.not_after = date_time_ymd(1990, 1, 1);
    });
    let future = but(leaf(), |params| {
        params.not_before = date_time_ymd(2990, 1, 1);
        params.not_after = date_time_ymd(3000, 1, 1);
    });
    vec![
        case("expired", "expired on 2021-01-01 (today is 20", pki.shows(expired(leaf()))),
        case("not valid yet", "is not valid before 2039-01-01 (today is 20", pki.shows(early(leaf()))),
        case("over before it began", "has expired", pki.shows(backwards)),
        case("of another age", "expired on 1990-01-01", pki.shows(ancient)),
        case("of the year 2990", "is not valid before 2990-01-01", pki.shows(future)),
        case(
            "under an expired intermediate",
            "expired on 2021-01-01",
            pki.shows_under(expired(authority("old")), leaf()),
        ),
        case(
            "under an intermediate to come",
            "is not valid before 2039-01-01",
            pki.shows_under(early(authority("new")), leaf()),
        ),
    ]
}

fn names(pki: &Pki) -> Vec<Case> {
    let ia5 = |text: &str| Ia5String::try_from(text).unwrap();
    let other_than = |shown: &str| format!("the certificate is for {shown}, not for mail.contoso.com");
    let mut cases: Vec<Case> = [
        ("another name", "mail.fabrikam.com"),
        ("the domain above", "contoso.com"),
        ("a host below", "smtp.mail.contoso.com"),
        ("the name and more", "mail.contoso.com.evil.example"),
        ("the name behind more", "evilmail.contoso.com"),
        ("a wildcard too low", "*.mail.contoso.com"),
        ("a wildcard for a top level", "*.com"),
        ("a wildcard for everything", "*"),
        ("two wildcards", "*.*.com"),
        ("a wildcard in the middle", "mail.*.com"),
        ("a wildcard for half a label", "m*.contoso.com"),
        ("a wildcard for the other half", "*l.contoso.com"),
        ("a wildcard for another domain", "*.fabrikam.com"),
        ("a dot in front", ".contoso.com"),
        ("a dot behind", "mail.contoso.com."),
        ("a space in front", " mail.contoso.com"),
        ("a look-alike", "xn--ml-6kctd8d6a.contoso.com"),
    ]
    .map(|(name, shown)| case(name, other_than(shown), pki.shows(named(&[shown]))))
    .into();
    let only_cn = but(named(&[]), |params| params.distinguished_name.push(DnType::CommonName, HOST));
    let cn_and_other =
        but(named(&["mail.fabrikam.com"]), |params| params.distinguished_name.push(DnType::CommonName, HOST));
    let with = |san| but(named(&[]), |params| params.subject_alt_names = vec![san]);
    cases.extend([
        case("no name at all", other_than("no name at all"), pki.shows(named(&[]))),
        case("a common name alone", other_than("no name at all"), pki.shows(only_cn)),
        case("a common name beside another", other_than("mail.fabrikam.com"), pki.shows(cn_and_other)),
        case(
            "a NUL behind the name",
            "not for mail.contoso.com",
            pki.shows(named(&["mail.contoso.com\0.evil.example"])),
        ),
        case("a NUL before the name", "not for mail.contoso.com", pki.shows(named(&["\0mail.contoso.com"]))),
        case(
            "an escape sequence",
            "not for mail.contoso.com",
            pki.shows(named(&["\x1b[2Jmail.contoso.com"])),
        ),
        case(
            "a mail address",
            "not for mail.contoso.com",
            pki.shows(with(SanType::Rfc822Name(ia5(&format!("ana@{HOST}"))))),
        ),
        case(
            "a link",
            "not for mail.contoso.com",
            pki.shows(with(SanType::URI(ia5(&format!("https://{HOST}/"))))),
        ),
        case("many other names", "name99.fabrikam.com, not for mail.contoso.com", {
            let many: Vec<String> = (0..100).map(|n| format!("name{n}.fabrikam.com")).collect();
            pki.shows(named(&many.iter().map(String::as_str).collect::<Vec<_>>()))
        }),
    ]);
    cases
}

fn addresses(pki: &Pki) -> Vec<Case> {
    let as_name = but(named(&[]), |params| {
        params.subject_alt_names = vec![SanType::DnsName(Ia5String::try_from("192.0.2.7").unwrap())];
    });
    let mapped = named(&["::ffff:192.0.2.7"]);
    vec![
        case("another IPv4 address", "not for 192.0.2.7", pki.shows(named(&["192.0.2.8"])).to("192.0.2.7")),
        case(
            "another IPv6 address",
            "not for 2001:db8::7",
            pki.shows(named(&["2001:db8::8"])).to("2001:db8::7"),
        ),
        case("an address written as a name", "not for 192.0.2.7", pki.shows(as_name).to("192.0.2.7")),
        case("a name for an address", "not for 192.0.2.7", pki.shows(leaf()).to("192.0.2.7")),
        case("an address for a name", "not for mail.contoso.com", pki.shows(named(&["192.0.2.7"]))),
        case("the address in the other form", "not for 192.0.2.7", pki.shows(mapped).to("192.0.2.7")),
    ]
}

fn uses(pki: &Pki) -> Vec<Case> {
    use ExtendedKeyUsagePurpose::{ClientAuth, CodeSigning, EmailProtection, OcspSigning, TimeStamping};
    let critical = |params| {
        but(params, |params: &mut CertificateParams| {
            let mut unknown = CustomExtension::from_oid_content(&[1, 3, 6, 1, 4, 1, 55555, 1], vec![5, 0]);
            unknown.set_criticality(true);
            params.custom_extensions.push(unknown);
        })
    };
    let for_clients = but(authority("for clients"), |params| params.extended_key_usages = vec![ClientAuth]);
    let as_authority = but(leaf(), |params| params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained));
    vec![
        case("for clients", OTHER_USE, pki.shows(for_purpose(ClientAuth))),
        case("for code", OTHER_USE, pki.shows(for_purpose(CodeSigning))),
        case("for mail", OTHER_USE, pki.shows(for_purpose(EmailProtection))),
        case("for time stamps", OTHER_USE, pki.shows(for_purpose(TimeStamping))),
        case("for OCSP", OTHER_USE, pki.shows(for_purpose(OcspSigning))),
        case("under an intermediate for clients", OTHER_USE, pki.shows_under(for_clients, leaf())),
        case("an authority as server", "CaUsedAsEndEntity", pki.shows(as_authority)),
        case(
            "a critical extension nobody knows",
            "UnsupportedCriticalExtension",
            pki.shows(critical(leaf())),
        ),
        case(
            "the same above it",
            "UnsupportedCriticalExtension",
            pki.shows_under(critical(authority("critical")), leaf()),
        ),
    ]
}

fn chains(pki: &Pki) -> Vec<Case> {
    let constrained = |permitted: &[GeneralSubtree], excluded: &[GeneralSubtree]| {
        let (permitted_subtrees, excluded_subtrees) = (permitted.to_vec(), excluded.to_vec());
        but(authority("constrained"), |params| {
            params.name_constraints = Some(NameConstraints { permitted_subtrees, excluded_subtrees });
        })
    };
    let dns = |name: &str| GeneralSubtree::DnsName(name.into());
    let net = GeneralSubtree::IpAddress(CidrSubnet::from_v4_prefix([198, 51, 100, 0], 24));
    let last = pki.intermediate(but(authority("last"), |params| {
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    }));
    let beyond = Authority::signed_by(authority("beyond"), key(), &last).unwrap();
    let beyond_chain = vec![beyond.der().clone(), last.der().clone()];
    let (seven, hundred) = (pki.ladder(7), pki.ladder(100));
    let all = |ladder: &[Authority]| ladder.iter().map(|rung| rung.der().clone()).collect();
    let reversed = pki.shows_under(authority("between"), leaf());
    let upside_down = reversed.chain.iter().rev().cloned().collect();
    vec![
        case(
            "names that are excluded",
            "NameConstraintViolation",
            pki.shows_under(constrained(&[], &[dns("contoso.com")]), leaf()),
        ),
        case(
            "names that are not permitted",
            "NameConstraintViolation",
            pki.shows_under(constrained(&[dns("fabrikam.com")], &[]), leaf()),
        ),
        case("an address that is not permitted", "NameConstraintViolation", {
            pki.shows_under(constrained(&[net], &[]), named(&["192.0.2.7"])).to("192.0.2.7")
        }),
        case("a path too long", "PathLenConstraintViolated", signed(&leaf(), &beyond, beyond_chain)),
        case("seven intermediates", "MaximumPathDepthExceeded", signed(&leaf(), &seven[0], all(&seven))),
        case(
            "a hundred intermediates",
            "MaximumPathDepthExceeded",
            signed(&leaf(), &hundred[0], all(&hundred)),
        ),
        case("the chain upside down", "CaUsedAsEndEntity", reversed.chain(upside_down)),
    ]
}

fn signatures(pki: &Pki) -> Vec<Case> {
    let root = pki.root.key();
    let rsa = |hash: u8| [0x30, 0x0d, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, hash, 5, 0];
    let ecdsa_sha1 = [0x30, 9, 6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 1];
    let ecdsa_sha224 = [0x30, 0x0a, 6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 1];
    let good = || pki.shows(leaf());
    vec![
        case("signed with MD2", "UnsupportedSignatureAlgorithm", good().labelled(&rsa(2), root)),
        case("signed with MD5", "UnsupportedSignatureAlgorithm", good().labelled(&rsa(4), root)),
        case("signed with SHA-1 and RSA", "UnsupportedSignatureAlgorithm", good().labelled(&rsa(5), root)),
        case(
            "signed with SHA-1 and ECDSA",
            "UnsupportedSignatureAlgorithm",
            good().labelled(&ecdsa_sha1, root),
        ),
        case("signed with SHA-224", "UnsupportedSignatureAlgorithm", good().labelled(&ecdsa_sha224, root)),
        case("another key", "BadSignature", good().key(key())),
        case("a signature with one bit off", "BadSignature", good().cut(|own| *own.last_mut().unwrap() ^= 1)),
        case(
            "a name with one bit off",
            "BadSignature",
            good().cut(|own| {
                let at = memchr::memmem::find(own, HOST.as_bytes()).unwrap();
                own[at] ^= 1;
            }),
        ),
        case("version 1", "UnsupportedCertVersion", good().of_version_1(root)),
        case("half a certificate", "BadEncoding", good().cut(|own| own.truncate(own.len() / 2))),
        case("octets behind it", "BadEncoding", good().cut(|own| own.extend(b"more"))),
        case("not a certificate", "BadEncoding", good().cut(|own| *own = b"certificate".to_vec())),
    ]
}
