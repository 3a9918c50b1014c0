//! Reads the roots that an account trusts.

use crate::mail::account::{Account, Trust};
use crate::smtp::{Roots, SmtpError, TlsClient, client_config};
use crate::store;

/// The TLS client for `account`; reads files, so it runs on a worker thread.
pub async fn config(account: &Account) -> Result<TlsClient, SmtpError> {
    let trust = account.trust.clone();
    let loaded = tokio::task::spawn_blocking(move || load(&trust)).await;
    loaded.unwrap_or_else(|error| Err(SmtpError::Config(format!("the roots could not be read: {error}"))))
}

fn load(trust: &Trust) -> Result<TlsClient, SmtpError> {
    let roots = match trust {
        Trust::Only(pem) => Roots { system: Vec::new(), extra: Some(pem.clone()) },
        Trust::System => Roots { system: rustls_native_certs::load_native_certs().certs, extra: None },
        Trust::SystemAnd(file) => Roots {
            system: rustls_native_certs::load_native_certs().certs,
            extra: Some(
                store::read_text(file).map_err(|error| SmtpError::Config(format!("ca_file: {error}")))?,
            ),
        },
    };
    client_config(roots)
}
