//! HTTPS for signing in: one form goes out, one bounded answer comes back; nothing is followed, kept or unpacked.
//!
//! ureq on rustls, which blocks, so each call runs on a worker thread. A call that nobody waits for any more ends by its own
//! deadline.

mod error;

pub use error::HttpError;

use std::io::Read as _;
use std::sync::Arc;
use std::time::Duration;

use oauth2::url::Url;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use ureq::config::Config;
use ureq::http::{Response, Uri, header};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Agent, Body, ProxyProtocol};
use zeroize::Zeroizing;

use crate::mail::proxy::{Proxy, ProxyKind, ProxyServer};
use crate::mail::settings::is_loopback;

/// A whole exchange: look-up, TLS, request, answer.
const LIMIT: Duration = Duration::from_secs(30);
/// Octets of an answer. A sign-in service needs a few thousand.
const LARGEST: u64 = 256 * 1024;
const AGENT: &str = concat!("sendoff/", env!("CARGO_PKG_VERSION"));

/// A client for the hosts that it was made for, and no other.
pub struct Http {
    agent: Agent,
    tls: TlsConfig,
    hosts: Vec<String>,
    limit: Duration,
}

/// What came back. The body may hold tokens: it cannot be printed, and is wiped when it goes.
pub struct Answer {
    pub status: u16,
    pub body: Zeroizing<Vec<u8>>,
}

impl Http {
    /// For `hosts` (names without a port) alone. `extra_root`, in PEM, is trusted beside the system's roots. The system's proxy
    /// variables hold.
    pub fn new(hosts: &[&str], extra_root: Option<&str>) -> Result<Self, HttpError> {
        let tls = TlsConfig::builder()
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .root_certs(RootCerts::new_with_certs(&roots(extra_root)?))
            .build();
        let hosts = hosts.iter().map(|host| host.to_ascii_lowercase()).collect();
        let straight = Self { agent: agent(&tls, None), tls, hosts, limit: LIMIT };
        straight.through(&Proxy::FromEnvironment)
    }

    /// Another way to the hosts than the one that the system's variables name; these pass this machine itself by.
    pub fn through(self, proxy: &Proxy) -> Result<Self, HttpError> {
        let proxy = match proxy {
            Proxy::Via(server) => Some(via(server)?),
            Proxy::FromEnvironment if !self.hosts.iter().all(|host| is_loopback(host)) => {
                ureq::Proxy::try_from_env()
            }
            Proxy::FromEnvironment | Proxy::Direct => None,
        };
        Ok(Self { agent: agent(&self.tls, proxy), ..self })
    }

    /// Another limit on a whole exchange than 30 s.
    #[must_use]
    pub fn within(self, limit: Duration) -> Self {
        Self { limit, ..self }
    }

    /// Posts `form` (`application/x-www-form-urlencoded`) and returns the answer, whatever its status, unless it leads elsewhere.
    #[expect(clippy::disallowed_methods, reason = "ureq blocks; its own deadline ends the thread")]
    pub async fn post(&self, url: &str, form: Zeroizing<String>) -> Result<Answer, HttpError> {
        let host = self.pinned(url)?;
        let is_proxied = self.is_proxied(url);
        let (agent, limit, url) = (self.agent.clone(), self.limit, url.to_owned());
        let call = move || exchange(&agent, &url, &form, limit);
        match tokio::task::spawn_blocking(call).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(Fault::Ours(error))) => Err(error),
            Ok(Err(Fault::Theirs(error))) => {
                let error = HttpError::of(error, &host);
                Err(if is_proxied { error.of_proxy() } else { error })
            }
            Err(_ended) => Err(HttpError::Lost(host)),
        }
    }

    fn is_proxied(&self, url: &str) -> bool {
        let uri: Option<Uri> = url.parse().ok();
        let proxy = self.agent.config().proxy();
        proxy.zip(uri).is_some_and(|(proxy, uri)| !proxy.is_no_proxy(&uri))
    }

    /// The host of `url`, if it is one of ours and would be asked by HTTPS.
    fn pinned(&self, url: &str) -> Result<String, HttpError> {
        let parsed = Url::parse(url).ok().filter(|url| url.scheme() == "https");
        let host = parsed.as_ref().and_then(Url::host_str).map(str::to_ascii_lowercase);
        host.filter(|host| self.hosts.contains(host)).ok_or(HttpError::NotPinned)
    }
}

enum Fault {
    Ours(HttpError),
    Theirs(ureq::Error),
}

fn exchange(agent: &Agent, url: &str, form: &str, limit: Duration) -> Result<Answer, Fault> {
    let request = agent.post(url).config().timeout_global(Some(limit)).build();
    let response =
        request.content_type("application/x-www-form-urlencoded").send(form).map_err(Fault::Theirs)?;
    let status = response.status().as_u16();
    if (300..400).contains(&status) {
        return Err(Fault::Ours(HttpError::Redirected));
    }
    if is_packed(&response) {
        return Err(Fault::Ours(HttpError::Packed));
    }
    Ok(Answer { status, body: bounded(response)? })
}

/// Reads one octet more than is allowed, to know whether there is one.
fn bounded(response: Response<Body>) -> Result<Zeroizing<Vec<u8>>, Fault> {
    // All at once: a buffer that grows would leave copies of tokens behind.
    let mut body = Zeroizing::new(Vec::with_capacity(usize::try_from(LARGEST + 1).unwrap_or(usize::MAX)));
    let mut reader = response.into_body().into_reader().take(LARGEST + 1);
    reader.read_to_end(&mut body).map_err(|error| Fault::Theirs(ureq::Error::from(error)))?;
    if body.len() as u64 > LARGEST {
        return Err(Fault::Ours(HttpError::TooLarge));
    }
    Ok(body)
}

/// Was a coding used that we said we do not take?
fn is_packed(response: &Response<Body>) -> bool {
    let codings = response.headers().get_all(header::CONTENT_ENCODING);
    codings.iter().any(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"identity"))
}

fn agent(tls: &TlsConfig, proxy: Option<ureq::Proxy>) -> Agent {
    let config = Config::builder()
        .tls_config(tls.clone())
        .proxy(proxy)
        .https_only(true)
        .http_status_as_error(false)
        .max_redirects(0)
        // A kept connection would have gone stale by the next question.
        .max_idle_connections(0)
        .user_agent(AGENT)
        .accept("application/json")
        .accept_encoding("identity");
    config.build().new_agent()
}

fn via(server: &ProxyServer) -> Result<ureq::Proxy, HttpError> {
    let kind = match server.kind {
        ProxyKind::Socks5 => ProxyProtocol::Socks5,
        ProxyKind::Socks5h => ProxyProtocol::Socks5h,
        ProxyKind::Http => ProxyProtocol::Http,
    };
    let host = if server.host.contains(':') { format!("[{}]", server.host) } else { server.host.clone() };
    // Never straight instead: a proxy is named because nothing may go another way.
    ureq::Proxy::builder(kind).host(&host).port(server.port).build().map_err(|_odd| HttpError::NoProxy)
}

fn roots(extra: Option<&str>) -> Result<Vec<Certificate<'static>>, HttpError> {
    let mut roots = rustls_native_certs::load_native_certs().certs;
    if let Some(pem) = extra {
        let added: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem.as_bytes()).collect();
        let added = added.ok().filter(|added| !added.is_empty()).ok_or(HttpError::Root)?;
        roots.extend(added);
    }
    if roots.is_empty() {
        return Err(HttpError::NoRoots);
    }
    Ok(roots.iter().map(|der| Certificate::from_der(der).to_owned()).collect())
}
