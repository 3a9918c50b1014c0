//! The JSON of the commands: one object on one line, also on failure.

use std::collections::BTreeMap;
use std::io::{self, Write as _};

use serde::Serialize;

use crate::mail::explain;
use crate::mail::outcome::{Outcome, Recipient, Report, Step};
use crate::mail::reply::Reply;

use super::say;

/// `send --json`.
#[derive(Serialize)]
pub(super) struct Sent<'a> {
    outcome: Outcome,
    step: Step,
    code: Option<u16>,
    enhanced: Option<String>,
    text: String,
    cause: Option<&'static str>,
    message_id: &'a str,
    server_id: Option<&'a str>,
    recipients: Vec<Verdict>,
    tls: Option<Tls<'a>>,
    /// Milliseconds by step, and in all.
    ms: BTreeMap<&'static str, u128>,
}

#[derive(Serialize)]
struct Verdict {
    address: String,
    accepted: bool,
    code: Option<u16>,
    text: Option<String>,
}

#[derive(Serialize)]
struct Tls<'a> {
    protocol: &'a str,
    cipher: &'a str,
}

impl<'a> Sent<'a> {
    pub(super) fn of(report: &'a Report) -> Self {
        let failure = report.failure.as_ref().map(|failure| failure.detail.clone());
        let mut ms: BTreeMap<_, _> =
            report.times.iter().map(|(step, took)| (step.as_str(), took.as_millis())).collect();
        ms.insert("total", report.total.as_millis());
        Self {
            outcome: report.outcome,
            step: report.step,
            code: report.reply.as_ref().map(Reply::code),
            enhanced: report.reply.as_ref().and_then(Reply::enhanced),
            text: failure.or_else(|| report.reply.as_ref().map(Reply::text)).unwrap_or_default(),
            cause: explain::report(report).map(|explanation| explanation.cause),
            message_id: &report.message_id,
            server_id: report.server_id.as_deref(),
            recipients: report.recipients.iter().map(Verdict::of).collect(),
            tls: report.tls.as_ref().map(|tls| Tls { protocol: &tls.protocol, cipher: &tls.cipher }),
            ms,
        }
    }
}

impl Verdict {
    /// Accepted means: the server took the recipient. Whether it took the message is `outcome`.
    fn of(recipient: &Recipient) -> Self {
        Self {
            address: recipient.address.to_string(),
            accepted: recipient.is_accepted(),
            code: recipient.reply.as_ref().map(Reply::code),
            text: recipient.reply.as_ref().map(Reply::text),
        }
    }
}

pub(super) fn print(value: &impl Serialize) {
    match serde_json::to_string(value) {
        // JSON escapes what a terminal would act on; the rest is for a program.
        Ok(json) => drop(writeln!(io::stdout().lock(), "{json}")),
        Err(error) => say::complain(error),
    }
}
