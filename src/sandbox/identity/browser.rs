//! The way through a browser: the authorization code with PKCE (RFC 6749, section 4.1; RFC 7636; RFC 8252).

use jiff::{SignedDuration, Timestamp};
use oauth2::url::{Url, form_urlencoded};
use oauth2::{PkceCodeChallenge, PkceCodeVerifier};

use super::answer::Answer;
use super::grant::Grant;
use super::odd::Parameters;
use super::page;
use super::refusal::{
    BAD_GRANT, CHALLENGE, CODE_TOO_OLD, MALFORMED, MISSING, REDEEMED, REDIRECT, RESPONSE_TYPE, Refusal,
    VERIFIER, documented,
};
use super::request::{Fields, Request};
use super::scenario::{Approval, Deed, Place};
use super::scope::Scopes;
use super::service::{Moment, Service, public_client, remember, tenant};
use crate::sandbox::tokens::Holder;

/// Where a browser may be sent back to, beside every port of `http://localhost`.
const NATIVE_CLIENT: &str = "https://login.microsoftonline.com/common/oauth2/nativeclient";

/// How long a code can be redeemed, in seconds.
const LIFE: i64 = 600;

/// An authorization code that has been given out.
pub(super) struct Code {
    letters: String,
    redirect: String,
    challenge: String,
    grant: Grant,
    expires: Timestamp,
    is_redeemed: bool,
}

impl Service {
    /// What the browser sees. Only where it may be sent back at all does the program hear of a refusal.
    pub(super) fn authorize(&mut self, request: &Request, moment: Moment<'_>) -> Answer {
        let query = &request.query;
        let redirect = match self.redirect(query, moment) {
            Ok(redirect) => redirect,
            Err(refusal) => {
                return Answer::html(400, page::refused(&refusal.description(&self.trace(moment.now))));
            }
        };
        let scopes = match scopes(query, moment) {
            Ok(scopes) => scopes,
            Err(refusal) => return self.send_back_refused(redirect, query, refusal, moment),
        };
        let form = &request.form;
        let is_approved = match moment.scenario.approval() {
            Approval::InBrowser if request.is_post => form.get("decision") == "approve",
            Approval::InBrowser => {
                let again = form_urlencoded::Serializer::new(String::new()).extend_pairs(&query.0).finish();
                let action = format!("{}?{again}", request.path);
                return Answer::html(200, page::consent(&scopes, &self.people, &[], &action));
            }
            approval => approval != Approval::Declined,
        };
        if !is_approved {
            const DECLINED: Refusal =
                documented("access_denied", 65004, "User declined to consent to access the app.");
            return self.send_back_refused(redirect, query, DECLINED, moment);
        }
        let hint = if request.is_post { form.get("person") } else { query.get("login_hint") };
        let code = self.give_code(hint, query, scopes, moment);
        let mut back = Parameters::new();
        back.add("code", &code);
        back.add("state", query.get("state"));
        back.add("session_state", &self.guid());
        back.twist(moment.scenario.twist(Place::Return));
        Answer::redirect(back.behind(redirect))
    }

    fn redirect(&self, query: &Fields, moment: Moment<'_>) -> Result<Url, Refusal> {
        tenant(moment.tenant)?;
        public_client(query)?;
        if query.repeated().is_some() {
            return Err(MALFORMED);
        }
        if let Some(Deed::Refuse(refusal)) = moment.scenario.at(Place::Browser) {
            return Err(refusal);
        }
        let url = Url::parse(query.get("redirect_uri")).map_err(|_not_one| REDIRECT)?;
        let own = format!("{}/common/oauth2/nativeclient", self.authority);
        let is_localhost = url.scheme() == "http"
            && url.host_str() == Some("localhost")
            && url.username().is_empty()
            && url.password().is_none()
            && url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none();
        let is_registered = is_localhost || [NATIVE_CLIENT, own.as_str()].contains(&url.as_str());
        is_registered.then_some(url).ok_or(REDIRECT)
    }

    fn send_back_refused(&self, to: Url, query: &Fields, refusal: Refusal, moment: Moment<'_>) -> Answer {
        let mut back = Parameters::new();
        back.add("error", refusal.error);
        back.add("error_description", &refusal.description(&self.trace(moment.now)));
        back.add("state", query.get("state"));
        Answer::redirect(back.behind(to))
    }

    fn give_code(&mut self, hint: &str, query: &Fields, scopes: Scopes, moment: Moment<'_>) -> String {
        let code = self.mint(8);
        let holder = Holder::Person(self.person(hint, moment.scenario));
        let expires = moment.now.saturating_add(SignedDuration::from_secs(LIFE)).unwrap_or(Timestamp::MAX);
        let given = Code {
            letters: code.clone(),
            redirect: query.get("redirect_uri").to_owned(),
            challenge: query.get("code_challenge").to_owned(),
            grant: Grant { holder, scopes, nonce: query.get("nonce").to_owned() },
            expires,
            is_redeemed: false,
        };
        remember(&mut self.codes, given);
        code
    }

    /// Turns a code into tokens.
    pub(super) fn redeem(&mut self, form: &Fields, moment: Moment<'_>) -> Result<Answer, Refusal> {
        public_client(form)?;
        let [code, verifier] = ["code", "code_verifier"].map(|name| form.get(name));
        if code.is_empty() {
            return Err(MISSING);
        }
        if let Some(Deed::Refuse(refusal)) = moment.scenario.at(Place::Code) {
            return Err(refusal);
        }
        let given = self.codes.iter_mut().find(|given| given.letters == code).ok_or(BAD_GRANT)?;
        if given.is_redeemed {
            return Err(REDEEMED);
        }
        if given.expires <= moment.now {
            return Err(CODE_TOO_OLD);
        }
        if given.redirect != form.get("redirect_uri") {
            return Err(Refusal { error: "invalid_grant", ..REDIRECT });
        }
        if !matches(verifier, &given.challenge) {
            return Err(VERIFIER);
        }
        given.is_redeemed = true;
        let grant = given.grant.clone();
        Ok(self.issue(&grant, moment))
    }
}

/// What is asked for, once it is known where to send the browser back.
fn scopes(query: &Fields, moment: Moment<'_>) -> Result<Scopes, Refusal> {
    if query.get("response_type") != "code" {
        return Err(RESPONSE_TYPE);
    }
    // As long as SHA-256 in base64 without padding; in clear it would prove nothing.
    if query.get("code_challenge_method") != "S256" || query.get("code_challenge").len() != 43 {
        return Err(CHALLENGE);
    }
    let scopes = Scopes::parse(query.get("scope"), "SMTP.Send")?;
    match moment.scenario.at(Place::Consent) {
        Some(Deed::Refuse(refusal)) => Err(refusal),
        _ => Ok(scopes),
    }
}

/// Whether the verifier is the one that was promised (RFC 7636, section 4.6).
fn matches(verifier: &str, challenge: &str) -> bool {
    let is_long_enough = (43..=128).contains(&verifier.len());
    is_long_enough && {
        let verifier = PkceCodeVerifier::new(verifier.to_owned());
        PkceCodeChallenge::from_code_verifier_sha256(&verifier).as_str() == challenge
    }
}
