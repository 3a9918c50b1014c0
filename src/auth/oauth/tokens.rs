//! What a sign-in yields, checked before anybody uses it.

use std::time::Duration;

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::exchange::seconds;
use super::{SignInError, Who};
use crate::mail::oauth::{Application, Grant};
use crate::mail::secret::Secret;
use crate::mail::text::Shown;

/// The tokens of one sign-in. Has no `Debug` on purpose.
pub struct Tokens {
    /// For XOAUTH2.
    pub access: Secret,
    /// For the next renewal; it replaces the one that was used, if any.
    pub refresh: Option<Secret>,
    /// How long the access token is good for, from now.
    pub expires: Duration,
    pub who: Option<Who>,
}

/// RFC 6749 section 5.1, with the id token of `OpenID` Connect.
#[derive(Deserialize)]
pub(super) struct RawTokens {
    #[serde(deserialize_with = "secret")]
    access_token: Secret,
    #[serde(default, deserialize_with = "perhaps_secret")]
    refresh_token: Option<Secret>,
    #[serde(default, deserialize_with = "perhaps_secret")]
    id_token: Option<Secret>,
    token_type: String,
    expires_in: Option<Value>,
    scope: Option<String>,
}

/// Where the service does not say how long, or says more than is credible.
const SHORT: f64 = 300.0;
const LONGEST: f64 = 7.0 * 24.0 * 3600.0;
/// The permission that is needed, and what only tells who signed in and lets them stay so.
const SEND: &str = "SMTP.Send";
const WHO: &[&str] = &["offline_access", "openid", "profile", "email"];

impl Tokens {
    pub(super) fn checked(raw: RawTokens, application: &Application) -> Result<Self, SignInError> {
        if !raw.token_type.eq_ignore_ascii_case("bearer") {
            return Err(SignInError::Odd("its token is of another kind than Bearer"));
        }
        if ![Some(&raw.access_token), raw.refresh_token.as_ref()].into_iter().flatten().all(is_plain) {
            return Err(SignInError::Odd("its token holds characters that no token may hold"));
        }
        let who = raw.id_token.as_ref().and_then(|token| Who::read(token.reveal()));
        if application.grant == Grant::Person {
            expected(who.as_ref(), &application.person)?;
            granted(raw.scope.as_deref(), application)?;
        }
        let expires = seconds(raw.expires_in.as_ref()).unwrap_or(SHORT).clamp(0.0, LONGEST);
        let expires = Duration::from_secs_f64(expires);
        Ok(Self { access: raw.access_token, refresh: raw.refresh_token, expires, who })
    }
}

/// Visible ASCII alone: anything else could break out of the frame that XOAUTH2 puts around it.
fn is_plain(token: &Secret) -> bool {
    !token.is_empty() && token.reveal().bytes().all(|byte| byte.is_ascii_graphic())
}

fn expected(who: Option<&Who>, person: &str) -> Result<(), SignInError> {
    match who {
        Some(who) if !who.is(person) => {
            let expected = Shown::new(person);
            Err(SignInError::SomebodyElse { expected, signed_in: who.address.clone() })
        }
        _ => Ok(()),
    }
}

/// Sending, and nothing that a thief could read mail by. No `scope` in the answer: all that was asked for was granted (RFC 6749
/// section 5.1). Microsoft names every permission that was ever consented to for the resource, asked for or not.
fn granted(scope: Option<&str>, application: &Application) -> Result<(), SignInError> {
    let Some(scope) = scope else { return Ok(()) };
    let names = || scope.split_ascii_whitespace().map(|scope| scope.rsplit('/').next().unwrap_or(scope));
    if !names().any(|name| name.eq_ignore_ascii_case(SEND)) {
        return Err(SignInError::NotGranted { granted: told(scope) });
    }
    let is_more = |name: &&str| ![SEND].iter().chain(WHO).any(|asked| asked.eq_ignore_ascii_case(name));
    let more: Vec<_> = names().filter(is_more).collect();
    if more.is_empty() || application.accepts_broader {
        return Ok(());
    }
    Err(SignInError::Broader { more: told(&more.join(", ")) })
}

fn told(scopes: &str) -> Shown {
    Shown::new(&scopes.chars().take(300).collect::<String>())
}

pub(super) fn secret<'a, D: Deserializer<'a>>(deserializer: D) -> Result<Secret, D::Error> {
    String::deserialize(deserializer).map(Secret::new)
}

fn perhaps_secret<'a, D: Deserializer<'a>>(deserializer: D) -> Result<Option<Secret>, D::Error> {
    Option::<String>::deserialize(deserializer).map(|text| text.map(Secret::new))
}
