//! One recorded session: with whom, every line of it, what was learned on the way, and how it ended. What the log pane shows
//! while it runs, what is kept on disk, and what an export is made from. Masked by the scribe before it comes here.

mod html;
pub mod json;
mod redact;
mod text;

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::explain::{self, Explanation};
use super::outcome::{Failure, Outcome, Report, Step};
use super::reply::{Class, Reply};
use super::text::Shown;
use super::tls::{Certificate, TlsFacts};
use super::transcript::{Kind, Line, Mark, Wire};

/// What is known before the first line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The subject of the message.
    pub title: String,
    pub account: String,
    pub host: String,
    pub port: u16,
    pub started: Timestamp,
}

/// The forms in which a session leaves the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Lines with swaks' marks.
    Text,
    /// JSON lines (one object a line), as they are kept on disk.
    Json,
    /// One page that needs nothing else.
    Html,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub head: Head,
    /// Each line with the step that it belongs to.
    pub lines: Vec<(Step, Line)>,
    /// The certificates that the server showed, its own first; also of a handshake that failed.
    pub chain: Vec<Certificate>,
    pub tls: Option<TlsFacts>,
    /// The last reply to EHLO, without its first line.
    pub offered: Vec<Shown>,
    /// `None` while it runs, and for one that was cut off by a crash.
    pub ending: Option<Ending>,
    step: Step,
}

/// How a session ended: as much of a report as is worth keeping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    pub outcome: Outcome,
    pub step: Step,
    pub reply: Option<Reply>,
    pub failure: Option<Failure>,
    /// Ours; empty where there was no message yet.
    pub message_id: String,
    pub server_id: Option<String>,
    /// How long each step took, in order, and all of them.
    pub times: Vec<(Step, Duration)>,
    pub total: Duration,
    /// What it means, if it is no success.
    pub explanation: Option<Explanation>,
}

impl Session {
    pub fn new(head: Head) -> Self {
        Self {
            head,
            lines: Vec::new(),
            chain: Vec::new(),
            tls: None,
            offered: Vec::new(),
            ending: None,
            step: Step::Lookup,
        }
    }

    /// Takes in what the wire tells.
    pub fn hear(&mut self, wire: &Wire) {
        match wire {
            Wire::Line(line) => self.lines.push((self.step, line.clone())),
            Wire::Step(step) => self.step = *step,
            Wire::Chain(chain) => self.chain.clone_from(chain),
            Wire::Tls(facts) => self.tls = Some(facts.clone()),
            Wire::Offered(lines) => self.offered.clone_from(lines),
            Wire::Progress { .. } => {}
        }
    }

    pub fn end(&mut self, report: &Report) {
        self.over(Ending {
            outcome: report.outcome,
            step: report.step,
            reply: report.reply.clone(),
            failure: report.failure.clone(),
            message_id: report.message_id.clone(),
            server_id: report.server_id.clone(),
            times: report.times.clone(),
            total: report.total,
            explanation: explain::report(report),
        });
    }

    /// The bare facts of a failure become a line, unless the wire has told them already.
    fn over(&mut self, ending: Ending) {
        if let Some(failure) = &ending.failure {
            let text = Shown::new(&failure.detail);
            let is_told = |(_, line): &(Step, Line)| line.kind == Kind::Error && line.text == text;
            if !self.lines.iter().any(is_told) {
                // Time that a session waited for its letter counts for nothing in the total.
                let at = self.lines.last().map_or(ending.total, |(_, line)| line.at.max(ending.total));
                let line = Line { at, took: None, mark: Mark::Error, kind: Kind::Error, text };
                self.lines.push((self.step, line));
            }
        }
        self.ending = Some(ending);
    }

    /// How one is called that has no outcome and is over: a check that went all the way, or one that nobody finished.
    pub fn unended(&self) -> &'static str {
        let has_said_goodbye = self.lines.last().is_some_and(|(step, _)| *step == Step::Quit);
        if has_said_goodbye { "checked" } else { "cut off" }
    }

    /// `smtp.office365.com:587`
    pub fn place(&self) -> String {
        format!("{}:{}", self.head.host, self.head.port)
    }

    /// The session in this form; times of day are told in `zone`.
    pub fn write(&self, form: Form, zone: &TimeZone) -> String {
        match form {
            Form::Text => text::write(self, zone),
            Form::Json => json::write(self),
            Form::Html => html::write(self, zone),
        }
    }

    /// The same with every person behind a number, and without the subject.
    #[must_use]
    pub fn without_people(&self) -> Self {
        redact::without_people(self)
    }

    /// The line that the explanation belongs to: the last that said no.
    fn explained(&self) -> Option<usize> {
        let is_refusal =
            |line: &Line| matches!(line.kind, Kind::Reply(Class::Later | Class::No) | Kind::Error);
        self.lines.iter().rposition(|(_, line)| is_refusal(line))
    }
}

impl Ending {
    /// The report that it was made from, as far as it was kept.
    fn report(&self) -> Report {
        Report {
            outcome: self.outcome,
            step: self.step,
            reply: self.reply.clone(),
            failure: self.failure.clone(),
            recipients: Vec::new(),
            message_id: self.message_id.clone(),
            server_id: self.server_id.clone(),
            tls: None,
            times: self.times.clone(),
            total: self.total,
            signed_in: false,
        }
    }
}
