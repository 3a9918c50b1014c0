//! `sendoff accounts list`.

use serde::Serialize;

use crate::cli::{output, say};
use crate::mail::account::{Account, Identity};
use crate::mail::oauth::{Application, Grant};
use crate::store::config::Config;

/// `accounts list --json`, one a line.
#[derive(Serialize)]
struct Listed<'a> {
    name: &'a str,
    from: String,
    host: &'a str,
    port: u16,
    security: &'static str,
    auth: &'static str,
    username: &'a str,
    sign_in: &'static str,
    password_command: bool,
    oauth: Option<ListedOauth<'a>>,
    identities: Vec<ListedIdentity<'a>>,
    default: bool,
    disabled: bool,
}

#[derive(Serialize)]
struct ListedOauth<'a> {
    client_id: &'a str,
    tenant: &'a str,
    cloud: &'static str,
    authority: String,
    sign_in_as: &'a str,
    grant: &'static str,
}

#[derive(Serialize)]
struct ListedIdentity<'a> {
    from: String,
    username: Option<&'a str>,
    reply_to: Option<String>,
}

pub(super) fn print(config: &Config, is_json: bool) {
    let settings = &config.settings;
    for (index, account) in settings.accounts.iter().enumerate() {
        let is_default = index == settings.default && !account.is_disabled;
        if is_json {
            output::print(&Listed::of(account, is_default));
        } else {
            say::out(line(account, is_default));
        }
    }
    if settings.accounts.is_empty() && !is_json {
        say::err("there is no account yet; `sendoff accounts add ADDRESS` makes one");
    }
}

fn line(account: &Account, is_default: bool) -> String {
    let mark = if is_default { '*' } else { ' ' };
    let Account { name, host, port, .. } = account;
    let off = if account.is_disabled { "  (disabled)" } else { "" };
    let from = account.sender();
    let more = account.identities.len();
    let others = if more == 0 { String::new() } else { format!("  and {more} more") };
    format!("{mark} {name:<16}  {from:<28}  {host}:{port}  {}{others}{off}", account.sign_in_word())
}

impl<'a> Listed<'a> {
    fn of(account: &'a Account, is_default: bool) -> Self {
        Self {
            name: &account.name,
            from: account.from.to_string(),
            host: &account.host,
            port: account.port,
            security: account.security.as_str(),
            auth: account.auth.as_str(),
            username: &account.username,
            sign_in: account.sign_in_word(),
            password_command: account.password_command.is_some(),
            oauth: account.oauth.as_ref().map(ListedOauth::of),
            identities: account.identities.iter().map(ListedIdentity::of).collect(),
            default: is_default,
            disabled: account.is_disabled,
        }
    }
}

impl<'a> ListedOauth<'a> {
    fn of(oauth: &'a Application) -> Self {
        Self {
            client_id: &oauth.client_id,
            tenant: &oauth.tenant,
            cloud: oauth.cloud.as_str(),
            authority: oauth.authority(),
            sign_in_as: &oauth.person,
            grant: if oauth.grant == Grant::Person { "person" } else { "service" },
        }
    }
}

impl<'a> ListedIdentity<'a> {
    fn of(identity: &'a Identity) -> Self {
        Self {
            from: identity.from.to_string(),
            username: identity.username.as_deref(),
            reply_to: identity.reply_to.as_ref().map(ToString::to_string),
        }
    }
}
