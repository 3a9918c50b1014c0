//! An account: which server, which sender, which way to sign in. Never the secret itself.

use std::path::PathBuf;

use serde::Deserialize;

use super::address::{Address, Mailbox};
use super::dsn::Dsn;
use super::proxy::Proxy;

/// The host that Microsoft names for client submission, and the port (RFC 6409).
pub const OFFICE365: &str = "smtp.office365.com";
pub const SUBMISSION: u16 = 587;
/// Implicit TLS (RFC 8314).
pub const SUBMISSIONS: u16 = 465;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub name: String,
    pub from: Mailbox,
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub auth: Auth,
    pub username: String,
    pub password_command: Option<Vec<String>>,
    pub trust: Trust,
    /// What EHLO says; `[127.0.0.1]` unless set, so that no host name leaks.
    pub helo: String,
    pub extras: Extras,
    pub is_sandbox: bool,
}

/// What may be asked of the wire beyond the necessary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extras {
    /// Delivery reports that every message asks for.
    pub dsn: Option<Dsn>,
    /// Send a small message to one recipient by BDAT, together with its envelope: a round trip less. Off by default: where the
    /// line breaks in that flight the outcome is unknown, which with DATA would have been "surely not sent".
    pub chunking: bool,
    /// Connect and sign in while the review is open.
    pub connect_ahead: bool,
    pub proxy: Proxy,
}

impl Default for Extras {
    fn default() -> Self {
        Self { dsn: None, chunking: false, connect_ahead: true, proxy: Proxy::FromEnvironment }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    StartTls,
    Tls,
    /// In clear: only to a loopback address, and never with a sign-in.
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Auth {
    /// PLAIN where offered, else LOGIN.
    Auto,
    Xoauth2,
    Login,
    Plain,
    None,
}

/// Which roots may vouch for the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trust {
    System,
    /// The system's, and one more from a PEM file.
    SystemAnd(PathBuf),
    /// Nothing but this PEM text: the sandbox.
    Only(String),
}

impl Account {
    /// The address that the envelope and the From line carry.
    pub fn sender(&self) -> &Address {
        &self.from.address
    }

    pub fn needs_secret(&self) -> bool {
        self.auth != Auth::None
    }

    /// Is this Exchange Online, whose habits (limits, replaced Message-IDs) are known?
    pub fn is_exchange_online(&self) -> bool {
        self.is_sandbox
            || [OFFICE365, "smtp-mail.outlook.com", "smtp.office365.us", "smtp.partner.outlook.cn"]
                .iter()
                .any(|host| self.host.eq_ignore_ascii_case(host))
    }

    /// `password`, or `access token`, for prompts.
    pub fn secret_word(&self) -> &'static str {
        if self.auth == Auth::Xoauth2 { "access token" } else { "password" }
    }

    /// How one signs in here, in a word for the account list.
    pub fn sign_in_word(&self) -> &'static str {
        match self.auth {
            Auth::None => "no sign-in",
            Auth::Xoauth2 => "token",
            Auth::Auto | Auth::Login | Auth::Plain => "password",
        }
    }
}

/// Server lines by one word. Hosts and ports: Microsoft's "client SMTP submission" pages and each provider's own.
pub(crate) struct Preset {
    pub(crate) name: &'static str,
    pub(crate) host: &'static str,
    pub(crate) port: u16,
    pub(crate) security: Security,
}

pub(crate) const PRESETS: [Preset; 8] = [
    Preset::start_tls("microsoft365", OFFICE365),
    Preset::start_tls("outlook.com", "smtp-mail.outlook.com"),
    Preset::start_tls("gcc-high", "smtp.office365.us"),
    Preset::start_tls("dod", "outlook-dod.office365.us"),
    Preset::start_tls("21vianet", "smtp.partner.outlook.cn"),
    Preset::start_tls("high-volume", "smtp-hve.office365.com"),
    Preset::start_tls("azure-communication", "smtp.azurecomm.net"),
    Preset { name: "gmail", host: "smtp.gmail.com", port: SUBMISSIONS, security: Security::Tls },
];

impl Preset {
    const fn start_tls(name: &'static str, host: &'static str) -> Self {
        Self { name, host, port: SUBMISSION, security: Security::StartTls }
    }

    pub(crate) fn named(name: &str) -> Option<&'static Self> {
        PRESETS.iter().find(|preset| preset.name == name)
    }
}
