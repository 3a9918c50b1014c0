//! Which proxy a send goes through: the account's, or the one that the environment names.

use crate::mail::account::{Account, Security};
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
    /// The route for `account`; `None` is straight.
    pub fn of(account: &Account) -> Result<Option<Self>, SmtpError> {
        Self::choose(account, variable)
    }

    /// What the account names is obeyed, whatever the host. What the environment names is for what is far away: this machine is
    /// reached straight, and so is what `NO_PROXY` names.
    fn choose(
        account: &Account,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Option<Self>, SmtpError> {
        match &account.extras.proxy {
            _ if account.is_sandbox => Ok(None),
            Proxy::Direct => Ok(None),
            Proxy::Via(server) if account.security == Security::None => Err(SmtpError::Config(format!(
                "security = \"none\" is for this machine alone, and the proxy {server} leads away from it; leave one of the two out"
            ))),
            Proxy::Via(server) => {
                let login = Self::named_by(&variable).ok().flatten().filter(|named| named.server == *server);
                Ok(Some(Self { server: server.clone(), login: login.and_then(|named| named.login) }))
            }
            Proxy::FromEnvironment if is_loopback(&account.host) => Ok(None),
            Proxy::FromEnvironment
                if variable("NO_PROXY").is_some_and(|exempt| is_exempt(&account.host, &exempt)) =>
            {
                Ok(None)
            }
            Proxy::FromEnvironment => Self::named_by(&variable),
        }
    }

    /// The proxy that `ALL_PROXY` names. Its login stands there and nowhere else, also for an account that names the same proxy.
    fn named_by(variable: &impl Fn(&str) -> Option<String>) -> Result<Option<Self>, SmtpError> {
        let Some(text) = variable("ALL_PROXY") else { return Ok(None) };
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

/// In small letters or in capitals, as curl has it: the first of the two that says something.
fn variable(name: &str) -> Option<String> {
    let says = |name: &str| std::env::var(name).ok().filter(|text| !text.is_empty());
    says(&name.to_ascii_lowercase()).or_else(|| says(name))
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
    use std::path::Path;

    use crate::mail::settings::Settings;

    use super::*;

    /// The route of an account with these lines, where the variables say this.
    fn route(lines: &str, all: Option<&str>, no: Option<&str>) -> Result<Option<Route>, SmtpError> {
        let text = format!("[[account]]\nname = \"work\"\nfrom = \"ana@contoso.com\"\n{lines}");
        let account = Settings::parse(&text, Path::new("/")).unwrap().accounts.remove(0);
        Route::choose(&account, |name| if name == "ALL_PROXY" { all } else { no }.map(str::to_owned))
    }

    /// The same in a word: the proxy, or `straight`.
    fn way(lines: &str, all: Option<&str>, no: Option<&str>) -> String {
        route(lines, all, no).unwrap().map_or("straight".into(), |route| route.server.to_string())
    }

    const ALL: Option<&str> = Some("socks5h://ana:p%40ss%25@jump:1080");

    #[test]
    fn the_environment_names_a_proxy_and_its_login() {
        let route = route("", ALL, Some("localhost")).unwrap().unwrap();
        assert_eq!(route.server.to_string(), "jump:1080 (SOCKS5)");
        let (user, password) = route.login.unwrap();
        assert_eq!((user.as_str(), password.reveal()), ("ana", "p@ss%"));
    }

    #[test]
    fn the_account_comes_before_the_environment_and_the_environment_passes_this_machine_by() {
        let own = "proxy = \"http://gate:3128\"\n";
        let table = [
            ("", None, None, "straight"),
            ("", ALL, None, "jump:1080 (SOCKS5)"),
            ("", ALL, Some("office365.com"), "straight"),
            ("", ALL, Some("*"), "straight"),
            ("host = \"localhost\"\n", ALL, None, "straight"),
            ("host = \"::1\"\n", ALL, None, "straight"),
            ("proxy = \"none\"\n", ALL, None, "straight"),
            (own, None, None, "gate:3128 (HTTP)"),
            (own, ALL, Some("*"), "gate:3128 (HTTP)"),
            (&format!("host = \"localhost\"\n{own}"), None, None, "gate:3128 (HTTP)"),
            (&format!("host = \"127.0.0.1\"\n{own}"), ALL, Some("127.0.0.1"), "gate:3128 (HTTP)"),
        ];
        for (lines, all, no, expected) in table {
            assert_eq!(way(lines, all, no), expected, "{lines} {all:?} {no:?}");
        }
    }

    #[test]
    fn the_sandbox_is_always_reached_straight() {
        let text = "[[account]]\nname = \"work\"\nfrom = \"ana@contoso.com\"\nproxy = \"http://gate:3128\"";
        let mut account = Settings::parse(text, Path::new("/")).unwrap().accounts.remove(0);
        account.is_sandbox = true;
        assert!(Route::choose(&account, |_| ALL.map(str::to_owned)).unwrap().is_none());
    }

    #[test]
    fn the_login_of_the_environment_is_for_the_proxy_that_it_names() {
        let login = |proxy: &str| {
            let route = route(&format!("proxy = \"{proxy}\""), ALL, Some("*")).unwrap().unwrap();
            route.login.is_some()
        };
        assert!(login("socks5h://jump:1080"));
        assert!(!login("socks5h://jump:1081") && !login("http://jump:1080") && !login("socks5h://gate:1080"));
    }

    #[test]
    fn what_may_not_leave_this_machine_in_the_clear_is_not_given_to_a_proxy() {
        let lines = "host = \"localhost\"\nsecurity = \"none\"\nauth = \"none\"\n";
        assert_eq!(way(lines, ALL, None), "straight");
        let with_proxy = format!("{lines}proxy = \"http://gate:3128\"");
        assert!(
            matches!(route(&with_proxy, None, None), Err(SmtpError::Config(why)) if why.contains("gate:3128"))
        );
    }

    #[test]
    fn a_variable_that_names_no_proxy_is_said() {
        assert!(
            matches!(route("", Some("jump:x"), None), Err(SmtpError::Config(why)) if why.contains("ALL_PROXY"))
        );
    }
}
