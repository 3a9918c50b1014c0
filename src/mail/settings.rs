//! What `config.toml` says, as values, with every mistake named: line, key, what was expected.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::account::{Account, Auth, Extras, PRESETS, Preset, SUBMISSION, SUBMISSIONS, Security, Trust};
use super::address::Mailbox;
use super::dsn::{Dsn, Notify, Return};
use super::proxy::{Proxy, ProxyError, ProxyServer};

/// The settings in force.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// In the order of the file.
    pub accounts: Vec<Account>,
    /// Index into `accounts`.
    pub default: usize,
    pub theme: Option<String>,
    pub log: LogSettings,
    /// Key as typed (`ctrl-x`) to the name of an action; `app::keymap` reads them.
    pub keys: BTreeMap<String, String>,
}

/// What is kept of past sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogSettings {
    pub keep: bool,
    pub days: u32,
    /// Octets of all records together.
    pub size: u64,
}

impl Default for LogSettings {
    fn default() -> Self {
        Self { keep: true, days: 90, size: 64 * 1024 * 1024 }
    }
}

/// Why a configuration cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// Not TOML, an unknown key, or a value of the wrong kind; the text names line and key.
    #[error("{0}")]
    Syntax(String),
    #[error("account \u{201c}{account}\u{201d}, {key}: {why}")]
    Value { account: String, key: &'static str, why: String },
    #[error("two accounts are called \u{201c}{0}\u{201d}; give one of them another name")]
    SameName(String),
    #[error(
        "[log], size: \u{201c}{0}\u{201d} is no size; write it like \"64 MiB\", \"500 KB\" or a number of bytes"
    )]
    LogSize(String),
    #[error("more than one account says default = true; only one can")]
    TwoDefaults,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSettings {
    theme: Option<String>,
    #[serde(default)]
    log: RawLog,
    #[serde(default)]
    keys: BTreeMap<String, String>,
    #[serde(default)]
    account: Vec<RawAccount>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct RawLog {
    keep: Option<bool>,
    days: Option<u32>,
    size: Option<RawSize>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum RawSize {
    Bytes(u64),
    Text(String),
}

impl RawLog {
    fn refine(self) -> Result<LogSettings, SettingsError> {
        let standard = LogSettings::default();
        let size = match self.size {
            None => standard.size,
            Some(RawSize::Bytes(bytes)) => bytes,
            Some(RawSize::Text(text)) => bytes_of(&text).ok_or(SettingsError::LogSize(text))?,
        };
        let (keep, days) = (self.keep.unwrap_or(standard.keep), self.days.unwrap_or(standard.days));
        Ok(LogSettings { keep, days, size })
    }
}

/// Reads `64 MiB`, `500 KB`, `1000`.
fn bytes_of(text: &str) -> Option<u64> {
    let text = text.trim();
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    let factor = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "kb" => 1_000,
        "kib" => 1 << 10,
        "mb" => 1_000_000,
        "mib" => 1 << 20,
        "gb" => 1_000_000_000,
        "gib" => 1 << 30,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(factor)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAccount {
    name: String,
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
    #[serde(default)]
    default: bool,
    /// Refused with a reason rather than as an unknown key: it is the first thing that people try.
    password: Option<IgnoredAny>,
}

impl Settings {
    /// Reads the text of a configuration. `folder` is where relative paths in it start.
    pub fn parse(text: &str, folder: &Path) -> Result<Self, SettingsError> {
        let raw: RawSettings = toml::from_str(text)
            .map_err(|error| SettingsError::Syntax(error.to_string().trim_end().to_owned()))?;
        let mut settings = Self {
            accounts: Vec::with_capacity(raw.account.len()),
            default: 0,
            theme: raw.theme,
            log: raw.log.refine()?,
            keys: raw.keys,
        };
        let mut has_default = false;
        for account in raw.account {
            if account.default {
                if has_default {
                    return Err(SettingsError::TwoDefaults);
                }
                has_default = true;
                settings.default = settings.accounts.len();
            }
            if settings.named(&account.name).is_some() {
                return Err(SettingsError::SameName(account.name));
            }
            settings.accounts.push(account.refine(folder)?);
        }
        Ok(settings)
    }

    pub fn named(&self, name: &str) -> Option<&Account> {
        self.accounts.iter().find(|account| account.name == name)
    }
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

    fn refine(self, folder: &Path) -> Result<Account, SettingsError> {
        let account = self.name.clone();
        let wrong = |key, why: String| SettingsError::Value { account: account.clone(), key, why };
        if self.name.trim().is_empty() || self.name.chars().any(char::is_control) {
            return Err(wrong("name", "it must be a visible word".into()));
        }
        if self.password.is_some() {
            return Err(wrong("password", PASSWORD_HERE.into()));
        }
        let extras = self.extras().map_err(|why| wrong("proxy", why.to_string()))?;
        let from = Mailbox::parse(&self.from).map_err(|error| wrong("from", error.to_string()))?;
        let preset = match self.preset.as_deref() {
            None => &PRESETS[0],
            Some(name) => Preset::named(name).ok_or_else(|| {
                let names = PRESETS.iter().map(|preset| preset.name).collect::<Vec<_>>().join(", ");
                wrong("preset", format!("there is none called \u{201c}{name}\u{201d}; there are {names}"))
            })?,
        };
        let host = self.host.unwrap_or_else(|| preset.host.to_owned());
        let security = self.security.unwrap_or(preset.security);
        let auth = self.auth.unwrap_or(Auth::Auto);
        check_server(&host, self.port, security, auth).map_err(|(key, why)| wrong(key, why.to_owned()))?;
        if self.password_command.as_ref().is_some_and(Vec::is_empty) {
            return Err(wrong(
                "password_command",
                "it must name a program, such as [\"pass\", \"show\", \"work\"]".into(),
            ));
        }
        let helo = self.helo.unwrap_or_else(|| "[127.0.0.1]".to_owned());
        if helo.is_empty() || !helo.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]_".contains(&b)) {
            return Err(wrong("helo", "it must be a host name or an address in square brackets".into()));
        }
        let default_port = match security {
            Security::Tls if preset.security != Security::Tls => SUBMISSIONS,
            Security::Tls => preset.port,
            Security::StartTls | Security::None => SUBMISSION,
        };
        let username = self.username.unwrap_or_else(|| from.address.to_string());
        if username.is_empty() || username.chars().any(char::is_control) {
            return Err(wrong(
                "username",
                "it must be what you sign in with, usually your full address".into(),
            ));
        }
        Ok(Account {
            name: self.name,
            username,
            from,
            host,
            port: self.port.unwrap_or(default_port),
            security,
            auth,
            password_command: self.password_command,
            trust: self.ca_file.map_or(Trust::System, |file| Trust::SystemAnd(folder.join(file))),
            helo,
            extras,
            is_sandbox: false,
        })
    }
}

const PASSWORD_HERE: &str = "a password is never read from this file; name a program in password_command, or leave the \
                             line out and sendoff asks and can keep it in the keyring";

fn check_server(
    host: &str,
    port: Option<u16>,
    security: Security,
    auth: Auth,
) -> Result<(), (&'static str, &'static str)> {
    if host.is_empty() || host.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(("host", "it must be the name or address of a server, such as smtp.office365.com"));
    }
    if security == Security::None && !is_loopback(host) {
        return Err(("security", "\"none\" is only for a server on this machine (localhost, 127.0.0.1)"));
    }
    if is_office365(host) && port == Some(SUBMISSIONS) {
        return Err(("port", "Microsoft 365 does not serve 465; leave the line out (587 with STARTTLS)"));
    }
    if security == Security::None && auth != Auth::None {
        return Err(("security", "\"none\" never goes with a sign-in; add auth = \"none\""));
    }
    Ok(())
}

fn is_office365(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    host.ends_with(".office365.com") || host.ends_with(".office365.us")
}

/// Is this the machine itself, by an address or by the one name that RFC 6761 reserves for it?
pub fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host
            .trim_matches(['[', ']'])
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// A configuration to start from, every line explained.
pub const EXAMPLE: &str = r#"# sendoff reads this file at start. Remove the # from the lines that you need.
# theme = "dark"                    # dark, light, high-contrast, ansi-16, or a file of yours in themes/

[[account]]
name = "work"
from = "Ana Silva <ana@contoso.com>" # the name and address that recipients see
# host = "smtp.office365.com"        # the default
# port = 587                         # the default
# security = "starttls"              # starttls (default) | tls | none (this machine only, without sign-in)
# auth = "auto"                      # auto (default: a password) | xoauth2 (an access token) | login | plain | none
# username = "ana@contoso.com"       # default: the address of from
# password_command = ["pass", "show", "work"]   # its first line is the password; else the keyring, else you are asked
# ca_file = "corp-ca.pem"            # one more trusted root, for a server of your own
# notify = "failure,delay"           # ask for delivery reports: success, failure, delay, or never (where the server offers DSN)
# proxy = "socks5h://jump:1080"      # or http://HOST:PORT, or "none"; default: ALL_PROXY
# connect_ahead = false              # do not connect while the review is open
# default = true                     # the account that a new message starts with

# [log]                              # past sessions, masked, for this account of yours alone to read
# keep = true
# days = 90
# size = "64 MiB"

# [keys]
# "ctrl-x" = "send"                  # F1 in the program lists the keys and the names of what they do
"#;
