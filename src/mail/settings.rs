//! What `config.toml` says, as values, with every mistake named: line, key, what was expected.

mod account;
mod oauth;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use serde::Deserialize;

use self::account::RawAccount;
use super::account::Account;
use super::form::Key;

/// The settings in force.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// In the order of the file.
    pub accounts: Vec<Account>,
    /// Index into `accounts`.
    pub default: usize,
    pub theme: Option<String>,
    pub log: LogSettings,
    /// For how long secrets that were typed stay in the kernel keyring; not at all unless somebody says so.
    pub cache: Option<Duration>,
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
    #[error(
        "[secrets], cache_hours: {0} is no number of hours from 1 to 720; leave the line out for no cache"
    )]
    CacheHours(i64),
    #[error("more than one account says default = true; only one can")]
    TwoDefaults,
}

/// A key, and what is wrong with its value.
type Wrong = (&'static str, String);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSettings {
    theme: Option<String>,
    #[serde(default)]
    log: RawLog,
    #[serde(default)]
    secrets: RawSecrets,
    #[serde(default)]
    keys: BTreeMap<String, String>,
    #[serde(default)]
    account: Vec<RawAccount>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct RawSecrets {
    cache_hours: Option<i64>,
}

impl RawSecrets {
    fn refine(self) -> Result<Option<Duration>, SettingsError> {
        let Some(hours) = self.cache_hours else { return Ok(None) };
        let is_fit = |hours: &u64| (1..=720).contains(hours);
        let hours = u64::try_from(hours).ok().filter(is_fit).ok_or(SettingsError::CacheHours(hours))?;
        Ok(Some(Duration::from_hours(hours)))
    }
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

impl Settings {
    /// Reads the text of a configuration. `folder` is where relative paths in it start.
    pub fn parse(text: &str, folder: &Path) -> Result<Self, SettingsError> {
        let raw: RawSettings = toml::from_str(text)
            .map_err(|error| SettingsError::Syntax(told(error.to_string().trim_end())))?;
        let mut settings = Self {
            accounts: Vec::with_capacity(raw.account.len()),
            default: 0,
            theme: raw.theme,
            log: raw.log.refine()?,
            cache: raw.secrets.refine()?,
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
        let is_offered = |account: &Account| !account.is_disabled;
        if !settings.accounts.get(settings.default).is_some_and(is_offered) {
            settings.default = settings.accounts.iter().position(is_offered).unwrap_or(0);
        }
        Ok(settings)
    }

    pub fn named(&self, name: &str) -> Option<&Account> {
        self.accounts.iter().find(|account| account.name == name)
    }
}

/// What the parser says, without what may be a secret: it quotes the line, and a password that somebody wrote there would go to
/// the screen, the scroll-back and the bug report.
fn told(says: &str) -> String {
    let is_known = |key: &str| Key::named(key).is_some_and(|key| key != Key::PasswordCommand);
    let quoted = |line: &str| {
        let (number, content) =
            line.split_once(" | ").filter(|(number, _)| number.trim().parse::<u32>().is_ok())?;
        let hidden = match content.split_once('=') {
            Some((key, _)) if is_known(key.trim()) => return None,
            Some((key, _)) => format!("{key}= \u{2026}"),
            None if content.trim_start().starts_with('[') => return None,
            None => "\u{2026}".to_owned(),
        };
        Some(format!("{number} | {hidden}"))
    };
    // What is only there to be refused with a reason is nothing to advise; and what was expected is said in words.
    let advised = |line: &str| {
        let line = line.replace(", `password`", "").replace(", `client_secret`", "");
        let line = line.replace("expected u16", "expected a number from 1 to 65535");
        line.replace("expected a sequence", "expected a list, such as [\"pass\", \"show\", \"work\"]")
    };
    says.lines().map(|line| quoted(line).unwrap_or_else(|| advised(line))).collect::<Vec<_>>().join("\n")
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
pub const EXAMPLE: &str = r#"# sendoff reads this file at start, and its accounts when they change. Remove the # from the lines that you need.
# theme = "dark"                    # dark, light, high-contrast, ansi-16, or a file of yours in themes/

[[account]]
name = "work"
from = "Ana Silva <ana@contoso.com>" # the name and address that recipients see
# preset = "microsoft365"            # the server by one word; `sendoff accounts add ADDRESS` finds it
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
# chunking = true                    # BDAT: a round trip less for one small letter, if connect_ahead is off; a line that breaks then
#                                    # leaves it open whether the letter was taken, where DATA would have known
# reply_to = "team@contoso.com"      # where answers go, if not to from
# signature = "Ana"                  # ends each new message
# disabled = true                    # not offered for sending
# default = true                     # the account that a new message starts with

# [account.oauth]                    # sign in by OAuth 2.0: `sendoff accounts guide` says how to register the application
# client_id = "00000000-0000-0000-0000-000000000000"
# tenant = "contoso.com"             # default: organizations
# sign_in_as = "ana@contoso.com"     # default: username
# accept_broader = true              # take a sign-in that may do more than send; default: refuse it

# [[account.identity]]               # another sender of this account; may be given several times
# from = "Sales <sales@contoso.com>"
# username = "sales@contoso.com"     # for a shared mailbox: its own address

# [secrets]
# cache_hours = 8                    # keep what you typed in the kernel keyring (Linux; memory alone) for so long, also over runs

# [log]                              # past sessions, masked, for this account of yours alone to read
# keep = true
# days = 90
# size = "64 MiB"

# [keys]
# "ctrl-x" = "send"                  # F1 in the program lists the keys and the names of what they do
"#;
