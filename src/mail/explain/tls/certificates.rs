//! Certificates that prove nothing: untrusted, expired, for another name.

use crate::mail::explain::Cause::CertificateInvalid;
use crate::mail::explain::Who::{Administrator, You};
use crate::mail::explain::row::{Row, row};

#[rustfmt::skip]
pub(in crate::mail::explain) const ROWS: &[Row] = &[NAME_MISMATCH, CERTIFICATE];

#[rustfmt::skip]
const CERTIFICATE: Row = row(
    CertificateInvalid,
    Administrator,
    "The server's certificate is not one that this machine trusts: expired, self-made, or from an unknown issuer.",
    "Check host and this machine's clock. For a server of your own, name its root certificate in ca_file; where a virus scanner \
     or proxy opens TLS, its root has to be known. There is no switch to skip the check.",
)
.when(&[
    "certificate for this server is invalid", "hasn't got a known issuer",
    "certificate|cert|certificates & <untrusted> & !client certificate & !connector & !gnutls-e-",
    "cannot verify & certificate", "verify error", "failed tls verification", "peer certificate or ssh remote key", "bad_cert|bad cert", "pretending to be", "no name matching",
    "certificateexpired|certificatenotyetvalid|certificateexception|certpathvalidator|certpathbuilder",
    "trust anchor|trustanchors", "is not trusted & server|host|issuer|smtp",
    "issuer is not recognized|sec_error_unknown|sec_error_expired|sec_error_untrusted",
    "ca md too weak|ca_md_too_weak|digest algorithm too weak|ca key too small",
    "hostname verification failed|hostname verification error",
    "verify server identity", "peer failed verification",
    "tls certificate|ssl certificate & incorrect|problem|not correct",
    "identity of & cannot be verified|can't be verified|could not be verified", "unknown certificate authority",
    "err_cert_|cert_not_yet|cert_untrusted|cert_signature|cert_revoked|unable_to_get_cert|hostname_check_failed",
    "^unknown issuer|unknownissuer|untrusted issuer",
    "serververificationfailed|caused by: invalidcertificate|invalidcertificate(",
    "fingerprint & mismatch|not match|changed", "^certificate_unknown & !alert",
    "cn mismatch", "verify leaf|certificate crl|certificate revocation list",
    "issuer certificate of|no certificates could be verified|peerunverified",
    "certificate & issued to another|issued for another|for another host",
    "gnutls-e-certificate|gnutls-e-cert", "errorcertificate",
    "certificate is not yet valid", "certificate has been revoked",
    "certificate was not verified", "certificate & not trusted by", "certificates & expired",
    "certificate verify failed", "certificate_verify_failed", "self signed certificate",
    "self-signed certificate", "self_signed_cert", "certificate signed by unknown authority",
    "certificate has expired", "cert_has_expired", "certificate expired", "certificate is expired",
    "unable to get local issuer", "unable to verify the first certificate", "unable_to_verify_leaf",
    "unable_to_get_issuer", "pkix path", "unable to find valid certification path", "x509:",
    "remote certificate was rejected", "certificate validation",
    "untrusted certificate", "certificate not trusted", "certificate is not trusted", "certificate unknown",
    "unknown ca", "unknown_ca", "invalid certificate", "invalid peer certificate",
    "certificate is invalid", "certificate verification", "certificate is not valid", "certificate problem",
    "unknownissuer", "notvalidforname", "issuer is unknown", "server certificate & not", "certexpired",
    "certificate rejected", "ssl certificate error", "depth_zero",
    "untrusted root", "revocation function was unable", "certificate could not be verified",
    "certificate chain", "sslcertverificationerror", "certificate cannot be verified",
    "peer certificate cannot be authenticated",
    "certificate has not been verified", "certificate not verified", "#5.7.322", "#5.7.323", "#4.7.322",
    "#4.7.323",
])
.confirmed();

#[rustfmt::skip]
const NAME_MISMATCH: Row = row(
    CertificateInvalid,
    You,
    "The server's certificate is made out for another name than the host in the account.",
    "Set host to the name that the server's certificate carries (for Microsoft 365: smtp.office365.com), not to an address in digits.",
)
.when(&[
    "did not match expected", "does not match the server certificate",
    "no alternative certificate subject name", "certificate host check failed", "hostname/ip does not match",
    "does not match certificate", "altnames", "doesn't match any of the subject alternative",
    "no subject alternative",
    "name mismatch", "certificate is valid for", "host name & certificate & match", "certificate name & match",
    "peer certificate cn", "hostname & match & certificate", "certificate doesn't match",
    "certificate owner does not match", "#5.7.325", "#4.7.325", "subject alternative name",
    "certificate hostname",
    "host name verification failed",
])
.confirmed();
