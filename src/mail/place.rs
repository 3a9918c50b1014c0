//! The name of a secret in every store, so that `secret-tool` finds it, too: a service and a user.

use super::account::Account;
use super::oauth::Application;
use super::secret::Kind;

/// Where one secret lies in any store.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    pub service: String,
    pub user: String,
}

impl Place {
    /// The place of one kind of secret; none where the account has no application that could own it.
    pub fn of(kind: Kind, account: &Account) -> Option<Self> {
        let at_host =
            |word: &str| Self { service: format!("{word}:{}", account.host), user: account.username.clone() };
        match kind {
            Kind::Password => Some(at_host("sendoff")),
            Kind::AccessToken => Some(at_host("sendoff-token")),
            // Several accounts may share a sign-in or an application, so neither is named by host or mailbox.
            Kind::RefreshToken => account.oauth.as_ref().map(|application| Self {
                service: format!("sendoff-sign-in:{}", registration(application)),
                user: application.person.to_ascii_lowercase(),
            }),
            Kind::ClientSecret => account.oauth.as_ref().map(|application| Self {
                service: format!("sendoff-client:{}", registration(application)),
                user: application.client_id.to_ascii_lowercase(),
            }),
        }
    }

    /// The place of what opens a session: the password, or the access token.
    pub fn of_session(account: &Account) -> Self {
        Self::of(account.secret_kind(), account).expect("passwords and access tokens need no application")
    }
}

/// Authority, tenant, client id. The last two are read without regard to case by Microsoft's authorities.
fn registration(application: &Application) -> String {
    let (tenant, client) = (&application.tenant, &application.client_id);
    format!("{}/{}/{}", application.authority(), tenant.to_ascii_lowercase(), client.to_ascii_lowercase())
}
