//! The device code (RFC 8628): a short code here, somebody who types it there, and a device that asks until it is told.

use jiff::{SignedDuration, Timestamp};

use super::answer::Answer;
use super::grant::Grant;
use super::odd::Members;
use super::page;
use super::refusal::{BAD_CODE, CODE_EXPIRED, DECLINED, MISSING, PENDING, Refusal};
use super::request::{Fields, Request};
use super::scenario::{Approval, Deed, Place, SignInScenario, Twist};
use super::scope::Scopes;
use super::service::{Moment, Service, public_client, remember};
use crate::sandbox::tokens::Holder;

/// How long a code can be typed, in seconds.
const LIFE: i64 = 900;

/// What a device waits where it is told nothing (RFC 8628, section 3.5), and what each `slow_down` adds; in seconds.
const STEP: i64 = 5;

/// Letters of a code that a person types: no two look alike.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// A device that waits.
pub(super) struct Device {
    /// What the device shows when it asks, and what a person types.
    code: String,
    typed: String,
    scopes: Scopes,
    expires: Timestamp,
    /// What it was told to wait, in seconds.
    told: i64,
    asked: u32,
    last: Option<Timestamp>,
    verdict: Option<Verdict>,
}

enum Verdict {
    Approved(String),
    Declined,
    /// The tokens have been fetched.
    Fetched,
}

impl Service {
    pub(super) fn device_code(&mut self, form: &Fields, moment: Moment<'_>) -> Result<Answer, Refusal> {
        public_client(form)?;
        let scopes = Scopes::parse(form.get("scope"), "SMTP.Send")?;
        if let Some(Deed::Refuse(refusal)) = moment.scenario.at(Place::DeviceCode) {
            return Err(refusal);
        }
        let device_code = self.mint(4);
        let user_code: String =
            self.chance()[..9].iter().map(|octet| char::from(LETTERS[usize::from(octet % 32)])).collect();
        let uri = format!("{}/device", self.authority);
        let mut members = Members::new();
        members.text("user_code", &user_code);
        members.text("device_code", &device_code);
        members.text("verification_uri", &uri);
        members.number("expires_in", LIFE);
        members.number("interval", self.interval);
        members.text("message", &format!(
            "To sign in, use a web browser to open the page {uri} and enter the code {user_code} to authenticate."
        ));
        members.twist(moment.scenario.twist(Place::DeviceCode));
        let expires = moment.now.saturating_add(SignedDuration::from_secs(LIFE)).unwrap_or(Timestamp::MAX);
        let told = told(moment.scenario, self.interval);
        let device = Device {
            code: device_code,
            typed: user_code,
            scopes,
            expires,
            told,
            asked: 0,
            last: None,
            verdict: None,
        };
        remember(&mut self.devices, device);
        Ok(members.answer())
    }

    /// A device asks whether somebody has approved.
    pub(super) fn poll(&mut self, form: &Fields, moment: Moment<'_>) -> Result<Answer, Refusal> {
        public_client(form)?;
        let code = form.get("device_code");
        if code.is_empty() {
            return Err(MISSING);
        }
        let usual = self.person("", moment.scenario);
        let device = self.devices.iter_mut().find(|device| device.code == code).ok_or(BAD_CODE)?;
        let objection = device.hurry(moment.now);
        let verdict = device.verdict(moment, usual);
        let scopes = device.scopes.clone();
        if let Some(objection) = objection {
            self.object(objection);
        }
        let holder = Holder::Person(verdict?);
        let grant = Grant { holder, scopes, nonce: String::new() };
        let answer = self.issue(&grant, moment);
        if let Some(device) = self.devices.iter_mut().find(|device| device.code == code) {
            device.verdict = Some(Verdict::Fetched);
        }
        Ok(answer)
    }

    /// The page where somebody types the code, sees who asks for what, and decides.
    pub(super) fn device_page(&mut self, request: &Request, moment: Moment<'_>) -> Answer {
        let fields = if request.is_post { &request.form } else { &request.query };
        let typed = plain(fields.get("code"));
        if typed.is_empty() {
            return Answer::html(200, page::enter_code(""));
        }
        let known = |device: &&mut Device| {
            device.typed == typed && device.expires > moment.now && device.verdict.is_none()
        };
        let person = self.person(fields.get("person"), moment.scenario);
        let Some(device) = self.devices.iter_mut().find(known) else {
            return Answer::html(
                400,
                page::enter_code("That code did not work. Check the code and try again."),
            );
        };
        if !request.is_post {
            let hidden = [("code", device.typed.as_str())];
            return Answer::html(200, page::consent(&device.scopes, &self.people, &hidden, "/device"));
        }
        let is_approved = fields.get("decision") == "approve";
        device.verdict = Some(if is_approved { Verdict::Approved(person) } else { Verdict::Declined });
        Answer::html(200, page::decided(is_approved))
    }
}

impl Device {
    /// Notes that it has asked; says so if that was too early.
    fn hurry(&mut self, now: Timestamp) -> Option<String> {
        let waited = self.last.replace(now).map(|last| now.duration_since(last));
        self.asked += 1;
        let waited = waited.filter(|waited| *waited < SignedDuration::from_secs(self.told))?;
        let told = self.told;
        Some(format!(
            "sign-in: the device asked again after {:.1} s, though it was told to wait {told} s (RFC 8628, 3.5)",
            waited.as_secs_f64()
        ))
    }

    /// Who has approved.
    fn verdict(&mut self, moment: Moment<'_>, usual: String) -> Result<String, Refusal> {
        if self.expires <= moment.now {
            return Err(CODE_EXPIRED);
        }
        for place in [Place::Poll, Place::Consent] {
            match moment.scenario.at(place) {
                Some(Deed::Refuse(refusal)) => return Err(refusal),
                Some(Deed::RefuseTimes(times, refusal)) if self.asked <= times => {
                    self.told += STEP;
                    return Err(refusal);
                }
                _ => {}
            }
        }
        match (&self.verdict, moment.scenario.approval()) {
            (Some(Verdict::Approved(person)), _) => Ok(person.clone()),
            (Some(Verdict::Declined), _) | (None, Approval::Declined) => Err(DECLINED),
            // As for any code that is not to be had: there is no telling which.
            (Some(Verdict::Fetched), _) => Err(BAD_CODE),
            (None, Approval::AtOnce) => Ok(usual),
            (None, Approval::AfterPolls(polls)) if self.asked > polls => Ok(usual),
            (None, Approval::AfterPolls(_) | Approval::InBrowser) => Err(PENDING),
        }
    }
}

/// What the answer tells a device to wait, in seconds.
fn told(scenario: SignInScenario, usual: i64) -> i64 {
    match scenario.twist(Place::DeviceCode) {
        Some(Twist::Without("interval")) => STEP,
        Some(Twist::Set("interval", value)) => value.trim_matches('"').parse().unwrap_or(STEP).max(0),
        _ => usual,
    }
}

/// A code as it was meant: people type small letters, spaces and hyphens.
fn plain(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect()
}
