//! Who signed in, read from an id token for display and comparison.
//!
//! Its signature is not checked: it came over TLS from the token endpoint itself (`OpenID` Connect Core 1.0, 3.1.3.7).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;

use crate::mail::text::Shown;

/// The person of an id token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// The user name, mostly an address.
    pub address: Shown,
    pub name: Option<Shown>,
    /// The id of the directory.
    pub tenant: Option<Shown>,
    others: Vec<Shown>,
}

#[derive(Deserialize)]
struct Claims {
    preferred_username: Option<String>,
    upn: Option<String>,
    email: Option<String>,
    name: Option<String>,
    tid: Option<String>,
}

/// Octets of an id token, and characters of one claim.
const TOKEN: usize = 64 * 1024;
const CLAIM: usize = 320;

impl Who {
    /// `None` where it names nobody, or cannot be read.
    pub(super) fn read(id_token: &str) -> Option<Self> {
        let payload = id_token.split('.').nth(1).filter(|_| id_token.len() <= TOKEN)?;
        let payload = URL_SAFE_NO_PAD.decode(payload.trim_end_matches('=')).ok()?;
        let claims: Claims = serde_json::from_slice(&payload).ok()?;
        let names = [claims.preferred_username, claims.upn, claims.email];
        let mut names = names.into_iter().flatten().filter(|name| !name.is_empty()).map(|name| cut(&name));
        let address = names.next()?;
        let others = names.collect();
        Some(Self {
            address,
            others,
            name: claims.name.map(|name| cut(&name)),
            tenant: claims.tid.map(|id| cut(&id)),
        })
    }

    /// By any of the names; capitals make no difference.
    pub fn is(&self, person: &str) -> bool {
        let person = Shown::new(person);
        std::iter::once(&self.address)
            .chain(&self.others)
            .any(|name| name.as_str().eq_ignore_ascii_case(person.as_str()))
    }
}

fn cut(claim: &str) -> Shown {
    Shown::new(&claim.chars().take(CLAIM).collect::<String>())
}
