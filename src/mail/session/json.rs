//! A session as JSON lines: one object a line, each with one key that says what it is. Written as it happens, so a file that a
//! crash cut off is whole up to its last line.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::mail::outcome::{Failure, Outcome, Report, Step};
use crate::mail::reply::Reply;
use crate::mail::text::Shown;
use crate::mail::tls::{Certificate, TlsFacts};
use crate::mail::transcript::{Kind, Line, Mark, Wire};

use super::{Head, Session};

/// The form of these files; a reader ignores what it does not know.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Entry {
    Session { version: u32, title: String, account: String, host: String, port: u16, started: Timestamp },
    Line { step: Step, at_ms: u64, took_ms: Option<u64>, mark: Mark, kind: Kind, text: Shown },
    Chain(Vec<Certificate>),
    Tls(TlsFacts),
    Offered(Vec<Shown>),
    End(End),
}

#[derive(Serialize, Deserialize)]
struct End {
    outcome: Outcome,
    step: Step,
    code: Option<u16>,
    lines: Vec<Shown>,
    failure: Option<Failure>,
    message_id: String,
    server_id: Option<String>,
    /// Milliseconds.
    times: Vec<(Step, u64)>,
    total_ms: u64,
    cause: Option<String>,
}

/// The first line of a record.
pub fn head(head: &Head) -> String {
    let Head { title, account, host, port, started } = head.clone();
    line(&Entry::Session { version: VERSION, title, account, host, port, started })
}

/// The line for what the wire tells at this step, if it is one to keep.
pub fn wire(step: Step, wire: &Wire) -> Option<String> {
    let entry = match wire {
        Wire::Line(heard) => Entry::Line {
            step,
            at_ms: millis(heard.at),
            took_ms: heard.took.map(millis),
            mark: heard.mark,
            kind: heard.kind,
            text: heard.text.clone(),
        },
        Wire::Chain(chain) => Entry::Chain(chain.clone()),
        Wire::Tls(facts) => Entry::Tls(facts.clone()),
        Wire::Offered(lines) => Entry::Offered(lines.clone()),
        Wire::Step(_) | Wire::Progress { .. } => return None,
    };
    Some(line(&entry))
}

/// The last line of a record.
pub fn end(report: &Report) -> String {
    let reply = report.reply.as_ref();
    line(&Entry::End(End {
        outcome: report.outcome,
        step: report.step,
        code: reply.map(Reply::code),
        lines: reply.map(|reply| reply.lines().map(Shown::new).collect()).unwrap_or_default(),
        failure: report.failure.clone(),
        message_id: report.message_id.clone(),
        server_id: report.server_id.clone(),
        times: report.times.iter().map(|(step, took)| (*step, millis(*took))).collect(),
        total_ms: millis(report.total),
        cause: crate::mail::explain::report(report).map(|explanation| explanation.cause.to_owned()),
    }))
}

/// A whole session, in the form in which it is kept.
pub fn write(session: &Session) -> String {
    let mut lines = vec![head(&session.head)];
    lines.extend(session.lines.iter().filter_map(|(step, line)| wire(*step, &Wire::Line(line.clone()))));
    if !session.chain.is_empty() {
        lines.push(line(&Entry::Chain(session.chain.clone())));
    }
    lines.extend(session.tls.clone().map(|facts| line(&Entry::Tls(facts))));
    if !session.offered.is_empty() {
        lines.push(line(&Entry::Offered(session.offered.clone())));
    }
    lines.extend(session.ending.as_ref().map(|ending| end(&ending.report())));
    lines.join("\n") + "\n"
}

/// Reads a record, and counts the lines that cannot be read. `None`: it does not begin like one.
pub fn read(text: &str) -> Option<(Session, usize)> {
    let mut lines = text.lines();
    let Ok(Entry::Session { title, account, host, port, started, .. }) = serde_json::from_str(lines.next()?)
    else {
        return None;
    };
    let mut session = Session::new(Head { title, account, host, port, started });
    let mut damaged = 0;
    for line in lines {
        match serde_json::from_str(line) {
            Ok(Entry::Line { step, at_ms, took_ms, mark, kind, text }) => {
                let (at, took) = (Duration::from_millis(at_ms), took_ms.map(Duration::from_millis));
                session.hear(&Wire::Step(step));
                session.hear(&Wire::Line(Line { at, took, mark, kind, text }));
            }
            Ok(Entry::Chain(chain)) => session.chain = chain,
            Ok(Entry::Tls(facts)) => session.tls = Some(facts),
            Ok(Entry::Offered(lines)) => session.offered = lines,
            Ok(Entry::End(end)) => session.end(&end.report()),
            Ok(Entry::Session { .. }) | Err(_) => damaged += 1,
        }
    }
    Some((session, damaged))
}

impl End {
    fn report(self) -> Report {
        let last = self.lines.len().saturating_sub(1);
        let reply = self.code.map(|code| {
            let line = |(nth, text): (usize, &Shown)| {
                format!("{code}{}{text}\n", if nth == last { ' ' } else { '-' })
            };
            self.lines.iter().enumerate().map(line).collect::<Vec<_>>().concat()
        });
        Report {
            outcome: self.outcome,
            step: self.step,
            reply: reply.and_then(|text| Reply::parse(&text).ok()),
            failure: self.failure,
            recipients: Vec::new(),
            message_id: self.message_id,
            server_id: self.server_id,
            tls: None,
            times: self.times.into_iter().map(|(step, ms)| (step, Duration::from_millis(ms))).collect(),
            total: Duration::from_millis(self.total_ms),
            signed_in: false,
        }
    }
}

fn line(entry: &Entry) -> String {
    serde_json::to_string(entry).expect("strings, numbers and lists are always JSON")
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
