//! OAuth 2.0 at Microsoft: the application that asks, the cloud that answers, the ways in.
//!
//! Sources: Microsoft, "National clouds", "Authenticate an IMAP, POP or SMTP connection using OAuth", RFC 8628, RFC 8252.

use std::path::PathBuf;

use serde::Deserialize;

/// The application that a tenant registered for this program, and who signs in through it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// The application (client) id of the registration.
    pub client_id: String,
    /// A directory id, a verified domain, `organizations`, `common` or `consumers`.
    pub tenant: String,
    pub cloud: Cloud,
    /// Another authority than the cloud's own, as `https://HOST[:PORT][/PATH]` without an ending slash. Always shown.
    pub authority: Option<String>,
    /// Who is expected to sign in: the person, also where the mailbox is a shared one.
    pub person: String,
    pub grant: Grant,
    /// Is a token taken that may do more than send, since the registration was given more permissions?
    pub accepts_broader: bool,
}

/// On whose behalf tokens are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Grant {
    /// Somebody signs in; the application is a public client without a secret of its own.
    Person,
    /// The application itself (client credentials), by a secret, or by a certificate and its key in this PEM file.
    Service { certificate: Option<PathBuf> },
}

/// Microsoft's clouds, each with an authority of its own. GCC lives in the global one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cloud {
    #[default]
    Global,
    GccHigh,
    Dod,
    #[serde(rename = "21vianet")]
    China,
}

/// The ways in for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Way {
    /// RFC 8628: a short code, typed on any other device.
    DeviceCode,
    /// RFC 8252: the browser comes back to a port of this machine.
    Loopback,
    /// The same without the port: the person pastes the address at which the browser ended.
    PasteBack,
}

impl Cloud {
    pub const ALL: [Self; 4] = [Self::Global, Self::GccHigh, Self::Dod, Self::China];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::GccHigh => "gcc-high",
            Self::Dod => "dod",
            Self::China => "21vianet",
        }
    }

    /// The cloud in which a submission host lives.
    pub fn of_host(host: &str) -> Self {
        let host = host.to_ascii_lowercase();
        if host == "outlook-dod.office365.us" {
            Self::Dod
        } else if host.ends_with(".office365.us") {
            Self::GccHigh
        } else if host.ends_with(".outlook.cn") {
            Self::China
        } else {
            Self::Global
        }
    }

    /// The only host that signs in here, without `https://`.
    pub fn login_host(self) -> &'static str {
        match self {
            Self::Global => "login.microsoftonline.com",
            Self::GccHigh | Self::Dod => "login.microsoftonline.us",
            Self::China => "login.partner.microsoftonline.cn",
        }
    }

    /// The resource whose permission is asked for; `SMTP.Send` lies in it.
    fn resource(self) -> &'static str {
        match self {
            Self::Global => "https://outlook.office.com",
            Self::GccHigh | Self::Dod => "https://outlook.office365.us",
            Self::China => "https://partner.outlook.cn",
        }
    }
}

impl Application {
    /// `https://HOST[:PORT][/PATH]`, to which `/TENANT/oauth2/v2.0/...` is added.
    pub fn authority(&self) -> String {
        self.authority.clone().unwrap_or_else(|| format!("https://{}", self.cloud.login_host()))
    }

    /// The least that sends mail and stays signed in, and what tells who signed in. One resource a token: never more.
    pub fn scopes(&self) -> Vec<String> {
        match &self.grant {
            Grant::Person => {
                let send = format!("{}/SMTP.Send", self.cloud.resource());
                vec![send, "offline_access".into(), "openid".into(), "profile".into()]
            }
            Grant::Service { .. } => {
                let resource = match self.cloud {
                    Cloud::Global => "https://outlook.office365.com",
                    other => other.resource(),
                };
                vec![format!("{resource}/.default")]
            }
        }
    }
}

impl Way {
    pub const ALL: [Self; 3] = [Self::DeviceCode, Self::Loopback, Self::PasteBack];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::DeviceCode => "device code",
            Self::Loopback => "browser on this machine",
            Self::PasteBack => "paste the address back",
        }
    }
}
