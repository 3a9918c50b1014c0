//! One question and its answer: a form, and the JSON that comes back.

use oauth2::url::form_urlencoded::byte_serialize;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use zeroize::Zeroizing;

use super::refusal::{Refusal, Sense};
use super::{Client, SignInError, Tokens};
use crate::auth::http::Answer;
use crate::mail::oauth::Way;
use crate::mail::secret::Secret;

/// The names of what must not come back in the text of a refusal.
const SECRETS: [&str; 6] =
    ["refresh_token", "device_code", "code", "code_verifier", "client_secret", "client_assertion"];

impl Client {
    /// Asks the token endpoint, and checks who signed in and for what.
    pub(super) async fn tokens(
        &self,
        form: &[(&str, &str)],
        way: Option<Way>,
    ) -> Result<Tokens, SignInError> {
        let raw = self.ask("token", form, way).await?;
        Tokens::checked(raw, &self.application)
    }

    /// Posts `form` to an endpoint and reads the answer, good or bad.
    pub(super) async fn ask<T: DeserializeOwned>(
        &self,
        endpoint: &str,
        form: &[(&str, &str)],
        way: Option<Way>,
    ) -> Result<T, SignInError> {
        let answer = self.http.post(&self.endpoint(endpoint), encoded(form)).await?;
        if answer.status == 200
            && let Ok(value) = serde_json::from_slice(&answer.body)
        {
            return Ok(value);
        }
        Err(refused(&answer, form, way))
    }
}

/// RFC 6749 section 5.2, and Microsoft's numbers beside it.
#[derive(Deserialize)]
struct RawError {
    error: String,
    error_description: Option<String>,
    error_codes: Option<Value>,
}

/// The words of a parser are not taken over: they quote what they stumbled on.
fn refused(answer: &Answer, form: &[(&str, &str)], way: Option<Way>) -> SignInError {
    let Ok(raw) = serde_json::from_slice::<RawError>(&answer.body) else {
        return match answer.status {
            429 | 500.. => SignInError::Unavailable(answer.status),
            200 => SignInError::Odd("it is not the JSON that belongs here"),
            _ => SignInError::Odd("it is an error page, not the JSON that belongs here"),
        };
    };
    let numbers = raw.error_codes.as_ref().and_then(Value::as_array);
    let number = numbers.and_then(|numbers| numbers.first()?.as_u64()?.try_into().ok());
    let text = raw.error_description.unwrap_or_default();
    let is_clean = form
        .iter()
        .filter(|(name, _)| SECRETS.contains(name))
        .map(|(_, value)| Secret::new((*value).to_owned()))
        .all(|secret| !secret.is_in(&text, "") && !secret.is_in(&raw.error, ""));
    let refusal = if is_clean {
        Refusal::new(&raw.error, number, &text, way)
    } else {
        Refusal::new("", number, "", way)
    };
    if refusal.sense == Sense::Unknown && matches!(answer.status, 429 | 500..) {
        return SignInError::Unavailable(answer.status);
    }
    SignInError::Refused(refusal)
}

/// `application/x-www-form-urlencoded`, in one piece of memory that is wiped.
fn encoded(form: &[(&str, &str)]) -> Zeroizing<String> {
    let most = form.iter().map(|(name, value)| name.len() + 3 * value.len() + 2).sum();
    let mut text = Zeroizing::new(String::with_capacity(most));
    for (name, value) in form {
        if !text.is_empty() {
            text.push('&');
        }
        text.push_str(name);
        text.push('=');
        text.extend(byte_serialize(value.as_bytes()));
    }
    text
}

/// A number of seconds, however it is written; services differ. Not a number: `None`.
pub(super) fn seconds(value: Option<&Value>) -> Option<f64> {
    match value? {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
    .filter(|seconds| seconds.is_finite())
}
