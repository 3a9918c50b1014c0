//! Signing in by OAuth 2.0 as Microsoft Entra wants it: the ways of a person, the proof of a service, and renewal.
//!
//! What an answer means is decided by its `error` word alone (RFC 6749 section 5.2, RFC 8628 section 3.5); numbers and texts
//! only explain. Every way ends in [`Tokens`] or in a [`SignInError`] of plain data; dropping a future cancels it.

mod code;
mod device;
mod error;
mod exchange;
mod loopback;
mod refusal;
mod service;
mod tokens;
mod who;

pub use code::Authorization;
pub use device::DeviceCode;
pub use error::SignInError;
pub use loopback::Loopback;
pub use refusal::{Refusal, Sense};
pub use service::ServiceProof;
pub use tokens::Tokens;
pub use who::Who;

use std::time::Duration;

use oauth2::url::Url;

use super::http::{Http, HttpError};
use crate::mail::oauth::Application;
use crate::mail::proxy::Proxy;
use crate::mail::secret::Secret;

/// Speaks to the sign-in service of one application, and to no other host.
pub struct Client {
    application: Application,
    authority: Url,
    http: Http,
}

impl Client {
    /// `extra_root`: PEM text of a root that is trusted beside the system's. Reads the system's roots, so it takes some
    /// milliseconds.
    pub fn new(application: &Application, extra_root: Option<&str>) -> Result<Self, SignInError> {
        let authority = Url::parse(&application.authority()).map_err(|_odd| HttpError::NotPinned)?;
        let host = authority.host_str().ok_or(HttpError::NotPinned)?;
        let http = Http::new(&[host], extra_root)?;
        Ok(Self { application: application.clone(), authority, http })
    }

    /// The account's own way to the service, where it names one. By default the system's proxy variables hold.
    pub fn through(self, proxy: &Proxy) -> Result<Self, SignInError> {
        Ok(Self { http: self.http.through(proxy)?, ..self })
    }

    /// Another limit on each exchange than 30 s.
    #[must_use]
    pub fn within(self, limit: Duration) -> Self {
        Self { http: self.http.within(limit), ..self }
    }

    /// New tokens for the stored sign-in (RFC 6749 section 6). Where no new refresh token comes with them, the old one stays
    /// good; where one comes, it must be stored before the tokens are used.
    pub async fn refresh(&self, refresh: &Secret) -> Result<Tokens, SignInError> {
        let scope = self.scope();
        let form = [
            ("grant_type", "refresh_token"),
            ("refresh_token", refresh.reveal()),
            ("client_id", &self.application.client_id),
            ("scope", &scope),
        ];
        match self.tokens(&form, None).await {
            // Less was granted than is asked for here; without a scope, what was granted is meant.
            Err(SignInError::Refused(refusal)) if refusal.is_scope() => self.tokens(&form[..3], None).await,
            done => done,
        }
    }

    /// `https://HOST/TENANT/oauth2/v2.0/NAME`.
    fn endpoint(&self, name: &str) -> String {
        let tenant = &self.application.tenant;
        format!("{}/{tenant}/oauth2/v2.0/{name}", self.application.authority())
    }

    fn scope(&self) -> String {
        self.application.scopes().join(" ")
    }
}
