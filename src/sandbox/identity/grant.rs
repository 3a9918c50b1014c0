//! Tokens: for what they are given, and what comes with them.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::answer::Answer;
use super::odd::Members;
use super::refusal::{
    BAD_GRANT, GRANT_TYPE, MISSING, NO_APP, REVOKED, Refusal, SECRET_NEEDED, WRONG_ASSERTION, WRONG_SECRET,
};
use super::request::Fields;
use super::scenario::{Deed, Place};
use super::scope::Scopes;
use super::service::{Moment, Service, public_client, remember};
use super::{CLIENT, SERVICE_CLIENT, SERVICE_SECRET, TENANT};
use crate::sandbox::tokens::Holder;

/// How long an access token is good, in seconds.
const LIFE: i64 = 3599;

/// Parts of 43 letters in a token: as long as Microsoft's.
const LENGTH: usize = 32;

const DEVICE_CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";
const ASSERTION: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// What somebody has agreed to.
#[derive(Debug, Clone)]
pub(super) struct Grant {
    pub(super) holder: Holder,
    pub(super) scopes: Scopes,
    pub(super) nonce: String,
}

/// A refresh token.
pub(super) struct Refreshable {
    token: String,
    grant: Grant,
}

impl Service {
    pub(super) fn token(&mut self, form: &Fields, moment: Moment<'_>) -> Result<Answer, Refusal> {
        match form.get("grant_type") {
            "" => Err(MISSING),
            DEVICE_CODE => self.poll(form, moment),
            "authorization_code" => self.redeem(form, moment),
            "refresh_token" => self.refresh(form, moment),
            "client_credentials" => self.sign_in_itself(form, moment),
            _ => Err(GRANT_TYPE),
        }
    }

    /// Every use gives a new refresh token. The old one stays good, as at Microsoft, unless the scenario says otherwise.
    fn refresh(&mut self, form: &Fields, moment: Moment<'_>) -> Result<Answer, Refusal> {
        public_client(form)?;
        if form.get("refresh_token").is_empty() {
            return Err(MISSING);
        }
        if let Some(Deed::Refuse(refusal)) = moment.scenario.at(Place::Refresh) {
            return Err(refusal);
        }
        let is_strict = moment.scenario.deed == Deed::RotateStrictly;
        let known = |known: &Refreshable| known.token == form.get("refresh_token");
        let unknown = if is_strict { REVOKED } else { BAD_GRANT };
        let at = self.refreshable.iter().position(known).ok_or(unknown)?;
        let mut grant = self.refreshable[at].grant.clone();
        if !form.get("scope").is_empty() {
            grant.scopes = Scopes { offline: true, ..Scopes::parse(form.get("scope"), "SMTP.Send")? };
        }
        if is_strict {
            self.refreshable.remove(at);
        }
        if moment.scenario.deed == Deed::SomeoneElse {
            grant.holder = Holder::Person(self.person("", moment.scenario));
        }
        Ok(self.issue(&grant, moment))
    }

    /// An application without a person, by a secret or by an assertion that a certificate has signed.
    fn sign_in_itself(&mut self, form: &Fields, moment: Moment<'_>) -> Result<Answer, Refusal> {
        match form.get("client_id") {
            "" => return Err(MISSING),
            SERVICE_CLIENT => {}
            CLIENT => return Err(SECRET_NEEDED),
            _ => return Err(NO_APP),
        }
        if let Some(Deed::Refuse(refusal)) = moment.scenario.at(Place::Service) {
            return Err(refusal);
        }
        match (form.get("client_secret"), form.get("client_assertion")) {
            ("", "") => return Err(SECRET_NEEDED),
            (SERVICE_SECRET, "") => {}
            ("", assertion) => {
                let aud = format!("{}/{}/oauth2/v2.0/token", self.authority, moment.tenant);
                let is_one = form.get("client_assertion_type") == ASSERTION;
                if !is_one || !speaks_for_the_application(assertion, &aud, moment.now) {
                    return Err(WRONG_ASSERTION);
                }
            }
            _ => return Err(WRONG_SECRET),
        }
        let scopes = Scopes::parse(form.get("scope"), ".default")?;
        let scopes = Scopes { offline: false, openid: false, ..scopes };
        Ok(self.issue(&Grant { holder: Holder::Service, scopes, nonce: String::new() }, moment))
    }

    /// The tokens for what was granted (RFC 6749, section 5.1).
    pub(super) fn issue(&mut self, grant: &Grant, moment: Moment<'_>) -> Answer {
        let life = if let Deed::Lifetime(seconds) = moment.scenario.deed { seconds } else { LIFE };
        let token = self.mint(LENGTH);
        self.keep_issued(&token, grant.holder.clone(), moment.now, life);
        let mut members = Members::new();
        members.text("token_type", "Bearer");
        if grant.holder != Holder::Service {
            members.text("scope", &grant.scopes.permission);
        }
        members.number("expires_in", life);
        members.number("ext_expires_in", life);
        members.text("access_token", &token);
        if grant.scopes.offline {
            let token = self.mint(LENGTH);
            members.text("refresh_token", &token);
            remember(&mut self.refreshable, Refreshable { token, grant: grant.clone() });
        }
        if let (true, Holder::Person(person)) = (grant.scopes.openid, &grant.holder) {
            members.text("id_token", &self.id_token(person, &grant.nonce, moment.now));
        }
        members.twist(moment.scenario.twist(Place::Token));
        members.answer()
    }

    /// Who signed in. It has the three parts of a signed token, but there is no key: its last part is chance, and whoever
    /// reads it may show it, no more.
    fn id_token(&self, person: &str, nonce: &str, now: Timestamp) -> String {
        let mut claims = json!({
            "aud": CLIENT,
            "iss": format!("{}/{TENANT}/v2.0", self.authority),
            "iat": now.as_second(),
            "nbf": now.as_second(),
            "exp": now.as_second() + LIFE,
            "name": name(person),
            "preferred_username": person,
            "oid": "00000000-0000-4000-8000-00000000a17a",
            "sub": BASE64_URL_SAFE_NO_PAD.encode(person),
            "tid": TENANT,
            "ver": "2.0",
        });
        if !nonce.is_empty() {
            claims["nonce"] = nonce.into();
        }
        let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
        let head = part(&json!({ "typ": "JWT", "alg": "RS256", "kid": "sandbox" }));
        format!("{head}.{}.{}", part(&claims), self.mint(8))
    }
}

/// The name that goes with an address: `Ana Silva` for the usual one.
fn name(person: &str) -> &str {
    match person {
        "ana@contoso.com" => "Ana Silva",
        "bob@fabrikam.com" => "Bob Ray",
        _ => person,
    }
}

/// Whether an assertion claims what it must (RFC 7523, section 3). Its signature is not looked at: nobody has told this
/// service of a certificate.
fn speaks_for_the_application(assertion: &str, audience: &str, now: Timestamp) -> bool {
    let [_, claims, signature] = assertion.split('.').collect::<Vec<_>>()[..] else { return false };
    let claims = BASE64_URL_SAFE_NO_PAD.decode(claims).unwrap_or_default();
    let Ok(claims) = serde_json::from_slice::<Value>(&claims) else { return false };
    claims["iss"] == SERVICE_CLIENT
        && claims["sub"] == SERVICE_CLIENT
        && claims["aud"] == audience
        && claims["exp"].as_i64().is_some_and(|end| end > now.as_second())
        && !signature.is_empty()
}
