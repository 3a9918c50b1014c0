//! `[account.oauth]`: the application that signs in.

use std::path::Path;

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::mail::oauth::{Application, Cloud, Grant};

use super::Wrong;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOauth {
    client_id: String,
    tenant: Option<String>,
    cloud: Option<Cloud>,
    authority: Option<String>,
    sign_in_as: Option<String>,
    grant: Option<RawGrant>,
    certificate: Option<String>,
    accept_broader: Option<bool>,
    /// Refused with a reason, like `password`.
    client_secret: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum RawGrant {
    Person,
    Service,
}

impl RawOauth {
    /// `person` is who is expected to sign in, unless the table says otherwise.
    pub(super) fn refine(
        self,
        host: &str,
        username: &str,
        sender: &str,
        folder: &Path,
    ) -> Result<Application, Wrong> {
        if self.client_secret.is_some() {
            return Err(("oauth.client_secret", SECRET_HERE.into()));
        }
        if self.client_id.is_empty() || !self.client_id.bytes().all(is_id) {
            let why = "it must be the application (client) id, as the registration's overview shows it";
            return Err(("oauth.client_id", why.into()));
        }
        let tenant = self.tenant.unwrap_or_else(|| "organizations".to_owned());
        if tenant.is_empty() || !tenant.bytes().all(is_id) {
            let why =
                "it must be the directory (tenant) id, a domain of yours, organizations, common or consumers";
            return Err(("oauth.tenant", why.into()));
        }
        let authority = self.authority.map(|authority| origin(&authority)).transpose();
        let grant = match (self.grant.unwrap_or(RawGrant::Person), self.certificate) {
            (RawGrant::Person, None) => Grant::Person,
            (RawGrant::Person, Some(_)) => {
                let why = "it goes with grant = \"service\"; a person signs in without one";
                return Err(("oauth.certificate", why.into()));
            }
            (RawGrant::Service, file) => Grant::Service { certificate: file.map(|file| folder.join(file)) },
        };
        let accepts_broader = self.accept_broader.unwrap_or(false);
        if accepts_broader && matches!(grant, Grant::Service { .. }) {
            let why = "it goes with grant = \"person\"; what a service may do, its registration says alone";
            return Err(("oauth.accept_broader", why.into()));
        }
        let is_address = username.contains('@');
        Ok(Application {
            client_id: self.client_id,
            tenant,
            cloud: self.cloud.unwrap_or_else(|| Cloud::of_host(host)),
            authority: authority.map_err(|why| ("oauth.authority", why.to_owned()))?,
            person: self.sign_in_as.unwrap_or_else(|| if is_address { username } else { sender }.to_owned()),
            grant,
            accepts_broader,
        })
    }
}

/// Letters of an id or a domain: it becomes a part of an address.
fn is_id(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._".contains(&byte)
}

/// `https://HOST[:PORT][/PATH]`, without an ending slash.
fn origin(text: &str) -> Result<String, &'static str> {
    let text = text.trim_end_matches('/');
    let rest = text.strip_prefix("https://").ok_or("it must begin with https://")?;
    let is_plain = |byte: u8| is_id(byte) || b":/[]".contains(&byte);
    if rest.is_empty() || rest.starts_with('/') || !rest.bytes().all(is_plain) || rest.contains("..") {
        return Err("it must be https:// and a host, such as https://login.microsoftonline.com");
    }
    Ok(text.to_owned())
}

const SECRET_HERE: &str =
    "a secret is never read from this file; sendoff asks for it and can keep it in the keyring or the vault";
