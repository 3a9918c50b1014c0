//! RFC 8628: a short code, entered in a browser anywhere.

use std::time::Duration;

use oauth2::url::Url;
use serde::Deserialize;
use serde_json::Value;
use tokio::time::{Instant, sleep_until};

use super::exchange::seconds;
use super::refusal::Sense;
use super::tokens::secret;
use super::{Client, SignInError, Tokens};
use crate::mail::oauth::Way;
use crate::mail::secret::Secret;
use crate::mail::text::Shown;

/// What the person has to enter where, checked so far that it can be shown as an address.
pub struct DeviceCode {
    pub user_code: String,
    /// Where to enter it: HTTPS, on a host of Microsoft's or of the account's own sign-in service.
    pub uri: String,
    /// How long the code is good for, from when it was asked for; at most half an hour.
    pub expires: Duration,
    /// How often the service wants to be asked, at most.
    pub interval: Duration,
    /// The same in the service's words: for reading only, no address in it has been checked.
    pub message: Option<Shown>,
    secret: Secret,
    until: Instant,
}

#[derive(Deserialize)]
pub(super) struct RawDeviceCode {
    #[serde(deserialize_with = "secret")]
    device_code: Secret,
    user_code: String,
    #[serde(alias = "verification_url")]
    verification_uri: String,
    expires_in: Option<Value>,
    interval: Option<Value>,
    message: Option<String>,
}

/// RFC 8628 section 3.2, where no interval is named; and section 3.5, for each `slow_down`.
const INTERVAL: Duration = Duration::from_secs(5);
const LIFE: f64 = 900.0;
const LONGEST: f64 = 1800.0;
/// The longest pause while the network or the service has trouble.
const BACK_OFF: Duration = Duration::from_mins(1);
/// Where Microsoft's clouds let people enter codes, beside the host that gave the code out.
const PAGES: [&str; 6] = [
    "microsoft.com",
    "www.microsoft.com",
    "login.microsoft.com",
    "login.microsoftonline.com",
    "login.microsoftonline.us",
    "login.partner.microsoftonline.cn",
];

impl Client {
    /// Asks for a code. To be called when a person asks for it, never by itself: codes that others send are how accounts are stolen.
    pub async fn device(&self) -> Result<DeviceCode, SignInError> {
        let scope = self.scope();
        let form = [("client_id", self.application.client_id.as_str()), ("scope", &scope)];
        let raw: RawDeviceCode = self.ask("devicecode", &form, Some(Way::DeviceCode)).await?;
        if !is_page(&raw.verification_uri, &self.authority) {
            return Err(SignInError::Odd(
                "the page that it names for the code is none of the sign-in service's",
            ));
        }
        if !is_code(&raw.user_code) {
            return Err(SignInError::Odd("its code is not made of a few letters and digits"));
        }
        let life = seconds(raw.expires_in.as_ref()).unwrap_or(LIFE);
        if life <= 0.0 {
            return Err(SignInError::Odd("its code has expired before it came"));
        }
        let expires = Duration::from_secs_f64(life.min(LONGEST));
        Ok(DeviceCode {
            interval: interval(raw.interval.as_ref()),
            user_code: raw.user_code,
            uri: raw.verification_uri,
            expires,
            message: raw.message.map(|text| Shown::new(&text.chars().take(500).collect::<String>())),
            secret: raw.device_code,
            until: Instant::now() + expires,
        })
    }

    /// Asks until the person has entered the code, or declined, or the code has expired. Never more often than it was told to.
    pub async fn poll(&self, code: &DeviceCode) -> Result<Tokens, SignInError> {
        let form = [
            ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
            ("client_id", self.application.client_id.as_str()),
            ("device_code", code.secret.reveal()),
        ];
        let mut pace = Pace { interval: code.interval, failures: 0 };
        let mut trouble = None;
        loop {
            let next = Instant::now() + pace.pause();
            if next >= code.until {
                sleep_until(code.until).await;
                return Err(trouble.unwrap_or(SignInError::Expired(Way::DeviceCode)));
            }
            sleep_until(next).await;
            trouble = match self.tokens(&form, Some(Way::DeviceCode)).await {
                Err(error) if !error.is_final() => pace.heard(error),
                done => return done,
            };
        }
    }
}

/// How often to ask.
struct Pace {
    interval: Duration,
    /// In a row.
    failures: u32,
}

impl Pace {
    fn pause(&self) -> Duration {
        let doubled = self.interval.saturating_mul(1 << self.failures.min(6));
        doubled.min(BACK_OFF.max(self.interval))
    }

    /// Returns the error if it was one, and not the service asking for patience.
    fn heard(&mut self, error: SignInError) -> Option<SignInError> {
        let sense = if let SignInError::Refused(refusal) = &error { refusal.sense } else { Sense::Passing };
        match sense {
            Sense::Pending | Sense::SlowDown => {
                self.failures = 0;
                if sense == Sense::SlowDown {
                    self.interval += INTERVAL;
                }
                None
            }
            _ => {
                self.failures += 1;
                Some(error)
            }
        }
    }
}

/// At least a second, and five where nothing (or nonsense) is said.
fn interval(told: Option<&Value>) -> Duration {
    match seconds(told) {
        Some(told) if told > 0.0 => Duration::from_secs_f64(told.clamp(1.0, LONGEST)),
        _ => INTERVAL,
    }
}

/// Would this address, as a person reads it, lead to a page of the sign-in service?
fn is_page(text: &str, authority: &Url) -> bool {
    let Ok(url) = Url::parse(text) else { return false };
    let Some(host) = url.host_str() else { return false };
    let is_own = Some(host) == authority.host_str() && url.port() == authority.port();
    let is_known = is_own || url.port().is_none() && PAGES.contains(&host);
    // As it stands, not as a parser mends it: no user name, no backslash, no letters of another script.
    let rest = text.strip_prefix("https://").and_then(|rest| rest.strip_prefix(host)).unwrap_or("@");
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/:?=&.-_~%#".contains(&byte);
    is_known
        && text.len() <= 200
        && (rest.is_empty() || rest.starts_with(['/', '?', ':']))
        && rest.bytes().all(is_plain)
}

fn is_code(text: &str) -> bool {
    (4..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
