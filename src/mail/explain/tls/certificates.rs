//! Certificates that prove nothing: untrusted, expired, for another name.

use crate::mail::explain::Cause::CertificateInvalid;
use crate::mail::explain::Who::You;
use crate::mail::explain::row::{Row, row};
use crate::mail::explain::said;

#[rustfmt::skip]
pub(in crate::mail::explain) const ROWS: &[Row] = &[NAME_MISMATCH, CERTIFICATE];

#[rustfmt::skip]
const CERTIFICATE: Row = said::UNTRUSTED
.when(&[
    "certificate|cert|certificates & <untrusted> & !client certificate & !connector & !gnutls-e-",
    "cannot verify & certificate", "bad_cert|bad cert",
    "certificateexpired|certificatenotyetvalid|certificateexception|certpathvalidator|certpathbuilder",
    "trust anchor|trustanchors", "is not trusted & server|host|issuer|smtp",
    "issuer is not recognized|sec_error_unknown|sec_error_expired|sec_error_untrusted",
    "ca md too weak|ca_md_too_weak|digest algorithm too weak|ca key too small",
    "hostname verification failed|hostname verification error",
    "tls certificate|ssl certificate & incorrect|problem|not correct",
    "identity of & cannot be verified|can't be verified|could not be verified",
    "err_cert_|cert_not_yet|cert_untrusted|cert_signature|cert_revoked|unable_to_get_cert|hostname_check_failed",
    "^unknown issuer|unknownissuer|untrusted issuer",
    "serververificationfailed|caused by: invalidcertificate|invalidcertificate(",
    "fingerprint & mismatch|not match|changed", "^certificate_unknown & !alert",
    "verify leaf|certificate crl|certificate revocation list",
    "issuer certificate of|no certificates could be verified|peerunverified",
    "certificate & issued to another|issued for another|for another host",
    "gnutls-e-certificate|gnutls-e-cert", "certificate & not trusted by", "certificates & expired",
    "server certificate & not", "#5.7.322", "#5.7.323", "#4.7.322", "#4.7.323",
    "cert_has_expired", "certexpired", "certificate cannot be verified", "certificate chain",
    "certificate could not be verified", "certificate expired", "certificate for this server is invalid",
    "certificate has been revoked", "certificate has expired", "certificate has not been verified",
    "certificate is expired", "certificate is invalid", "certificate is not trusted",
    "certificate is not valid", "certificate is not yet valid", "certificate not trusted",
    "certificate not verified", "certificate problem", "certificate rejected",
    "certificate signed by unknown authority", "certificate unknown", "certificate validation",
    "certificate verification", "certificate verify failed", "certificate was not verified",
    "certificate_verify_failed", "cn mismatch", "depth_zero", "errorcertificate", "failed tls verification",
    "hasn't got a known issuer", "invalid certificate", "invalid peer certificate", "issuer is unknown",
    "no name matching", "notvalidforname", "peer certificate cannot be authenticated",
    "peer certificate or ssh remote key", "peer failed verification", "pkix path", "pretending to be",
    "remote certificate was rejected", "revocation function was unable", "self signed certificate",
    "self-signed certificate", "self_signed_cert", "ssl certificate error", "sslcertverificationerror",
    "unable to find valid certification path", "unable to get local issuer",
    "unable to verify the first certificate", "unable_to_get_issuer", "unable_to_verify_leaf", "unknown ca",
    "unknown certificate authority", "unknown_ca", "unknownissuer", "untrusted certificate", "untrusted root",
    "verify error", "verify server identity", "x509:",
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
    "host name & certificate & match", "certificate name & match", "hostname & match & certificate",
    "#5.7.325", "#4.7.325",
    "altnames", "certificate doesn't match", "certificate host check failed", "certificate hostname",
    "certificate is valid for", "certificate owner does not match", "did not match expected",
    "does not match certificate", "does not match the server certificate",
    "doesn't match any of the subject alternative", "host name verification failed",
    "hostname/ip does not match", "name mismatch", "no alternative certificate subject name",
    "no subject alternative", "peer certificate cn", "subject alternative name",
])
.confirmed();
