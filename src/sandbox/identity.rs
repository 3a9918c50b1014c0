//! A sign-in service beside the SMTP server: enough of Microsoft's identity platform that a program gets tokens which the
//! server then takes, and every way in which that fails as a [`SignInScenario`].
//!
//! It knows OAuth 2.0 as a service does: [`Service`] is the pure part (a request in, an answer out; time and chance come in),
//! `listener` has the sockets. It must not know our own end, accounts, files or the screen. Nothing here keeps anybody out:
//! whoever reaches the page in the browser may approve.

mod answer;
mod browser;
mod device;
mod grant;
mod listener;
mod odd;
mod page;
mod refusal;
mod request;
mod scenario;
mod scope;
mod service;

pub use answer::{Answer, Manner};
pub use refusal::Refusal;
pub use request::{Fields, Reading, Request};
pub use scenario::SignInScenario;
pub use service::{Chance, Service};

pub(super) use listener::Door;

/// The application that signs people in: a public client, without a secret.
pub const CLIENT: &str = "sendoff-sandbox";
/// The application that signs in for itself.
pub const SERVICE_CLIENT: &str = "sendoff-sandbox-service";
/// Its secret.
pub const SERVICE_SECRET: &str = "sandbox-secret";
/// The one tenant, which also goes by `contoso.com`, `organizations` and `common`.
pub const TENANT: &str = "7d2c4a10-0000-4000-8000-5e0d0ff00001";
/// Who signs in where the scenario wants somebody else.
pub const SOMEONE_ELSE: &str = "bob@fabrikam.com";
