//! What can go wrong between us and the sign-in service, as plain data.

use std::io;

use rustls::CertificateError;

use crate::mail::outcome::{Failure, Trouble};

/// Why there is no answer that could be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HttpError {
    #[error("the name {0} cannot be found")]
    NameNotFound(String),
    #[error("no connection to {0}: {1}")]
    Connect(String, String),
    #[error("{0} gave no answer in time")]
    TimedOut(String),
    #[error("the connection to {0} broke")]
    Lost(String),
    #[error("the proxy on the way to {0} did not open a connection")]
    Proxy(String),
    #[error("{0}")]
    Certificate(String),
    #[error("no TLS session with {0}: {1}")]
    Tls(String, String),
    #[error("{0} answered with something that is not HTTP")]
    NotHttp(String),
    #[error("the sign-in service sends us on to another address, which is not followed")]
    Redirected,
    #[error("the answer is compressed, which was not asked for")]
    Packed,
    #[error("the answer is larger than 256 KiB")]
    TooLarge,
    #[error("this address is not on the host of the account's sign-in service")]
    NotPinned,
    #[error("the proxy of the account cannot be used")]
    NoProxy,
    #[error("ca_file cannot be read, or holds no certificate in PEM form")]
    Root,
    #[error("this machine has no trusted root certificates (Debian: install ca-certificates)")]
    NoRoots,
}

impl HttpError {
    /// May the same request succeed a moment later?
    pub fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::NameNotFound(_) | Self::Connect(..) | Self::TimedOut(_) | Self::Lost(_) | Self::Proxy(_)
        )
    }

    /// The same in the words of `mail::explain`.
    pub(in crate::auth) fn failure(&self) -> Failure {
        let trouble = match self {
            Self::NameNotFound(_) => Trouble::NameNotFound,
            Self::Connect(..) => Trouble::Refused,
            Self::TimedOut(_) => Trouble::TimedOut,
            Self::Lost(_) => Trouble::Lost,
            Self::Proxy(_) => Trouble::Proxy,
            Self::Certificate(_) | Self::NoRoots => Trouble::Certificate,
            Self::Tls(..) => Trouble::Tls,
            Self::NotHttp(_) | Self::Redirected | Self::Packed | Self::TooLarge => Trouble::Protocol,
            Self::NotPinned | Self::NoProxy | Self::Root => Trouble::Config,
        };
        Failure { trouble, detail: self.to_string() }
    }

    /// Only kinds and names are taken over: the words of an error may hold what was sent.
    pub(super) fn of(error: ureq::Error, host: &str) -> Self {
        let host_name = || host.to_owned();
        match error {
            ureq::Error::Io(error) => Self::of_io(&error, host),
            ureq::Error::Rustls(error) => Self::of_tls(&error, host),
            ureq::Error::Timeout(_) => Self::TimedOut(host_name()),
            ureq::Error::HostNotFound => Self::NameNotFound(host_name()),
            ureq::Error::ConnectProxyFailed(_) | ureq::Error::InvalidProxyUrl => Self::Proxy(host_name()),
            ureq::Error::ConnectionFailed => Self::Connect(host_name(), "nothing answers there".to_owned()),
            ureq::Error::Tls(why) => Self::Tls(host_name(), why.to_owned()),
            ureq::Error::RedirectFailed | ureq::Error::TooManyRedirects => Self::Redirected,
            ureq::Error::LargeResponseHeader(..) | ureq::Error::BodyExceedsLimit(_) => Self::TooLarge,
            _ => Self::NotHttp(host_name()),
        }
    }

    /// The same where a proxy is asked first: what cannot be found or reached is the proxy.
    pub(super) fn of_proxy(self) -> Self {
        match self {
            Self::NameNotFound(host) | Self::Connect(host, _) => Self::Proxy(host),
            other => other,
        }
    }

    fn of_io(error: &io::Error, host: &str) -> Self {
        if let Some(tls) = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
            return Self::of_tls(tls, host);
        }
        match error.kind() {
            io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Self::TimedOut(host.to_owned()),
            kind @ (io::ErrorKind::ConnectionRefused
            | io::ErrorKind::HostUnreachable
            | io::ErrorKind::NetworkUnreachable
            | io::ErrorKind::NetworkDown
            | io::ErrorKind::AddrNotAvailable) => Self::Connect(host.to_owned(), kind.to_string()),
            _ => Self::Lost(host.to_owned()),
        }
    }

    fn of_tls(error: &rustls::Error, host: &str) -> Self {
        match error {
            rustls::Error::InvalidCertificate(why) => Self::Certificate(refusal(why, host)),
            other => Self::Tls(host.to_owned(), other.to_string()),
        }
    }
}

fn refusal(why: &CertificateError, host: &str) -> String {
    let why = match why {
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "is for another name"
        }
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            "has expired, or the clock of this machine is wrong"
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "is not valid yet, or the clock of this machine is wrong"
        }
        CertificateError::UnknownIssuer => "is signed by nobody that this machine trusts",
        CertificateError::Revoked => "has been revoked",
        _ => "does not hold",
    };
    format!("the certificate of {host} {why}")
}
