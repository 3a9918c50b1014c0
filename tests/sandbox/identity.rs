//! The sign-in service: what it asks for, what it gives, and each way in which it refuses.

use std::collections::BTreeMap;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use oauth2::{PkceCodeChallenge, PkceCodeVerifier};
use sendoff::sandbox::identity::{Answer, CLIENT, Chance, Reading, Request, Service};
use sendoff::sandbox::{SignInScenario, USER};
use serde_json::Value;

mod browser;
mod device;
mod grants;
mod hostile;
mod listener;
mod scenarios;

const SEND: &str = "https://outlook.office.com/SMTP.Send offline_access openid profile";
const DEVICE_CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// The service and its clock, which stands still unless it is told to move.
struct Desk {
    service: Service,
    scenario: SignInScenario,
    now: Timestamp,
}

impl Desk {
    fn new(scenario: &str) -> Self {
        Self::with(scenario, chance)
    }

    fn with(scenario: &str, chance: Chance) -> Self {
        let people = vec![USER.to_owned(), "carol@contoso.com".to_owned()];
        let service = Service::new("https://localhost:4433".to_owned(), people, 5, chance);
        Self { service, scenario: scenario.parse().unwrap(), now: "2026-11-21T10:00:00Z".parse().unwrap() }
    }

    fn wait(&mut self, seconds: i64) {
        self.now += SignedDuration::from_secs(seconds);
    }

    fn get(&mut self, path: &str, query: &[(&str, &str)]) -> Answer {
        self.ask(&format!("GET {path}?{} HTTP/1.1\r\nHost: localhost\r\n\r\n", form(query)))
    }

    fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.ask(&posted(path, fields))
    }

    fn ask(&mut self, octets: &str) -> Answer {
        self.service.answer(&read(octets.as_bytes()), self.scenario, self.now)
    }

    fn device_code(&mut self) -> Value {
        let answer =
            self.post("/organizations/oauth2/v2.0/devicecode", &[("client_id", CLIENT), ("scope", SEND)]);
        assert_eq!(answer.status, 200, "{answer:?}");
        json(&answer)
    }

    fn poll(&mut self, device: &Value) -> Answer {
        let code = device["device_code"].as_str().unwrap();
        self.token(&[("client_id", CLIENT), ("grant_type", DEVICE_CODE), ("device_code", code)])
    }

    fn token(&mut self, fields: &[(&str, &str)]) -> Answer {
        self.post("/organizations/oauth2/v2.0/token", fields)
    }

    fn refresh(&mut self, token: &Value) -> Answer {
        let token = token.as_str().unwrap();
        self.token(&[("client_id", CLIENT), ("grant_type", "refresh_token"), ("refresh_token", token)])
    }

    /// Through a device code to tokens, on a day when that is approved.
    fn tokens(&mut self) -> Value {
        let device = self.device_code();
        let answer = self.poll(&device);
        assert_eq!(answer.status, 200, "{answer:?}");
        json(&answer)
    }
}

fn chance() -> [u8; 32] {
    let mut octets = [0; 32];
    getrandom::fill(&mut octets).unwrap();
    octets
}

fn form(fields: &[(&str, &str)]) -> String {
    oauth2::url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

fn posted(path: &str, fields: &[(&str, &str)]) -> String {
    let body = form(fields);
    format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn read(octets: &[u8]) -> Request {
    match Request::read(octets) {
        Reading::Whole(request) => request,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn json(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).unwrap_or_else(|why| panic!("{why}: {answer:?}"))
}

fn text(answer: &Answer) -> &str {
    str::from_utf8(&answer.body).unwrap()
}

/// Status, `error` and the number behind AADSTS.
fn verdict(answer: &Answer) -> (u16, String, u64) {
    let value = json(answer);
    let code = value["error_codes"][0].as_u64().unwrap_or_default();
    (answer.status, value["error"].as_str().unwrap_or_default().to_owned(), code)
}

fn is(status: u16, error: &str, code: u64) -> (u16, String, u64) {
    (status, error.to_owned(), code)
}

/// What an id token claims.
fn claims(token: &Value) -> Value {
    let parts: Vec<_> = token.as_str().unwrap().split('.').collect();
    assert_eq!(parts.len(), 3);
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(parts[1]).unwrap()).unwrap()
}

const VERIFIER: &str = "a-verifier-must-have-at-least-43-letters-of-these";

fn challenge() -> String {
    PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(VERIFIER.to_owned()))
        .as_str()
        .to_owned()
}

/// Where the browser is sent, and the parameters that it brings there.
fn sent_back(answer: &Answer) -> (String, BTreeMap<String, String>) {
    assert_eq!(answer.status, 302, "{}", text(answer));
    let (_, to) = answer.headers.iter().find(|(name, _)| *name == "Location").unwrap();
    let mut url = oauth2::url::Url::parse(to).unwrap();
    let brought = url.query_pairs().into_owned().collect();
    url.set_query(None);
    (url.into(), brought)
}
