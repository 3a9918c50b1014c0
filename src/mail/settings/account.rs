//! One `[[account]]` of the file: what may stand in it, and the account that it makes.

use std::path::Path;

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::mail::account::{Account, Auth, Extras, Identity, SUBMISSION, SUBMISSIONS, Security, Trust};
use crate::mail::address::Mailbox;
use crate::mail::dsn::{Dsn, Notify, Return};
use crate::mail::oauth::Grant;
use crate::mail::preset::{PRESETS, Preset};
use crate::mail::proxy::{Proxy, ProxyError, ProxyServer};

use super::oauth::RawOauth;
use super::{SettingsError, Wrong, is_loopback};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAccount {
    pub(super) name: String,
    from: String,
    preset: Option<String>,
    host: Option<String>,
    port: Option<u16>,
    security: Option<Security>,
    auth: Option<Auth>,
    username: Option<String>,
    password_command: Option<Vec<String>>,
    ca_file: Option<String>,
    helo: Option<String>,
    notify: Option<Notify>,
    #[serde(rename = "return")]
    ret: Option<Return>,
    chunking: Option<bool>,
    connect_ahead: Option<bool>,
    proxy: Option<String>,
    reply_to: Option<String>,
    signature: Option<String>,
    #[serde(default)]
    identity: Vec<RawIdentity>,
    oauth: Option<RawOauth>,
    #[serde(default)]
    disabled: bool,
    #[serde(default)]
    pub(super) default: bool,
    /// Refused with a reason rather than as an unknown key: it is the first thing that people try.
    password: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawIdentity {
    from: String,
    reply_to: Option<String>,
    signature: Option<String>,
    username: Option<String>,
}

impl RawAccount {
    fn extras(&self) -> Result<Extras, ProxyError> {
        let standard = Extras::default();
        Ok(Extras {
            dsn: self.notify.map(|notify| Dsn { notify, ret: self.ret.unwrap_or_default() }),
            chunking: self.chunking.unwrap_or(standard.chunking),
            connect_ahead: self.connect_ahead.unwrap_or(standard.connect_ahead),
            proxy: match self.proxy.as_deref() {
                None => standard.proxy,
                Some("none") => Proxy::Direct,
                Some(way) => Proxy::Via(ProxyServer::parse(way)?),
            },
        })
    }

    pub(super) fn refine(self, folder: &Path) -> Result<Account, SettingsError> {
        let account = self.name.clone();
        self.account(folder).map_err(|(key, why)| SettingsError::Value { account, key, why })
    }

    fn account(self, folder: &Path) -> Result<Account, Wrong> {
        if self.name.trim().is_empty() || self.name.chars().any(char::is_control) {
            return Err(("name", "it must be a visible word".into()));
        }
        if self.password.is_some() {
            return Err(("password", PASSWORD_HERE.into()));
        }
        let extras = self.extras().map_err(|why| ("proxy", why.to_string()))?;
        let from = Mailbox::parse(&self.from).map_err(|error| ("from", error.to_string()))?;
        let Server { host, port, security, auth } = self.server(from.address.domain())?;
        let auth = match (self.auth, &self.oauth) {
            (None | Some(Auth::Auto | Auth::Xoauth2), Some(_)) => Auth::Xoauth2,
            (Some(_), Some(_)) => return Err(("auth", OAUTH_BESIDE.into())),
            (given, None) => given.unwrap_or(auth),
        };
        if security == Security::None && auth != Auth::None {
            return Err(("security", "\"none\" never goes with a sign-in; add auth = \"none\"".into()));
        }
        if self.password_command.as_ref().is_some_and(Vec::is_empty) {
            let why = "it must name a program, such as [\"pass\", \"show\", \"work\"]";
            return Err(("password_command", why.into()));
        }
        let helo = self.helo.unwrap_or_else(|| "[127.0.0.1]".to_owned());
        if helo.is_empty() || !helo.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]_".contains(&b)) {
            return Err(("helo", "it must be a host name or an address in square brackets".into()));
        }
        let username = self.username.unwrap_or_else(|| from.address.to_string());
        if !is_user(&username) {
            return Err(("username", "it must be what you sign in with, usually your full address".into()));
        }
        let oauth = self.oauth.map(|oauth| oauth.refine(&host, &username, &from.address.to_string(), folder));
        let oauth = oauth.transpose()?;
        let by_secret = Grant::Service { certificate: None };
        if self.password_command.is_some() && oauth.as_ref().is_some_and(|oauth| oauth.grant != by_secret) {
            return Err(("password_command", COMMAND_BESIDE.into()));
        }
        Ok(Account {
            oauth,
            reply_to: mailbox("reply_to", self.reply_to.as_deref())?,
            signature: self.signature.filter(|signature| !signature.trim().is_empty()),
            identities: self.identity.into_iter().map(RawIdentity::refine).collect::<Result<_, _>>()?,
            is_disabled: self.disabled,
            name: self.name,
            username,
            from,
            host,
            port,
            security,
            auth,
            password_command: self.password_command,
            trust: self.ca_file.map_or(Trust::System, |file| Trust::SystemAnd(folder.join(file))),
            helo,
            extras,
            is_sandbox: false,
        })
    }

    /// Where the server is, and how one signs in there by habit: from the lines given, or else from the preset.
    fn server(&self, domain: &str) -> Result<Server, Wrong> {
        let preset = match self.preset.as_deref() {
            None => &PRESETS[0],
            Some(name) => Preset::named(name).ok_or_else(|| {
                let names = PRESETS.iter().map(|preset| preset.name).collect::<Vec<_>>().join(", ");
                ("preset", format!("there is none called \u{201c}{name}\u{201d}; there are {names}"))
            })?,
        };
        let host = self.host.clone().unwrap_or_else(|| preset.host(domain));
        let security = self.security.unwrap_or(preset.security);
        check_server(&host, self.port, security).map_err(|(key, why)| (key, why.to_owned()))?;
        let default_port = match security {
            same if same == preset.security => preset.port,
            Security::Tls => SUBMISSIONS,
            Security::StartTls | Security::None => SUBMISSION,
        };
        Ok(Server { host, port: self.port.unwrap_or(default_port), security, auth: preset.auth })
    }
}

struct Server {
    host: String,
    port: u16,
    security: Security,
    auth: Auth,
}

impl RawIdentity {
    fn refine(self) -> Result<Identity, Wrong> {
        let from = Mailbox::parse(&self.from).map_err(|error| ("identity.from", error.to_string()))?;
        let reply_to = mailbox("identity.reply_to", self.reply_to.as_deref())?;
        if self.username.as_deref().is_some_and(|name| !is_user(name)) {
            return Err(("identity.username", "it must be the address of the mailbox".into()));
        }
        Ok(Identity { from, reply_to, signature: self.signature, username: self.username })
    }
}

fn mailbox(key: &'static str, text: Option<&str>) -> Result<Option<Mailbox>, Wrong> {
    text.map(Mailbox::parse).transpose().map_err(|error| (key, error.to_string()))
}

fn is_user(name: &str) -> bool {
    !name.is_empty() && !name.chars().any(char::is_control)
}

const OAUTH_BESIDE: &str =
    "an account that has an [account.oauth] signs in by token; take this line out, or that table";

const COMMAND_BESIDE: &str = "with an [account.oauth] it can only print the client secret of a service; a person's sign-in, or a certificate, needs \
                              none, so take this line out";

const PASSWORD_HERE: &str = "a password is never read from this file; name a program in password_command, or leave the \
                             line out and sendoff asks and can keep it in the keyring";

fn check_server(
    host: &str,
    port: Option<u16>,
    security: Security,
) -> Result<(), (&'static str, &'static str)> {
    if host.is_empty() || host.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(("host", "it must be the name or address of a server, such as smtp.office365.com"));
    }
    if security == Security::None && !is_loopback(host) {
        return Err(("security", "\"none\" is only for a server on this machine (localhost, 127.0.0.1)"));
    }
    if port == Some(0) {
        return Err(("port", "it must be from 1 to 65535; leave the line out for the usual one"));
    }
    if is_office365(host) && port == Some(SUBMISSIONS) {
        return Err(("port", "Microsoft 365 does not serve 465; leave the line out (587 with STARTTLS)"));
    }
    Ok(())
}

fn is_office365(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    host.ends_with(".office365.com") || host.ends_with(".office365.us")
}
