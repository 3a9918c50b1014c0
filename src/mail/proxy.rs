//! The way to a server when it is not straight: SOCKS5 (RFC 1928) or HTTP CONNECT (RFC 9110 section 9.3.6).

use std::fmt;

/// What an account says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proxy {
    /// `ALL_PROXY` and `NO_PROXY`, as curl reads them.
    FromEnvironment,
    Direct,
    Via(ProxyServer),
}

/// A proxy, without the user and password that it may want.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProxyServer {
    pub kind: ProxyKind,
    pub host: String,
    pub port: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProxyKind {
    /// The name of the server is looked up here.
    Socks5,
    /// It is looked up by the proxy.
    Socks5h,
    Http,
}

/// Why a text names no proxy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProxyError {
    #[error("it must be socks5h://HOST:PORT, http://HOST:PORT, or \"none\"")]
    NotAProxy,
    #[error("a proxy's user and password are not read from this file; put them into ALL_PROXY")]
    Login,
}

impl ProxyServer {
    /// Reads `socks5://HOST:PORT`, `socks5h://HOST:PORT` or `http://HOST:PORT`. The port may be left out, as curl has it: 1080.
    pub fn parse(text: &str) -> Result<Self, ProxyError> {
        let (scheme, place) = text.split_once("://").unwrap_or(("http", text));
        let kind = match scheme.to_ascii_lowercase().as_str() {
            "socks5" => ProxyKind::Socks5,
            "socks5h" | "socks" => ProxyKind::Socks5h,
            "http" => ProxyKind::Http,
            _ => return Err(ProxyError::NotAProxy),
        };
        if place.contains('@') {
            return Err(ProxyError::Login);
        }
        let place = place.trim_end_matches('/');
        let (host, port) = match place.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => {
                (host, port.parse().ok().filter(|port| *port > 0).ok_or(ProxyError::NotAProxy)?)
            }
            _ => (place, 1080),
        };
        let host = host.trim_matches(['[', ']']);
        if host.is_empty()
            || host.contains(|c: char| c.is_whitespace() || c.is_control() || "/?#".contains(c))
        {
            return Err(ProxyError::NotAProxy);
        }
        Ok(Self { kind, host: host.to_owned(), port })
    }

    /// What `parse` reads as this server again.
    pub fn to_url(&self) -> String {
        let scheme = match self.kind {
            ProxyKind::Socks5 => "socks5",
            ProxyKind::Socks5h => "socks5h",
            ProxyKind::Http => "http",
        };
        let Self { host, port, .. } = self;
        if host.contains(':') {
            format!("{scheme}://[{host}]:{port}")
        } else {
            format!("{scheme}://{host}:{port}")
        }
    }
}

/// `jump:1080 (SOCKS5)`.
impl fmt::Display for ProxyServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            ProxyKind::Socks5 | ProxyKind::Socks5h => "SOCKS5",
            ProxyKind::Http => "HTTP",
        };
        write!(f, "{}:{} ({kind})", self.host, self.port)
    }
}

/// Does `NO_PROXY` say that `host` is reached straight? Names with commas between; a name counts for what is under it, too.
pub fn is_exempt(host: &str, no_proxy: &str) -> bool {
    let host = host.trim_matches(['[', ']']).to_ascii_lowercase();
    no_proxy.split([',', ' ']).map(|name| name.trim().trim_start_matches('.').to_ascii_lowercase()).any(
        |name| {
            name == "*"
                || !name.is_empty()
                    && (host == name || host.strip_suffix(&name).is_some_and(|rest| rest.ends_with('.')))
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proxies_as_people_write_them() {
        let read = |text| ProxyServer::parse(text).map(|proxy| (proxy.kind, proxy.host, proxy.port));
        assert_eq!(read("socks5h://jump:9050"), Ok((ProxyKind::Socks5h, "jump".into(), 9050)));
        assert_eq!(read("SOCKS5://127.0.0.1"), Ok((ProxyKind::Socks5, "127.0.0.1".into(), 1080)));
        assert_eq!(read("http://[::1]:3128/"), Ok((ProxyKind::Http, "::1".into(), 3128)));
        assert_eq!(read("jump:3128"), Ok((ProxyKind::Http, "jump".into(), 3128)));
        assert_eq!(read("http://ana:secret@jump:3128"), Err(ProxyError::Login));
        for wrong in [
            "",
            "https://jump:1",
            "socks4://jump",
            "http://jump:0",
            "http://jump:x",
            "http://a b:1",
            "http:///",
        ] {
            assert_eq!(read(wrong), Err(ProxyError::NotAProxy), "{wrong}");
        }
    }

    #[test]
    fn names_that_need_no_proxy() {
        assert!(is_exempt("mail.contoso.com", "fabrikam.com, .contoso.com"));
        assert!(is_exempt("Contoso.com", "contoso.com") && is_exempt("anything", "*"));
        assert!(!is_exempt("notcontoso.com", "contoso.com") && !is_exempt("mail.contoso.com", ""));
    }
}
