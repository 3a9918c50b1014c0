//! Which proxy a send goes through: the account's, or the one that the environment names.

use crate::mail::account::Account;
use crate::mail::proxy::{Proxy, ProxyServer, is_exempt};
use crate::mail::secret::Secret;
use crate::mail::settings::is_loopback;
use crate::smtp::{SmtpError, Way};

/// A proxy and its login.
pub struct Route {
    server: ProxyServer,
    login: Option<(String, Secret)>,
}

impl Route {
    /// The route for `account`; `None` is straight. This machine is always reached straight.
    pub fn of(account: &Account) -> Result<Option<Self>, SmtpError> {
        if account.is_sandbox || is_loopback(&account.host) {
            return Ok(None);
        }
        match &account.extras.proxy {
            Proxy::Direct => Ok(None),
            Proxy::Via(server) => Ok(Some(Self { server: server.clone(), login: None })),
            Proxy::FromEnvironment => Self::from_environment(&account.host, variable),
        }
    }

    fn from_environment(
        host: &str,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Option<Self>, SmtpError> {
        let Some(text) = variable("ALL_PROXY").filter(|text| !text.is_empty()) else { return Ok(None) };
        if variable("NO_PROXY").is_some_and(|no_proxy| is_exempt(host, &no_proxy)) {
            return Ok(None);
        }
        let (server, login) = without_login(&text);
        let server = ProxyServer::parse(&server)
            .map_err(|why| SmtpError::Config(format!("ALL_PROXY cannot be used: {why}")))?;
        Ok(Some(Self { server, login }))
    }

    pub(super) fn way(&self) -> Way<'_> {
        Way {
            server: &self.server,
            login: self.login.as_ref().map(|(user, password)| (user.as_str(), password)),
        }
    }
}

/// In capitals or not: both are in use.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).or_else(|_unset| std::env::var(name.to_ascii_lowercase())).ok()
}

/// Takes user and password out of `scheme://user:password@place`.
fn without_login(text: &str) -> (String, Option<(String, Secret)>) {
    let (scheme, rest) = text.split_once("://").unwrap_or(("http", text));
    let Some((login, place)) = rest.rsplit_once('@') else { return (text.to_owned(), None) };
    let (user, password) = login.split_once(':').unwrap_or((login, ""));
    (format!("{scheme}://{place}"), Some((decoded(user), Secret::new(decoded(password)))))
}

/// Percent-encoding undone (RFC 3986 section 2.1).
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| str::from_utf8(hex).ok());
        let code = hex.filter(|_| byte == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(code.unwrap_or(byte));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route(all: &str, no: &str) -> Option<Route> {
        let variable = |name: &str| Some(if name == "ALL_PROXY" { all } else { no }.to_owned());
        Route::from_environment("smtp.office365.com", variable).unwrap()
    }

    #[test]
    fn the_environment_names_a_proxy_and_its_login() {
        let route = route("socks5h://ana:p%40ss%25@jump:1080", "localhost").unwrap();
        assert_eq!(route.server.to_string(), "jump:1080 (SOCKS5)");
        let (user, password) = route.login.unwrap();
        assert_eq!((user.as_str(), password.reveal()), ("ana", "p@ss%"));
    }

    #[test]
    fn exempt_or_unset_is_straight() {
        assert!(route("socks5h://jump:1080", "office365.com").is_none());
        assert!(route("", "").is_none());
    }
}
