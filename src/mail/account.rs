//! An account: which server, which sender, which way to sign in. Never the secret itself.

use std::path::PathBuf;

use serde::Deserialize;

use super::address::{Address, Mailbox};
use super::dsn::Dsn;
use super::oauth::{Application, Grant};
use super::proxy::Proxy;
use super::secret::Kind;

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
    /// Where Reply-To of the main identity leads, if not to its From.
    pub reply_to: Option<Mailbox>,
    /// What ends a new message, without its `-- ` line.
    pub signature: Option<String>,
    /// Further senders of this account: aliases, shared mailboxes, those on whose behalf it may send.
    pub identities: Vec<Identity>,
    /// The application that signs in here by OAuth 2.0; `auth` is then `Xoauth2`.
    pub oauth: Option<Application>,
    /// Kept in the file, but not offered for sending.
    pub is_disabled: bool,
    pub is_sandbox: bool,
}

/// Another sender of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    pub from: Mailbox,
    pub reply_to: Option<Mailbox>,
    pub signature: Option<String>,
    /// What goes into `user=`: for a shared mailbox its own address, though somebody else signs in. Default: the account's.
    pub username: Option<String>,
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

impl Security {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::StartTls => "starttls",
            Self::Tls => "tls",
            Self::None => "none",
        }
    }
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

impl Auth {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Xoauth2 => "xoauth2",
            Self::Login => "login",
            Self::Plain => "plain",
            Self::None => "none",
        }
    }
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

/// Where clients submit: worldwide, at Outlook.com, in the clouds of the United States, in China.
const EXCHANGE_ONLINE: [&str; 5] = [
    OFFICE365,
    "smtp-mail.outlook.com",
    "smtp.office365.us",
    "outlook-dod.office365.us",
    "smtp.partner.outlook.cn",
];

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
        self.is_sandbox || EXCHANGE_ONLINE.iter().any(|host| self.host.eq_ignore_ascii_case(host))
    }

    /// Which kind of secret opens the session.
    pub fn secret_kind(&self) -> Kind {
        if self.auth == Auth::Xoauth2 { Kind::AccessToken } else { Kind::Password }
    }

    /// Which kind of secret has to be kept for sending without a question; none where a certificate does it, or nothing is needed.
    pub fn lasting_secret(&self) -> Option<Kind> {
        match self.oauth.as_ref().map(|application| &application.grant) {
            _ if !self.needs_secret() || self.is_sandbox => None,
            None => Some(self.secret_kind()),
            Some(Grant::Person) => Some(Kind::RefreshToken),
            Some(Grant::Service { certificate: None }) => Some(Kind::ClientSecret),
            Some(Grant::Service { certificate: Some(_) }) => None,
        }
    }

    /// `password`, or `access token`, for prompts.
    pub fn secret_word(&self) -> &'static str {
        self.secret_kind().as_str()
    }

    /// Who signs in: the person of an application, else the user name.
    pub fn signs_in_as(&self) -> &str {
        self.oauth.as_ref().map_or(&self.username, |application| &application.person)
    }

    /// Does somebody sign in by OAuth, and not the application by itself?
    pub fn signs_in_by_person(&self) -> bool {
        self.oauth.as_ref().is_some_and(|application| application.grant == Grant::Person)
    }

    /// Is From the mailbox that is signed in to, as far as can be told? A user name that is no address tells nothing.
    pub fn speaks_for_itself(&self) -> bool {
        let user = self.signs_in_as();
        self.auth == Auth::None
            || !user.contains('@')
            || user.eq_ignore_ascii_case(&self.sender().to_string())
    }

    /// All that this account can send as, its own From first.
    pub fn senders(&self) -> impl Iterator<Item = Identity> {
        let own = Identity {
            from: self.from.clone(),
            reply_to: self.reply_to.clone(),
            signature: self.signature.clone(),
            username: None,
        };
        std::iter::once(own).chain(self.identities.iter().cloned())
    }

    /// This account with another of its senders in the From: what `Draft::check` and the wire then see.
    #[must_use]
    pub fn sending_as(&self, identity: &Identity) -> Self {
        Self {
            from: identity.from.clone(),
            reply_to: identity.reply_to.clone(),
            signature: identity.signature.clone(),
            username: identity.username.clone().unwrap_or_else(|| self.username.clone()),
            ..self.clone()
        }
    }

    /// How one signs in here, in a word for the account list.
    pub fn sign_in_word(&self) -> &'static str {
        match self.auth {
            Auth::None => "no sign-in",
            Auth::Xoauth2 if self.oauth.is_some() => "OAuth",
            Auth::Xoauth2 => "token",
            Auth::Auto | Auth::Login | Auth::Plain => "password",
        }
    }
}
