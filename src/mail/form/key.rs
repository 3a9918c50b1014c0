//! The lines that an account may have, as people fill them in.

use toml_edit::{Array, Value};

use crate::mail::argv;

/// A line of `[[account]]`, or of its `[account.oauth]`, in the order in which they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    Name,
    From,
    Preset,
    Host,
    Port,
    Security,
    Auth,
    Username,
    PasswordCommand,
    CaFile,
    ReplyTo,
    Signature,
    Notify,
    Return,
    Proxy,
    ConnectAhead,
    Chunking,
    Helo,
    ClientId,
    Tenant,
    Cloud,
    Authority,
    SignInAs,
    Grant,
    Certificate,
    AcceptBroader,
}

/// A line of `[[account.identity]]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum IdentityKey {
    From,
    Username,
    ReplyTo,
    Signature,
}

/// What may be typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Number,
    /// `true` or `false`.
    Flag,
    /// A command line.
    Words,
    OneOf(&'static [&'static str]),
}

impl Key {
    pub const ALL: [Self; 26] = [
        Self::Name,
        Self::From,
        Self::Preset,
        Self::Host,
        Self::Port,
        Self::Security,
        Self::Auth,
        Self::Username,
        Self::PasswordCommand,
        Self::CaFile,
        Self::ReplyTo,
        Self::Signature,
        Self::Notify,
        Self::Return,
        Self::Proxy,
        Self::ConnectAhead,
        Self::Chunking,
        Self::Helo,
        Self::ClientId,
        Self::Tenant,
        Self::Cloud,
        Self::Authority,
        Self::SignInAs,
        Self::Grant,
        Self::Certificate,
        Self::AcceptBroader,
    ];

    /// As errors and the command line call it: `oauth.client_id`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::From => "from",
            Self::Preset => "preset",
            Self::Host => "host",
            Self::Port => "port",
            Self::Security => "security",
            Self::Auth => "auth",
            Self::Username => "username",
            Self::PasswordCommand => "password_command",
            Self::CaFile => "ca_file",
            Self::ReplyTo => "reply_to",
            Self::Signature => "signature",
            Self::Notify => "notify",
            Self::Return => "return",
            Self::Proxy => "proxy",
            Self::ConnectAhead => "connect_ahead",
            Self::Chunking => "chunking",
            Self::Helo => "helo",
            Self::ClientId => "oauth.client_id",
            Self::Tenant => "oauth.tenant",
            Self::Cloud => "oauth.cloud",
            Self::Authority => "oauth.authority",
            Self::SignInAs => "oauth.sign_in_as",
            Self::Grant => "oauth.grant",
            Self::Certificate => "oauth.certificate",
            Self::AcceptBroader => "oauth.accept_broader",
        }
    }

    /// Reads `client_id` as well as `oauth.client_id`, and dashes for underscores.
    pub fn named(text: &str) -> Option<Self> {
        let text = text.replace('-', "_");
        Self::ALL.into_iter().find(|key| key.as_str() == text || key.leaf() == text)
    }

    /// The key in its own table.
    pub fn leaf(self) -> &'static str {
        self.as_str().trim_start_matches("oauth.")
    }

    /// Does it stand in `[account.oauth]`?
    pub fn is_oauth(self) -> bool {
        self >= Self::ClientId
    }

    /// What stands before it on a form.
    pub fn label(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::From => "From",
            Self::Preset => "Preset",
            Self::Host => "Host",
            Self::Port => "Port",
            Self::Security => "Security",
            Self::Auth => "Sign-in",
            Self::Username => "User name",
            Self::PasswordCommand => "Password command",
            Self::CaFile => "Trusted root",
            Self::ReplyTo => "Reply-To",
            Self::Signature => "Signature",
            Self::Notify => "Notify",
            Self::Return => "Return",
            Self::Proxy => "Proxy",
            Self::ConnectAhead => "Connect ahead",
            Self::Chunking => "Chunking",
            Self::Helo => "EHLO name",
            Self::ClientId => "Client id",
            Self::Tenant => "Tenant",
            Self::Cloud => "Cloud",
            Self::Authority => "Authority",
            Self::SignInAs => "Sign in as",
            Self::Grant => "Grant",
            Self::Certificate => "Certificate",
            Self::AcceptBroader => "Broader tokens",
        }
    }

    pub fn kind(self) -> Kind {
        match self {
            Self::Port => Kind::Number,
            Self::ConnectAhead | Self::Chunking | Self::AcceptBroader => Kind::Flag,
            Self::PasswordCommand => Kind::Words,
            Self::Security => Kind::OneOf(&["starttls", "tls", "none"]),
            Self::Auth => Kind::OneOf(&["auto", "xoauth2", "login", "plain", "none"]),
            Self::Return => Kind::OneOf(&["headers", "full"]),
            Self::Cloud => Kind::OneOf(&["global", "gcc-high", "dod", "21vianet"]),
            Self::Grant => Kind::OneOf(&["person", "service"]),
            _ => Kind::Text,
        }
    }

    /// The value as the file has it, or what was expected.
    pub fn value(self, typed: &str) -> Result<Value, String> {
        self.kind().value(typed)
    }
}

impl IdentityKey {
    pub const ALL: [Self; 4] = [Self::From, Self::Username, Self::ReplyTo, Self::Signature];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::From => "from",
            Self::Username => "username",
            Self::ReplyTo => "reply_to",
            Self::Signature => "signature",
        }
    }
}

impl Kind {
    fn value(self, typed: &str) -> Result<Value, String> {
        let trimmed = typed.trim();
        match self {
            Self::Text => Ok(typed.into()),
            Self::Number => match trimmed.parse::<u16>() {
                Ok(number) => Ok(i64::from(number).into()),
                Err(_) => Err("it must be a number from 1 to 65535".into()),
            },
            Self::Flag => match trimmed {
                "true" | "yes" | "on" => Ok(true.into()),
                "false" | "no" | "off" => Ok(false.into()),
                _ => Err("it must be true or false".into()),
            },
            Self::Words => words(trimmed).map(|words| Value::from(words.into_iter().collect::<Array>())),
            Self::OneOf(words) if words.contains(&trimmed) => Ok(trimmed.into()),
            Self::OneOf(words) => Err(format!("it must be one of {}", words.join(", "))),
        }
    }
}

/// A command line, or a list as the file has it.
fn words(typed: &str) -> Result<Vec<String>, String> {
    if typed.starts_with('[')
        && let Ok(Value::Array(list)) = typed.parse::<Value>()
    {
        let word = |value: &Value| value.as_str().map(str::to_owned);
        return list
            .iter()
            .map(word)
            .collect::<Option<_>>()
            .ok_or("each of its words must be in quotes".into());
    }
    argv::split(typed).map_err(|why| format!("{why}; for a shell, write sh -c 'COMMAND'"))
}
