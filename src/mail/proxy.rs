//! The way to a server when it is not straight: SOCKS5 (RFC 1928) or HTTP CONNECT (RFC 9110 section 9.3.6).

use std::fmt;
use std::net::IpAddr;

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

/// Does `NO_PROXY` say that `host` is reached straight? Names with commas between, as curl reads them: a name counts for what is
/// under it, too; an address for itself, or as `10.0.0.0/8` for its network; `*` for everything.
pub fn is_exempt(host: &str, no_proxy: &str) -> bool {
    let host = host.trim_matches(['[', ']']).trim_end_matches('.').to_ascii_lowercase();
    let address: Option<IpAddr> = host.parse().ok();
    no_proxy.split([',', ' ']).map(str::trim).any(|name| match address {
        _ if name == "*" => true,
        Some(address) => holds(name, address),
        None => {
            let name = name.trim_start_matches('.').trim_end_matches('.').to_ascii_lowercase();
            let is_under = || host.strip_suffix(&name).is_some_and(|rest| rest.ends_with('.'));
            !name.is_empty() && (host == name || is_under())
        }
    })
}

/// Is `address` this one, or of this network?
fn holds(name: &str, address: IpAddr) -> bool {
    let (network, length) =
        name.split_once('/').map_or((name, None), |(network, bits)| (network, Some(bits)));
    let bits = |address: IpAddr| match address {
        IpAddr::V4(address) => (u128::from(address.to_bits()), 32),
        IpAddr::V6(address) => (address.to_bits(), 128),
    };
    let Ok(network) = network.trim_matches(['[', ']']).parse::<IpAddr>() else { return false };
    let ((network, width), (address, of_address)) = (bits(network), bits(address));
    let length = length.map_or(Ok(width), str::parse::<u32>);
    let is_same = |length: u32| {
        let others = width.checked_sub(length);
        others.is_some_and(|others| (network ^ address).checked_shr(others).unwrap_or(0) == 0)
    };
    width == of_address && length.is_ok_and(is_same)
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
    #[test]
    fn addresses_that_need_no_proxy() {
        assert!(is_exempt("10.1.2.3", "contoso.com,10.0.0.0/8") && is_exempt("10.1.2.3", "10.1.2.3"));
        assert!(
            is_exempt("[fd00::7]", "fd00::/8")
                && is_exempt("::1", "[::1]")
                && is_exempt("10.1.2.3", "0.0.0.0/0")
        );
        for name in ["2.3", ".1.2.3", "11.0.0.0/8", "10.1.2.3/33", "10.0.0.0/x", "::/0", ""] {
            assert!(!is_exempt("10.1.2.3", name), "{name}");
        }
    }

    #[test]
    fn the_dot_of_the_root_makes_no_difference() {
        assert!(
            is_exempt("mail.contoso.com.", "contoso.com") && is_exempt("mail.contoso.com", ".contoso.com.")
        );
    }
}
