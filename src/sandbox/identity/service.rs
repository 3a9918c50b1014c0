//! The service as a pure machine: it knows what was asked, approved and issued, and answers one request at a time.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::answer::Answer;
use super::browser::Code;
use super::device::Device;
use super::grant::Refreshable;
use super::refusal::{
    MALFORMED, MISSING, NO_APP, NO_TENANT, NOT_FOR_CONSUMERS, PUBLIC_WITH_SECRET, Refusal, SECRET_NEEDED,
    Trace,
};
use super::request::{Fields, Request};
use super::scenario::{Deed, Place, SignInScenario};
use super::{CLIENT, SERVICE_CLIENT, SOMEONE_ELSE, TENANT, odd, page};
use crate::sandbox::tokens::{Holder, Issued};

/// Of everything that is remembered, this many: a client that never ends must not fill the memory.
const KEPT: usize = 256;

/// Where the service gets what nobody can guess.
pub type Chance = fn() -> [u8; 32];

/// What has been asked for, approved and issued.
pub struct Service {
    /// `https://HOST:PORT`.
    pub(super) authority: String,
    /// Who can sign in, the usual one first.
    pub(super) people: Vec<String>,
    /// What a device is told to wait between two questions, in seconds.
    pub(super) interval: i64,
    chance: Chance,
    pub(super) devices: Vec<Device>,
    pub(super) codes: Vec<Code>,
    pub(super) refreshable: Vec<Refreshable>,
    issued: Vec<Issued>,
    objections: Vec<String>,
}

/// When a request comes, and on what kind of day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment<'a> {
    pub(super) scenario: SignInScenario,
    pub(super) now: Timestamp,
    pub(super) tenant: &'a str,
}

impl Service {
    pub fn new(authority: String, people: Vec<String>, interval: i64, chance: Chance) -> Self {
        Self {
            authority,
            people,
            interval,
            chance,
            devices: Vec::new(),
            codes: Vec::new(),
            refreshable: Vec::new(),
            issued: Vec::new(),
            objections: Vec::new(),
        }
    }

    /// Answers a request.
    pub fn answer(&mut self, request: &Request, scenario: SignInScenario, now: Timestamp) -> Answer {
        let parts: Vec<&str> = request.path.split('/').skip(1).collect();
        let tenant = parts.first().copied().unwrap_or_default();
        let moment = Moment { scenario, now, tenant };
        match parts[..] {
            ["device"] => self.device_page(request, moment),
            ["common", "oauth2", "nativeclient"] => Answer::html(200, page::ARRIVED),
            [_, "v2.0", ".well-known", "openid-configuration"] => Answer::json(200, &self.discovery(tenant)),
            [_, "oauth2", "v2.0", "authorize"] => self.authorize(request, moment),
            [_, "oauth2", "v2.0", "devicecode"] => {
                let right = self.asked(request, moment, Self::device_code);
                odd::at(Place::DeviceCode, moment.scenario, right)
            }
            [_, "oauth2", "v2.0", "token"] => {
                let right = self.asked(request, moment, Self::token);
                odd::at(Place::Token, moment.scenario, right)
            }
            _ => Answer::bare(404),
        }
    }

    /// The tokens in force.
    pub fn issued(&self) -> &[Issued] {
        &self.issued
    }

    /// Forgets the tokens that have expired; says when the next one will.
    pub fn expire(&mut self, now: Timestamp) -> Option<Timestamp> {
        self.issued.retain(|issued| issued.expires > now);
        self.issued.iter().map(|issued| issued.expires).min()
    }

    /// What clients did that they should not, since the last time.
    pub fn objections(&mut self) -> Vec<String> {
        std::mem::take(&mut self.objections)
    }

    fn asked(
        &mut self,
        request: &Request,
        moment: Moment<'_>,
        answer: fn(&mut Self, &Fields, Moment<'_>) -> Result<Answer, Refusal>,
    ) -> Answer {
        if !request.is_post {
            return Answer::bare(405);
        }
        let answered = match request.form.repeated() {
            Some(_) => Err(MALFORMED),
            None => tenant(moment.tenant).and_then(|()| answer(self, &request.form, moment)),
        };
        answered.unwrap_or_else(|refusal| self.refuse(refusal, moment.now))
    }

    pub(super) fn refuse(&self, refusal: Refusal, now: Timestamp) -> Answer {
        Answer::json(refusal.status(), &refusal.json(&self.trace(now)))
    }

    pub(super) fn trace(&self, now: Timestamp) -> Trace {
        Trace { now, request: self.guid(), correlation: self.guid() }
    }

    pub(super) fn object(&mut self, what: String) {
        self.objections.push(what);
    }

    /// What nobody can guess, in letters that need no escape anywhere: 43 of them for each `part`.
    pub(super) fn mint(&self, parts: usize) -> String {
        (0..parts).map(|_| BASE64_URL_SAFE_NO_PAD.encode((self.chance)())).collect()
    }

    pub(super) fn chance(&self) -> [u8; 32] {
        (self.chance)()
    }

    pub(super) fn guid(&self) -> String {
        let hex =
            format!("{:032x}", u128::from_be_bytes(*self.chance().first_chunk().expect("32 octets hold 16")));
        format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
    }

    /// Remembers an access token, and for how long it is good.
    pub(super) fn keep_issued(&mut self, token: &str, holder: Holder, now: Timestamp, seconds: i64) {
        let expires = now.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX);
        remember(&mut self.issued, Issued { token: token.to_owned(), holder, expires });
    }

    /// Who signs in, if this address was named beforehand.
    pub(super) fn person(&self, hint: &str, scenario: SignInScenario) -> String {
        if scenario.deed == Deed::SomeoneElse {
            return SOMEONE_ELSE.to_owned();
        }
        let named = self.people.iter().find(|person| person.eq_ignore_ascii_case(hint));
        named.or(self.people.first()).cloned().unwrap_or_default()
    }

    /// What `OpenID` providers say of themselves.
    fn discovery(&self, tenant: &str) -> serde_json::Value {
        let base = format!("{}/{tenant}", self.authority);
        json!({
            "issuer": format!("{}/{TENANT}/v2.0", self.authority),
            "authorization_endpoint": format!("{base}/oauth2/v2.0/authorize"),
            "device_authorization_endpoint": format!("{base}/oauth2/v2.0/devicecode"),
            "token_endpoint": format!("{base}/oauth2/v2.0/token"),
            "response_types_supported": ["code"],
            "code_challenge_methods_supported": ["S256"],
        })
    }
}

/// Adds one, and lets go of the oldest where there are too many.
pub(super) fn remember<T>(all: &mut Vec<T>, one: T) {
    if all.len() >= KEPT {
        all.remove(0);
    }
    all.push(one);
}

pub(super) fn tenant(name: &str) -> Result<(), Refusal> {
    match name {
        "organizations" | "common" | "contoso.com" | TENANT => Ok(()),
        "consumers" => Err(NOT_FOR_CONSUMERS),
        _ => Err(NO_TENANT),
    }
}

/// Whether it is the public client that asks, and shows no secret.
pub(super) fn public_client(fields: &Fields) -> Result<(), Refusal> {
    match fields.get("client_id") {
        "" => Err(MISSING),
        CLIENT if fields.get("client_secret").is_empty() && fields.get("client_assertion").is_empty() => {
            Ok(())
        }
        CLIENT => Err(PUBLIC_WITH_SECRET),
        SERVICE_CLIENT => Err(SECRET_NEEDED),
        _ => Err(NO_APP),
    }
}
